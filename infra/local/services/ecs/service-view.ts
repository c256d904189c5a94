import type { Deployment, NetworkConfiguration, Service, ServiceField } from '@aws-sdk/client-ecs';
import type { Scope } from '../../kernel/scope';
import { arn } from '../../kernel/scope';
import { countTasks, primaryOf } from './deployment';
import { platformFamily, resolvePlatformVersion } from './platform';
import type { DeploymentRecord, NetworkSettings, Revision, ServiceRecord } from './records';
import { renderTags } from './tag';

/** A service as the API shows it. */
export function serviceView(
  scope: Scope,
  service: ServiceRecord,
  include: readonly (ServiceField | undefined)[] = [],
): Service {
  const counts = countTasks(service);
  const revision = primaryOf(service)?.revision ?? service.lastCompleted;
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
    deployments: service.deployments.map((deployment) => deploymentView(service, deployment)),
    roleArn: serviceLinkedRole(scope),
    events: [...service.events],
    createdAt: service.createdAt,
    createdBy: service.createdBy,
    placementConstraints: [...service.placementConstraints],
    placementStrategy: [...service.placementStrategy],
    healthCheckGracePeriodSeconds: service.healthCheckGracePeriodSeconds,
    schedulingStrategy: service.schedulingStrategy,
    deploymentController: { type: 'ECS' },
    enableECSManagedTags: service.enableECSManagedTags,
    propagateTags: service.propagateTags,
    enableExecuteCommand: service.enableExecuteCommand,
    tags: include.includes('TAGS') ? renderTags(service.tags) : undefined,
  };
}

/** A strategy hides the launch type, and the other way round. */
function revisionView(revision: Revision): Service {
  const { capacity, definition, network } = revision;
  return {
    taskDefinition: definition.arn,
    launchType: capacity.asked,
    capacityProviderStrategy: capacity.strategy.length > 0 ? [...capacity.strategy] : undefined,
    platformVersion: capacity.platformVersion,
    platformFamily: capacity.platformVersion === undefined ? undefined : platformFamily(definition),
    networkConfiguration: networkView(network),
    loadBalancers: [...revision.loadBalancers],
    serviceRegistries: [...revision.serviceRegistries],
  };
}

function deploymentView(service: ServiceRecord, deployment: DeploymentRecord): Deployment {
  const { revision, ...shown } = deployment;
  const counts = countTasks(service, deployment);
  const { loadBalancers: _lb, serviceRegistries: _sr, ...rollout } = revisionView(revision);
  const { platformVersion } = revision.capacity;
  return {
    ...shown,
    ...rollout,
    platformVersion: platformVersion && resolvePlatformVersion(revision.definition, platformVersion),
    desiredCount: deployment.status === 'PRIMARY' ? service.desiredCount : counts.wanted,
    runningCount: counts.running,
    pendingCount: counts.pending,
  };
}

function networkView(network: NetworkSettings | undefined): NetworkConfiguration | undefined {
  if (!network) return undefined;
  const { subnets, securityGroups, assignPublicIp } = network;
  return { awsvpcConfiguration: { subnets: [...subnets], securityGroups: [...securityGroups], assignPublicIp } };
}

/** IAM knows no regions. */
function serviceLinkedRole(scope: Scope): string {
  return arn({ ...scope, region: '' }, 'iam', 'role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS');
}
