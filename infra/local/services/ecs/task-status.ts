/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-lifecycle-explanation.html */
import type { TaskRecord, TaskStatus } from './records';

const ON_THE_WAY_UP: readonly TaskStatus[] = ['PROVISIONING', 'PENDING', 'ACTIVATING'];

/** On its way to RUNNING: what ECS counts as pending. */
export function isPending({ lastStatus }: TaskRecord): boolean {
  return ON_THE_WAY_UP.includes(lastStatus);
}

export function isRunning({ lastStatus }: TaskRecord): boolean {
  return lastStatus === 'RUNNING';
}

/** Meant to run: neither stopped nor told to stop. */
export function isWanted({ desiredStatus }: TaskRecord): boolean {
  return desiredStatus === 'RUNNING';
}

/** Spared by scaling and deployments for the time being. */
export function isProtected({ protectedUntil }: Pick<TaskRecord, 'protectedUntil'>, now: Date): boolean {
  return protectedUntil !== undefined && now < protectedUntil;
}

interface Place {
  readonly lastStatus: TaskStatus;
  readonly stopping: boolean;
  /** The task has a network interface of its own. */
  readonly ownInterface: boolean;
}

/** Where a task starts. */
export function firstStatus(ownInterface: boolean): TaskStatus {
  return ownInterface ? 'PROVISIONING' : 'PENDING';
}

const UP: Partial<Record<TaskStatus, TaskStatus>> = {
  PROVISIONING: 'PENDING',
  PENDING: 'ACTIVATING',
  ACTIVATING: 'RUNNING',
};

const DOWN: Partial<Record<TaskStatus, TaskStatus>> = {
  PROVISIONING: 'DEPROVISIONING',
  PENDING: 'STOPPING',
  ACTIVATING: 'DEACTIVATING',
  RUNNING: 'DEACTIVATING',
  DEACTIVATING: 'STOPPING',
  STOPPING: 'DEPROVISIONING',
  DEPROVISIONING: 'STOPPED',
};

/** The status that follows by itself; undefined where a task stays until something happens. */
export function nextStatus({ lastStatus, stopping, ownInterface }: Place): TaskStatus | undefined {
  if (!stopping) return UP[lastStatus];
  const next = DOWN[lastStatus];
  return next === 'DEPROVISIONING' && !ownInterface ? 'STOPPED' : next;
}
