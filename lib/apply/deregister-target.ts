import type { DeregisterTargetAction } from '../plan/action';
import type { DeregisterGuard } from '../policy/policy';
import type { Snapshot } from '../snapshot/snapshot';
import type { HealthyCounts } from '../state/group-leases';
import type { WritePorts } from './ports';
import { readBack } from './read-back';
import { withhold, type Removal } from './removal';

export function deregisterTarget(ports: WritePorts): Removal<DeregisterTargetAction> {
  return {
    holder: (action) => action.targetGroupArn,
    object(action, { snapshot, policy }, lease) {
      const present = healthyCounts(snapshot, action.targetGroupArn);
      const reason = tooFewLeft(action, {
        present,
        baseline: lease.baseline(present),
        state: snapshot.targets.get(action.resource)?.state ?? 'unavailable',
        settings: policy.policy.guard.deregister,
      });
      return reason === undefined ? undefined : withhold(action, 'min-healthy', reason);
    },
    async write(action) {
      await ports.deregisterTarget(action);
      // AWS answers with success for a target that it does not know: only reading back tells
      return await readBack(action, ports);
    },
    readBack: (action) => readBack(action, ports),
  };
}

/** Zone of targets whose zone AWS does not tell. */
const NO_ZONE = 'unknown';

function healthyCounts(snapshot: Snapshot, groupArn: string): HealthyCounts {
  const zones: Record<string, number> = {};
  let total = 0;
  for (const target of snapshot.targets.values()) {
    if (target.targetGroupArn !== groupArn || target.state !== 'healthy') continue;
    const zone = target.availabilityZone ?? NO_ZONE;
    zones[zone] = (zones[zone] ?? 0) + 1;
    total++;
  }
  return { total, zones };
}

interface Counted {
  readonly present: HealthyCounts;
  readonly baseline: HealthyCounts;
  readonly state: string;
  readonly settings: DeregisterGuard;
}

/** Load balancers send traffic to unhealthy targets when no healthy one is left, so such a group is left alone. */
function tooFewLeft(
  { availabilityZone }: DeregisterTargetAction,
  { present, baseline, state, settings }: Counted,
): string | undefined {
  if (present.total === 0) return 'the group has no healthy target: load balancers then use every target';
  if (state !== 'healthy') return undefined;
  const left = present.total - 1;
  const needed = Math.ceil((baseline.total * settings.minHealthyPercent) / 100);
  if (left < needed) {
    return `${String(left)} healthy targets would be left; guard.deregister.minHealthyPercent asks for ${String(needed)} of the ${String(baseline.total)} at the window's first removal`;
  }
  const zone = availabilityZone ?? NO_ZONE;
  const leftInZone = (present.zones[zone] ?? 0) - 1;
  if (leftInZone >= settings.minHealthyPerZone) return undefined;
  return `${String(Math.max(leftInZone, 0))} healthy targets would be left in ${zone}; guard.deregister.minHealthyPerZone asks for ${String(settings.minHealthyPerZone)}`;
}
