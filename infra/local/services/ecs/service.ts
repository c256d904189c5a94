import type { Scope } from '../../kernel/scope';
import { checkStrategy } from './advanced-configuration-check';
import { addFirstTaskSet } from './task-set-creation';
import { checkController } from './deployment-controller';
import { deploy } from './deployment';
import { clientError, invalidParameter, notSimulated, serviceNotActive, serviceNotFound } from './ecs-error';
import type { CreateServiceRequest } from '@aws-sdk/client-ecs';
import type { ClusterRecord, Revision, ServiceRecord } from './records';
import { ecsArn, isName, parseReference } from './reference';
import { revisionOf } from './revision';
import { requestPass } from './service-schedule';
import { deploymentConfiguration, placementConstraints, placementStrategy } from './service-settings';
import { nextSequence } from './store';
import { readTags } from './tag';
import { requireActiveDefinition } from './task-definition';
import { newThrottle } from './throttle';

export interface Creation {
  readonly cluster: ClusterRecord;
  readonly request: CreateServiceRequest;
  readonly createdBy: string;
}

/** Makes a service and starts its first deployment. The same request a second time gives the service that is there. */
export function createService(scope: Scope, creation: Creation): ServiceRecord {
  const present = presentService(creation);
  if (present) return present;
  const { cluster, request, createdBy } = creation;
  const name = request.serviceName ?? '';
  const revision = firstRevision(scope, cluster, request);
  const service: ServiceRecord = {
    ...settings(request, revision),
    ...emptyState(),
    controller: request.deploymentController?.type ?? 'ECS',
    sequence: nextSequence(scope),
    name,
    arn: ecsArn(scope, 'service', cluster.name, name),
    cluster,
    fingerprint: fingerprint(request),
    createdAt: scope.clock.now(),
    createdBy,
  };
  cluster.services.set(name, service);
  if (revision) bringOut(scope, service, revision);
  requestPass(scope, service);
  return service;
}

function bringOut(scope: Scope, service: ServiceRecord, revision: Revision): void {
  if (service.controller === 'CODE_DEPLOY') addFirstTaskSet(scope, service, revision);
  else deploy(scope, service, revision);
}

/** The service that the same request made before; throws if the name cannot be had. */
function presentService({ cluster, request }: Creation): ServiceRecord | undefined {
  const name = request.serviceName ?? '';
  if (!isName(name)) throw invalidParameter('Service name must match ^[a-zA-Z0-9\\-_]{1,255}$.');
  const present = cluster.services.get(name);
  if (present?.status === 'DRAINING') throw invalidParameter('Unable to Start a service that is still Draining.');
  if (present?.status !== 'ACTIVE') return undefined;
  if (present.fingerprint === fingerprint(request)) return present;
  throw invalidParameter('Creation of service was not idempotent.');
}

/** What makes two creations the same. */
function fingerprint({ clientToken: _token, cluster: _cluster, ...request }: CreateServiceRequest): string {
  return JSON.stringify(request);
}

/** External controllers bring every revision as a task set. */
function firstRevision(scope: Scope, cluster: ClusterRecord, request: CreateServiceRequest): Revision | undefined {
  checkController(request);
  if (request.deploymentController?.type === 'EXTERNAL') return undefined;
  if (request.taskDefinition === undefined) throw invalidParameter('TaskDefinition can not be blank.');
  return revisionOf(scope, {
    cluster,
    serviceName: request.serviceName ?? '',
    definition: requireActiveDefinition(scope, request.taskDefinition),
    capacity: request,
    networkConfiguration: request.networkConfiguration,
    loadBalancers: request.loadBalancers ?? [],
    serviceRegistries: request.serviceRegistries ?? [],
    lattice: request.vpcLatticeConfigurations ?? [],
    connect: request.serviceConnectConfiguration,
  });
}

