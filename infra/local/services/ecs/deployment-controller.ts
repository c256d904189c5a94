/**
 * What services leave to the deployment controller of somebody else:
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-external.html and
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateService.html
 */
import type { CreateServiceRequest, DeploymentConfiguration, UpdateServiceRequest } from '@aws-sdk/client-ecs';
import { invalidParameter } from './ecs-error';
import type { ServiceRecord } from './records';

const FROM_TASK_SETS = [
  'taskDefinition',
  'launchType',
  'capacityProviderStrategy',
  'platformVersion',
  'networkConfiguration',
  'loadBalancers',
  'serviceRegistries',
] as const;

/** Refuses a new service that asks of its controller what it does not do. The words for these are a guess. */
export function checkController(request: CreateServiceRequest): void {
  const type = request.deploymentController?.type ?? 'ECS';
  if (type === 'ECS') return;
  checkConfiguration(type, request.deploymentConfiguration);
  refuseConnections(type, request);
  if (type === 'CODE_DEPLOY') checkForCodeDeploy(request);
  const given = type === 'EXTERNAL' ? FROM_TASK_SETS.find((name) => request[name] !== undefined) : undefined;
  if (given) throw invalidParameter(`${given} must be specified in a task set when using the EXTERNAL controller.`);
}

function checkForCodeDeploy({ loadBalancers = [] }: CreateServiceRequest): void {
  if (loadBalancers.length !== 1) {
    throw invalidParameter('The CODE_DEPLOY deployment controller requires exactly one load balancer.');
  }
  if (loadBalancers[0]?.loadBalancerName === undefined) return;
  throw invalidParameter('The CODE_DEPLOY deployment controller does not support Classic Load Balancers.');
}

function refuseConnections(type: string, request: CreateServiceRequest): void {
  if (request.vpcLatticeConfigurations !== undefined) {
    throw invalidParameter(`VPC Lattice is not supported with the ${type} controller.`);
  }
  if (request.serviceConnectConfiguration?.enabled !== true) return;
  throw invalidParameter(`Service Connect is not supported with the ${type} controller.`);
}

function checkConfiguration(type: string, { strategy, deploymentCircuitBreaker }: DeploymentConfiguration = {}): void {
  if ((strategy === undefined || strategy === 'ROLLING') && deploymentCircuitBreaker?.enable !== true) return;
  throw invalidParameter(`Deployment strategies and circuit breakers are not supported with the ${type} controller.`);
}

type Part = readonly [what: string, given: (request: UpdateServiceRequest) => boolean];

const PARTS: readonly Part[] = [
  ['task definition', ({ taskDefinition }) => taskDefinition !== undefined],
  ['network parameters', ({ networkConfiguration }) => networkConfiguration !== undefined],
  ['platform version', ({ platformVersion }) => platformVersion !== undefined],
  ['load balancers', ({ loadBalancers }) => loadBalancers !== undefined],
  ['service registries', ({ serviceRegistries }) => serviceRegistries !== undefined],
  ['VPC Lattice configurations', ({ vpcLatticeConfigurations }) => vpcLatticeConfigurations !== undefined],
  ['Service Connect configuration', ({ serviceConnectConfiguration }) => serviceConnectConfiguration !== undefined],
  ['capacity provider strategy', ({ capacityProviderStrategy }) => capacityProviderStrategy !== undefined],
];

/** Refuses an update of what only a deployment of the controller's own may change. */
export function refuseForeign({ controller }: ServiceRecord, request: UpdateServiceRequest): void {
  const instead =
    controller === 'CODE_DEPLOY' ? 'Use AWS CodeDeploy to trigger a new deployment.' : 'Create a task set.';
  const whose = `services with ${controller === 'EXTERNAL' ? 'an' : 'a'} ${controller} deployment controller`;
  if (request.forceNewDeployment === true) {
    throw invalidParameter(`Cannot force a new deployment on ${whose}. ${instead}`);
  }
  const part = PARTS.find(([, given]) => given(request));
  if (part) throw invalidParameter(`Unable to update ${part[0]} on ${whose}. ${instead}`);
}
