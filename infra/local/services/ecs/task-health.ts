/** What load balancers think of a task. */
import type { Scope } from '../../kernel/scope';
import { elbv2State, loadBalancersOf } from '../elbv2/state';
import { keyOf } from '../elbv2/targets';
import type { TargetRegistration, TaskRecord } from './records';
import { isRunning } from './task-status';

/** Running, with every target healthy; a group that no load balancer uses checks nothing. */
export function isHealthy(scope: Scope, task: TaskRecord): boolean {
  return isRunning(task) && targetsOf(task).every((each) => verdictOn(scope, each) === 'healthy');
}

/** Target group that finds the task unhealthy after its grace period, if there is one. */
export function unhealthyIn(scope: Scope, task: TaskRecord): string | undefined {
  const { startedAt } = task.times;
  if (!isRunning(task) || !startedAt) return undefined;
  const graceMs = (task.service?.healthCheckGracePeriodSeconds ?? 0) * 1_000;
  if (scope.clock.now().getTime() < startedAt.getTime() + graceMs) return undefined;
  return targetsOf(task).find((each) => verdictOn(scope, each) === 'unhealthy')?.targetGroupArn;
}

function targetsOf({ registrations }: TaskRecord): TargetRegistration[] {
  return registrations.filter((each) => each.kind === 'target');
}

function verdictOn(
  scope: Scope,
  { targetGroupArn, ...target }: TargetRegistration,
): 'initial' | 'healthy' | 'unhealthy' {
  const found = elbv2State(scope).targetGroups.get(targetGroupArn)?.targets.get(keyOf(target));
  if (!found || found.drainingUntil) return 'initial';
  if (found.verdict === 'initial' && loadBalancersOf(scope, targetGroupArn).length === 0) return 'healthy';
  return found.verdict;
}
