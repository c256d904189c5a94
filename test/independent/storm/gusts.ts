/** Ways in which a thousand events come at once. */
import { InvokeCommand } from '@aws-sdk/client-lambda';
import { ecsState } from '../../../infra/local/services/ecs/store';
import { publishTask } from '../../../infra/local/services/ecs/task-event';
import type { TaskRecord } from '../../../infra/local/services/ecs/records';
import { listFunctions } from '../../../infra/local/services/lambda/functions';
import type { DemoWorld } from '../../../lib/cli/demo/world';

export const EVENTS = 1_000;
/** Messages of one invocation that comes past the queue. */
const BATCH = 200;
/** Sweeps and requests of people at the same time. */
const WHOLE = 2;
/** Longer than the queues gather. */
const GATHER_SECONDS = 15;

/** Events about every task, alternately that it runs and that it stopped, which is not true: only where to look counts. */
function eventsOf({ account }: DemoWorld): readonly TaskRecord[] {
  const tasks = [...ecsState(account.scope).clusters.values()].flatMap((cluster) => [...cluster.tasks.values()]);
  const stopped = tasks.map((task) => ({ ...task, lastStatus: 'STOPPED' as const }));
  const both = [...tasks, ...stopped];
  return Array.from({ length: EVENTS }, (_, index) => both[index % both.length]).filter((one) => one !== undefined);
}

/** On the bus, through rules and queues, to as many processes as the template lets work at once. */
export async function throughQueues(world: DemoWorld): Promise<void> {
  for (const task of eventsOf(world)) publishTask(world.account.scope, task);
  await world.letPass(GATHER_SECONDS);
}

/**
 * Straight to the functions, past the template's concurrency: as many processes as the account gives each of them, sweeps
 * and people's requests beside those that work off events.
 */
export async function pastQueues(world: DemoWorld): Promise<void> {
  const { scope } = world.account;
  const name = (part: string) => listFunctions(scope).find((one) => one.name.includes(`-${part}`))?.name ?? part;
  const bodies = eventsOf(world).map((task, index) => bodyOf(world, task, index));
  const batches = Array.from({ length: EVENTS / BATCH }, (_, index) =>
    JSON.stringify({ Records: bodies.slice(index * BATCH, (index + 1) * BATCH) }),
  );
  const invoke = (part: string, payload: string) =>
    world.parts.clients.lambda.send(new InvokeCommand({ FunctionName: name(part), Payload: Buffer.from(payload) }));
  const whole = Array.from({ length: WHOLE }, () => [invoke('Sweep', '{}'), invoke('Invoke', '{}')]).flat();
  const answers = await Promise.all([...batches.map((batch) => invoke('ReconcileTasks', batch)), ...whole]);
  const failed = answers.find(({ FunctionError }) => FunctionError !== undefined);
  if (failed) throw new Error(`a function failed: ${Buffer.from(failed.Payload ?? []).toString()}`);
}

function bodyOf({ account }: DemoWorld, task: TaskRecord, index: number): object {
  const { scope } = account;
  const event = {
    ...{ version: '0', id: `storm-${String(index)}`, source: 'aws.ecs', account: scope.account, region: scope.region },
    ...{ 'detail-type': 'ECS Task State Change', time: scope.clock.now().toISOString(), resources: [task.arn] },
    detail: {
      ...{ taskArn: task.arn, clusterArn: task.cluster.arn, lastStatus: task.lastStatus },
      group: task.service ? `service:${task.service.name}` : undefined,
    },
  };
  return { messageId: event.id, body: JSON.stringify(event), eventSource: 'aws:sqs' };
}