function settings(request: CreateServiceRequest, revision: Revision | undefined) {
  if (request.schedulingStrategy === 'DAEMON') throw notSimulated('Scheduling strategy DAEMON');
  const { healthCheckGracePeriodSeconds, enableExecuteCommand = false, enableECSManagedTags = false } = request;
  const configuration = deploymentConfiguration(request.deploymentConfiguration);
  if (revision) {
    checkExec(enableExecuteCommand, revision);
    checkGracePeriod(healthCheckGracePeriodSeconds, revision);
    checkStrategy(configuration.strategy ?? 'ROLLING', revision.loadBalancers);
  }
  return {
    desiredCount: checkedCount(request.desiredCount),
    schedulingStrategy: 'REPLICA',
    deploymentConfiguration: configuration,
    placementConstraints: placementConstraints(request.placementConstraints),
    placementStrategy: placementStrategy(request.placementStrategy),
    healthCheckGracePeriodSeconds,
    enableExecuteCommand,
    enableECSManagedTags,
    propagateTags: request.propagateTags ?? 'NONE',
    tags: readTags(request.tags),
  } as const;
}

function emptyState(): Pick<
  ServiceRecord,
  | 'status'
  | 'deployments'
  | 'lastCompleted'
  | 'serving'
  | 'revisions'
  | 'serviceDeployments'
  | 'taskSets'
  | 'events'
  | 'tasks'
  | 'starts'
  | 'placements'
  | 'steady'
  | 'complaints'
  | 'pass'
> {
  return {
    status: 'ACTIVE',
    deployments: [],
    lastCompleted: undefined,
    serving: undefined,
    revisions: [],
    serviceDeployments: [],
    taskSets: [],
    events: [],
    tasks: new Set(),
    starts: newThrottle(),
    placements: newThrottle(),
    steady: false,
    complaints: new Set(),
    pass: undefined,
  };
}

export function checkedCount(desiredCount: number | undefined): number {
  if (desiredCount === undefined) {
    throw invalidParameter('desiredCount is required if schedulingStrategy is REPLICA or not specified.');
  }
  if (desiredCount < 0) throw invalidParameter('desiredCount must not be negative.');
  return desiredCount;
}

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html: Exec needs a role of the task's own. */
export function checkExec(enabled: boolean, { definition }: Pick<Revision, 'definition'>): void {
  if (!enabled || definition.definition.taskRoleArn !== undefined) return;
  throw invalidParameter(
    "The service couldn't be created because a valid taskRoleArn is not being used. " +
      'Specify a valid task role in your task definition and try again.',
  );
}

export function checkGracePeriod(seconds: number | undefined, { loadBalancers }: Revision): void {
  if (seconds === undefined || loadBalancers.length > 0) return;
  throw invalidParameter('Health check grace period is only valid for services configured to use load balancers');
}

/** The service by name, short or long ARN, INACTIVE ones included. */
export function findService(scope: Scope, cluster: ClusterRecord, reference: string): ServiceRecord | undefined {
  const { cluster: named = cluster.name, name } = parseReference(scope, 'service', reference);
  return named === cluster.name ? cluster.services.get(name) : undefined;
}

/** The service, which must be ACTIVE. */
export function requireActiveService(scope: Scope, cluster: ClusterRecord, reference: string): ServiceRecord {
  if (reference === '') throw clientError('Service cannot be blank.');
  const service = findService(scope, cluster, reference);
  if (!service) throw serviceNotFound();
  if (service.status !== 'ACTIVE') throw serviceNotActive();
  return service;
}

/** Scales the service to nothing and lets it end; with tasks left it takes `force`. */
export function deleteService(scope: Scope, service: ServiceRecord, force: boolean): void {
  if (service.desiredCount > 0 && !force) {
    throw invalidParameter('The service cannot be stopped while it is scaled above 0.');
  }
  if (service.controller === 'EXTERNAL' && service.taskSets.length > 0 && !force) {
    throw invalidParameter('The service cannot be stopped while deployments are active.');
  }
  service.desiredCount = 0;
  service.status = 'DRAINING';
  requestPass(scope, service);
}
