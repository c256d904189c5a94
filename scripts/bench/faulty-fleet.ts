/** The same fleet with a tenth of its checks violated: every rule that a change of one resource can break is broken on every tenth. */
import type { CloudMapInstance, Snapshot, Task, TaskDefinition, Target } from '../../lib/snapshot/snapshot';

/** One in so many. */
const SHARE = 10;

/** Changes every tenth item; each fault begins with another one, so that they do not meet on the same resource. */
function everyTenth<Item>(faults: readonly ((item: Item) => Item)[]): (item: Item, index: number) => Item {
  return (item, index) =>
    faults.reduce((changed, fault, offset) => (index % SHARE === offset ? fault(changed) : changed), item);
}

function mapped<Item>(
  items: ReadonlyMap<string, Item>,
  change: (item: Item, index: number) => Item,
): ReadonlyMap<string, Item> {
  return new Map([...items].map(([key, item], index) => [key, change(item, index)]));
}

const task = everyTenth<Task>([
  (one) => ({ ...one, execEnabled: true }),
  (one) => (one.ipv6Addresses.length > 0 ? { ...one, ipv4Addresses: ['10.0.0.1'] } : one),
  (one) => (one.ipv6Addresses.length > 0 ? { ...one, ipv4Addresses: ['10.0.0.1'], ipv6Addresses: [] } : one),
  (one) => (one.launchType === 'FARGATE' ? { ...one, platformVersion: '1.3.0' } : one),
]);

const taskDefinition = everyTenth<TaskDefinition>([
  (one) => ({
    ...one,
    containers: one.containers.map((container) => ({
      ...container,
      image: '111122223333.dkr.ecr.eu-west-2.amazonaws.com/a',
    })),
  }),
]);

/** An address or a port that no task has. */
const target = everyTenth<Target>([
  (one) => ({ ...one, ...(one.targetId.includes(':') ? { targetId: '2600:1f00::dead' } : { port: 1 }) }),
]);

/** With an address of a family that it must not have, without the one that it must, or of a task that is gone. */
const cloudMapInstance = everyTenth<CloudMapInstance>([
  (one) => ({ ...one, ipv4: '10.0.0.1' }),
  (one) => ({ ...one, ipv4: '10.0.0.1', ipv6: undefined }),
  (one) => ({ ...one, instanceId: 'gone', ipv6: '2600:1f00::dead' }),
]);

export function withFaults(snapshot: Snapshot): Snapshot {
  return {
    ...snapshot,
    tasks: mapped(snapshot.tasks, task),
    taskDefinitions: mapped(snapshot.taskDefinitions, taskDefinition),
    targets: mapped(snapshot.targets, target),
    cloudMapInstances: mapped(snapshot.cloudMapInstances, cloudMapInstance),
  };
}
