import ipaddr from 'ipaddr.js';
import type { Severity } from '../../evaluate/finding';
import { canonicalAddress, isInside } from '../../snapshot/address';
import { gapFor, type Cause } from '../../snapshot/gap';
import { ownerOfTarget } from '../../snapshot/ownership';
import type { Snapshot, Target, TargetGroup } from '../../snapshot/snapshot';
import { containerInstancesOf, usersOfTargetGroup } from '../../snapshot/usage';

/**
 * A target that no task of the group's services owns. `orphaned`: nothing stands behind it. The others have been
 * registered by someone else, as far as can be seen: `port-taken` by a task of another service, `held` by a network
 * interface, `outside` the group's VPC, `not-ecs` on an instance that is no container instance.
 */
export interface StrayTarget {
  readonly kind: 'orphaned' | 'port-taken' | 'held' | 'outside' | 'not-ecs';
  /** What stands behind it. */
  readonly by?: string;
}

type Verdict = StrayTarget | { readonly gap: Cause } | undefined;

const orphaned: StrayTarget = { kind: 'orphaned' };

function strayAddress(snapshot: Snapshot, { targetId }: Target, { vpcId = '' }: TargetGroup): Verdict {
  const address = canonicalAddress(targetId);
  const holder = snapshot.addressHolders.get(address);
  if (holder) return { kind: 'held', by: holder.networkInterfaceId };
  const vpc = snapshot.vpcs.get(vpcId);
  const cause = gapFor(snapshot, 'addressHolders', address) ?? (vpc ? undefined : gapFor(snapshot, 'vpcs', vpcId));
  if (cause) return { gap: cause };
  const isOurs = vpc && ipaddr.isValid(targetId) && isInside(targetId, [...vpc.ipv4Cidrs, ...vpc.ipv6Cidrs]);
  return isOurs ? orphaned : { kind: 'outside' };
}

function strayHost(snapshot: Snapshot, { targetId }: Target): Verdict {
  if (containerInstancesOf(snapshot, targetId).length > 0) return orphaned;
  const cause = gapFor(snapshot, 'containerInstances');
  return cause ? { gap: cause } : { kind: 'not-ecs', by: targetId };
}

/** What kind of stray the target is; `undefined`: none, or in a group that no ECS service uses. */
export function strayTarget(snapshot: Snapshot, target: Target, group: TargetGroup): Verdict {
  if (usersOfTargetGroup(snapshot, group.arn).length === 0) {
    const cause = gapFor(snapshot, 'services');
    return cause && { gap: cause };
  }
  const owner = ownerOfTarget(snapshot, target);
  switch (owner.kind) {
    case 'owned':
      return undefined;
    case 'unknown':
      return { gap: owner.cause };
    case 'foreign':
      return owner.task && { kind: 'port-taken', by: owner.task.arn };
    case 'orphan':
      return group.targetType === 'ip' ? strayAddress(snapshot, target, group) : strayHost(snapshot, target);
  }
}

/** Worst is what gets traffic and is answered by the wrong one. */
export function severityOf({ kind }: StrayTarget, { state }: Target): Severity {
  if (kind === 'port-taken') return 'high';
  if (kind !== 'orphaned') return 'low';
  return state === 'healthy' ? 'high' : 'medium';
}
