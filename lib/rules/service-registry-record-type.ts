import { recordTypes } from '../facts/cloudmap-records';
import { gapFor } from '../snapshot/gap';
import { defineRule } from './define-rule';
import { registerWithRecords } from './fix/cloudmap-service';
import { networkModeOfService } from './registration/network-mode';
import { recordFault } from './registration/record-fault';
import { listed } from './wording/counted';

/** ECS fills in only records that its network mode allows, and an IPv6-only task has nothing to put into an A record. */
export const serviceRegistryRecordType = defineRule({
  meta: {
    id: 'service-registry-record-type',
    title: 'Cloud Map service has records that do not fit the tasks registered there',
    kind: 'service',
    severity: 'high',
    remedy: 'suggest',
    source: { url: recordTypes.url, checked: recordTypes.checked },
    facts: [recordTypes],
    reads: [
      ...['ecs:DescribeServices', 'ecs:DescribeTaskDefinition', 'ecs:ListServices'],
      ...['servicediscovery:GetService', 'servicediscovery:ListServices'],
    ],
    messages: {
      types:
        '{{name}} registers in {{registry}} with {{records}} records; {{posture}} {{mode}} tasks take {{allowed}}.',
      ipv4: '{{name}} registers in {{registry}} with {{records}} records only: names lead to no IPv6 address.',
    },
  },
  defaults: {},
  check({ resource: service, snapshot, posture, fact }) {
    const arns = service.registries.map(({ registryArn }) => registryArn);
    if (service.status !== 'ACTIVE' || arns.length === 0) return [];
    const mode = networkModeOfService(snapshot, service);
    if (typeof mode === 'object') return [{ gap: mode }];
    if (mode === undefined) return [];
    const registries = arns.flatMap((arn) => snapshot.cloudMapServices.get(arn) ?? []);
    const fault = registries.map((one) => recordFault(one, { mode, posture, fact })).find((one) => one !== undefined);
    if (!fault) {
      const unread = arns.filter((arn) => !snapshot.cloudMapServices.has(arn));
      const gap = unread.map((arn) => gapFor(snapshot, 'cloudMapServices', arn)).find((one) => one !== undefined);
      return gap ? [{ gap }] : [];
    }
    const { registry, kind, allowed, wanted } = fault;
    const records = { records: listed(registry.recordTypes), allowed: listed(allowed) };
    return [
      {
        messageId: kind,
        severity: kind === 'ipv4' ? 'low' : 'high',
        values: { name: service.name, registry: registry.name, posture, mode, ...records },
        desired: { recordTypes: wanted },
        actual: { recordTypes: registry.recordTypes },
        related: [registry.arn],
        fix: [registerWithRecords(snapshot, service, { registry, recordTypes: wanted })],
      },
    ];
  },
});
