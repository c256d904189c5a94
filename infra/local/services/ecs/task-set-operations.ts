import type {
  CreateTaskSetRequest,
  CreateTaskSetResponse,
  DeleteTaskSetRequest,
  DeleteTaskSetResponse,
  DescribeTaskSetsRequest,
  DescribeTaskSetsResponse,
  UpdateServicePrimaryTaskSetRequest,
  UpdateServicePrimaryTaskSetResponse,
  UpdateTaskSetRequest,
  UpdateTaskSetResponse,
} from '@aws-sdk/client-ecs';
import { ApiError } from '../../kernel/api-error';
import type { Call } from '../../kernel/operation';
import { operation } from '../../kernel/operation';
import type { Scope } from '../../kernel/scope';
import { onMembers, requestTags } from './authorization';
import { requireCluster } from './cluster';
import { invalidParameter, missing } from './ecs-error';
import type { ServiceRecord } from './records';
import { ecsArn } from './reference';
import { revisionOf } from './revision';
import type { TaskSetRecord } from './rollout-records';
import { requireActiveService } from './service';
import { requestPass } from './service-schedule';
import { readTags } from './tag';
import { requireActiveDefinition } from './task-definition';
import { computedDesiredCount } from './task-set';
import { addTaskSet, checkedScale } from './task-set-creation';
import { taskSetView } from './task-set-view';

export const taskSetOperations = {
  CreateTaskSet: operation<CreateTaskSetRequest, CreateTaskSetResponse>({
    accepts: [
      ...['service', 'cluster', 'externalId', 'taskDefinition', 'networkConfiguration', 'serviceRegistries'],
      ...['loadBalancers.targetGroupArn', 'loadBalancers.containerName', 'loadBalancers.containerPort'],
      ...['launchType', 'capacityProviderStrategy', 'platformVersion', 'scale', 'clientToken', 'tags'],
    ],
    run(request, { scope }) {
      const service = serviceOf(scope, request);
      const { clientToken, externalId } = request;
      const known = service.taskSets.find((each) => clientToken !== undefined && each.clientToken === clientToken);
      if (known) return { taskSet: taskSetView(service, known, ['TAGS']) };
      const made = addTaskSet(scope, service, {
        revision: revisionOf(scope, {
          cluster: service.cluster,
          serviceName: service.name,
          definition: requireActiveDefinition(scope, request.taskDefinition ?? ''),
          capacity: request,
          networkConfiguration: request.networkConfiguration,
          loadBalancers: request.loadBalancers ?? [],
          serviceRegistries: request.serviceRegistries ?? [],
          lattice: [],
          connect: undefined,
        }),
        scale: checkedScale(request.scale),
        tags: readTags(request.tags),
        ...{ clientToken, externalId },
      });
      requestPass(scope, service);
      return { taskSet: taskSetView(service, made, ['TAGS']) };
    },
    authorize: ({ cluster, service, tags }, call) =>
      onMembers('service', { cluster, references: [service] }, call).map((each) => ({
        ...each,
        context: { ...each.context, ...requestTags(tags) },
      })),
  }),

  UpdateTaskSet: operation<UpdateTaskSetRequest, UpdateTaskSetResponse>({
    accepts: ['cluster', 'service', 'taskSet', 'scale'],
    run(request, { scope }) {
      const service = serviceOf(scope, request);
      const taskSet = liveTaskSet(service, request.taskSet);
      taskSet.scale = checkedScale(request.scale);
      touch(scope, service, taskSet);
      return { taskSet: taskSetView(service, taskSet, ['TAGS']) };
    },
    authorize: onTaskSet,
  }),

  UpdateServicePrimaryTaskSet: operation<UpdateServicePrimaryTaskSetRequest, UpdateServicePrimaryTaskSetResponse>({
    accepts: ['cluster', 'service', 'primaryTaskSet'],
    run(request, { scope }) {
      const service = serviceOf(scope, request);
      const chosen = liveTaskSet(service, request.primaryTaskSet);
      for (const each of service.taskSets) if (each.status === 'PRIMARY') each.status = 'ACTIVE';
      chosen.status = 'PRIMARY';
      touch(scope, service, chosen);
      return { taskSet: taskSetView(service, chosen, ['TAGS']) };
    },
    authorize: ({ cluster, service }, call) => onMembers('service', { cluster, references: [service] }, call),
  }),

  DeleteTaskSet: operation<DeleteTaskSetRequest, DeleteTaskSetResponse>({
    accepts: ['cluster', 'service', 'taskSet', 'force'],
    run(request, { scope }) {
      const service = serviceOf(scope, request);
      const taskSet = findTaskSet(service, request.taskSet ?? '');
      if (!taskSet) throw taskSetNotFound();
      if (request.force !== true && computedDesiredCount(service, taskSet) > 0) {
        // That it takes force is AWS's; the words are a guess.
        throw invalidParameter('The task set cannot be deleted while it is scaled above 0.');
      }
      taskSet.status = 'DRAINING';
      touch(scope, service, taskSet);
      return { taskSet: taskSetView(service, taskSet, ['TAGS']) };
    },
    authorize: onTaskSet,
  }),

  DescribeTaskSets: operation<DescribeTaskSetsRequest, DescribeTaskSetsResponse>({
    accepts: ['cluster', 'service', 'taskSets', 'include'],
    run({ taskSets: asked, include = [], ...request }, { scope }) {
      const service = serviceOf(scope, request);
      const names = asked ?? service.taskSets.map(({ id }) => id);
      const looked = names.map((name) => ({ name, taskSet: findTaskSet(service, name) }));
      return {
        taskSets: looked.flatMap(({ taskSet }) => (taskSet ? [taskSetView(service, taskSet, include)] : [])),
        failures: looked.filter(({ taskSet }) => !taskSet).map(({ name }) => missing(arnOf(scope, service, name))),
      };
    },
    authorize: ({ cluster, service }, call) => onMembers('service', { cluster, references: [service] }, call),
  }),
};

