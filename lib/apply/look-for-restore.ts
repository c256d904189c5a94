import type { RestoreAction } from '../plan/action';
import type { LoadedPolicy } from '../policy/policy';
import type { Collect, Supposed } from '../snapshot/collect';
import { toCloudMapInstance } from '../snapshot/registration-shapes';
import type { Snapshot } from '../snapshot/snapshot';
import type { Place } from '../state/records';
import type { Request } from '../trigger/request';

export interface RestoreReads {
  readonly collect: Collect;
  readonly here: Place;
  readonly loaded: LoadedPolicy;
}

/** What holds the registration, and everything that tells whose it would be if it were there again. */
export function lookForRestore(
  action: RestoreAction,
  { collect, here: { account, region }, loaded }: RestoreReads,
): Promise<Snapshot> {
  const request: Request =
    action.kind === 'register-target'
      ? { kind: 'target-group', account, region, id: action.targetGroupArn }
      : { kind: 'cloudmap-service', account, region, id: action.serviceArn };
  return collect([request], loaded, { supposed: supposed(action) });
}

function supposed(action: RestoreAction): Supposed {
  if (action.kind === 'register-target') {
    const { resource: key, targetGroupArn, targetId, port, availabilityZone } = action;
    return { targets: [{ key, targetGroupArn, targetId, port, availabilityZone, state: 'unused' }] };
  }
  const { instanceId, serviceArn, to } = action;
  return { cloudMapInstances: [toCloudMapInstance({ Id: instanceId, Attributes: { ...to } }, serviceArn)] };
}
