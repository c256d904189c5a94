import type {
  CreateClusterRequest,
  CreateClusterResponse,
  DeleteClusterRequest,
  DeleteClusterResponse,
  DescribeClustersRequest,
  DescribeClustersResponse,
  ListClustersRequest,
  ListClustersResponse,
  PutClusterCapacityProvidersRequest,
  PutClusterCapacityProvidersResponse,
  UpdateClusterRequest,
  UpdateClusterResponse,
  UpdateClusterSettingsRequest,
  UpdateClusterSettingsResponse,
} from '@aws-sdk/client-ecs';
import { ApiError } from '../../kernel/api-error';
import { operation } from '../../kernel/operation';
import { watchBoots } from './agent-boot';
import { clusterArn, onCluster } from './authorization';
import { changeSettings, checkedAssociation, createCluster, findCluster, requireCluster } from './cluster';
import { clusterView } from './cluster-view';
import { invalidParameter, missing } from './ecs-error';
import { listNumbered } from './list-page';
import type { ClusterRecord } from './records';
import { ecsState } from './store';

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeClusters.html */
const MAX_DESCRIBED = 100;

export const clusterOperations = {
  CreateCluster: operation<CreateClusterRequest, CreateClusterResponse>({
    accepts: ['clusterName', 'settings', 'capacityProviders', 'defaultCapacityProviderStrategy', 'tags'],
    run(input, { scope }) {
      watchBoots(scope);
      return { cluster: clusterView(createCluster(scope, input), ['SETTINGS', 'TAGS']) };
    },
  }),

  DescribeClusters: operation<DescribeClustersRequest, DescribeClustersResponse>({
    accepts: ['clusters', 'include'],
    run({ clusters: asked = [], include = [] }, { scope }) {
      const references = asked.length === 0 ? ['default'] : asked;
      if (references.length > MAX_DESCRIBED) {
        throw invalidParameter(`Clusters cannot have more than ${String(MAX_DESCRIBED)} elements.`);
      }
      const looked = references.map((reference) => ({ reference, cluster: findCluster(scope, reference) }));
      return {
        clusters: looked.flatMap(({ cluster }) => (cluster ? [clusterView(cluster, include)] : [])),
        failures: looked
          .filter(({ cluster }) => !cluster)
          .map(({ reference }) => missing(clusterArn(scope, reference))),
      };
    },
    authorize: ({ clusters = ['default'] }, { scope }) =>
      clusters.map((cluster) => ({ action: 'ecs:DescribeClusters', resource: clusterArn(scope, cluster) })),
  }),

  ListClusters: operation<ListClustersRequest, ListClustersResponse>({
    accepts: ['nextToken', 'maxResults'],
    run(input, { scope }) {
      const active = [...ecsState(scope).clusters.values()]
        .filter(({ status }) => status === 'ACTIVE')
        .sort((one, other) => one.sequence - other.sequence);
      const { items, token } = listNumbered(active, input);
      return { clusterArns: items.map(({ arn }) => arn), nextToken: token };
    },
  }),

  UpdateClusterSettings: operation<UpdateClusterSettingsRequest, UpdateClusterSettingsResponse>({
    accepts: ['cluster', 'settings'],
    run({ cluster: reference, settings }, { scope }) {
      const cluster = requireCluster(scope, reference);
      changeSettings(cluster, settings ?? []);
      return { cluster: clusterView(cluster, ['SETTINGS']) };
    },
    authorize: onCluster,
  }),

  PutClusterCapacityProviders: operation<PutClusterCapacityProvidersRequest, PutClusterCapacityProvidersResponse>({
    accepts: ['cluster', 'capacityProviders', 'defaultCapacityProviderStrategy'],
    run({ cluster: reference, capacityProviders: names = [], defaultCapacityProviderStrategy = [] }, { scope }) {
      const cluster = requireCluster(scope, reference);
      const wanted = checkedAssociation(scope, { names, strategy: defaultCapacityProviderStrategy });
      refuseLosingProvider(cluster, wanted.names);
      cluster.capacityProviders = wanted.names;
      cluster.defaultStrategy = wanted.strategy;
      return { cluster: clusterView(cluster, []) };
    },
    authorize: onCluster,
  }),

  UpdateCluster: operation<UpdateClusterRequest, UpdateClusterResponse>({
    accepts: ['cluster', 'settings'],
    run({ cluster: reference, settings }, { scope }) {
      const cluster = requireCluster(scope, reference);
      if (settings) changeSettings(cluster, settings);
      return { cluster: clusterView(cluster, ['SETTINGS']) };
    },
    authorize: onCluster,
  }),

  DeleteCluster: operation<DeleteClusterRequest, DeleteClusterResponse>({
    accepts: ['cluster'],
    run({ cluster: reference }, { scope }) {
      const cluster = requireCluster(scope, reference);
      refuseIfInUse(cluster);
      cluster.status = 'INACTIVE';
      return { cluster: clusterView(cluster, []) };
    },
    authorize: onCluster,
  }),
};

/** A provider that tasks or services still use cannot go. */
function refuseLosingProvider({ capacityProviders, services, tasks }: ClusterRecord, kept: readonly string[]): void {
  const used = new Set([
    ...[...tasks.values()].flatMap((task) => (task.lastStatus === 'STOPPED' ? [] : (task.capacityProviderName ?? []))),
    ...[...services.values()].flatMap(({ deployments }) =>
      deployments.flatMap(({ revision }) => revision.capacity.strategy.map((item) => item.capacityProvider ?? '')),
    ),
  ]);
  if (capacityProviders.every((name) => kept.includes(name) || !used.has(name))) return;
  throw new ApiError('ResourceInUseException', 'The specified capacity provider is in use and cannot be removed.');
}

function refuseIfInUse({ services, tasks, instances }: ClusterRecord): void {
  if ([...instances.values()].some(({ status }) => status !== 'INACTIVE')) {
    throw new ApiError(
      'ClusterContainsContainerInstancesException',
      'The Cluster cannot be deleted while Container Instances are active or draining.',
    );
  }
  if ([...services.values()].some(({ status }) => status === 'ACTIVE')) {
    throw new ApiError('ClusterContainsServicesException', 'The Cluster cannot be deleted while Services are active.');
  }
  if ([...tasks.values()].some(({ lastStatus }) => lastStatus !== 'STOPPED')) {
    throw new ApiError('ClusterContainsTasksException', 'The Cluster cannot be deleted while Tasks are active.');
  }
}
