import type {
  DeregisterContainerInstanceRequest,
  DeregisterContainerInstanceResponse,
  DescribeContainerInstancesRequest,
  DescribeContainerInstancesResponse,
  ListContainerInstancesRequest,
  ListContainerInstancesResponse,
  RegisterContainerInstanceRequest,
  RegisterContainerInstanceResponse,
  UpdateContainerInstancesStateRequest,
  UpdateContainerInstancesStateResponse,
} from '@aws-sdk/client-ecs';
import { operation } from '../../kernel/operation';
import type { Scope } from '../../kernel/scope';
import { onCluster, onMembers } from './authorization';
import { requireCluster } from './cluster';
import { matchesQuery } from './cluster-query';
import { changeState, findInstance } from './container-instance';
import { registerContainerInstance } from './container-instance-registration';
import { instanceView } from './container-instance-view';
import { invalidParameter, missing } from './ecs-error';
import { readResources } from './host-resources';
import { identityIn } from './identity-document';
import { dismiss } from './instance-departure';
import { listNumbered } from './list-page';
import type { ClusterRecord } from './records';
import { ecsArn, parseReference } from './reference';
import { reconsiderCluster } from './service-schedule';
import { updateContainerAgent } from './update-container-agent';

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeContainerInstances.html */
const MAX_DESCRIBED = 100;
/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateContainerInstancesState.html */
const MAX_UPDATED = 10;

export const containerInstanceOperations = {
  UpdateContainerAgent: updateContainerAgent,

  /** What the agent calls. The identity document is believed: nobody here could sign it. */
  RegisterContainerInstance: operation<RegisterContainerInstanceRequest, RegisterContainerInstanceResponse>({
    accepts: [
      'cluster',
      'instanceIdentityDocument',
      'instanceIdentityDocumentSignature',
      'totalResources',
      'versionInfo',
      'attributes',
      'tags',
    ],
    run(input, { scope }) {
      const instance = registerContainerInstance(scope, {
        cluster: input.cluster,
        ec2InstanceId: identityIn(input.instanceIdentityDocument),
        versionInfo: input.versionInfo,
        resources: input.totalResources && readResources(input.totalResources),
        attributes: input.attributes ?? [],
        tags: input.tags,
      });
      return { containerInstance: instanceView(instance, ['TAGS']) };
    },
    authorize: onCluster,
  }),

  DeregisterContainerInstance: operation<DeregisterContainerInstanceRequest, DeregisterContainerInstanceResponse>({
    accepts: ['cluster', 'containerInstance', 'force'],
    run({ cluster: reference, containerInstance: name = '', force = false }, { scope }) {
      const cluster = requireCluster(scope, reference);
      const instance = findInstance(scope, cluster, name);
      if (!instance || instance.status === 'INACTIVE')
        throw invalidParameter('The specified container instance was not found.');
      dismiss(scope, instance, force);
      return { containerInstance: instanceView(instance) };
    },
    authorize: onCluster,
  }),

  DescribeContainerInstances: operation<DescribeContainerInstancesRequest, DescribeContainerInstancesResponse>({
    accepts: ['cluster', 'containerInstances', 'include'],
    run({ cluster: reference, containerInstances: asked = [], include = [] }, { scope }) {
      const cluster = requireCluster(scope, reference);
      const { found, failures } = look(scope, cluster, { asked, max: MAX_DESCRIBED });
      return { containerInstances: found.map((instance) => instanceView(instance, include)), failures };
    },
    authorize: ({ cluster, containerInstances }, call) =>
      onMembers('container-instance', { cluster, references: containerInstances }, call),
  }),

  ListContainerInstances: operation<ListContainerInstancesRequest, ListContainerInstancesResponse>({
    accepts: ['cluster', 'filter', 'nextToken', 'maxResults', 'status'],
    run(input, { scope }) {
      const cluster = requireCluster(scope, input.cluster);
      const wanted = input.status;
      const isNamed = input.filter ? matchesQuery(input.filter) : () => true;
      const listed = [...cluster.instances.values()].filter(
        (instance) =>
          instance.status !== 'INACTIVE' && (wanted === undefined || instance.status === wanted) && isNamed(instance),
      );
      const { items, token } = listNumbered(listed, input);
      return { containerInstanceArns: items.map(({ arn }) => arn), nextToken: token };
    },
    authorize: onCluster,
  }),

  UpdateContainerInstancesState: operation<UpdateContainerInstancesStateRequest, UpdateContainerInstancesStateResponse>(
    {
      accepts: ['cluster', 'containerInstances', 'status'],
      run({ cluster: reference, containerInstances: asked = [], status }, { scope }) {
        const cluster = requireCluster(scope, reference);
        if (status !== 'ACTIVE' && status !== 'DRAINING') {
          throw invalidParameter(`Container instance status should be one of [ACTIVE, DRAINING].`);
        }
        const { found, failures } = look(scope, cluster, { asked, max: MAX_UPDATED });
        for (const instance of found) changeState(scope, instance, status);
        reconsiderCluster(scope, cluster);
        return { containerInstances: found.map((instance) => instanceView(instance)), failures };
      },
      authorize: ({ cluster, containerInstances }, call) =>
        onMembers('container-instance', { cluster, references: containerInstances }, call),
    },
  ),
};

interface Batch {
  readonly asked: readonly string[];
  readonly max: number;
}

function look(scope: Scope, cluster: ClusterRecord, { asked, max }: Batch) {
  if (asked.length === 0) throw invalidParameter('Container instances cannot be empty.');
  if (asked.length > max) throw invalidParameter(`Container instances cannot have more than ${max} elements.`);
  const looked = asked.map((name) => ({ name, instance: findInstance(scope, cluster, name) }));
  const unknown = looked.filter(({ instance }) => !instance).map(({ name }) => name);
  return {
    found: looked.flatMap(({ instance }) => (instance ? [instance] : [])),
    failures: unknown.map((name) => {
      const id = parseReference(scope, 'container-instance', name).name;
      return missing(ecsArn(scope, 'container-instance', cluster.name, id));
    }),
  };
}
