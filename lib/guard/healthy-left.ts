/** How many healthy targets have to be left in a group and its zones. */
import type { DeregisterTargetAction } from '../plan/action';
import type { DeregisterGuard } from '../policy/policy';
import { groupedBy, indexed } from '../snapshot/indexed';
import type { Snapshot, Target } from '../snapshot/snapshot';
import type { Objection } from './objection';

/** Healthy targets of a group, in all and by Availability Zone. */
interface HealthyCounts {
  readonly total: number;
  readonly zones: ReadonlyMap<string, number>;
}

/** Elastic Load Balancing tells the zones of addresses only. */
const zoneOf = (
  { instances }: Snapshot,
  { availabilityZone, targetId }: Pick<Target, 'availabilityZone' | 'targetId'>,
) => availabilityZone ?? instances.get(targetId)?.availabilityZone;

/**
 * Why the group can not spare the target.
 * @param baselineOf healthy targets before the first removal of the last hour, by those of now; who does not know it takes
 *   those of now, which are no more
 */
export function healthyObjection(
  action: DeregisterTargetAction,
  { snapshot, settings }: { readonly snapshot: Snapshot; readonly settings: DeregisterGuard },
  baselineOf: (present: number) => number = (present) => present,
): Objection | undefined {
  const present = healthyCounts(snapshot, action.targetGroupArn);
  const reason = tooFewLeft({
    ...{ present, settings },
    baseline: baselineOf(present.total),
    zone: zoneOf(snapshot, action),
    state: snapshot.targets.get(action.resource)?.state ?? 'unavailable',
  });
  return reason === undefined ? undefined : { code: 'min-healthy', reason };
}

const healthyTargets = indexed((snapshot) =>
  groupedBy(snapshot.targets.values(), ({ state, targetGroupArn }) =>
    state === 'healthy' ? targetGroupArn : undefined,
  ),
);

function healthyCounts(snapshot: Snapshot, groupArn: string): HealthyCounts {
  const targets = healthyTargets(snapshot).get(groupArn) ?? [];
  const zones = new Map<string, number>();
  for (const target of targets) {
    const zone = zoneOf(snapshot, target);
    if (zone !== undefined) zones.set(zone, (zones.get(zone) ?? 0) + 1);
  }
  return { total: targets.length, zones };
}

interface Counted {
  readonly present: HealthyCounts;
  /** Healthy targets before the first removal of the last hour. */
  readonly baseline: number;
  readonly zone: string | undefined;
  readonly state: string;
  readonly settings: DeregisterGuard;
}

/** Load balancers send traffic to unhealthy targets when no healthy one is left, so such a group is left alone. */
function tooFewLeft({ present, baseline, zone, state, settings }: Counted): string | undefined {
  if (present.total === 0) return 'the group has no healthy target: load balancers then use every target';
  if (state !== 'healthy') return undefined;
  const left = present.total - 1;
  const needed = Math.ceil((baseline * settings.minHealthyPercent) / 100);
  if (left < needed) {
    return `${String(left)} healthy targets would be left; guard.deregister.minHealthyPercent asks for ${String(needed)} of the ${String(baseline)} at the window's first removal`;
  }
  return tooFewInZone(zone, present, settings);
}

function tooFewInZone(
  zone: string | undefined,
  { zones }: HealthyCounts,
  { minHealthyPerZone }: DeregisterGuard,
): string | undefined {
  if (minHealthyPerZone === 0) return undefined;
  if (zone === undefined) return 'its Availability Zone is not known, nor how many healthy targets are left there';
  const left = (zones.get(zone) ?? 0) - 1;
  if (left >= minHealthyPerZone) return undefined;
  return `${String(Math.max(left, 0))} healthy targets would be left in ${zone}; guard.deregister.minHealthyPerZone asks for ${String(minHealthyPerZone)}`;
}
