import { defineRule } from './define-rule';
import { withoutIpv4 } from './fix/task-ipv6';
import { isUp } from './task/is-up';
import { originOf, ownerOf } from './task/owner';

const url = 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-task-networking.html';

/** An IPv4 address is what IPv6-only does without: whoever uses it fails once it is gone. */
export const taskWithIpv4 = defineRule({
  meta: {
    id: 'task-with-ipv4',
    title: 'Task that is meant to be IPv6-only holds an IPv4 address',
    kind: 'task',
    severity: 'medium',
    remedy: 'suggest',
    source: { url, checked: '2026-11-21' },
    facts: [],
    reads: ['ec2:DescribeSubnets', 'ecs:DescribeServices', 'ecs:DescribeTaskDefinition', 'ecs:DescribeTasks'],
    messages: { ipv4: 'Task {{id}} of {{owner}} is meant to be IPv6-only and holds {{ipv4}}.' },
  },
  defaults: {},
  check({ resource: task, snapshot }) {
    const { arn, id, ipv4Addresses, ipv6Addresses } = task;
    if (!isUp(task)) return [];
    if (ipv4Addresses.length + ipv6Addresses.length === 0) {
      return [
        { gap: { call: 'ecs:DescribeTasks', reason: 'no address yet', message: `${arn} reports no address yet` } },
      ];
    }
    if (ipv4Addresses.length === 0) return [];
    return [
      {
        messageId: 'ipv4',
        values: { id, owner: ownerOf(task), ipv4: ipv4Addresses.join(', ') },
        desired: { ipv4Addresses: [] },
        actual: { ipv4Addresses, ipv6Addresses },
        related: originOf(snapshot, task),
        fix: withoutIpv4(snapshot, task),
      },
    ];
  },
});
