/** Health checks of targets: each group in use is checked every interval, as a load balancer would. */
import type { Cancel } from '../../kernel/clock';
import type { Scope } from '../../kernel/scope';
import { defineStore } from '../../kernel/scope';
import { isHttp } from './health-check';
import type { ProbeOutcome } from './health-probe';
import { probe } from './health-probe';
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
    if (isChecked) note(group, target, probe(scope, group, target));
    else forgetChecks(target);
  }
}

/** What a load balancer found out is lost with it. */
function forgetChecks(target: RegisteredTarget): void {
  target.verdict = 'initial';
  target.streak = { passed: true, count: 0 };
  target.failure = undefined;
}

function note(group: TargetGroup, target: RegisteredTarget, outcome: ProbeOutcome): void {
  const passed = outcome === 'passed';
  target.streak = { passed, count: target.streak.passed === passed ? target.streak.count + 1 : 1 };
  if (!passed) target.failure = outcome;
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
