import type {
  CapacityProvider,
  CapacityProviderField,
  CreateCapacityProviderRequest,
  CreateCapacityProviderResponse,
  DeleteCapacityProviderRequest,
  DeleteCapacityProviderResponse,
  DescribeCapacityProvidersRequest,
  DescribeCapacityProvidersResponse,
  UpdateCapacityProviderRequest,
  UpdateCapacityProviderResponse,
} from '@aws-sdk/client-ecs';
import type { Authorization, Call } from '../../kernel/operation';
import { operation } from '../../kernel/operation';
import type { Scope } from '../../kernel/scope';
import { requestTags } from './authorization';
import type { CapacityProviderRecord } from './capacity-provider';
import { capacityProviders, findProvider } from './capacity-provider';
import {
  checkedGroup,
  checkedScaling,
  checkManaged,
  checkProviderName,
  providerNotFound,
  refuseTwinProvider,
} from './capacity-provider-check';
import { requireCluster } from './cluster';
import { clientError, invalidParameter, missing } from './ecs-error';
import type { PageSize } from './list-page';
import { listPage } from './list-page';
import { watchDemand } from './provider-pass';
import { ecsArn } from './reference';
import { ecsState } from './store';
import { readTags, renderTags } from './tag';

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeCapacityProviders.html */
const PAGE: PageSize = { standard: 10, max: 10 };

export const capacityProviderOperations = {
  CreateCapacityProvider: operation<CreateCapacityProviderRequest, CreateCapacityProviderResponse>({
    accepts: [
      ...['name', 'cluster', 'autoScalingGroupProvider', 'tags'],
      ...['infrastructureRoleArn', 'propagateTags', 'infrastructureOptimization'].map(belowManaged),
      ...['ec2InstanceProfileArn', 'networkConfiguration', 'instanceRequirements'].map(belowTemplate),
    ],
    run(request, { scope }) {
      const { name = '', cluster, tags } = request;
      checkProviderName(name);
      refuseTwinProvider(scope, name, cluster);
      const made: CapacityProviderRecord = {
        name,
        arn: ecsArn(scope, 'capacity-provider', name),
        status: 'ACTIVE',
        ...settings(scope, request),
        tags: readTags(tags),
        update: undefined,
      };
      capacityProviders(scope).set(name, made);
      // That a provider of Managed Instances belongs to its cluster from the first is a guess.
      if (made.cluster) made.cluster.capacityProviders = [...made.cluster.capacityProviders, name];
      watchDemand(scope);
      return { capacityProvider: view(made, ['TAGS']) };
    },
    authorize: ({ name, tags }, call) =>
      onProvider(name, call).map((each) => ({ ...each, context: requestTags(tags) })),
  }),

  DescribeCapacityProviders: operation<DescribeCapacityProvidersRequest, DescribeCapacityProvidersResponse>({
    accepts: ['capacityProviders', 'cluster', 'include', 'maxResults', 'nextToken'],
    run(request, { scope }) {
      const { capacityProviders: asked, include = [] } = request;
      const all = [...capacityProviders(scope).values()].filter(({ status }) => status !== 'INACTIVE');
      const named = asked?.map((name) => ({ name, provider: findProvider(scope, name) }));
      const wanted = named ? named.flatMap(({ provider }) => provider ?? []) : all;
      const inCluster = wanted.filter(
        ({ cluster }) => request.cluster === undefined || cluster?.name === request.cluster,
      );
      const { items, token } = listPage(inCluster, request, PAGE);
      return {
        capacityProviders: items.map((each) => view(each, include)),
        failures: (named ?? []).filter(({ provider }) => !provider).map(({ name }) => missing(arnOf(scope, name))),
        nextToken: token,
      };
    },
    authorize: ({ capacityProviders: names = ['*'] }, call) => names.flatMap((name) => onProvider(name, call)),
  }),

  UpdateCapacityProvider: operation<UpdateCapacityProviderRequest, UpdateCapacityProviderResponse>({
    accepts: [
      ...['name', 'cluster', 'autoScalingGroupProvider'],
      ...['infrastructureRoleArn', 'propagateTags', 'infrastructureOptimization'].map(belowManaged),
      ...['ec2InstanceProfileArn', 'networkConfiguration', 'instanceRequirements'].map(belowTemplate),
    ],
    run({ name = '', autoScalingGroupProvider: group, managedInstancesProvider: managed }, { scope }) {
      if (name === '') throw invalidParameter('A name is required when updating a capacity provider.');
      const provider = required(scope, name);
      if (group && !provider.group) throw clientError('The capacity provider has no Auto Scaling group.');
      if (managed && !provider.managed) {
        throw invalidParameter('Capacity provider is not Amazon ECS Managed Instances capacity provider');
      }
      if (group)
        provider.group = {
          ...provider.group,
          autoScalingGroupArn: provider.group?.autoScalingGroupArn,
          ...checkedScaling(group, provider.group),
        };
      if (managed) updateManaged(scope, provider, managed);
      provider.update = { status: 'UPDATE_COMPLETE' };
      return { capacityProvider: view(provider, ['TAGS']) };
    },
    authorize: ({ name }, call) => onProvider(name, call),
  }),

  DeleteCapacityProvider: operation<DeleteCapacityProviderRequest, DeleteCapacityProviderResponse>({
    accepts: ['capacityProvider', 'cluster'],
    run({ capacityProvider: name = '' }, { scope }) {
      const provider = required(scope, name);
      if (provider.type.startsWith('FARGATE')) {
        throw clientError(`The capacity provider ${provider.name} is reserved and cannot be deleted.`);
      }
      end(scope, provider);
      return { capacityProvider: view(provider, ['TAGS']) };
    },
    authorize: ({ capacityProvider: name }, call) => onProvider(name, call),
  }),
};

