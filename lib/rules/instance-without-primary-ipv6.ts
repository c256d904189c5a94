import { modesThatNeedPrimaryIpv6 } from '../facts/primary-ipv6';
import type { Cause } from '../snapshot/gap';
import { primaryInterfaceOf } from '../snapshot/primary-interface';
import type { Instance } from '../snapshot/snapshot';
import { defineRule } from './define-rule';
import { enablePrimaryIpv6 } from './fix/primary-ipv6';
import { primaryIpv6Need } from './host/primary-ipv6-need';
import { counted, listed } from './wording/counted';

function noInterface({ id }: Instance): Cause {
  return { call: 'ec2:DescribeInstances', reason: 'no primary interface', message: `${id} shows no network interface` };
}

const isRunning = ({ state }: Instance): boolean => state === 'pending' || state === 'running';

/** ECS registers bridge and host tasks by their instance: load balancers and Cloud Map take its primary IPv6 address. */
export const instanceWithoutPrimaryIpv6 = defineRule({
  meta: {
    id: 'instance-without-primary-ipv6',
    title: 'Container instance has no primary IPv6 address',
    kind: 'instance',
    severity: 'critical',
    remedy: 'suggest',
    remedyOnRequest: 'auto',
    source: { url: modesThatNeedPrimaryIpv6.url, checked: modesThatNeedPrimaryIpv6.checked },
    facts: [modesThatNeedPrimaryIpv6],
    reads: [
      ...['ec2:DescribeInstances', 'ecs:ListContainerInstances', 'ecs:DescribeContainerInstances', 'ecs:ListTasks'],
      ...['ecs:DescribeTasks', 'ecs:ListServices', 'ecs:DescribeServices', 'ecs:DescribeTaskDefinition'],
      'elasticloadbalancing:DescribeTargetGroups',
    ],
    messages: {
      running:
        '{{id}} runs {{tasks}} of {{services}} that are registered by the instance: it has no primary IPv6 address.',
      placeable: '{{id}} has no primary IPv6 address: tasks of {{services}} placed on it could not be registered.',
      idle: '{{id}} has no primary IPv6 address; no service of its cluster needs it now.',
    },
  },
  defaults: {},
  check({ resource: instance, snapshot, posture, fact }) {
    const primary = primaryInterfaceOf(instance);
    if (!isRunning(instance) || primary?.ipv6Addresses.some(({ isPrimary }) => isPrimary)) return [];
    const need = primaryIpv6Need(snapshot, instance.id, { posture, fact });
    if (need === undefined) return [];
    if ('call' in need) return [{ gap: need }];
    if (!primary) return [{ gap: noInterface(instance) }];
    const { messageId, severity, tasks, services, hosts } = need;
    const addresses = primary.ipv6Addresses.map(({ address }) => address);
    const names = listed(services.map(({ name }) => name));
    return [
      {
        messageId,
        severity,
        values: { id: instance.id, tasks: counted(tasks, 'task'), services: names },
        desired: { primaryIpv6: true },
        actual: { primaryIpv6: false, ipv6Addresses: addresses },
        related: [...hosts, ...services].map(({ arn }) => arn),
        fix: enablePrimaryIpv6(snapshot, primary),
      },
    ];
  },
});
