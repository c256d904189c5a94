import { agentBindsIpv6Only } from '../facts/agent-ip-compatibility';
import { gapFor } from '../snapshot/gap';
import { isIpv6Only } from '../snapshot/ip-compatibility';
import { defineRule } from './define-rule';
import { setIpCompatibility } from './fix/ip-compatibility';
import { inService } from './host/in-service';
import { takenFor } from './host/taken-for';
import { counted } from './wording/counted';

/** An agent that takes its host for IPv4 asks endpoints that a host without IPv4 cannot reach, and reports wrong bindings. */
export const instanceIpCompatibilityMismatch = defineRule({
  meta: {
    id: 'instance-ip-compatibility-mismatch',
    title: 'Container agent takes a host without IPv4 for an IPv4 host',
    kind: 'container-instance',
    severity: 'high',
    remedy: 'suggest',
    source: { url: agentBindsIpv6Only.url, checked: agentBindsIpv6Only.checked },
    facts: [agentBindsIpv6Only],
    reads: [
      ...['ecs:ListContainerInstances', 'ecs:DescribeContainerInstances', 'ec2:DescribeInstances', 'ecs:ListTasks'],
      ...['ecs:DescribeTasks', 'ecs:DescribeTaskDefinition', 'ec2:DescribeInstanceAttribute'],
    ],
    messages: {
      bound:
        '{{id}} has no IPv4 address, but {{tasks}} on it {{are}} bound to 0.0.0.0: its agent takes it for an IPv4 host.',
      stated: '{{id}} has no IPv4 address, but its user data sets ECS_INSTANCE_IP_COMPATIBILITY to ipv4.',
    },
  },
  defaults: {},
  check({ resource: host, snapshot, fact }) {
    const { ec2InstanceId: id = '' } = host;
    if (!inService(host)) return [];
    const instance = snapshot.instances.get(id);
    const unread = gapFor(snapshot, 'instances', id);
    if (!instance) return unread ? [{ gap: unread }] : [];
    if (!isIpv6Only(snapshot, host, instance)) return [];
    const seen = takenFor(snapshot, host, fact(agentBindsIpv6Only));
    if (seen === 'ipv6') return [];
    if ('call' in seen) return [{ gap: seen }];
    const { by, tasks } = seen;
    return [
      {
        messageId: by === 'bindings' ? 'bound' : 'stated',
        values: { id, tasks: counted(tasks, 'bridge task'), are: tasks === 1 ? 'is' : 'are' },
        desired: { ipCompatibility: 'ipv6' },
        actual: { ipCompatibility: 'ipv4', shownBy: by },
        related: [instance.arn],
        fix: [setIpCompatibility(snapshot, id)],
      },
    ];
  },
});
