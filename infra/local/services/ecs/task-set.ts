/** Task sets: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-external.html */
import type { Scope } from '../../kernel/scope';
import { publishAction, tellOfTaskSet } from './service-message';
import type { ServiceRecord, TaskRecord } from './records';
import type { TaskSetRecord } from './rollout-records';
import { isHealthy } from './task-health';
import { isPending, isRunning, isWanted } from './task-status';

/** Tasks that a set should have: its share of the service's, rounded up; none while the set drains. */
export function computedDesiredCount({ desiredCount }: ServiceRecord, { status, scale }: TaskSetRecord): number {
  return status === 'DRAINING' ? 0 : Math.ceil((desiredCount * scale.value) / 100);
}

export interface TaskSetCounts {
  readonly runningCount: number;
  readonly pendingCount: number;
}

export function taskSetCounts(service: ServiceRecord, taskSet: TaskSetRecord): TaskSetCounts {
  const tasks = tasksOf(service, taskSet);
  return {
    runningCount: tasks.filter(isRunning).length,
    pendingCount: tasks.filter((task) => isWanted(task) && isPending(task)).length,
  };
}

function tasksOf(service: ServiceRecord, { rollout }: TaskSetRecord): TaskRecord[] {
  return [...service.tasks].filter((task) => task.deployment === rollout);
}

/** Lets go of sets that have drained, and says which of the others came to rest. */
export function settleTaskSets(scope: Scope, service: ServiceRecord): void {
  service.taskSets = service.taskSets.filter(
    (taskSet) => taskSet.status !== 'DRAINING' || tasksOf(service, taskSet).length > 0,
  );
  for (const taskSet of service.taskSets) settleTaskSet(scope, service, taskSet);
  service.steady = service.taskSets.every(({ stability }) => stability === 'STEADY_STATE');
}

/** The conditions of https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_TaskSet.html, stabilityStatus */
function settleTaskSet(scope: Scope, service: ServiceRecord, taskSet: TaskSetRecord): void {
  const tasks = tasksOf(service, taskSet);
  const steady =
    tasks.filter(isRunning).length === computedDesiredCount(service, taskSet) &&
    tasks.every((task) => isHealthy(scope, task) && task.instance?.status !== 'DRAINING');
  const stability = steady ? 'STEADY_STATE' : 'STABILIZING';
  if (stability === taskSet.stability) return;
  taskSet.stability = stability;
  taskSet.stabilityAt = scope.clock.now();
  if (!steady) return;
  tellOfTaskSet(scope, service, { id: taskSet.id, text: 'has reached a steady state.' });
  publishAction(scope, service, { eventType: 'INFO', eventName: 'TASKSET_STEADY_STATE', taskSets: [taskSet] });
}
