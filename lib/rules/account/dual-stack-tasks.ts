import { gapFor, type Cause } from '../../snapshot/gap';
import type { Snapshot, Subnet } from '../../snapshot/snapshot';
import { aliveTasks } from '../../snapshot/usage';

/** What starts tasks in dual-stack subnets. */
export interface DualStackTasks {
  /** Of services, and of tasks of none; sorted. */
  readonly names: readonly string[];
}

const isDualStack = (subnet: Subnet | undefined): boolean =>
  subnet !== undefined && !subnet.ipv6Native && subnet.ipv6Cidrs.length > 0;

/** `undefined`: nothing does; a cause: something may that was not read. */
export function dualStackTasks(snapshot: Snapshot): DualStackTasks | Cause | undefined {
  const isThere = (id: string | undefined): boolean => isDualStack(snapshot.subnets.get(id ?? ''));
  const services = [...snapshot.services.values()].filter(
    ({ status, subnetIds }) => status === 'ACTIVE' && subnetIds.some(isThere),
  );
  const alone = aliveTasks(snapshot).filter((task) => task.serviceName === undefined && isThere(task.subnetId));
  const names = [...services.map(({ name }) => name), ...alone.map(({ id }) => id)].sort();
  if (names.length > 0) return { names };
  return gapFor(snapshot, 'services') ?? gapFor(snapshot, 'tasks') ?? gapFor(snapshot, 'subnets');
}
