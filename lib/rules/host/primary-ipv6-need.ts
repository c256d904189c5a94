import type { Severity } from '../../evaluate/finding';
import { gapFor, type Cause } from '../../snapshot/gap';
import type { ContainerInstance, Service, Snapshot } from '../../snapshot/snapshot';
import { containerInstancesOf } from '../../snapshot/usage';
import { firstGap } from '../evidence/first-gap';
import { inService } from './in-service';
import { registeringOn, type Asked } from './registering-services';

/** Why an instance needs a primary IPv6 address, and how badly. */
export interface PrimaryIpv6Need {
  /** Tasks that need it run there, could be placed there, or there are none at present. */
  readonly messageId: 'running' | 'placeable' | 'idle';
  readonly severity: Severity;
  readonly tasks: number;
  readonly services: readonly Service[];
  readonly hosts: readonly ContainerInstance[];
}

/** Why something may need the address that was not read. */
export function unseenNeed(snapshot: Snapshot, { posture }: Asked): Cause | undefined {
  // which group it is only matters where IPv4 groups would do
  const groups = posture === 'dual-stack' ? (['targetGroups'] as const) : [];
  return firstGap(snapshot, ['services', 'tasks', 'taskDefinitions', ...groups]);
}

/**
 * What needs the address. `undefined`: nothing; it is no container instance, or a dual-stack one that registers nothing
 * by IPv6. A cause: something that would need it may not have been read.
 */
export function primaryIpv6Need(
  snapshot: Snapshot,
  instanceId: string,
  asked: Asked,
): PrimaryIpv6Need | Cause | undefined {
  const { posture } = asked;
  const hosts = containerInstancesOf(snapshot, instanceId).filter(inService);
  if (hosts.length === 0) return gapFor(snapshot, 'containerInstances');
  const { tasks, services } = registeringOn(snapshot, hosts, asked);
  if (services.length > 0) {
    return { messageId: tasks > 0 ? 'running' : 'placeable', severity: 'critical', tasks, services, hosts };
  }
  const unseen = unseenNeed(snapshot, asked);
  if (unseen || posture === 'dual-stack') return unseen;
  return { messageId: 'idle', severity: 'low', tasks, services, hosts };
}
