/**
 * During a rolling deployment the old tasks are what the deployment is about to replace: they are no violations while it
 * may still be under way.
 */
import { gapFor, type Cause } from '../snapshot/gap';
import type { Deployment } from '../snapshot/service-resources';
import type { CollectedKind, Resources, Service, Snapshot, Task } from '../snapshot/snapshot';
import { serviceOfTask, usersOfTaskDefinition } from '../snapshot/usage';

/** Whether a resource is on its way out, or why that cannot be told. */
export type Replacement = boolean | Cause;

export interface Grace {
  readonly now: Date;
  /** How long a deployment may take. */
  readonly minutes: number;
}

const MS_PER_MINUTE = 60_000;

function isUnderWay(service: Service, deployment: Deployment, { now, minutes }: Grace): boolean {
  // other controllers than ECS report no rollout state
  const isRolling = deployment.rolloutState
    ? deployment.rolloutState === 'IN_PROGRESS'
    : service.deployments.length > 1;
  const startedAt = deployment.createdAt ?? now;
  return isRolling && now.getTime() < startedAt.getTime() + minutes * MS_PER_MINUTE;
}

/** The deployment that replaces the others, while its grace lasts. */
function currentRollout(service: Service, grace: Grace): Deployment | undefined {
  const primary = service.deployments.find(({ status }) => status === 'PRIMARY');
  return primary && isUnderWay(service, primary, grace) ? primary : undefined;
}

function isOfDeployment(task: Task, { id, taskDefinitionArn }: Deployment): boolean {
  return task.startedBy === undefined ? task.taskDefinitionArn === taskDefinitionArn : task.startedBy === id;
}

function ofTask(snapshot: Snapshot, task: Task, grace: Grace): Replacement {
  if (task.serviceName === undefined) return false;
  const service = serviceOfTask(snapshot, task);
  if (!service) return gapFor(snapshot, 'services') ?? false;
  const rollout = currentRollout(service, grace);
  return rollout ? !isOfDeployment(task, rollout) : false;
}

/** The revision is used by nothing but deployments that are being replaced. */
function ofTaskDefinition(snapshot: Snapshot, arn: string, grace: Grace): Replacement {
  const { services, tasks } = usersOfTaskDefinition(snapshot, arn);
  const users: readonly Replacement[] = [
    ...services.map((service) => {
      const rollout = currentRollout(service, grace);
      return rollout !== undefined && rollout.taskDefinitionArn !== arn;
    }),
    ...tasks.map((task) => ofTask(snapshot, task, grace)),
  ];
  if (users.includes(false)) return false;
  const cause = users.find((user) => typeof user === 'object');
  return cause ?? gapFor(snapshot, 'services') ?? gapFor(snapshot, 'tasks') ?? users.length > 0;
}

/** Whether the resource is being replaced by a deployment that is under way. */
export function replacementOf(
  snapshot: Snapshot,
  { kind, key }: { readonly kind: CollectedKind; readonly key: string },
  grace: Grace,
): Replacement {
  if (kind === 'task-definition') return ofTaskDefinition(snapshot, key, grace);
  const task: Resources['task'] | undefined = kind === 'task' ? snapshot.tasks.get(key) : undefined;
  return task ? ofTask(snapshot, task, grace) : false;
}
