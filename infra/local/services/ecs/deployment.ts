import type { Scope } from '../../kernel/scope';
import type { DeploymentRecord, Revision, ServiceRecord } from './records';
import type { ServiceDeploymentRecord, Side } from './rollout-records';
import { provideNames } from './service-connect';
import { endServiceDeployment, isOngoing, openServiceDeployment } from './service-deployment';
import { publishAction, publishRollout, tell } from './service-message';
import { isRunning, isWanted } from './task-status';
import { relax } from './throttle';

/** Makes a deployment of the revision the primary one; what ran before is replaced step by step. */
export function deploy(scope: Scope, service: ServiceRecord, revision: Revision): void {
  provideNames(scope, revision);
  const record = openServiceDeployment(scope, service, revision);
  const staged = isStaged(service);
  enterService(scope, service, {
    ...newRollout(scope, service, revision),
    side: staged && service.serving ? otherSide(service.serving.side) : (service.serving?.side ?? 'primary'),
    blue: staged ? service.serving : undefined,
    serviceDeployment: record,
  });
  if (staged) enterStage(scope, record, service.deployments.length > 2 ? 'RECONCILE_SERVICE' : 'PRE_SCALE_UP');
}

/** Puts a deployment in front of the others. */
export function enterService(scope: Scope, service: ServiceRecord, deployment: DeploymentRecord): void {
  for (const earlier of service.deployments) {
    earlier.status = 'ACTIVE';
    earlier.updatedAt = deployment.createdAt;
  }
  service.deployments = [deployment, ...service.deployments];
  service.steady = false;
  relax(service.starts);
  relax(service.placements);
  publishRollout(scope, service, { deployment, eventName: 'SERVICE_DEPLOYMENT_IN_PROGRESS' });
}

/** A deployment, or what a task set starts its tasks with, before anything runs. */
export function newRollout(
  scope: Scope,
  { desiredCount }: Pick<ServiceRecord, 'desiredCount'>,
  revision: Revision,
): DeploymentRecord {
  const now = scope.clock.now();
  const id = `ecs-svc/${deploymentNumber(scope)}`;
  return {
    id,
    status: 'PRIMARY',
    revision,
    desiredCount,
    failedTasks: 0,
    createdAt: now,
    updatedAt: now,
    rolloutState: 'IN_PROGRESS',
    rolloutStateReason: `ECS deployment ${id} in progress.`,
    side: 'primary',
    blue: undefined,
    serviceDeployment: undefined,
  };
}

/** Does the service bring revisions out in stages, beside what runs? */
export function isStaged({ deploymentConfiguration: { strategy = 'ROLLING' } }: ServiceRecord): boolean {
  return strategy !== 'ROLLING';
}

function otherSide(side: Side): Side {
  return side === 'primary' ? 'alternate' : 'primary';
}

export function enterStage(
  scope: Scope,
  record: ServiceDeploymentRecord,
  stage: NonNullable<ServiceDeploymentRecord['stage']>,
): void {
  record.stage = stage;
  record.stageSince = scope.clock.now();
  record.updatedAt = record.stageSince;
}

/** 19 digits, as in `ecs-svc/9223370564341623665`. */
function deploymentNumber(scope: Scope): string {
  return BigInt(`0x1${scope.ids.hex(15)}`)
    .toString()
    .padStart(19, '1');
}

export function primaryOf({ deployments }: ServiceRecord): DeploymentRecord | undefined {
  return deployments[0];
}

/** Drops earlier deployments whose tasks are all gone or going. */
export function retireDeployments(service: ServiceRecord): void {
  const wanted = new Set([...service.tasks].filter(isWanted).map(({ deployment }) => deployment));
  service.deployments = service.deployments.filter((each) => each.status === 'PRIMARY' || wanted.has(each));
}

/** Notes that everything is as it should be; tells so once. */
export function settle(scope: Scope, service: ServiceRecord): void {
  const deployment = primaryOf(service);
  if (deployment?.rolloutState === 'IN_PROGRESS') {
    deployment.rolloutState = 'COMPLETED';
    deployment.rolloutStateReason = `ECS deployment ${deployment.id} completed.`;
    deployment.updatedAt = scope.clock.now();
    service.lastCompleted = deployment.revision;
    service.serving = deployment;
    succeed(scope, deployment);
    tell(scope, service, `(deployment ${deployment.id}) deployment completed.`);
    publishRollout(scope, service, { deployment, eventName: 'SERVICE_DEPLOYMENT_COMPLETED' });
  }
  if (service.steady) return;
  service.steady = true;
  tell(scope, service, 'has reached a steady state.');
  publishAction(scope, service, { eventType: 'INFO', eventName: 'SERVICE_STEADY_STATE' });
}

function succeed(scope: Scope, { serviceDeployment: record }: DeploymentRecord): void {
  if (!record || !isOngoing(record)) return;
  endServiceDeployment(scope, record, { status: record.rollback ? 'ROLLBACK_SUCCESSFUL' : 'SUCCESSFUL' });
}

export interface TaskCounts {
  readonly running: number;
  readonly pending: number;
  readonly wanted: number;
}

/** Tasks of the service, or of one of its deployments. */
export function countTasks(service: ServiceRecord, deployment?: DeploymentRecord): TaskCounts {
  const tasks = [...service.tasks].filter((task) => !deployment || task.deployment === deployment);
  const wanted = tasks.filter(isWanted);
  return {
    running: tasks.filter(isRunning).length,
    pending: wanted.filter((task) => !isRunning(task)).length,
    wanted: wanted.length,
  };
}
