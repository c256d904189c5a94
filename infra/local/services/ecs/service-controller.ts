/** One look of the service scheduler at a service: compare what runs with what is wanted, start and stop. */
import type { Scope } from '../../kernel/scope';
import { primaryOf, retireDeployments, settle } from './deployment';
import { notePlacementFailure } from './placement-failure';
import type { DeploymentRecord, ServiceRecord, Tags, TaskRecord } from './records';
import { decide } from './service-decision';
import { tell } from './service-message';
import type { StartRequest } from './start-task';
import { startTask } from './start-task';
import { mergeTags, NO_TAGS } from './tag';
import { tallyOf } from './tally';
import { isHealthy } from './task-health';
import { stopTask } from './task-lifecycle';
import { isRunning, isWanted } from './task-status';
import { waitOf } from './throttle';

/** Does what is due. Answers in how many milliseconds it must look again even if nothing happens. */
export function runPass(scope: Scope, service: ServiceRecord): number | undefined {
  const deployment = primaryOf(service);
  if (service.status !== 'ACTIVE' || !deployment) {
    drain(scope, service);
    return undefined;
  }
  const tasks = [...service.tasks].filter(isWanted);
  const { deploymentConfiguration: percent } = service;
  const decision = decide({
    desired: service.desiredCount,
    minimumHealthyPercent: percent.minimumHealthyPercent ?? 100,
    maximumPercent: percent.maximumPercent ?? 200,
    tasks: tasks.map((task) => ({
      id: task.id,
      current: task.deployment === deployment && task.instance?.status !== 'DRAINING',
      running: isRunning(task),
      healthy: isHealthy(scope, task),
    })),
  });
  const stopping = new Set(decision.stop);
  stopAll(
    scope,
    service,
    tasks.filter(({ id }) => stopping.has(id)),
  );
  const wait = start(scope, service, { deployment, count: decision.start });
  if (decision.stuck) tellStuck(scope, service);
  conclude(scope, service, deployment);
  return wait;
}

/** A service that is being deleted: nothing of it stays. */
function drain(scope: Scope, service: ServiceRecord): void {
  stopAll(scope, service, [...service.tasks].filter(isWanted));
  retireDeployments(service);
  if (service.status === 'DRAINING' && service.tasks.size === 0) {
    service.status = 'INACTIVE';
    service.deployments = [];
  }
}

/** Task ids in one message. */
const LISTED = 10;

function stopAll(scope: Scope, service: ServiceRecord, tasks: readonly TaskRecord[]): void {
  const running = tasks.filter(isRunning);
  for (const task of tasks) {
    const reason = `Scaling activity initiated by (deployment ${primaryOf(service)?.id ?? task.deployment?.id ?? ''})`;
    stopTask(scope, task, { code: 'ServiceSchedulerInitiated', reason });
  }
  tellTasks(scope, service, { verb: 'stopped', noun: 'running tasks', tasks: running });
}

interface Startable {
  readonly deployment: DeploymentRecord;
  readonly count: number;
}

function start(scope: Scope, service: ServiceRecord, { deployment, count }: Startable): number | undefined {
  if (count === 0 || deployment.rolloutState === 'FAILED') return undefined;
  const now = scope.clock.now();
  const wait = Math.max(waitOf(service.starts, now), waitOf(service.placements, now));
  if (wait > 0) return wait;
  const request = requestFor(service, deployment);
  const tasks: TaskRecord[] = [];
  while (tasks.length < count) {
    const outcome = startTask(scope, request);
    if ('failure' in outcome) {
      notePlacementFailure(scope, service, outcome);
      break;
    }
    tasks.push(outcome.task);
  }
  tellTasks(scope, service, { verb: 'started', noun: 'tasks', tasks });
  return waitOf(service.placements, now) || undefined;
}

function requestFor(service: ServiceRecord, deployment: DeploymentRecord): StartRequest {
  const { definition, capacity, network } = deployment.revision;
  return {
    ...{ cluster: service.cluster, service, deployment, definition, capacity, network },
    group: `service:${service.name}`,
    startedBy: deployment.id,
    overrides: {},
    enableExecuteCommand: service.enableExecuteCommand,
    tags: mergeTags(propagated(service, deployment), managedTags(service)),
    placementStrategy: service.placementStrategy,
    placementConstraints: service.placementConstraints,
    tally: tallyOf(service.tasks),
  };
}

function propagated({ propagateTags, tags }: ServiceRecord, { revision }: DeploymentRecord): Tags {
  if (propagateTags === 'SERVICE') return tags;
  return propagateTags === 'TASK_DEFINITION' ? revision.definition.tags : NO_TAGS;
}

function managedTags({ enableECSManagedTags, cluster, name }: ServiceRecord): Tags {
  if (!enableECSManagedTags) return NO_TAGS;
  return new Map([
    ['aws:ecs:clusterName', cluster.name],
    ['aws:ecs:serviceName', name],
  ]);
}

function conclude(scope: Scope, service: ServiceRecord, deployment: DeploymentRecord): void {
  retireDeployments(service);
  deployment.desiredCount = service.desiredCount;
  const current = [...service.tasks].filter((task) => isWanted(task) && task.deployment === deployment);
  const complete = service.deployments.length === 1 && current.length === service.desiredCount;
  if (complete && current.every((task) => isHealthy(scope, task))) settle(scope, service);
  else service.steady = false;
}

interface Told {
  readonly verb: string;
  readonly noun: string;
  readonly tasks: readonly TaskRecord[];
}

function tellTasks(scope: Scope, service: ServiceRecord, { verb, noun, tasks }: Told): void {
  for (let first = 0; first < tasks.length; first += LISTED) {
    const listed = tasks.slice(first, first + LISTED);
    const ids = listed.map(({ id }) => `(task ${id})`).join(' ');
    tell(scope, service, `has ${verb} ${String(listed.length)} ${noun}: ${ids}.`);
  }
}

function tellStuck(scope: Scope, service: ServiceRecord): void {
  const text =
    'was unable to stop or start tasks during a deployment because of the service deployment configuration. ' +
    'Update the minimumHealthyPercent or maximumPercent value and try again.';
  if (service.events[0]?.message.endsWith(text)) return;
  tell(scope, service, text);
}