function belowManaged(name: string): string {
  return `managedInstancesProvider.${name}`;
}

function belowTemplate(name: string): string {
  return `managedInstancesProvider.instanceLaunchTemplate.${name}`;
}

type Kind = Pick<CapacityProviderRecord, 'type' | 'cluster' | 'group' | 'managed'>;

function settings(scope: Scope, request: CreateCapacityProviderRequest): Kind {
  const { autoScalingGroupProvider: group, managedInstancesProvider: managed, cluster } = request;
  if (group && managed)
    throw clientError('A capacity provider has an Auto Scaling group or Managed Instances, not both.');
  if (group) {
    return { type: 'EC2_AUTOSCALING', cluster: undefined, group: checkedGroup(scope, group), managed: undefined };
  }
  if (!managed) throw clientError('The Auto Scaling group provider details are required.');
  if (cluster === undefined) {
    throw invalidParameter('Amazon ECS Managed Instances Provider is not supported without a Cluster Name');
  }
  checkManaged(scope, managed);
  return { type: 'MANAGED_INSTANCES', cluster: requireCluster(scope, cluster), group: undefined, managed };
}

function updateManaged(
  scope: Scope,
  provider: CapacityProviderRecord,
  change: NonNullable<UpdateCapacityProviderRequest['managedInstancesProvider']>,
): void {
  const { instanceLaunchTemplate: present } = provider.managed ?? {};
  const instanceLaunchTemplate = {
    ec2InstanceProfileArn: present?.ec2InstanceProfileArn,
    networkConfiguration: present?.networkConfiguration,
    instanceRequirements: present?.instanceRequirements,
    ...change.instanceLaunchTemplate,
  };
  checkManaged(scope, { infrastructureRoleArn: change.infrastructureRoleArn, instanceLaunchTemplate });
  provider.managed = { ...provider.managed, ...change, instanceLaunchTemplate };
}

/** One that a cluster still uses stays, and says why: AWS reports it in the answer, not as an error. */
function end(scope: Scope, provider: CapacityProviderRecord): void {
  const user = [...ecsState(scope).clusters.values()].find(
    (cluster) =>
      cluster.status === 'ACTIVE' && cluster !== provider.cluster && cluster.capacityProviders.includes(provider.name),
  );
  if (user) {
    const reason =
      `The capacity provider cannot be deleted because it is associated with cluster: ${user.name}. ` +
      'Remove the capacity provider from the cluster and try again.';
    provider.update = { status: 'DELETE_FAILED', reason };
    return;
  }
  const { cluster } = provider;
  if (cluster) cluster.capacityProviders = cluster.capacityProviders.filter((name) => name !== provider.name);
  provider.status = 'INACTIVE';
  provider.update = { status: 'DELETE_COMPLETE' };
}

function required(scope: Scope, reference: string): CapacityProviderRecord {
  const found = findProvider(scope, reference);
  if (!found) throw providerNotFound(reference);
  return found;
}

function view(
  provider: CapacityProviderRecord,
  include: readonly (CapacityProviderField | undefined)[],
): CapacityProvider {
  return {
    capacityProviderArn: provider.arn,
    name: provider.name,
    cluster: provider.cluster?.name,
    status: provider.status,
    autoScalingGroupProvider: provider.group,
    managedInstancesProvider: provider.managed,
    updateStatus: provider.update?.status,
    updateStatusReason: provider.update?.reason,
    tags: include.includes('TAGS') ? renderTags(provider.tags) : [],
    type: provider.type,
  };
}

function arnOf(scope: Scope, name: string): string {
  return name.startsWith('arn:') ? name : ecsArn(scope, 'capacity-provider', name);
}

function onProvider(name: string | undefined, { scope, operation: action }: Call): Authorization[] {
  return [{ action: `ecs:${action}`, resource: arnOf(scope, name ?? '*') }];
}
