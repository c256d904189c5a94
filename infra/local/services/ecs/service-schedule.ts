/** When the scheduler looks at a service: after a change, after a wait, and every few seconds anyway. */
import type { Scope } from '../../kernel/scope';
import { defineStore } from '../../kernel/scope';
import { noteFailedTask } from './deployment-failure';
import type { ClusterRecord, ServiceRecord, TaskRecord, TaskStatus } from './records';
import { restoreTask } from './registration';
import { runPass } from './service-controller';
import { publishAction, tell } from './service-message';
import { ecsState } from './store';
import { onTaskChange } from './task-changes';
import { unhealthyIn } from './task-health';
import { stopTask } from './task-lifecycle';
import { isRunning, isWanted } from './task-status';
import { backOff, relax } from './throttle';
import { timings } from './timings';

/** Failures in a row after which ECS speaks of a service that cannot start tasks; AWS publishes no figure. */
const IMPAIRED_AFTER = 3;

const scheduler = defineStore((scope) => {
  onTaskChange(scope, (task) => noteTask(scope, task));
  return { ticking: false };
});

/** Has the service looked at soon. Requests that come together lead to one pass. */
export function requestPass(scope: Scope, service: ServiceRecord, delay = timings(scope).schedulerPass): void {
  startTicking(scope);
  const due = scope.clock.now().getTime() + delay;
  if (service.pass && service.pass.due <= due) return;
  service.pass?.cancel();
  const cancel = scope.clock.after(delay, () => {
    service.pass = undefined;
    const wait = runPass(scope, service);
    if (wait !== undefined) requestPass(scope, service, wait);
  });
  service.pass = { due, cancel };
}

/** The cluster has room again: services that found none need not wait any longer. */
export function reconsiderCluster(scope: Scope, { services }: ClusterRecord): void {
  for (const service of services.values()) {
    if (service.status === 'INACTIVE') continue;
    relax(service.placements);
    requestPass(scope, service);
  }
}

function startTicking(scope: Scope): void {
  const state = scheduler(scope);
  if (state.ticking) return;
  state.ticking = true;
  const tick = (): void => {
    const services = liveServices(scope);
    for (const service of services) inspect(scope, service);
    state.ticking = services.length > 0;
    if (state.ticking) scope.clock.after(timings(scope).reconcile, tick);
  };
  scope.clock.after(timings(scope).reconcile, tick);
}

function liveServices(scope: Scope): ServiceRecord[] {
  return [...ecsState(scope).clusters.values()]
    .flatMap(({ services }) => [...services.values()])
    .filter(({ status }) => status !== 'INACTIVE');
}

/** Compares registrations with tasks, stops what load balancers find unhealthy, and sees whether all is well. */
function inspect(scope: Scope, service: ServiceRecord): void {
  const refusals = new Set<string>();
  for (const task of service.tasks) {
    if (!isWanted(task) || !isRunning(task)) continue;
    const refusal = restoreTask(scope, task);
    if (refusal) refusals.add(refusal);
    const group = unhealthyIn(scope, task);
    if (group) stopUnhealthy(scope, service, { task, group });
  }
  for (const refusal of refusals) if (!service.complaints.has(refusal)) tell(scope, service, refusal);
  service.complaints = refusals;
  if (!service.steady) requestPass(scope, service);
}

interface Unhealthy {
  readonly task: TaskRecord;
  readonly group: string;
}

function stopUnhealthy(scope: Scope, service: ServiceRecord, { task, group }: Unhealthy): void {
  tell(
    scope,
    service,
    `(task ${task.id}) is unhealthy in (target-group ${group}) due to (reason Health checks failed).`,
  );
  stopTask(scope, task, {
    code: 'ServiceSchedulerInitiated',
    reason: `Task failed ELB health checks in (target-group ${group})`,
  });
  if (task.deployment) noteFailedTask(scope, service, task.deployment);
}

type Reaction = (scope: Scope, service: ServiceRecord, task: TaskRecord) => void;

const REACTIONS: Partial<Record<TaskStatus, Reaction>> = {
  ACTIVATING: tellRegistration,
  RUNNING: (_scope, service) => relax(service.starts),
  // Where a failed start turns round: after registration was refused, for want of an image, or of an interface.
  DEACTIVATING: (scope, service, task) => {
    tellDeregistration(scope, service, task);
    if (hasFailed(task)) noteFailedStart(scope, service, task);
  },
  STOPPING: (scope, service, task) => {
    if (!hasFailed(task) || task.times.connectivityAt) return;
    if (!task.instance) tell(scope, service, `was unable to place a task. Reason: ${task.stop?.reason ?? ''}.`);
    noteFailedStart(scope, service, task);
  },
  DEPROVISIONING: (scope, service, task) => {
    const { connectivityAt, pullStartedAt } = task.times;
    if (hasFailed(task) && !connectivityAt && !pullStartedAt) noteFailedStart(scope, service, task);
  },
};

function noteTask(scope: Scope, task: TaskRecord): void {
  const { service, lastStatus } = task;
  if (!service) return;
  REACTIONS[lastStatus]?.(scope, service, task);
  requestPass(scope, service);
}

function hasFailed({ stop }: TaskRecord): boolean {
  return stop?.code === 'TaskFailedToStart';
}

function noteFailedStart(scope: Scope, service: ServiceRecord, { deployment }: TaskRecord): void {
  backOff(service.starts, scope.clock.now());
  if (deployment) noteFailedTask(scope, service, deployment);
  if (service.starts.failures !== IMPAIRED_AFTER) return;
  tell(
    scope,
    service,
    'is unable to consistently start tasks successfully. ' +
      'For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.',
  );
  publishAction(scope, service, { eventType: 'WARN', eventName: 'SERVICE_TASK_START_IMPAIRED' });
}

function tellRegistration(scope: Scope, service: ServiceRecord, task: TaskRecord): void {
  for (const group of groupsOf(task)) tell(scope, service, `registered 1 targets in (target-group ${group}).`);
  if (task.startFailure !== undefined) tell(scope, service, task.startFailure);
}

function tellDeregistration(scope: Scope, service: ServiceRecord, task: TaskRecord): void {
  const groups = groupsOf(task);
  if (groups.length > 0) tell(scope, service, 'has begun draining connections on 1 tasks.');
  for (const group of groups) tell(scope, service, `deregistered 1 targets in (target-group ${group}).`);
}

function groupsOf({ registrations, deregistrations }: TaskRecord): string[] {
  return [...registrations, ...deregistrations].flatMap((each) =>
    'targetGroupArn' in each ? [each.targetGroupArn] : [],
  );
}
