import type { Users } from '../../evaluate/users';
import { gapFor, type Gap } from '../../snapshot/gap';
import type { Service, Snapshot, Subnet, Task } from '../../snapshot/snapshot';
import { tasksOfService } from '../../snapshot/usage';

/** Where tasks mount a file system from. */
export interface Consumers {
  readonly subnets: readonly Subnet[];
  /** Some may be elsewhere. */
  readonly gap?: Gap;
}

/** Its own subnet, or that of its host; a gap: it was not read. */
function subnetIdOf(snapshot: Snapshot, { subnetId, containerInstanceArn }: Task): string | Gap | undefined {
  if (subnetId !== undefined || containerInstanceArn === undefined) return subnetId;
  const host = snapshot.containerInstances.get(containerInstanceArn);
  if (!host) return gapFor(snapshot, 'containerInstances', containerInstanceArn);
  const { ec2InstanceId: id } = host;
  // hosts of ECS Anywhere are in no subnet
  if (id === undefined) return undefined;
  const instance = snapshot.instances.get(id);
  return instance ? instance.subnetId : gapFor(snapshot, 'instances', id);
}

function subnetIdsOf(snapshot: Snapshot, service: Service): readonly (string | Gap | undefined)[] {
  if (service.subnetIds.length > 0) return service.subnetIds;
  const tasks = tasksOfService(snapshot, service).map((task) => subnetIdOf(snapshot, task));
  return [...tasks, gapFor(snapshot, 'tasks')];
}

/** Subnets in which the users of a file system have their tasks. */
export function consumersOf(snapshot: Snapshot, { services, tasks }: Users): Consumers {
  const found = [
    ...services.flatMap((service) => subnetIdsOf(snapshot, service)),
    ...tasks.map((task) => subnetIdOf(snapshot, task)),
  ];
  const ids = [...new Set(found)].filter((one) => typeof one === 'string').sort();
  const unread = ids.flatMap((id) => (snapshot.subnets.has(id) ? [] : (gapFor(snapshot, 'subnets', id) ?? [])));
  return {
    subnets: ids.flatMap((id) => snapshot.subnets.get(id) ?? []),
    gap: found.find((one) => typeof one === 'object') ?? unread[0],
  };
}
