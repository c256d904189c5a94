/**
 * During a rolling deployment the old tasks are what the deployment is about to replace: they are no violations while it
 * may still be under way.
 */
import { gapFor, type Cause } from '../snapshot/gap';
import type { Deployment } from '../snapshot/service-resources';
import { ownerIn, ownerOfCloudMapInstance, ownerOfTarget, type Ownership } from '../snapshot/ownership';
import type { CollectedKind, Resources, Service, Snapshot, Task } from '../snapshot/snapshot';
import { serviceOfTask, usersOfTaskDefinition } from '../snapshot/usage';

/** The deployment that was to replace a resource by now, and has not. */
export interface StuckDeployment {
  readonly service: Service;
  readonly deployment: Deployment;
}

/** Whether a resource is on its way out, why that cannot be told, or what should have taken its place. */
export type Replacement = boolean | Cause | StuckDeployment;

export interface Grace {
  readonly now: Date;
  /** How long a deployment may take. */
  readonly minutes: number;
}

const MS_PER_MINUTE = 60_000;

/** Other controllers than ECS report no rollout state: their task sets are a rollout as long as there are several. */
function isRolling(service: Service, { rolloutState }: Deployment): boolean {
  return rolloutState ? rolloutState !== 'COMPLETED' : service.deployments.length > 1;
}

const startOf = ({ createdAt }: Deployment): number => createdAt?.getTime() ?? 0;

/**
 * The deployment that replaces the others. Of task sets it is the newest: while CodeDeploy or another controller shifts
 * the traffic, the primary one is still the old one. A newest one that drains was rolled back, and replaces nothing.
 */
function rolloutOf({ deploymentController, deployments }: Service): Deployment | undefined {
  if (deploymentController === 'ECS') return deployments.find(({ status }) => status === 'PRIMARY');
  const [newest] = deployments.toSorted((left, right) => startOf(right) - startOf(left));
  return newest?.status === 'DRAINING' ? undefined : newest;
}

/** It is to be replaced, and the grace of that lasts; where it is over, by which deployment. */
function byRollout(service: Service, isOld: (rollout: Deployment) => boolean, { now, minutes }: Grace): Replacement {
  const deployment = rolloutOf(service);
  if (!deployment || !isRolling(service, deployment) || !isOld(deployment)) return false;
  const startedAt = deployment.createdAt ?? now;
  const isYoung = now.getTime() < startedAt.getTime() + minutes * MS_PER_MINUTE;
  return deployment.rolloutState !== 'FAILED' && isYoung ? true : { service, deployment };
}

function isOfDeployment(task: Task, { id, taskDefinitionArn }: Deployment): boolean {
  return task.startedBy === undefined ? task.taskDefinitionArn === taskDefinitionArn : task.startedBy === id;
}

function ofTask(snapshot: Snapshot, task: Task, grace: Grace): Replacement {
  if (task.serviceName === undefined) return false;
  const service = serviceOfTask(snapshot, task);
  if (!service) return gapFor(snapshot, 'services') ?? false;
  return byRollout(service, (rollout) => !isOfDeployment(task, rollout), grace);
}

/** The revision is used by nothing but deployments that are being replaced. */
function ofTaskDefinition(snapshot: Snapshot, arn: string, grace: Grace): Replacement {
  const { services, tasks } = usersOfTaskDefinition(snapshot, arn);
  const users: readonly Replacement[] = [
    ...services.map((service) => byRollout(service, ({ taskDefinitionArn }) => taskDefinitionArn !== arn, grace)),
    ...tasks.map((task) => ofTask(snapshot, task, grace)),
  ];
  if (users.includes(false)) return false;
  const unseen = gapFor(snapshot, 'services') ?? gapFor(snapshot, 'tasks');
  return unseen ?? users.find((user) => typeof user === 'object') ?? users.length > 0;
}

type Readers = {
  readonly [Kind in CollectedKind]?: (snapshot: Snapshot, resource: Resources[Kind], grace: Grace) => Replacement;
};

/** A registration goes with the task that owns it. */
function ofRegistration(snapshot: Snapshot, owner: Ownership, grace: Grace): Replacement {
  const task = ownerIn(owner);
  return task !== undefined && ofTask(snapshot, task, grace);
}

const readers: Readers = {
  task: ofTask,
  'task-definition': (snapshot, { arn }, grace) => ofTaskDefinition(snapshot, arn, grace),
  target: (snapshot, target, grace) => ofRegistration(snapshot, ownerOfTarget(snapshot, target), grace),
  'cloudmap-instance': (snapshot, instance, grace) =>
    ofRegistration(snapshot, ownerOfCloudMapInstance(snapshot, instance), grace),
};

/** Whether the resource is being replaced by a deployment that is under way. */
export function replacementOf<Kind extends CollectedKind>(
  snapshot: Snapshot,
  { kind, resource }: { readonly kind: Kind; readonly resource: Resources[Kind] },
  grace: Grace,
): Replacement {
  return readers[kind]?.(snapshot, resource, grace) ?? false;
}
