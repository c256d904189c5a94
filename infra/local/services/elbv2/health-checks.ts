/** Health checks of targets: each group in use is checked every interval, as a load balancer would. */
import type { Cancel } from '../../kernel/clock';
import type { Scope } from '../../kernel/scope';
import { defineStore } from '../../kernel/scope';
import { findInstance } from '../ec2/instance';
import { findNetworkInterfaceByAddress } from '../ec2/network-interface';
import { isHttp } from './health-check';
import { isActive } from './load-balancers';
import type { RegisteredTarget, TargetGroup } from './state';
import { elbv2State, loadBalancersOf } from './state';

/** Rounds of checks that are due, by target group. */
const rounds = defineStore(() => new Map<TargetGroup, Cancel>());

/** Checks the group's targets from now on, until none is left. */
export function watchHealth(scope: Scope, group: TargetGroup): void {
  if (rounds(scope).has(group)) return;
  scheduleRound(scope, group);
}

function scheduleRound(scope: Scope, group: TargetGroup): void {
  const next = scope.clock.after(group.healthCheck.intervalSeconds * 1_000, () => {
    rounds(scope).delete(group);
    if (group.targets.size === 0 || !elbv2State(scope).targetGroups.has(group.arn)) return;
    checkTargets(scope, group);
    scheduleRound(scope, group);
  });
  rounds(scope).set(group, next);
}

function checkTargets(scope: Scope, group: TargetGroup): void {
  const isChecked = loadBalancersOf(scope, group.arn).some((balancer) => isActive(scope, balancer));
  for (const target of group.targets.values()) {
    if (target.drainingUntil) continue;
    if (isChecked) note(group, target, answers(scope, group, target));
    else forgetChecks(target);
  }
}

/** What a load balancer found out is lost with it. */
function forgetChecks(target: RegisteredTarget): void {
  target.verdict = 'initial';
  target.streak = { passed: true, count: 0 };
}

/**
 * Would the target answer a health check? The local account runs no containers: what holds the address, and is
 * running, answers.
 */
function answers(scope: Scope, group: TargetGroup, { id }: RegisteredTarget): boolean {
  switch (group.targetType) {
    case 'ip':
      return findNetworkInterfaceByAddress(scope, group.vpcId, id) !== undefined;
    case 'instance':
      return findInstance(scope, id)?.state === 'running';
    case 'alb': {
      const balancer = elbv2State(scope).loadBalancers.get(id);
      return balancer !== undefined && isActive(scope, balancer);
    }
  }
}

function note(group: TargetGroup, target: RegisteredTarget, passed: boolean): void {
  target.streak = { passed, count: target.streak.passed === passed ? target.streak.count + 1 : 1 };
  if (target.streak.count >= threshold(group, target)) target.verdict = passed ? 'healthy' : 'unhealthy';
}

/**
 * A new target of an Application Load Balancer has to pass once
 * (https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html).
 */
function threshold({ healthCheck, protocol }: TargetGroup, { verdict, streak }: RegisteredTarget): number {
  if (!streak.passed) return healthCheck.unhealthyThreshold;
  return verdict === 'initial' && isHttp(protocol) ? 1 : healthCheck.healthyThreshold;
}
