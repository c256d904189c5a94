import type { ListTasksRequest, ListTasksResponse } from '@aws-sdk/client-ecs';
import { operation } from '../../kernel/operation';
import type { Scope } from '../../kernel/scope';
import { clusterArn } from './authorization';
import { requireCluster } from './cluster';
import { findInstance } from './container-instance';
import { invalidParameter, serviceNotFound } from './ecs-error';
import { listNumbered } from './list-page';
import type { ClusterRecord, TaskRecord } from './records';
import { ecsArn } from './reference';
import { findService } from './service';

export const listTasks = operation<ListTasksRequest, ListTasksResponse>({
  accepts: [
    'cluster',
    'containerInstance',
    'family',
    'startedBy',
    'serviceName',
    'desiredStatus',
    'launchType',
    'nextToken',
    'maxResults',
  ],
  run(input, { scope }) {
    const cluster = requireCluster(scope, input.cluster);
    const matches = filterFor(scope, cluster, input);
    const { items, token } = listNumbered([...cluster.tasks.values()].filter(matches), input);
    return { taskArns: items.map(({ arn }) => arn), nextToken: token };
  },
  // IAM knows this action on container instances.
  authorize({ cluster, containerInstance = '*' }, { scope }) {
    const arn = clusterArn(scope, cluster);
    const name = arn.slice(arn.indexOf('/') + 1);
    const resource = containerInstance.startsWith('arn:')
      ? containerInstance
      : ecsArn(scope, 'container-instance', name, containerInstance);
    return [{ action: 'ecs:ListTasks', resource, context: { 'ecs:cluster': [arn] } }];
  },
});

/** All filters must hold; the desired status is RUNNING unless something else is asked for. */
function filterFor(scope: Scope, cluster: ClusterRecord, input: ListTasksRequest): (task: TaskRecord) => boolean {
  const { family, startedBy, launchType, desiredStatus = 'RUNNING' } = input;
  refuseMixedStarter(input);
  const service = input.serviceName === undefined ? undefined : findService(scope, cluster, input.serviceName);
  if (input.serviceName !== undefined && !service) throw serviceNotFound();
  const instance = instanceFor(scope, cluster, input);
  const filters: ((task: TaskRecord) => boolean)[] = [(task) => task.desiredStatus === desiredStatus];
  if (service) filters.push((task) => task.service === service);
  if (instance) filters.push((task) => task.instance === instance);
  if (family !== undefined) filters.push((task) => task.definition.family === family);
  if (startedBy !== undefined) filters.push((task) => task.startedBy === startedBy);
  if (launchType !== undefined) filters.push((task) => task.capacity.launchType === launchType);
  return (task) => filters.every((filter) => filter(task));
}

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListTasks.html */
function refuseMixedStarter({ startedBy, family, serviceName, containerInstance, launchType }: ListTasksRequest): void {
  if (startedBy === undefined) return;
  const others = [family, serviceName, containerInstance, launchType].filter((other) => other !== undefined);
  if (others.length > 0) throw invalidParameter('When you specify startedBy, it must be the only filter that you use.');
}

function instanceFor(scope: Scope, cluster: ClusterRecord, { containerInstance }: ListTasksRequest) {
  if (containerInstance === undefined) return undefined;
  const instance = findInstance(scope, cluster, containerInstance);
  if (!instance) throw invalidParameter('The specified container instance was not found.');
  return instance;
}
