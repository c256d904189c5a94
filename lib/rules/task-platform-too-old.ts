import { minimumFargatePlatform } from '../facts/minimum-fargate-platform';
import type { Cause } from '../snapshot/gap';
import type { Task } from '../snapshot/snapshot';
import { defineRule } from './define-rule';
import { replaceTask } from './fix/service';
import { isOlder } from './host/version';
import { isUp } from './task/is-up';
import { originOf, ownerOf } from './task/owner';

/** A task of Fargate names its platform once it has one. */
function unreadable({ arn, platformVersion = 'none' }: Task): Cause {
  const message = `${arn} names the platform version ${platformVersion}`;
  return { call: 'ecs:DescribeTasks', reason: 'platform version unknown', message };
}

/** Fargate gives tasks an interface with IPv6 of their own from one platform version on. */
export const taskPlatformTooOld = defineRule({
  meta: {
    id: 'task-platform-too-old',
    title: `Fargate platform version is older than ${minimumFargatePlatform.value}`,
    kind: 'task',
    severity: 'high',
    remedy: 'suggest',
    source: { url: minimumFargatePlatform.url, checked: minimumFargatePlatform.checked },
    facts: [minimumFargatePlatform],
    reads: ['ecs:DescribeServices', 'ecs:DescribeTaskDefinition', 'ecs:DescribeTasks', 'ecs:ListTasks'],
    messages: { old: 'Task {{id}} of {{owner}} runs on Fargate {{version}}; IPv6 needs {{minimum}} or newer.' },
  },
  defaults: {},
  check({ resource: task, snapshot, fact }) {
    if (!isUp(task)) return [];
    const { id, platformVersion = '' } = task;
    const minimum = fact(minimumFargatePlatform);
    const tooOld = isOlder(platformVersion, minimum);
    if (tooOld === undefined) return [{ gap: unreadable(task) }];
    if (!tooOld) return [];
    return [
      {
        messageId: 'old',
        values: { id, owner: ownerOf(task), version: platformVersion, minimum },
        desired: { minimumPlatformVersion: minimum },
        actual: { platformVersion },
        related: originOf(snapshot, task),
        fix: replaceTask(snapshot, task, '--platform-version', 'LATEST'),
      },
    ];
  },
});
