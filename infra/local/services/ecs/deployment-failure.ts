/** Deployments that fail, and the way back. */
import type { Scope } from '../../kernel/scope';
import { enterService, newRollout } from './deployment';
import type { DeploymentRecord, Revision, ServiceRecord } from './records';
import { endServiceDeployment, isOngoing, serviceRevision } from './service-deployment';
import { publishRollout, tell } from './service-message';
import { shiftTraffic } from './traffic';

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-circuit-breaker.html */
const BREAKER = { share: 0.5, least: 3, most: 200 };

/** Failures that a service deployment bears: half the tasks wanted, within limits. */
export function breakerThreshold({ desiredCount }: Pick<ServiceRecord, 'desiredCount'>): number {
  return Math.min(Math.max(Math.ceil(desiredCount * BREAKER.share), BREAKER.least), BREAKER.most);
}

/** Counts a task that failed; enough of them trip the circuit breaker, if the service has one. */
export function noteFailedTask(scope: Scope, service: ServiceRecord, deployment: DeploymentRecord): void {
  deployment.failedTasks += 1;
  deployment.updatedAt = scope.clock.now();
  const { serviceDeployment: record } = deployment;
  if (record && !record.rollback) record.failures += 1;
  const { enable, rollback } = service.deploymentConfiguration.deploymentCircuitBreaker ?? {};
  const tripped = enable === true && deployment.failedTasks >= breakerThreshold(service);
  if (!tripped || deployment.status !== 'PRIMARY' || deployment.rolloutState !== 'IN_PROGRESS') return;
  if (record) record.breakerTripped = true;
  failDeployment(scope, service, {
    deployment,
    why: 'ECS deployment circuit breaker: tasks failed to start.',
    rollback: rollback === true,
  });
}

export interface DeploymentFailure {
  readonly deployment: DeploymentRecord;
  readonly why: string;
  /** Back to what ran before, if anything did. */
  readonly rollback: boolean;
}

/** Ends a deployment that cannot or must not go on. */
export function failDeployment(
  scope: Scope,
  service: ServiceRecord,
  { deployment, why, rollback }: DeploymentFailure,
): void {
  const { serviceDeployment: record } = deployment;
  // A rollback that fails as well is not rolled back.
  const wayBack = rollback && !record?.rollback ? wayBackFrom(service, deployment) : undefined;
  deployment.rolloutState = 'FAILED';
  deployment.rolloutStateReason = why;
  deployment.updatedAt = scope.clock.now();
  tell(scope, service, `(deployment ${deployment.id}) deployment failed: ${said(why)}`);
  publishRollout(scope, service, { deployment, eventName: 'SERVICE_DEPLOYMENT_FAILED' });
  if (wayBack) rollBack(scope, service, { deployment, wayBack, why });
  else if (record && isOngoing(record)) {
    endServiceDeployment(scope, record, { status: record.rollback ? 'ROLLBACK_FAILED' : 'STOPPED', reason: why });
  }
}

/** `ECS deployment circuit breaker: tasks failed to start.` without who found out. */
function said(why: string): string {
  return why.replace(/^ECS deployment circuit breaker: /, '');
}

function wayBackFrom(service: ServiceRecord, { blue }: DeploymentRecord): Revision | undefined {
  return blue?.revision ?? service.lastCompleted;
}

interface WayBack {
  readonly deployment: DeploymentRecord;
  readonly wayBack: Revision;
  readonly why: string;
}

/** A blue/green deployment goes back to the tasks that still run; a rolling one starts the former revision anew. */
function rollBack(scope: Scope, service: ServiceRecord, { deployment, wayBack, why }: WayBack): void {
  const { blue, serviceDeployment: record } = deployment;
  if (record) {
    const target = serviceRevision(scope, service, wayBack);
    Object.assign(record, { status: 'ROLLBACK_IN_PROGRESS', statusReason: why, stage: undefined });
    record.rollback = { reason: why, startedAt: scope.clock.now(), target };
  }
  const back = blue && service.deployments.includes(blue) ? blue : newRollout(scope, service, wayBack);
  tell(scope, service, `rolling back to (deployment ${back.id}).`);
  if (back === blue) {
    deployment.status = 'ACTIVE';
    Object.assign(blue, { status: 'PRIMARY', rolloutState: 'IN_PROGRESS', serviceDeployment: record });
    service.serving = blue;
    shiftTraffic(scope, blue);
    service.deployments = [blue, ...service.deployments.filter((each) => each !== blue)];
    service.steady = false;
    return;
  }
  enterService(scope, service, { ...back, side: deployment.side, serviceDeployment: record });
}
