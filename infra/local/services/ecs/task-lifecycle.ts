/**
 * A task's life, one step at a time on the scope's clock: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-lifecycle-explanation.html
 */
import type { TaskStopCode } from '@aws-sdk/client-ecs';
import { ApiError } from '../../kernel/api-error';
import type { Scope } from '../../kernel/scope';
import { changed, vacate } from './container-instance';
import { pullFailure } from './image-pull';
import type { TaskRecord, TaskStatus } from './records';
import { deregisterTask, hasLeft, registerTask } from './registration';
import { noteTaskChange } from './task-changes';
import { taskDemand } from './task-demand';
import { publishTask } from './task-event';
import { dropInterface, giveInterface } from './task-interface';
import { closePorts, openPorts } from './task-ports';
import { nextStatus } from './task-status';
import { timings } from './timings';

/** DescribeTasks shows a stopped task for an hour at least: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeTasks.html */
const STOPPED_VISIBLE_MS = 60 * 60 * 1_000;

/** The first event of a new task, and its way up. */
export function beginLife(scope: Scope, task: TaskRecord): void {
  announce(scope, task);
  if (isWaiting(task)) return;
  if (task.instance) changed(scope, task.instance);
  scheduleStep(scope, task);
}

/** Its capacity provider has not found it a host yet. */
function isWaiting({ capacity, instance }: TaskRecord): boolean {
  return capacity.launchType !== 'FARGATE' && !instance;
}

/** On its way again, now that it has a host. */
export function proceed(scope: Scope, task: TaskRecord): void {
  if (task.instance) changed(scope, task.instance);
  scheduleStep(scope, task);
}

export interface StopOrder {
  readonly code: TaskStopCode;
  readonly reason: string;
}

/** Sends a task down; one that is on its way already keeps its first reason. */
export function stopTask(scope: Scope, task: TaskRecord, order: StopOrder): void {
  if (task.desiredStatus === 'STOPPED') return;
  task.desiredStatus = 'STOPPED';
  task.stop = order;
  task.times.stoppingAt = scope.clock.now();
  task.cancelStep?.();
  step(scope, task);
}

/** The host is gone: nothing is left to stop, only to clean up. */
export function loseTask(scope: Scope, task: TaskRecord, order: StopOrder): void {
  task.cancelStep?.();
  task.desiredStatus = 'STOPPED';
  task.stop ??= order;
  task.times.stoppingAt ??= scope.clock.now();
  takeOut(scope, task);
  enter(scope, task, 'STOPPED');
}

/** Goes on until nothing is registered any more, whatever became of the task. */
function takeOut(scope: Scope, task: TaskRecord): void {
  deregisterTask(scope, task);
  if (task.registrations.length > 0) scope.clock.after(timings(scope).step, () => takeOut(scope, task));
}

function scheduleStep(scope: Scope, task: TaskRecord): void {
  if (following(task) === undefined) return;
  task.cancelStep = scope.clock.after(timings(scope).step, () => step(scope, task));
}

function following({ lastStatus, desiredStatus, network }: TaskRecord): TaskStatus | undefined {
  return nextStatus({ lastStatus, stopping: desiredStatus === 'STOPPED', ownInterface: network !== undefined });
}

function step(scope: Scope, task: TaskRecord): void {
  const next = following(task);
  if (next === undefined) return;
  if (task.lastStatus === 'DEACTIVATING') deregisterTask(scope, task);
  if (task.lastStatus === 'DEACTIVATING' && !hasLeft(scope, task)) {
    scheduleStep(scope, task);
    return;
  }
  if (next === 'RUNNING' && task.startFailure !== undefined) {
    failStart(scope, task, `Task failed to start: ${task.startFailure}`);
    return;
  }
  enter(scope, task, next);
}

function enter(scope: Scope, task: TaskRecord, status: TaskStatus): void {
  const obstacle = OBSTACLES[status]?.(scope, task);
  if (obstacle !== undefined) {
    failStart(scope, task, obstacle);
    return;
  }
  bringAbout(scope, task, status);
  task.lastStatus = status;
  announce(scope, task);
  if (task.instance && (status === 'RUNNING' || status === 'STOPPED')) changed(scope, task.instance);
  scheduleStep(scope, task);
}

/** What may keep a task from a status. */
const OBSTACLES: Partial<Record<TaskStatus, (scope: Scope, task: TaskRecord) => string | undefined>> = {
  PENDING: interfaceObstacle,
  ACTIVATING: pullObstacle,
};

function pullObstacle(scope: Scope, task: TaskRecord): string | undefined {
  const failure = pullFailure(scope, task);
  if (!failure) return undefined;
  task.times.pullStartedAt = scope.clock.now();
  task.pullFailure = failure.container;
  return failure.stoppedReason;
}

/** EC2 may refuse the interface: no address is free, the subnet is gone. */
function interfaceObstacle(scope: Scope, task: TaskRecord): string | undefined {
  try {
    giveInterface(scope, task);
    return undefined;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const subnet = task.network?.subnetId ?? '';
    return `Unexpected EC2 error while attempting to Create Network Interface in subnet '${subnet}': ${error.code}`;
  }
}

/** What the new status brings with it. */
function bringAbout(scope: Scope, task: TaskRecord, status: TaskStatus): void {
  const now = scope.clock.now();
  if (status === 'ACTIVATING') {
    Object.assign(task.times, { connectivityAt: now, pullStartedAt: now, pullStoppedAt: now });
    openPorts(scope, task);
    // Refused, the task stays as it is until its next step ends it.
    task.startFailure = registerTask(scope, task);
  }
  if (status === 'RUNNING') task.times.startedAt = now;
  if (status === 'DEACTIVATING') deregisterTask(scope, task);
  if (status === 'STOPPING' || status === 'STOPPED') closePorts(scope, task);
  if (status === 'STOPPED') finish(scope, task);
}

function failStart(scope: Scope, task: TaskRecord, reason: string): void {
  stopTask(scope, task, { code: 'TaskFailedToStart', reason });
}

function finish(scope: Scope, task: TaskRecord): void {
  const now = scope.clock.now();
  Object.assign(task.times, { executionStoppedAt: now, stoppedAt: now });
  if (task.networkInterface) dropInterface(scope, task.networkInterface);
  const { instance, containers } = task;
  if (instance) {
    const bindings = containers.flatMap((container) => container.bindings);
    const ports = (protocol: string): number[] =>
      bindings.filter((binding) => binding.protocol === protocol).map(({ hostPort }) => hostPort);
    vacate(instance, { ...taskDemand(task.definition, task.overrides), tcp: ports('tcp'), udp: ports('udp') });
    instance.tasks.delete(task);
  }
  task.service?.tasks.delete(task);
  scope.clock.after(STOPPED_VISIBLE_MS, () => void task.cluster.tasks.delete(task.id));
}

function announce(scope: Scope, task: TaskRecord): void {
  task.version += 1;
  task.times.updatedAt = scope.clock.now();
  publishTask(scope, task);
  noteTaskChange(scope, task);
}
