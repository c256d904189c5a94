/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-scale-in-protection.html */
import type {
  Failure,
  GetTaskProtectionRequest,
  GetTaskProtectionResponse,
  ProtectedTask,
  UpdateTaskProtectionRequest,
  UpdateTaskProtectionResponse,
} from '@aws-sdk/client-ecs';
import { operation } from '../../kernel/operation';
import type { Scope } from '../../kernel/scope';
import { onMembers } from './authorization';
import { requireCluster } from './cluster';
import { invalidParameter, missing } from './ecs-error';
import type { ClusterRecord, TaskRecord } from './records';
import { ecsArn, parseReference } from './reference';
import { requestPass } from './service-schedule';
import { findTask } from './task';
import { isProtected, isWanted } from './task-status';

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateTaskProtection.html, as the next one */
const MAX_UPDATED = 10;
const MINUTES = { min: 1, standard: 120, max: 2_880 };
/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_GetTaskProtection.html */
const MAX_SHOWN = 100;
const MINUTE_MS = 60_000;

function checkCount(asked: readonly string[], max: number): void {
  if (asked.length === 0) throw invalidParameter('Tasks cannot be empty.');
  if (asked.length > max) throw invalidParameter(`Tasks cannot have more than ${max} elements.`);
}

interface Sorted {
  readonly valid: readonly TaskRecord[];
  readonly failures: readonly Failure[];
}

/** Only tasks of services that are not on their way down can be protected. */
function sortOut(scope: Scope, cluster: ClusterRecord, asked: readonly string[]): Sorted {
  const valid: TaskRecord[] = [];
  const failures: Failure[] = [];
  for (const name of asked) {
    const task = findTask(scope, cluster, name);
    if (!task) failures.push(missing(ecsArn(scope, 'task', cluster.name, parseReference(scope, 'task', name).name)));
    else if (task.service && isWanted(task)) valid.push(task);
    else failures.push({ arn: task.arn, reason: 'TASK_NOT_VALID' });
  }
  return { valid, failures };
}

function view(scope: Scope, task: TaskRecord): ProtectedTask {
  const on = isProtected(task, scope.clock.now());
  return { taskArn: task.arn, protectionEnabled: on, expirationDate: on ? task.protectedUntil : undefined };
}

/** Every call starts the time anew. Once it is over, the scheduler may do what it could not. */
function protect(scope: Scope, task: TaskRecord, minutes: number): void {
  task.protectedUntil = new Date(scope.clock.now().getTime() + minutes * MINUTE_MS);
  scope.clock.after(minutes * MINUTE_MS, () => {
    if (task.service && !isProtected(task, scope.clock.now())) requestPass(scope, task.service);
  });
}

function unprotect(scope: Scope, task: TaskRecord): void {
  task.protectedUntil = undefined;
  if (task.service) requestPass(scope, task.service);
}

function checkMinutes(minutes: number, protectionEnabled: boolean | undefined): void {
  if (protectionEnabled !== true || (minutes >= MINUTES.min && minutes <= MINUTES.max)) return;
  throw invalidParameter(`expiresInMinutes must be between ${MINUTES.min} and ${MINUTES.max}.`);
}

export const taskProtectionOperations = {
  GetTaskProtection: operation<GetTaskProtectionRequest, GetTaskProtectionResponse>({
    accepts: ['cluster', 'tasks'],
    run({ cluster: reference, tasks: asked = [] }, { scope }) {
      const cluster = requireCluster(scope, reference);
      checkCount(asked, MAX_SHOWN);
      const { valid, failures } = sortOut(scope, cluster, asked);
      return { protectedTasks: valid.map((task) => view(scope, task)), failures: [...failures] };
    },
    authorize: ({ cluster, tasks }, call) => onMembers('task', { cluster, references: tasks }, call),
  }),

  UpdateTaskProtection: operation<UpdateTaskProtectionRequest, UpdateTaskProtectionResponse>({
    accepts: ['cluster', 'tasks', 'protectionEnabled', 'expiresInMinutes'],
    run(request, { scope }) {
      const { tasks: asked = [], protectionEnabled, expiresInMinutes = MINUTES.standard } = request;
      const cluster = requireCluster(scope, request.cluster);
      checkCount(asked, MAX_UPDATED);
      checkMinutes(expiresInMinutes, protectionEnabled);
      const { valid, failures } = sortOut(scope, cluster, asked);
      for (const task of valid) {
        if (protectionEnabled === true) protect(scope, task, expiresInMinutes);
        else unprotect(scope, task);
      }
      return { protectedTasks: valid.map((task) => view(scope, task)), failures: [...failures] };
    },
    authorize: ({ cluster, tasks }, call) => onMembers('task', { cluster, references: tasks }, call),
  }),
};
