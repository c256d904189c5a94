import type { Scope } from '../../kernel/scope';
import type { DeploymentRecord, Revision, ServiceRecord } from './records';
import { publishAction, publishRollout, tell } from './service-message';
import { isRunning, isWanted } from './task-status';
import { relax } from './throttle';

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-circuit-breaker.html */
const BREAKER = { share: 0.5, least: 3, most: 200 };

/** Makes a deployment of the revision the primary one; what ran before is replaced step by step. */
export function deploy(scope: Scope, service: ServiceRecord, revision: Revision): void {
  const now = scope.clock.now();
  const id = `ecs-svc/${deploymentNumber(scope)}`;
  const deployment: DeploymentRecord = {
    id,
    status: 'PRIMARY',
    revision,
    desiredCount: service.desiredCount,
    failedTasks: 0,
    createdAt: now,
    updatedAt: now,
    rolloutState: 'IN_PROGRESS',
    rolloutStateReason: `ECS deployment ${id} in progress.`,
  };
  for (const earlier of service.deployments) {
    earlier.status = 'ACTIVE';
    earlier.updatedAt = now;
  }
  service.deployments = [deployment, ...service.deployments];
  service.steady = false;
  relax(service.starts);
  relax(service.placements);
  publishRollout(scope, service, { deployment, eventName: 'SERVICE_DEPLOYMENT_IN_PROGRESS' });
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
    tell(scope, service, `(deployment ${deployment.id}) deployment completed.`);
    publishRollout(scope, service, { deployment, eventName: 'SERVICE_DEPLOYMENT_COMPLETED' });
  }
  if (service.steady) return;
  service.steady = true;
  tell(scope, service, 'has reached a steady state.');
  publishAction(scope, service, { eventType: 'INFO', eventName: 'SERVICE_STEADY_STATE' });
}

/** Counts a task that failed; enough of them trip the circuit breaker, if the service has one. */
export function noteFailedTask(scope: Scope, service: ServiceRecord, deployment: DeploymentRecord): void {
  deployment.failedTasks += 1;
  deployment.updatedAt = scope.clock.now();
  const { enable, rollback } = service.deploymentConfiguration.deploymentCircuitBreaker ?? {};
  const threshold = Math.min(Math.max(Math.ceil(service.desiredCount * BREAKER.share), BREAKER.least), BREAKER.most);
  const tripped = enable === true && deployment.failedTasks >= threshold;
  if (!tripped || deployment.status !== 'PRIMARY' || deployment.rolloutState !== 'IN_PROGRESS') return;
  deployment.rolloutState = 'FAILED';
  deployment.rolloutStateReason = 'ECS deployment circuit breaker: tasks failed to start.';
  tell(scope, service, `(deployment ${deployment.id}) deployment failed: tasks failed to start.`);
  publishRollout(scope, service, { deployment, eventName: 'SERVICE_DEPLOYMENT_FAILED' });
  if (rollback === true && service.lastCompleted) deploy(scope, service, service.lastCompleted);
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
