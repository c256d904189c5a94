import type {
  DiscoverInstancesRequest,
  DiscoverInstancesResponse,
  DiscoverInstancesRevisionRequest,
  DiscoverInstancesRevisionResponse,
  HealthStatusFilter,
} from '@aws-sdk/client-servicediscovery';
import { ApiError } from '../../kernel/api-error';
import { operation } from '../../kernel/operation';
import type { Scope } from '../../kernel/scope';
import { healthOf } from './instance-health';
import { invalidInput, required } from './invalid-input';
import type { CloudMapInstance, CloudMapService } from './state';
import { cloudMap } from './state';

/** https://docs.aws.amazon.com/cloud-map/latest/api/API_DiscoverInstances.html */
const DEFAULT_RESULTS = 100;
const MAX_RESULTS = 1_000;

function serviceNamed(scope: Scope, request: DiscoverInstancesRevisionRequest): CloudMapService {
  const namespaceName = required(request.NamespaceName, 'NamespaceName');
  const serviceName = required(request.ServiceName, 'ServiceName');
  const { namespaces, services } = cloudMap(scope);
  const found = [...namespaces.values()].filter(({ name }) => name === namespaceName).map(({ id }) => id);
  if (found.length === 0) throw new ApiError('NamespaceNotFound', `Failed to find namespace: ${namespaceName}`);
  const service = [...services.values()].find(
    ({ name, namespaceId }) => name === serviceName && found.includes(namespaceId),
  );
  if (!service) throw new ApiError('ServiceNotFound', `Failed to find service: ${serviceName}`);
  return service;
}

function has(parameters: Readonly<Record<string, string>> | undefined): (instance: CloudMapInstance) => boolean {
  return ({ attributes }) => Object.entries(parameters ?? {}).every(([key, value]) => attributes[key] === value);
}

function isHealthy(instance: CloudMapInstance): boolean {
  return healthOf(instance) !== 'UNHEALTHY';
}

/** Services without a health check ignore the question for health. */
function byHealth(
  service: CloudMapService,
  instances: readonly CloudMapInstance[],
  wanted: HealthStatusFilter,
): readonly CloudMapInstance[] {
  if (!service.customHealthCheck && !service.healthCheck) return instances;
  const healthy = instances.filter(isHealthy);
  const choices: Readonly<Record<HealthStatusFilter, readonly CloudMapInstance[]>> = {
    ALL: instances,
    HEALTHY: healthy,
    UNHEALTHY: instances.filter((instance) => !isHealthy(instance)),
    HEALTHY_OR_ELSE_ALL: healthy.length > 0 ? healthy : instances,
  };
  return choices[wanted];
}

function discovered(service: CloudMapService, request: DiscoverInstancesRequest): readonly CloudMapInstance[] {
  const matching = [...service.instances.values()].filter(has(request.QueryParameters));
  const preferred = matching.filter(has(request.OptionalParameters));
  return byHealth(service, preferred.length > 0 ? preferred : matching, request.HealthStatus ?? 'HEALTHY_OR_ELSE_ALL');
}

const discoverInstances = operation<DiscoverInstancesRequest, DiscoverInstancesResponse>({
  accepts: ['NamespaceName', 'ServiceName', 'MaxResults', 'QueryParameters', 'OptionalParameters', 'HealthStatus'],
  run(request, { scope }) {
    const { NamespaceName, ServiceName, MaxResults = DEFAULT_RESULTS } = request;
    if (MaxResults < 1 || MaxResults > MAX_RESULTS) throw invalidInput(`MaxResults must be from 1 to ${MAX_RESULTS}.`);
    const service = serviceNamed(scope, request);
    const Instances = discovered(service, request)
      .slice(0, MaxResults)
      .map((instance) => ({
        InstanceId: instance.id,
        NamespaceName,
        ServiceName,
        HealthStatus: healthOf(instance),
        Attributes: { ...instance.attributes },
      }));
    return { Instances, InstancesRevision: service.instancesRevision };
  },
});

const discoverInstancesRevision = operation<DiscoverInstancesRevisionRequest, DiscoverInstancesRevisionResponse>({
  accepts: ['NamespaceName', 'ServiceName'],
  run: (request, { scope }) => ({ InstancesRevision: serviceNamed(scope, request).instancesRevision }),
});

export const discoveryOperations = {
  DiscoverInstances: discoverInstances,
  DiscoverInstancesRevision: discoverInstancesRevision,
};
