import type {
  ServiceDeployment,
  ServiceDeploymentBrief,
  ServiceDeploymentCircuitBreaker,
  ServiceRevision,
  ServiceRevisionSummary,
} from '@aws-sdk/client-ecs';
import { countTasks, isStaged } from './deployment';
import { breakerThreshold } from './deployment-failure';
import type { DeploymentRecord, ServiceRecord } from './records';
import { revisionView } from './revision-view';
import type { ServiceDeploymentRecord, ServiceRevisionRecord } from './rollout-records';
import { isOngoing } from './service-deployment';
import { imageDigest } from './task-launch';
import { groupOn } from './traffic';

/** A service deployment as DescribeServiceDeployments shows it. */
export function serviceDeploymentView(service: ServiceRecord, record: ServiceDeploymentRecord): ServiceDeployment {
  const { rollback } = record;
  return {
    serviceDeploymentArn: record.arn,
    ...placeOf(service),
    createdAt: record.createdAt,
    startedAt: record.createdAt,
    finishedAt: record.finishedAt,
    stoppedAt: record.stoppedAt,
    updatedAt: record.updatedAt,
    sourceServiceRevisions: record.sources.map((source) => revisionSummary(service, source)),
    targetServiceRevision: revisionSummary(service, record.target),
    status: record.status,
    statusReason: record.statusReason,
    lifecycleStage: isOngoing(record) ? record.stage : undefined,
    deploymentConfiguration: record.configuration,
    rollback: rollback && {
      reason: rollback.reason,
      startedAt: rollback.startedAt,
      serviceRevisionArn: rollback.target.arn,
    },
    deploymentCircuitBreaker: breakerView(service, record),
    alarms: { status: 'DISABLED', alarmNames: [], triggeredAlarmNames: [] },
  };
}

/** The same in a list. */
export function serviceDeploymentBrief(
  service: ServiceRecord,
  record: ServiceDeploymentRecord,
): ServiceDeploymentBrief {
  return {
    serviceDeploymentArn: record.arn,
    ...placeOf(service),
    createdAt: record.createdAt,
    startedAt: record.createdAt,
    finishedAt: record.finishedAt,
    targetServiceRevisionArn: record.target.arn,
    status: record.status,
    statusReason: record.statusReason,
  };
}

function placeOf({ arn, cluster }: ServiceRecord) {
  return { serviceArn: arn, clusterArn: cluster.arn };
}

function breakerView(service: ServiceRecord, record: ServiceDeploymentRecord): ServiceDeploymentCircuitBreaker {
  if (record.configuration.deploymentCircuitBreaker?.enable !== true) return { status: 'DISABLED' };
  const watching = isOngoing(record) && !record.rollback ? 'MONITORING' : 'MONITORING_COMPLETE';
  return {
    status: record.breakerTripped ? 'TRIGGERED' : watching,
    failureCount: record.failures,
    threshold: breakerThreshold(service),
  };
}

const ALL_TRAFFIC = 100;

function revisionSummary(service: ServiceRecord, { arn, revision }: ServiceRevisionRecord): ServiceRevisionSummary {
  const own = service.deployments.filter((each) => each.revision === revision);
  const counts = own.map((deployment) => countTasks(service, deployment));
  const sum = (pick: (each: (typeof counts)[number]) => number): number =>
    counts.reduce((total, each) => total + pick(each), 0);
  return {
    arn,
    requestedTaskCount: sum(({ wanted }) => wanted),
    runningTaskCount: sum(({ running }) => running),
    pendingTaskCount: sum(({ pending }) => pending),
    ...(isStaged(service) ? { requestedProductionTrafficWeight: trafficOf(service, own) } : {}),
  };
}

function trafficOf({ serving }: ServiceRecord, own: readonly DeploymentRecord[]): number {
  return serving && own.includes(serving) ? ALL_TRAFFIC : 0;
}

/** A revision as DescribeServiceRevisions shows it. */
export function serviceRevisionView(service: ServiceRecord, record: ServiceRevisionRecord): ServiceRevision {
  const { revision } = record;
  const side = service.deployments.find((each) => each.revision === revision)?.side ?? 'primary';
  return {
    serviceRevisionArn: record.arn,
    ...placeOf(service),
    ...revisionView(revision),
    containerImages: (revision.definition.definition.containerDefinitions ?? []).map(({ name, image = '' }) => ({
      containerName: name,
      image,
      imageDigest: imageDigest(image),
    })),
    guardDutyEnabled: false,
    createdAt: record.createdAt,
    vpcLatticeConfigurations: revision.lattice.length > 0 ? [...revision.lattice] : undefined,
    serviceConnectConfiguration: revision.connect,
    resolvedConfiguration: {
      loadBalancers: revision.loadBalancers
        .filter(({ targetGroupArn }) => targetGroupArn !== undefined)
        .map((each) => ({
          targetGroupArn: groupOn(side, each),
          productionListenerRule: each.advancedConfiguration?.productionListenerRule,
        })),
      vpcLatticeConfigurations: revision.lattice.map(({ targetGroupArn }) => ({ targetGroupArn })),
    },
  };
}
