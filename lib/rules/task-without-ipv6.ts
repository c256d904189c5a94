import type { Cause } from '../snapshot/gap';
import type { Task } from '../snapshot/snapshot';
import { defineRule } from './define-rule';
import { ipv6ForTask } from './fix/task-ipv6';
import { isUp } from './task/is-up';
import { ownerOf } from './task/owner';

const url = 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-networking-awsvpc.html';

/** Why it cannot be told what its addresses are. */
function doubt(task: Task): Cause | undefined {
  if (task.ipv4Addresses.length > 0) return undefined;
  return { call: 'ecs:DescribeTasks', reason: 'no address yet', message: `${task.arn} reports no address yet` };
}

/** A task that has no IPv6 address can neither be reached over IPv6 nor reach anything by it. */
export const taskWithoutIpv6 = defineRule({
  meta: {
    id: 'task-without-ipv6',
    title: 'Task in awsvpc network mode has no IPv6 address',
    kind: 'task',
    severity: 'high',
    remedy: 'suggest',
    source: { url, checked: '2026-11-21' },
    facts: [],
    reads: ['ec2:DescribeSubnets', 'ecs:DescribeTaskDefinition', 'ecs:DescribeTasks', 'ecs:ListTasks'],
    messages: { ipv4: 'Task {{id}} of {{owner}} has no IPv6 address, only {{ipv4}}.' },
  },
  defaults: {},
  check({ resource: task, snapshot, posture }) {
    if (!isUp(task) || task.ipv6Addresses.length > 0) return [];
    const gap = doubt(task);
    if (gap) return [{ gap }];
    const { id, taskDefinitionArn, ipv4Addresses } = task;
    return [
      {
        messageId: 'ipv4',
        severity: posture === 'dual-stack' ? 'medium' : 'high',
        values: { id, owner: ownerOf(task), ipv4: ipv4Addresses.join(', ') },
        desired: { ipv6Address: true },
        actual: { ipv6Addresses: [], ipv4Addresses },
        related: [taskDefinitionArn],
        fix: ipv6ForTask(snapshot, task),
      },
    ];
  },
});
