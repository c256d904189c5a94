/**
 * Service revisions and service deployments: a deployment's history as the API tells it.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-deployment.html
 */
import type { Scope } from '../../kernel/scope';
import type { Revision, ServiceRecord } from './records';
import { ecsArn } from './reference';
import type { ServiceDeploymentRecord, ServiceRevisionRecord } from './rollout-records';
import { nextSequence } from './store';

/** Statuses of a deployment that is still under way. */
const ONGOING: readonly string[] = [
  'PENDING',
  'IN_PROGRESS',
  'STOP_REQUESTED',
  'ROLLBACK_REQUESTED',
  'ROLLBACK_IN_PROGRESS',
];
/** AWS shows deployments of the last 90 days: same page. */
const KEPT_MS = 90 * 24 * 60 * 60 * 1_000;
/** Characters of an id: a guess by the examples of AWS, which also has letters that are not hexadecimal. */
const ID_LENGTH = 21;
/** Digits of a service revision's id, by the same examples. */
const REVISION_DIGITS = 19;

/** The revision under its name; one that is brought out again keeps it. */
export function serviceRevision(scope: Scope, service: ServiceRecord, revision: Revision): ServiceRevisionRecord {
  const known = service.revisions.find((each) => each.revision === revision);
  if (known) return known;
  const id = BigInt(`0x1${scope.ids.hex(15)}`)
    .toString()
    .padStart(REVISION_DIGITS, '1');
  const made = {
    id,
    arn: ecsArn(scope, 'service-revision', service.cluster.name, service.name, id),
    createdAt: scope.clock.now(),
    revision,
  };
  service.revisions = [...service.revisions, made];
  return made;
}

/** Notes that a revision is being brought out; what was under way stops. */
export function openServiceDeployment(
  scope: Scope,
  service: ServiceRecord,
  revision: Revision,
): ServiceDeploymentRecord {
  const now = scope.clock.now();
  for (const earlier of service.serviceDeployments) {
    // AWS names the state; the words are a guess.
    if (isOngoing(earlier)) endServiceDeployment(scope, earlier, { status: 'STOPPED', reason: REPLACED });
  }
  const sources = service.deployments.map((each) => serviceRevision(scope, service, each.revision));
  const record: ServiceDeploymentRecord = {
    sequence: nextSequence(scope),
    arn: ecsArn(scope, 'service-deployment', service.cluster.name, service.name, scope.ids.hex(ID_LENGTH)),
    createdAt: now,
    updatedAt: now,
    finishedAt: undefined,
    stoppedAt: undefined,
    status: 'IN_PROGRESS',
    statusReason: undefined,
    stage: undefined,
    stageSince: now,
    target: serviceRevision(scope, service, revision),
    sources: [...new Set(sources)],
    configuration: service.deploymentConfiguration,
    failures: 0,
    breakerTripped: false,
    rollback: undefined,
  };
  const kept = service.serviceDeployments.filter(({ createdAt }) => now.getTime() - createdAt.getTime() < KEPT_MS);
  service.serviceDeployments = [record, ...kept];
  return record;
}

const REPLACED = 'A newer service deployment took its place.';

export interface Ending {
  readonly status: 'SUCCESSFUL' | 'STOPPED' | 'ROLLBACK_SUCCESSFUL' | 'ROLLBACK_FAILED';
  readonly reason?: string;
}

export function endServiceDeployment(scope: Scope, record: ServiceDeploymentRecord, { status, reason }: Ending): void {
  const now = scope.clock.now();
  record.status = status;
  record.statusReason = reason ?? record.statusReason;
  record.updatedAt = now;
  record.finishedAt = now;
  if (status !== 'SUCCESSFUL') record.stoppedAt = now;
}

export function isOngoing({ status }: ServiceDeploymentRecord): boolean {
  return ONGOING.includes(status);
}

/** The one under way, if there is one. */
export function currentServiceDeployment({ serviceDeployments }: ServiceRecord): ServiceDeploymentRecord | undefined {
  return serviceDeployments.find(isOngoing);
}
