import type { CapacityProviderStrategyItem, ClusterSetting, Tag } from '@aws-sdk/client-ecs';
import type { Scope } from '../../kernel/scope';
import { accountSetting } from './account-setting';
import { findProvider } from './capacity-provider';
import { checkStrategyItems, providerNotFound } from './capacity-provider-check';
import { clusterNotFound, invalidParameter } from './ecs-error';
import type { ClusterRecord } from './records';
import { ecsArn, isName, parseReference } from './reference';
import { ecsState, nextSequence } from './store';
import { readTags } from './tag';

export interface ClusterRequest {
  readonly clusterName?: string | undefined;
  readonly settings?: readonly ClusterSetting[] | undefined;
  readonly capacityProviders?: readonly string[] | undefined;
  readonly defaultCapacityProviderStrategy?: readonly CapacityProviderStrategyItem[] | undefined;
  readonly tags?: readonly Tag[] | undefined;
}

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ClusterSetting.html */
const INSIGHTS_VALUES: readonly (string | undefined)[] = ['enabled', 'disabled', 'enhanced'];
/** Makes a cluster; one of that name that is ACTIVE already is given back as it is. */
export function createCluster(scope: Scope, request: ClusterRequest): ClusterRecord {
  const name = request.clusterName ?? 'default';
  if (!isName(name)) throw invalidParameter(`Cluster name must match ^[a-zA-Z0-9\\-_]{1,255}$: ${name}`);
  const { clusters } = ecsState(scope);
  const present = clusters.get(name);
  if (present?.status === 'ACTIVE') return present;
  const { names, strategy } = checkedAssociation(scope, {
    names: request.capacityProviders ?? [],
    strategy: request.defaultCapacityProviderStrategy ?? [],
  });
  const cluster: ClusterRecord = {
    sequence: nextSequence(scope),
    name,
    arn: ecsArn(scope, 'cluster', name),
    status: 'ACTIVE',
    settings: withInsights(request.settings, accountSetting(scope, 'containerInsights')),
    capacityProviders: names,
    defaultStrategy: strategy,
    tags: readTags(request.tags),
    services: new Map(),
    tasks: new Map(),
    instances: new Map(),
  };
  clusters.set(name, cluster);
  return cluster;
}

/** The cluster by name or ARN, INACTIVE ones included; the default cluster if nothing is said. */
export function findCluster(scope: Scope, reference: string | undefined): ClusterRecord | undefined {
  return ecsState(scope).clusters.get(parseReference(scope, 'cluster', reference ?? 'default').name);
}

/** The cluster, which must be ACTIVE; `ClusterNotFoundException` otherwise. */
export function requireCluster(scope: Scope, reference: string | undefined): ClusterRecord {
  const cluster = findCluster(scope, reference);
  if (cluster?.status !== 'ACTIVE') throw clusterNotFound();
  return cluster;
}

export function changeSettings(cluster: ClusterRecord, settings: readonly ClusterSetting[]): void {
  cluster.settings = withInsights(settings, cluster.settings[0]?.value ?? 'disabled');
}

function withInsights(settings: readonly ClusterSetting[] = [], standard: string): ClusterSetting[] {
  for (const { name, value } of settings) {
    if (name !== 'containerInsights') throw invalidParameter(`Invalid cluster setting: ${String(name)}`);
    if (!INSIGHTS_VALUES.includes(value)) throw invalidParameter(`Invalid cluster setting value: ${String(value)}`);
  }
  return [{ name: 'containerInsights', value: settings.at(-1)?.value ?? standard }];
}

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PutClusterCapacityProviders.html */
const MAX_PROVIDERS = 20;

export interface Association {
  readonly names: readonly string[];
  readonly strategy: readonly CapacityProviderStrategyItem[];
}

/** Names of the providers, and a strategy that uses no others. */
export function checkedAssociation(scope: Scope, { names: given, strategy }: Association): Association {
  const names = given.map((reference) => {
    const provider = findProvider(scope, reference);
    if (!provider) throw providerNotFound(reference);
    return provider.name;
  });
  if (names.length > MAX_PROVIDERS) {
    throw invalidParameter('The maximum number of capacity providers per cluster has been exceeded.');
  }
  const named = strategy.map((item) => ({
    ...item,
    capacityProvider: item.capacityProvider?.split('capacity-provider/').at(-1),
  }));
  const stranger = named.find(({ capacityProvider = '' }) => !names.includes(capacityProvider));
  if (stranger) throw providerNotFound(stranger.capacityProvider ?? '');
  checkStrategyItems(scope, named);
  return { names, strategy: named };
}
