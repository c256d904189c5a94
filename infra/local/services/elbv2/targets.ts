/** Registering targets: for the API of Elastic Load Balancing and for the ECS controller alike. */
import { ApiError } from '../../kernel/api-error';
import type { Scope } from '../../kernel/scope';
import { required, validationError } from './errors';
import type { RegisteredTarget, TargetGroup } from './state';
import { loadBalancersOf, targetGroup } from './state';

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html */
const MAX_TARGETS_PER_GROUP = 1_000;
/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetDescription.html */
const MAX_PORT = 65_535;

export interface Target {
  readonly id: string;
  /** The group's port if absent, on registration and deregistration alike. */
  readonly port?: number;
  /** `all`, or a zone for an address outside the VPC. */
  readonly availabilityZone?: string;
}

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
  const accepted = demandTargets(targets).map((target) => newTarget(scope, group, target));
  const added = accepted.filter((target) => !group.targets.has(keyOf(target)));
  if (group.targets.size + added.length > MAX_TARGETS_PER_GROUP) {
    throw new ApiError('TooManyTargets', `The target group '${group.arn}' has too many targets`);
  }
  for (const target of accepted) {
    const present = group.targets.get(keyOf(target));
    if (!present || present.drainingUntil) group.targets.set(keyOf(target), target);
  }
}

/**
 * Starts draining. A target that is not registered, or only with another port than the one given or implied, is
 * passed over without an error. Throws `TargetGroupNotFound`, `ValidationError`.
 */
export function deregisterTargets(scope: Scope, { targetGroupArn, targets }: TargetChange): void {
  const group = targetGroup(scope, targetGroupArn);
  const found = demandTargets(targets).map(({ id, port }) =>
    group.targets.get(keyOf({ id, port: port ?? group.port })),
  );
  for (const target of found) if (target && !target.drainingUntil) drain(scope, group, target);
}

/** Everything registered with the group now, draining targets included, oldest first. */
export function targetsOf(scope: Scope, targetGroupArn: string): readonly RegisteredTarget[] {
  return [...targetGroup(scope, targetGroupArn).targets.values()];
}

export function keyOf({ id, port }: { readonly id: string; readonly port: number }): string {
  return `${id}:${String(port)}`;
}

function demandTargets(targets: readonly Target[]): readonly Target[] {
  if (targets.length === 0) throw validationError('Targets must not be empty');
  for (const { id, port } of targets) {
    required(id, 'Target ID');
    if (port !== undefined && (port < 1 || port > MAX_PORT)) {
      throw validationError(`Port '${String(port)}' of target '${id}' must be from 1 to ${String(MAX_PORT)}`);
    }
  }
  return targets;
}

function newTarget(scope: Scope, group: TargetGroup, { id, port, availabilityZone }: Target): RegisteredTarget {
  return {
    id,
    port: port ?? group.port,
    zone: availabilityZone,
    registeredAt: scope.clock.now(),
    verdict: 'initial',
    streak: { passed: true, count: 0 },
    drainingUntil: undefined,
  };
}

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
