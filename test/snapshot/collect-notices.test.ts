/** What ECS answers that is not in every answer; that it is asked at all, test/cli/explain/explain-stopped.test.ts shows. */
import type { Service as EcsService, Task as EcsTask } from '@aws-sdk/client-ecs';
import { expect, it } from '@jest/globals';
import type { Read } from '../../lib/aws/read';
import { createCollectNotices } from '../../lib/snapshot/collect-notices';
import { aService, aTask, CLUSTER_ARN } from '../support/builders';

const read = <Item>(items: readonly Item[]): Read<Item> => ({ items, missing: [], failures: [] });
const at = (minute: number): Date => new Date(Date.UTC(2026, 10, 30, 11, minute));

interface Answers {
  readonly tasks?: readonly EcsTask[];
  readonly services?: readonly EcsService[];
  readonly stopped?: readonly string[];
}

function aCollector({ tasks = [], services = [], stopped = [] }: Answers) {
  return createCollectNotices({
    describeTasks: (_, arns) => Promise.resolve(read(tasks.filter(({ taskArn = '' }) => arns.includes(taskArn)))),
    describeServices: () => Promise.resolve(read(services)),
    listTasks: () => Promise.resolve(read(stopped)),
  });
}

const own = { tasks: [aTask()], services: [], withStopped: false };

it('has each reason of a task and its containers once', async () => {
  const containers = [{ reason: 'x' }, { reason: '' }, {}, { reason: 'y' }];
  const task: EcsTask = { taskArn: aTask().arn, stoppedReason: 'x', containers, stoppedAt: at(2), stoppingAt: at(1) };
  const { tasks } = await aCollector({ tasks: [task] })(own);
  expect(tasks).toMatchObject([{ reasons: ['x', 'y'], at: at(2) }]);
});

it('takes an answer that says little', async () => {
  const stopping = { taskArn: aTask().arn, stoppingAt: at(1) };
  expect((await aCollector({ tasks: [stopping] })(own)).tasks).toMatchObject([{ reasons: [], at: at(1) }]);
  expect((await aCollector({ services: [{}] })({ ...own, services: [aService()] })).services).toEqual([]);
});

it('has the messages of a service, the latest first', async () => {
  const events = [{ message: 'a', createdAt: at(1) }, { message: 'b', createdAt: at(3) }, { createdAt: at(2) }];
  const { services } = await aCollector({ services: [{ serviceArn: aService().arn, events }] })({
    ...{ tasks: [], withStopped: false },
    services: [aService()],
  });
  expect(services.map(({ message }) => message)).toEqual(['b', 'a']);
});

it('reads no more than a call of stopped tasks', async () => {
  const arns = Array.from({ length: 250 }, (_, index) => `${CLUSTER_ARN}/${String(index)}`);
  const collect = aCollector({ tasks: arns.map((taskArn) => ({ taskArn })), stopped: arns });
  expect((await collect({ tasks: [], services: [aService()], withStopped: true })).tasks).toHaveLength(100);
});