interface ServiceReference {
  readonly cluster?: string | undefined;
  readonly service?: string | undefined;
}

/** The service, which must be ACTIVE and leave deployments to somebody else. */
function serviceOf(scope: Scope, { cluster, service: name = '' }: ServiceReference): ServiceRecord {
  const service = requireActiveService(scope, requireCluster(scope, cluster), name);
  if (service.controller !== 'ECS') return service;
  // AWS documents the condition; code and words are a guess.
  throw invalidParameter('Task sets are only supported for services with the EXTERNAL deployment controller.');
}

/** By id or ARN. */
function findTaskSet({ taskSets }: ServiceRecord, reference: string): TaskSetRecord | undefined {
  return taskSets.find(({ id, arn }) => id === reference || arn === reference);
}

function liveTaskSet(service: ServiceRecord, reference: string | undefined): TaskSetRecord {
  const found = findTaskSet(service, reference ?? '');
  if (!found || found.status === 'DRAINING') throw taskSetNotFound();
  return found;
}

function touch(scope: Scope, service: ServiceRecord, taskSet: TaskSetRecord): void {
  taskSet.updatedAt = scope.clock.now();
  service.steady = false;
  requestPass(scope, service);
}

/** The words are a guess: AWS documents the code. */
function taskSetNotFound(): ApiError {
  return new ApiError('TaskSetNotFoundException', 'The specified task set was not found.');
}

function arnOf(scope: Scope, { cluster, name }: ServiceRecord, reference: string): string {
  return reference.startsWith('arn:') ? reference : ecsArn(scope, 'task-set', cluster.name, name, reference);
}

function onTaskSet({ cluster, service = '', taskSet = '' }: DeleteTaskSetRequest | UpdateTaskSetRequest, call: Call) {
  const name = service.slice(service.lastIndexOf('/') + 1);
  return onMembers(
    'task-set',
    { cluster, references: [taskSet.startsWith('arn:') ? taskSet : `${name}/${taskSet}`] },
    call,
  );
}
