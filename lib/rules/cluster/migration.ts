import { actualPosture, type Seen } from '../../evaluate/posture';
import type { ActualPosture } from '../../policy/policy';
import { gapFor, type Cause } from '../../snapshot/gap';
import type { Cluster, Snapshot } from '../../snapshot/snapshot';
import { containerInstancesInCluster, servicesInCluster, tasksAlone } from '../../snapshot/usage';
import { inService } from '../host/in-service';
import { counted, listed } from '../wording/counted';

/** What a cluster holds, in words, by posture: `2 services dual-stack and 1 service ipv6-only`. */
export interface Mixture {
  readonly words: string;
  readonly postures: readonly ActualPosture[];
}

interface Part {
  readonly noun: 'service' | 'task' | 'host';
  readonly seen: Seen;
}

const order: readonly ActualPosture[] = ['ipv4', 'dual-stack', 'ipv6-only'];

function partsOf(snapshot: Snapshot, { arn }: Cluster): readonly Part[] {
  const services = servicesInCluster(snapshot, arn).filter(({ status }) => status === 'ACTIVE');
  const tasks = tasksAlone(snapshot, arn);
  const hosts = containerInstancesInCluster(snapshot, arn).filter(inService);
  return [
    ...services.map((one) => ({ noun: 'service' as const, seen: actualPosture(snapshot, 'service', one) })),
    ...tasks.map((one) => ({ noun: 'task' as const, seen: actualPosture(snapshot, 'task', one) })),
    ...hosts.map((one) => ({ noun: 'host' as const, seen: actualPosture(snapshot, 'container-instance', one) })),
  ];
}

function inWords(parts: readonly Part[]): string {
  const counts = order.flatMap((posture) =>
    (['service', 'task', 'host'] as const).flatMap((noun) => {
      const count = parts.filter((part) => part.noun === noun && part.seen === posture).length;
      return count > 0 ? [`${counted(count, noun)} ${posture}`] : [];
    }),
  );
  return listed(counts, counts.length);
}

function isUnderWay(postures: readonly ActualPosture[], wanted: ActualPosture): boolean {
  return postures.length > 1 || (wanted === 'ipv6-only' && postures.some((posture) => posture !== wanted));
}

/**
 * The cluster's workload is on its way from one posture to another: its parts differ, or all are meant to be IPv6-only
 * and some are not. `undefined`: it is not; a cause: parts could not be read that may differ.
 */
export function migrationOf(snapshot: Snapshot, cluster: Cluster, wanted: ActualPosture): Mixture | Cause | undefined {
  const parts = partsOf(snapshot, cluster);
  const postures = order.filter((posture) => parts.some(({ seen }) => seen === posture));
  if (isUnderWay(postures, wanted)) return { words: inWords(parts), postures };
  const cause = parts.map(({ seen }) => seen).find((seen) => typeof seen === 'object');
  return (
    cause ??
    gapFor(snapshot, 'services') ??
    gapFor(snapshot, 'tasks') ??
    gapFor(snapshot, 'containerInstances') ??
    undefined
  );
}
