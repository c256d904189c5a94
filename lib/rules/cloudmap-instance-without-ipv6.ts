import { addressAttributes } from '../facts/cloudmap-records';
import type { CloudMapInstance } from '../snapshot/snapshot';
import { defineRule } from './define-rule';
import { deregisterCloudMapInstance } from './fix/registration';
import { cloudMapRegistration } from './registration/cloudmap-registration';

/** Names in place of addresses: https://docs.aws.amazon.com/cloud-map/latest/api/API_RegisterInstance.html */
const elsewhere = ['AWS_ALIAS_DNS_NAME', 'AWS_INSTANCE_CNAME'];

const leadsElsewhere = ({ attributes }: CloudMapInstance): boolean =>
  elsewhere.some((name) => attributes[name] !== undefined);

/** Clients that ask for the IPv6 address of a service do not learn of this instance. */
export const cloudmapInstanceWithoutIpv6 = defineRule({
  meta: {
    id: 'cloudmap-instance-without-ipv6',
    title: 'Cloud Map instance has no IPv6 address',
    kind: 'cloudmap-instance',
    severity: 'high',
    remedy: 'suggest',
    source: { url: addressAttributes.url, checked: addressAttributes.checked },
    facts: [addressAttributes],
    reads: [
      ...['servicediscovery:GetService', 'servicediscovery:ListInstances', 'ecs:ListServices', 'ecs:DescribeServices'],
      ...['ecs:ListTasks', 'ecs:DescribeTasks', 'ecs:DescribeContainerInstances', 'ec2:DescribeInstances'],
    ],
    messages: {
      owned:
        '{{id}} in Cloud Map service {{registry}} has no IPv6 address: task {{task}} of {{service}} had none to give.',
      other: '{{id}} in Cloud Map service {{registry}} has no IPv6 address, and is no known task of ECS.',
    },
  },
  defaults: {},
  check({ resource: instance, snapshot, posture }) {
    const { instanceId: id, ipv4, ipv6 } = instance;
    if (ipv6 !== undefined || leadsElsewhere(instance)) return [];
    const { cause, task, related, names } = cloudMapRegistration(snapshot, instance);
    if (cause) return [{ gap: cause }];
    return [
      {
        messageId: task ? 'owned' : 'other',
        severity: posture === 'dual-stack' ? 'medium' : 'high',
        values: { id, ...names },
        desired: { ipv6: 'present' },
        actual: { ipv4, ipv6: 'absent' },
        related,
        fix: task ? [] : [deregisterCloudMapInstance(snapshot, instance)],
      },
    ];
  },
});
