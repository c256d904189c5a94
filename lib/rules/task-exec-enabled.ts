import { execOverIpv6Only } from '../facts/ecs-support';
import { defineRule } from './define-rule';
import { replaceTask } from './fix/service';
import { isUp } from './task/is-up';
import { originOf, ownerOf } from './task/owner';

/** A task keeps what it was started with: ECS Exec is neither switched on nor off while it runs. */
export const taskExecEnabled = defineRule({
  meta: {
    id: 'task-exec-enabled',
    title: 'Task runs with ECS Exec, which does not work over IPv6 alone',
    kind: 'task',
    severity: 'low',
    remedy: 'suggest',
    source: { url: execOverIpv6Only.url, checked: execOverIpv6Only.checked },
    facts: [execOverIpv6Only],
    reads: ['ec2:DescribeSubnets', 'ecs:DescribeServices', 'ecs:DescribeTasks', 'ecs:ListTasks'],
    messages: { enabled: 'Task {{id}} of {{owner}} runs with ECS Exec, which does not work over IPv6 alone.' },
  },
  defaults: {},
  check({ resource: task, snapshot, fact }) {
    if (fact(execOverIpv6Only) || !task.execEnabled || !isUp(task)) return [];
    return [
      {
        messageId: 'enabled',
        values: { id: task.id, owner: ownerOf(task) },
        desired: { enableExecuteCommand: false },
        actual: { enableExecuteCommand: true },
        related: originOf(snapshot, task),
        fix: replaceTask(snapshot, task, '--disable-execute-command'),
      },
    ];
  },
});
