import { familyOf, type Family } from '../../snapshot/address';
import { gapFor, type Gap } from '../../snapshot/gap';
import { ownerIn, ownerOfTarget, registeredBy } from '../../snapshot/ownership';
import type { Service, Snapshot, Target, TargetGroup, Task } from '../../snapshot/snapshot';
import { serviceOfTask, targetGroupsOf } from '../../snapshot/usage';
import { isSoleRegistrar } from './sole-registrar';
import { strayTarget } from './stray-target';

/** Over what the target is reached; of an instance the group decides. An address in a group of the other family: its own. */
function familiesOf({ targetId }: Target, { ipAddressType }: TargetGroup): readonly Family[] {
  const own = familyOf(targetId);
  return own ? [own, ipAddressType] : [ipAddressType];
}

/** A service on its way to other groups still has tasks in those that it leaves. */
function isSteady({ deployments: [current, ...others] }: Service): boolean {
  return current !== undefined && others.length === 0 && current.rolloutState !== 'IN_PROGRESS';
}

/**
 * The service whose task is a target in a group that the service does not use: nobody but a person put it there. A task
 * of no service is registered by people in any case. A gap: what the service uses is not known.
 */
function strangeService(snapshot: Snapshot, target: Target, task: Task): Service | Gap | undefined {
  if (task.serviceName === undefined) return undefined;
  const unread = gapFor(snapshot, 'tasks');
  // another one may have the address as well
  if (unread) return unread;
  const service = serviceOfTask(snapshot, task);
  if (!service) return gapFor(snapshot, 'services');
  return isSteady(service) && !targetGroupsOf(service).includes(target.targetGroupArn) ? service : undefined;
}

/** `family`: reached over the wrong one. `group`: a task of a service that does not use the group. */
export type Misplaced =
  | { readonly kind: 'family'; readonly family: Family; readonly task: Task | undefined }
  | { readonly kind: 'group'; readonly task: Task; readonly owner: Service }
  | { readonly kind: 'unknown'; readonly gap: Gap };

export function misplaced(
  snapshot: Snapshot,
  target: Target,
  { group, wanted }: { readonly group: TargetGroup; readonly wanted: Family },
): Misplaced | undefined {
  const task = ownerIn(ownerOfTarget(snapshot, target));
  const family = familiesOf(target, group).find((one) => one !== wanted);
  if (family) {
    // the group may be what is wrong, for a service that was not read
    const unread = gapFor(snapshot, 'services');
    return unread ? { kind: 'unknown', gap: unread } : { kind: 'family', family, task };
  }
  const owner = task && strangeService(snapshot, target, task);
  if (!owner) return undefined;
  return 'call' in owner ? { kind: 'unknown', gap: owner } : { kind: 'group', task, owner };
}

/**
 * Nothing stands behind it, or what ECS registered may go as well, in a group of one service alone: it may be removed if
 * all conditions hold.
 */
export function isRemovable(
  snapshot: Snapshot,
  target: Target,
  { group, mayTakeOwned }: { readonly group: TargetGroup; readonly mayTakeOwned: boolean },
): boolean {
  if (!isSoleRegistrar(snapshot, group.arn)) return false;
  if (mayTakeOwned && registeredBy(snapshot, target)) return true;
  const stray = strayTarget(snapshot, target, group);
  return stray !== undefined && 'kind' in stray && stray.kind === 'orphaned';
}
