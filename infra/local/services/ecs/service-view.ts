import type { Deployment, Service, ServiceCurrentRevisionSummary, ServiceField } from '@aws-sdk/client-ecs';
import type { Scope } from '../../kernel/scope';
import { arn } from '../../kernel/scope';
import { countTasks, primaryOf } from './deployment';
import { resolvePlatformVersion } from './platform';
import type { DeploymentRecord, Revision, ServiceRecord } from './records';
import { revisionView } from './revision-view';
import { connectView } from './service-connect';
import { currentServiceDeployment } from './service-deployment';
import { renderTags } from './tag';
import { taskSetView } from './task-set-view';

/** A service as the API shows it. */
export function serviceView(
  scope: Scope,
  service: ServiceRecord,
  include: readonly (ServiceField | undefined)[] = [],
): Service {
  const counts = countTasks(service);
  const revision = shownRevision(service);
  return {
    serviceArn: service.arn,
    serviceName: service.name,
    clusterArn: service.cluster.arn,
    status: service.status,
    desiredCount: service.desiredCount,
    runningCount: counts.running,
    pendingCount: counts.pending,
    ...(revision ? revisionView(revision) : {}),
    deploymentConfiguration: service.deploymentConfiguration,
    deployments: service.deployments.map((deployment) => deploymentView(scope, service, deployment)),
    ...rolloutView(service),
    roleArn: serviceLinkedRole(scope),
    events: [...service.events],
    createdAt: service.createdAt,
    createdBy: service.createdBy,
    placementConstraints: [...service.placementConstraints],
    placementStrategy: [...service.placementStrategy],
    healthCheckGracePeriodSeconds: service.healthCheckGracePeriodSeconds,
    schedulingStrategy: service.schedulingStrategy,
    deploymentController: { type: service.controller },
    enableECSManagedTags: service.enableECSManagedTags,
    propagateTags: service.propagateTags,
    enableExecuteCommand: service.enableExecuteCommand,
    tags: include.includes('TAGS') ? renderTags(service.tags) : undefined,
  };
}

function shownRevision(service: ServiceRecord): Revision | undefined {
  const primarySet = service.taskSets.find(({ status }) => status === 'PRIMARY');
  return primarySet?.rollout.revision ?? primaryOf(service)?.revision ?? service.lastCompleted;
}

function rolloutView(service: ServiceRecord): Service {
  if (service.controller !== 'ECS') return { taskSets: service.taskSets.map((each) => taskSetView(service, each, [])) };
  return {
    currentServiceDeployment: currentServiceDeployment(service)?.arn,
    currentServiceRevisions: currentRevisions(service),
  };
}

/** Revisions that tasks run of, the newest first. */
function currentRevisions(service: ServiceRecord): ServiceCurrentRevisionSummary[] {
  return service.deployments.flatMap((deployment) => {
    const found = service.revisions.find(({ revision }) => revision === deployment.revision);
    const { running, pending, wanted } = countTasks(service, deployment);
    return found
      ? [{ arn: found.arn, requestedTaskCount: wanted, runningTaskCount: running, pendingTaskCount: pending }]
      : [];
  });
}

function deploymentView(scope: Scope, service: ServiceRecord, deployment: DeploymentRecord): Deployment {
  const { revision, side: _side, blue: _blue, serviceDeployment: _service, ...shown } = deployment;
  const counts = countTasks(service, deployment);
  const { loadBalancers: _lb, serviceRegistries: _sr, ...rollout } = revisionView(revision);
  const { platformVersion } = revision.capacity;
  return {
    ...shown,
    ...rollout,
    vpcLatticeConfigurations: revision.lattice.length > 0 ? [...revision.lattice] : undefined,
    ...connectView(scope, revision),
    platformVersion: platformVersion && resolvePlatformVersion(revision.definition, platformVersion),
    desiredCount: deployment.status === 'PRIMARY' ? service.desiredCount : counts.wanted,
    runningCount: counts.running,
    pendingCount: counts.pending,
  };
}

/** IAM knows no regions. */
function serviceLinkedRole(scope: Scope): string {
  return arn({ ...scope, region: '' }, 'iam', 'role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS');
}
