import type { UpdateServiceRequest } from '@aws-sdk/client-ecs';
import type { Scope } from '../../kernel/scope';
import { checkStrategy } from './advanced-configuration-check';
import { refuseForeign } from './deployment-controller';
import { deploy, primaryOf } from './deployment';
import { invalidParameter } from './ecs-error';
import type { DefinitionRecord, Revision, ServiceRecord } from './records';
import { revisionOf } from './revision';
import { checkedCount, checkExec, checkGracePeriod } from './service';
import { requestPass } from './service-schedule';
import { deploymentConfiguration, placementConstraints, placementStrategy } from './service-settings';
import { requireActiveDefinition } from './task-definition';
import { relax } from './throttle';

/** Applies what is given; only what concerns running tasks starts a new deployment, and only if asked for or changed. */
export function updateService(scope: Scope, service: ServiceRecord, request: UpdateServiceRequest): void {
  if (service.controller !== 'ECS') {
    updateForeign(scope, service, request);
    return;
  }
  const present = primaryOf(service)?.revision;
  if (!present) return;
  refuseLeavingClassic(request, present);
  const revision = nextRevision(scope, service, { request, present });
  // Everything is checked before anything changes.
  const changes = changedSettings(service, request, revision);
  Object.assign(service, changes);
  relax(service.starts);
  relax(service.placements);
  service.steady = false;
  if (revision !== present) deploy(scope, service, revision);
  requestPass(scope, service);
}

/** Target groups alone can be changed: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateService.html */
function refuseLeavingClassic({ loadBalancers }: UpdateServiceRequest, present: Revision): void {
  if (!loadBalancers || present.loadBalancers.every(({ loadBalancerName }) => loadBalancerName === undefined)) return;
  // The words are a guess.
  throw invalidParameter('The load balancers of a service with a Classic Load Balancer cannot be updated.');
}

/** What the deployments of others leave to the service itself. */
function updateForeign(scope: Scope, service: ServiceRecord, request: UpdateServiceRequest): void {
  refuseForeign(service, request);
  const present = service.taskSets.find(({ status }) => status === 'PRIMARY')?.rollout.revision;
  Object.assign(service, changedSettings(service, request, present));
  service.steady = false;
  requestPass(scope, service);
}

interface Step {
  readonly request: UpdateServiceRequest;
  readonly present: Revision;
}

/** The present revision itself if nothing in it changes. */
function nextRevision(scope: Scope, service: ServiceRecord, { request, present }: Step): Revision {
  const definition = nextDefinition(scope, request, present);
  if (!startsDeployment(request) && definition === present.definition) return present;
  return revisionOf(scope, {
    cluster: service.cluster,
    serviceName: service.name,
    definition,
    capacity: nextCapacity(request, present),
    networkConfiguration: request.networkConfiguration ?? presentNetwork(present),
    loadBalancers: request.loadBalancers ?? present.loadBalancers,
    serviceRegistries: request.serviceRegistries ?? present.serviceRegistries,
    lattice: request.vpcLatticeConfigurations ?? present.lattice,
    connect: request.serviceConnectConfiguration ?? present.connect,
  });
}

function nextDefinition(scope: Scope, { taskDefinition }: UpdateServiceRequest, present: Revision): DefinitionRecord {
  return taskDefinition === undefined ? present.definition : requireActiveDefinition(scope, taskDefinition);
}

/** Parameters that AWS rolls out whenever they are given: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateService.html */
function startsDeployment(request: UpdateServiceRequest): boolean {
  return [
    request.forceNewDeployment === true,
    request.networkConfiguration !== undefined,
    request.platformVersion !== undefined,
    request.capacityProviderStrategy !== undefined,
    request.loadBalancers !== undefined,
    request.serviceRegistries !== undefined,
    request.vpcLatticeConfigurations !== undefined,
    request.serviceConnectConfiguration !== undefined,
  ].includes(true);
}

function nextCapacity({ capacityProviderStrategy, platformVersion }: UpdateServiceRequest, { capacity }: Revision) {
  const version = platformVersion ?? capacity.platformVersion;
  if (capacityProviderStrategy) return { capacityProviderStrategy, platformVersion: version };
  return {
    launchType: capacity.asked,
    capacityProviderStrategy: capacity.strategy,
    platformVersion: version,
  };
}

function presentNetwork({ network }: Revision) {
  if (!network) return undefined;
  const { subnets, securityGroups, assignPublicIp } = network;
  return { awsvpcConfiguration: { subnets: [...subnets], securityGroups: [...securityGroups], assignPublicIp } };
}

type Settings = Partial<ServiceRecord>;

function changedSettings(
  service: ServiceRecord,
  request: UpdateServiceRequest,
  revision: Revision | undefined,
): Settings {
  const { enableExecuteCommand = service.enableExecuteCommand, enableECSManagedTags, propagateTags } = request;
  const grace = request.healthCheckGracePeriodSeconds ?? service.healthCheckGracePeriodSeconds;
  const configuration = deploymentConfiguration(request.deploymentConfiguration, service.deploymentConfiguration);
  if (revision) {
    checkExec(enableExecuteCommand, revision);
    checkGracePeriod(request.healthCheckGracePeriodSeconds, revision);
    checkStrategy(configuration.strategy ?? 'ROLLING', revision.loadBalancers);
  }
  return {
    desiredCount: checkedCount(request.desiredCount ?? service.desiredCount),
    deploymentConfiguration: configuration,
    healthCheckGracePeriodSeconds: grace,
    enableExecuteCommand,
    enableECSManagedTags: enableECSManagedTags ?? service.enableECSManagedTags,
    propagateTags: propagateTags ?? service.propagateTags,
    ...changedPlacement(request),
  };
}

function changedPlacement(request: UpdateServiceRequest): Settings {
  return {
    ...(request.placementStrategy && { placementStrategy: placementStrategy(request.placementStrategy) }),
    ...(request.placementConstraints && { placementConstraints: placementConstraints(request.placementConstraints) }),
  };
}
