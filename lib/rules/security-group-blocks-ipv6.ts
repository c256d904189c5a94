import { defineRule } from './define-rule';
import { authorize } from './fix/security-group';
import { groupFaults } from './network/group-faults';
import { listed } from './wording/counted';

const url = 'https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html';

/** A rule for IPv4 says nothing of IPv6: what none allows is dropped. */
export const securityGroupBlocksIpv6 = defineRule({
  meta: {
    id: 'security-group-blocks-ipv6',
    title: 'Security group keeps out IPv6 that tasks need',
    kind: 'security-group',
    severity: 'high',
    remedy: 'suggest',
    sweepOnly: 'No event of ECS or EC2 tells of a change of a security group.',
    source: { url, checked: '2026-11-21' },
    facts: [],
    reads: [
      ...['ec2:DescribeInstances', 'ec2:DescribeSecurityGroups', 'ec2:DescribeSubnets', 'ecs:DescribeServices'],
      ...['ecs:DescribeContainerInstances', 'ecs:DescribeTaskDefinition', 'ecs:DescribeTasks', 'ecs:ListTasks'],
      ...['elasticloadbalancing:DescribeLoadBalancers', 'elasticloadbalancing:DescribeTargetGroups'],
      ...['elasticloadbalancing:DescribeTargetGroupAttributes', 'ec2:GetManagedPrefixListEntries'],
    ],
    messages: { blocked: '{{id}} ({{name}}) {{faults}}.' },
  },
  defaults: {},
  check({ resource: group, snapshot }) {
    const results = groupFaults(snapshot, group);
    const gaps = results.flatMap((result) => ('gap' in result ? [result] : []));
    const faults = results.flatMap((result) => ('gap' in result ? [] : [result]));
    if (faults.length === 0) return gaps.slice(0, 1);
    const byFix = new Map(faults.map(({ missing }) => [authorize(snapshot, group.id, missing), missing]));
    const texts = [...new Set(faults.map(({ text }) => text))].sort();
    return [
      {
        messageId: 'blocked',
        values: { id: group.id, name: group.name, faults: listed(texts) },
        desired: { permissions: [...byFix.values()] },
        actual: { blocked: texts },
        related: [...new Set(faults.flatMap(({ related }) => related))].sort(),
        fix: [...byFix.keys()].sort(),
      },
    ];
  },
});
