/** One look of the service scheduler at a service: compare what runs with what is wanted, start and stop. */
import type { Scope } from '../../kernel/scope';
import { primaryOf, retireDeployments, settle } from './deployment';
import type { DeploymentRecord, ServiceRecord, TaskRecord } from './records';
import type { Decision } from './service-decision';
import { decide } from './service-decision';
import { tell } from './service-message';
import { startMissing, stopAll } from './service-tasks';
import { advance, keptDeployments, stagedStep } from './staged-pass';
import { isHealthy } from './task-health';
import { computedDesiredCount, settleTaskSets } from './task-set';
import { isProtected, isRunning, isWanted } from './task-status';
import { timings } from './timings';

/** Does what is due. Answers in how many milliseconds it must look again even if nothing happens. */
export function runPass(scope: Scope, service: ServiceRecord): number | undefined {
  if (service.status !== 'ACTIVE') {
    drain(scope, service);
    return undefined;
  }
  if (service.controller !== 'ECS') return runTaskSets(scope, service);
  const deployment = primaryOf(service);
  if (!deployment) return undefined;
  return stagedPass(scope, service, deployment) ?? rollingPass(scope, service, deployment);
}

function rollingPass(scope: Scope, service: ServiceRecord, deployment: DeploymentRecord): number | undefined {
  const tasks = [...service.tasks].filter(isWanted);
  const { wait, stuck } = balance(scope, service, { deployment, tasks, desired: service.desiredCount });
  if (stuck) tellStuck(scope, service);
  conclude(scope, service, deployment);
  return wait;
}

/** Undefined if the deployment is in none of the stages that keep two revisions side by side. */
function stagedPass(scope: Scope, service: ServiceRecord, deployment: DeploymentRecord): number | undefined {
  const step = stagedStep(scope, service, deployment);
  if (!step) return undefined;
  const kept = keptDeployments(step);
  const wanted = [...service.tasks].filter(isWanted);
  stopAll(
    scope,
    service,
    wanted.filter(
      (task) => task.deployment && !kept.includes(task.deployment) && !isProtected(task, scope.clock.now()),
    ),
  );
  for (const each of kept) {
    const tasks = wanted.filter((task) => task.deployment === each);
    balance(scope, service, { deployment: each, tasks, desired: service.desiredCount });
  }
  retireDeployments(service);
  deployment.desiredCount = service.desiredCount;
  service.steady = false;
  // While tasks come up, every change of theirs leads back here; the rest is a matter of time.
  return Math.max(advance(step) ?? timings(scope).reconcile, timings(scope).schedulerPass);
}

function runTaskSets(scope: Scope, service: ServiceRecord): number | undefined {
  const waits = service.taskSets.map((taskSet) => {
    const { rollout } = taskSet;
    const tasks = [...service.tasks].filter((task) => isWanted(task) && task.deployment === rollout);
    return balance(scope, service, { deployment: rollout, tasks, desired: computedDesiredCount(service, taskSet) })
      .wait;
  });
  settleTaskSets(scope, service);
  const due = waits.filter((wait) => wait !== undefined);
  return due.length > 0 ? Math.min(...due) : undefined;
}

interface Balance {
  readonly deployment: DeploymentRecord;
  readonly tasks: readonly TaskRecord[];
  readonly desired: number;
}

/** Starts and stops what the decision asks for. */
function balance(scope: Scope, service: ServiceRecord, { deployment, tasks, desired }: Balance) {
  const { deploymentConfiguration: percent } = service;
  const decision: Decision = decide({
    desired,
    minimumHealthyPercent: percent.minimumHealthyPercent ?? 100,
    maximumPercent: percent.maximumPercent ?? 200,
    tasks: tasks.map((task) => ({
      id: task.id,
      current: task.deployment === deployment && task.instance?.status !== 'DRAINING',
      running: isRunning(task),
      healthy: isHealthy(scope, task),
      spared: isProtected(task, scope.clock.now()),
    })),
  });
  const stopping = new Set(decision.stop);
  stopAll(
    scope,
    service,
    tasks.filter(({ id }) => stopping.has(id)),
  );
  return { wait: startMissing(scope, service, { deployment, count: decision.start }), stuck: decision.stuck };
}

/** A service that is being deleted: nothing of it stays. */
function drain(scope: Scope, service: ServiceRecord): void {
  stopAll(scope, service, [...service.tasks].filter(isWanted));
  retireDeployments(service);
  if (service.status === 'DRAINING' && service.tasks.size === 0) {
    service.status = 'INACTIVE';
    service.deployments = [];
    service.taskSets = [];
  }
}

function conclude(scope: Scope, service: ServiceRecord, deployment: DeploymentRecord): void {
  retireDeployments(service);
  deployment.desiredCount = service.desiredCount;
  const current = [...service.tasks].filter((task) => isWanted(task) && task.deployment === deployment);
  const complete = service.deployments.length === 1 && current.length === service.desiredCount;
  if (complete && current.every((task) => isHealthy(scope, task))) settle(scope, service);
  else service.steady = false;
}

function tellStuck(scope: Scope, service: ServiceRecord): void {
  const text =
    'was unable to stop or start tasks during a deployment because of the service deployment configuration. ' +
    'Update the minimumHealthyPercent or maximumPercent value and try again.';
  if (service.events[0]?.message.endsWith(text)) return;
  tell(scope, service, text);
}
