import type {
  CreateServiceRequest,
  CreateServiceResponse,
  DeleteServiceRequest,
  DeleteServiceResponse,
  DescribeServicesRequest,
  DescribeServicesResponse,
  ListServicesRequest,
  ListServicesResponse,
  UpdateServiceRequest,
  UpdateServiceResponse,
} from '@aws-sdk/client-ecs';
import { operation } from '../../kernel/operation';
import { clusterCondition, execCondition, onMembers, requestTags } from './authorization';
import { requireCluster } from './cluster';
import { primaryOf } from './deployment';
import { invalidParameter, missing, serviceNotFound } from './ecs-error';
import type { PageSize } from './list-page';
import { listNumbered } from './list-page';
import type { ServiceRecord } from './records';
import { ecsArn, parseReference } from './reference';
import { createService, deleteService, findService, requireActiveService } from './service';
import { updateService } from './service-update';
import { serviceView } from './service-view';

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeServices.html */
const MAX_DESCRIBED = 10;
/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListServices.html */
const PAGE: PageSize = { standard: 10, max: 100 };

/** What both creation and update honour. */
const SHARED: readonly string[] = [
  'cluster',
  'taskDefinition',
  'desiredCount',
  'capacityProviderStrategy',
  'platformVersion',
  'networkConfiguration',
  'loadBalancers.targetGroupArn',
  'loadBalancers.containerName',
  'loadBalancers.containerPort',
  'loadBalancers.advancedConfiguration',
  'serviceRegistries',
  'vpcLatticeConfigurations.roleArn',
  'vpcLatticeConfigurations.targetGroupArn',
  'vpcLatticeConfigurations.portName',
  'serviceConnectConfiguration.enabled',
  'serviceConnectConfiguration.namespace',
  'serviceConnectConfiguration.services.portName',
  'serviceConnectConfiguration.services.discoveryName',
  'serviceConnectConfiguration.services.clientAliases.port',
  'serviceConnectConfiguration.services.clientAliases.dnsName',
  'deploymentConfiguration.maximumPercent',
  'deploymentConfiguration.minimumHealthyPercent',
  'deploymentConfiguration.strategy',
  'deploymentConfiguration.bakeTimeInMinutes',
  'deploymentConfiguration.deploymentCircuitBreaker.enable',
  'deploymentConfiguration.deploymentCircuitBreaker.rollback',
  'placementConstraints',
  'placementStrategy',
  'healthCheckGracePeriodSeconds',
  'deploymentController',
  'enableECSManagedTags',
  'propagateTags',
  'enableExecuteCommand',
];

export const serviceOperations = {
  CreateService: operation<CreateServiceRequest, CreateServiceResponse>({
    accepts: [
      ...SHARED,
      'loadBalancers.loadBalancerName',
      ...['serviceName', 'clientToken', 'launchType', 'schedulingStrategy', 'tags'],
    ],
    run(request, { scope, principal }) {
      const cluster = requireCluster(scope, request.cluster);
      const service = createService(scope, { cluster, request, createdBy: principal.arn });
      return { service: serviceView(scope, service, ['TAGS']) };
    },
    authorize: ({ cluster, serviceName, tags, enableExecuteCommand }, call) =>
      onMembers('service', { cluster, references: [serviceName] }, call).map((each) => ({
        ...each,
        context: { ...each.context, ...requestTags(tags), ...execCondition(enableExecuteCommand) },
      })),
  }),

  UpdateService: operation<UpdateServiceRequest, UpdateServiceResponse>({
    accepts: [...SHARED.filter((path) => path !== 'deploymentController'), 'service', 'forceNewDeployment'],
    run(request, { scope }) {
      const cluster = requireCluster(scope, request.cluster);
      const service = requireActiveService(scope, cluster, request.service ?? '');
      updateService(scope, service, request);
      return { service: serviceView(scope, service, ['TAGS']) };
    },
    authorize: ({ cluster, service, enableExecuteCommand }, call) =>
      onMembers('service', { cluster, references: [service] }, call).map((each) => ({
        ...each,
        context: { ...each.context, ...execCondition(enableExecuteCommand) },
      })),
  }),

  DeleteService: operation<DeleteServiceRequest, DeleteServiceResponse>({
    accepts: ['cluster', 'service', 'force'],
    run({ cluster: reference, service: name = '', force = false }, { scope }) {
      const cluster = requireCluster(scope, reference);
      const service = findService(scope, cluster, name);
      if (!service || service.status === 'INACTIVE') throw serviceNotFound();
      deleteService(scope, service, force);
      return { service: serviceView(scope, service, ['TAGS']) };
    },
    authorize: ({ cluster, service }, call) => onMembers('service', { cluster, references: [service] }, call),
  }),

  DescribeServices: operation<DescribeServicesRequest, DescribeServicesResponse>({
    accepts: ['cluster', 'services', 'include'],
    run({ cluster: reference, services: asked = [], include = [] }, { scope }) {
      const cluster = requireCluster(scope, reference);
      if (asked.length === 0) throw invalidParameter('Services cannot be empty.');
      if (asked.length > MAX_DESCRIBED) {
        throw invalidParameter(`Services cannot have more than ${MAX_DESCRIBED} elements.`);
      }
      const looked = asked.map((name) => ({ name, service: findService(scope, cluster, name) }));
      const unknown = looked.filter(({ service }) => !service).map(({ name }) => name);
      return {
        services: looked.flatMap(({ service }) => (service ? [serviceView(scope, service, include)] : [])),
        failures: unknown.map((name) =>
          missing(ecsArn(scope, 'service', cluster.name, parseReference(scope, 'service', name).name)),
        ),
      };
    },
    authorize: ({ cluster, services }, call) => onMembers('service', { cluster, references: services }, call),
  }),

  ListServices: operation<ListServicesRequest, ListServicesResponse>({
    accepts: ['cluster', 'nextToken', 'maxResults', 'launchType', 'schedulingStrategy'],
    run(input, { scope }) {
      const cluster = requireCluster(scope, input.cluster);
      const services = [...cluster.services.values()]
        .filter((service) => isListed(service, input))
        .sort((one, other) => one.sequence - other.sequence);
      const { items, token } = listNumbered(services, input, PAGE);
      return { serviceArns: items.map(({ arn }) => arn), nextToken: token };
    },
    authorize: ({ cluster }, call) => clusterCondition(cluster, call),
  }),
};

function isListed(service: ServiceRecord, { launchType, schedulingStrategy }: ListServicesRequest): boolean {
  if (service.status === 'INACTIVE') return false;
  if (schedulingStrategy !== undefined && schedulingStrategy !== service.schedulingStrategy) return false;
  return launchType === undefined || primaryOf(service)?.revision.capacity.asked === launchType;
}
