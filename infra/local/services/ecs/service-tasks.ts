/** Tasks that the service scheduler starts and stops, and what it says about them. */
import type { Scope } from '../../kernel/scope';
import { primaryOf } from './deployment';
import { notePlacementFailure } from './placement-failure';
import type { DeploymentRecord, ServiceRecord, Tags, TaskRecord } from './records';
import { tell } from './service-message';
import type { StartRequest } from './start-task';
import { startTask } from './start-task';
import { mergeTags, NO_TAGS } from './tag';
import { tallyOf } from './tally';
import { stopTask } from './task-lifecycle';
import { isRunning } from './task-status';
import { waitOf } from './throttle';

/** Task ids in one message. */
const LISTED = 10;

/** Sends service tasks down. */
export function stopAll(scope: Scope, service: ServiceRecord, tasks: readonly TaskRecord[]): void {
  const running = tasks.filter(isRunning);
  for (const task of tasks) {
    const by = service.controller === 'ECS' ? primaryOf(service) : task.deployment;
    const reason = `Scaling activity initiated by (deployment ${by?.id ?? task.deployment?.id ?? ''})`;
    stopTask(scope, task, { code: 'ServiceSchedulerInitiated', reason });
  }
  tellTasks(scope, service, { verb: 'stopped', noun: 'running tasks', tasks: running });
}

export interface Startable {
  readonly deployment: DeploymentRecord;
  readonly count: number;
}

/** Starts tasks as far as placement lets it; answers how long it must wait for the rest. */
export function startMissing(
  scope: Scope,
  service: ServiceRecord,
  { deployment, count }: Startable,
): number | undefined {
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
