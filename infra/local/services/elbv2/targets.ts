/** Registering targets: for the API of Elastic Load Balancing and for the ECS controller alike. */
import { ApiError } from '../../kernel/api-error';
import type { Scope } from '../../kernel/scope';
import { canonicalAddress } from '../ec2/cidr';
import { invalidTarget, required, validationError } from './errors';
import { watchHealth } from './health-checks';
import type { RegisteredTarget, TargetGroup } from './state';
import { loadBalancersOf, targetGroup } from './state';
import type { AdmittedTarget, Target } from './target-admission';
import { admit } from './target-admission';

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html */
const MAX_TARGETS_PER_GROUP = 1_000;
const MAX_PORT = 65_535;

export interface TargetChange {
  readonly targetGroupArn: string;
  readonly targets: readonly Target[];
}

/**
 * Registers all of the targets or none: one that AWS refuses fails the whole call.
 * Throws `TargetGroupNotFound`, `ValidationError`, `InvalidTarget`, `TooManyTargets`.
 */
export function registerTargets(scope: Scope, { targetGroupArn, targets }: TargetChange): void {
  const group = targetGroup(scope, targetGroupArn);
  const admitted = admit(scope, group, wellFormed(targets));
  if (group.targetType === 'ip') refuseDraining(group, admitted);
  const added = new Set(admitted.map(keyOf).filter((key) => !group.targets.has(key)));
  if (group.targets.size + added.size > MAX_TARGETS_PER_GROUP) {
    throw new ApiError(
      'TooManyTargets',
      `The maximum number of targets has been reached on target group '${group.arn}'`,
    );
  }
  for (const target of admitted) {
    const present = group.targets.get(keyOf(target));
    if (!present || present.drainingUntil) group.targets.set(keyOf(target), newTarget(scope, target));
  }
  watchHealth(scope, group);
}

/**
 * Starts draining. A target that is not registered, or only with another port than the one given or implied, is
 * passed over without an error. Throws `TargetGroupNotFound`, `ValidationError`.
 */
export function deregisterTargets(scope: Scope, { targetGroupArn, targets }: TargetChange): void {
  const group = targetGroup(scope, targetGroupArn);
  for (const { id, port = group.port } of wellFormed(targets)) {
    const target = group.targets.get(keyOf({ id: canonicalAddress(id) ?? id, port }));
    if (target && !target.drainingUntil) drain(scope, group, target);
  }
}

/** Identity of a target within its group. */
export function keyOf({ id, port }: { readonly id: string; readonly port: number }): string {
  return `${id}:${port}`;
}

function wellFormed(targets: readonly Target[]): readonly Target[] {
  if (targets.length === 0) throw validationError('At least one target must be specified');
  for (const { id, port } of targets) {
    required(id, 'Target ID');
    if (port !== undefined && (port < 1 || port > MAX_PORT)) {
      throw validationError(`Port '${port}' of target '${id}' must be from 1 to ${MAX_PORT}`);
    }
  }
  return targets;
}

/**
 * An address can be registered again when its deregistration is complete, not before; an instance at any time.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html#deregistration-delay
 */
function refuseDraining({ targets }: TargetGroup, admitted: readonly AdmittedTarget[]): void {
  const draining = new Set([...targets.values()].filter((each) => each.drainingUntil).map(({ id }) => id));
  const refused = admitted.map(({ id }) => id).filter((id) => draining.has(id));
  if (refused.length === 0) return;
  throw invalidTarget(
    `The following targets are being deregistered and cannot be registered yet: '${refused.join("', '")}'`,
  );
}

function newTarget(scope: Scope, admitted: AdmittedTarget): RegisteredTarget {
  return {
    ...admitted,
    registeredAt: scope.clock.now(),
    verdict: 'initial',
    streak: { passed: true, count: 0 },
    failure: undefined,
    drainingUntil: undefined,
  };
}

/** Where no load balancer sends anything, there is nothing to drain. */
function drain(scope: Scope, group: TargetGroup, target: RegisteredTarget): void {
  const delayMs = Number(group.attributes.get('deregistration_delay.timeout_seconds')) * 1_000;
  const remove = (): void => {
    if (group.targets.get(keyOf(target)) === target) group.targets.delete(keyOf(target));
  };
  if (delayMs === 0 || loadBalancersOf(scope, group.arn).length === 0) {
    remove();
    return;
  }
  target.drainingUntil = new Date(scope.clock.now().getTime() + delayMs);
  scope.clock.after(delayMs, remove);
}
