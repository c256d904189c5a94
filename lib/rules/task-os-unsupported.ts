import { windowsOverIpv6Only } from '../facts/ecs-support';
import { defineRule } from './define-rule';
import { hostOf } from './task/host';
import { isUp } from './task/is-up';
import { originOf, ownerOf } from './task/owner';

/** Windows tasks have IPv4, and dual-stack at best. */
export const taskOsUnsupported = defineRule({
  meta: {
    id: 'task-os-unsupported',
    title: 'Windows task is meant to be IPv6-only, which ECS supports on Linux alone',
    kind: 'task',
    severity: 'high',
    remedy: 'suggest',
    source: { url: windowsOverIpv6Only.url, checked: windowsOverIpv6Only.checked },
    facts: [windowsOverIpv6Only],
    reads: [
      ...['ecs:DescribeContainerInstances', 'ecs:DescribeTaskDefinition', 'ecs:DescribeTasks', 'ecs:ListTasks'],
      ...['ec2:DescribeInstances', 'ec2:DescribeSubnets'],
    ],
    messages: { windows: 'Task {{id}} of {{owner}} runs Windows, for which ECS does not support IPv6-only.' },
  },
  defaults: {},
  check({ resource: task, snapshot, fact }) {
    if (fact(windowsOverIpv6Only) || !isUp(task)) return [];
    // a host that runs Windows says it of all its tasks
    const host = hostOf(snapshot, task);
    if ('call' in host) return [{ gap: host }];
    return [
      {
        messageId: 'windows',
        values: { id: task.id, owner: ownerOf(task) },
        desired: { operatingSystem: 'linux' },
        actual: { operatingSystem: 'windows' },
        related: [...originOf(snapshot, task), ...host],
      },
    ];
  },
});
