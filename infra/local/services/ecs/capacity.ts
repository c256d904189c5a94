/** Launch types and capacity provider strategies: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/cluster-capacity-providers.html */
import type { CapacityProviderStrategyItem, LaunchType } from '@aws-sdk/client-ecs';
import { ApiError } from '../../kernel/api-error';
import type { Scope } from '../../kernel/scope';
import { findProvider, launchTypeOf } from './capacity-provider';
import { checkStrategyItems } from './capacity-provider-check';
import { invalidParameter, notSimulated } from './ecs-error';
import { resolvePlatformVersion } from './platform';
import type { Capacity, ClusterRecord, DefinitionRecord } from './records';

export interface CapacityRequest {
  readonly launchType?: LaunchType | undefined;
  readonly capacityProviderStrategy?: readonly CapacityProviderStrategyItem[] | undefined;
  readonly platformVersion?: string | undefined;
}

/** What a launch type or strategy must fit. */
export interface CapacityPlace {
  readonly cluster: ClusterRecord;
  readonly definition: DefinitionRecord;
}

/** Settles where tasks run; refuses what contradicts itself, the cluster or the task definition. */
export function capacityFor(scope: Scope, request: CapacityRequest, { cluster, definition }: CapacityPlace): Capacity {
  const strategy = strategyFor(scope, request, cluster);
  const launchType = strategy[0] ? providerType(scope, strategy[0]) : (request.launchType ?? 'EC2');
  if (launchType === 'EXTERNAL') throw notSimulated(`Launch type ${launchType}`);
  if (launchType === 'MANAGED_INSTANCES' && strategy.length === 0) {
    // The words are a guess.
    throw invalidParameter('Launch type MANAGED_INSTANCES needs a capacity provider strategy.');
  }
  if (!definition.definition.compatibilities?.includes(launchType)) {
    throw invalidParameter(`Task definition does not support launch_type ${launchType}.`);
  }
  return {
    launchType,
    asked: strategy.length > 0 ? undefined : launchType,
    strategy,
    platformVersion: platformFor(request, launchType, definition),
  };
}

function providerType(scope: Scope, { capacityProvider = '' }: CapacityProviderStrategyItem): LaunchType {
  const provider = findProvider(scope, capacityProvider);
  return provider ? launchTypeOf(provider) : 'FARGATE';
}

function strategyFor(
  scope: Scope,
  { launchType, capacityProviderStrategy: given = [] }: CapacityRequest,
  cluster: ClusterRecord,
) {
  if (launchType === undefined) return chosen(scope, given, cluster);
  if (given.length === 0) return [];
  throw invalidParameter(
    'Specifying both a launch type and capacity provider strategy is not supported. Remove one and try again.',
  );
}

/** The strategy that was given, or the cluster's own; by names, whatever it was given by. */
function chosen(scope: Scope, given: readonly CapacityProviderStrategyItem[], cluster: ClusterRecord) {
  const strategy = (given.length > 0 ? given : cluster.defaultStrategy).map((item) => ({
    ...item,
    capacityProvider: item.capacityProvider?.split('capacity-provider/').at(-1),
  }));
  for (const { capacityProvider = '' } of strategy) {
    if (cluster.capacityProviders.includes(capacityProvider)) continue;
    throw invalidParameter(
      `The specified capacity provider '${capacityProvider}' is not associated with the cluster. ` +
        'Associate it with the cluster and try again.',
    );
  }
  checkStrategyItems(scope, strategy);
  return strategy;
}

function platformFor({ platformVersion }: CapacityRequest, launchType: LaunchType, definition: DefinitionRecord) {
  if (launchType !== 'FARGATE') {
    if (platformVersion === undefined) return undefined;
    throw invalidParameter('The platform version must be null when specifying an EC2 launch type.');
  }
  const asked = platformVersion ?? 'LATEST';
  refuseIncompatible(definition, resolvePlatformVersion(definition, asked));
  return asked;
}

/** Fargate 1.3.0 has no ephemeral storage of a chosen size. */
function refuseIncompatible({ definition }: DefinitionRecord, version: string): void {
  if (version !== '1.3.0' || !definition.ephemeralStorage) return;
  throw new ApiError(
    'PlatformTaskDefinitionIncompatibilityException',
    'Platform version 1.3.0 does not support ephemeralStorage.',
  );
}

/** Which provider of a strategy the next task goes to, given how many each has: base first, then weight. */
export function nextProvider(
  strategy: readonly CapacityProviderStrategyItem[],
  counts: ReadonlyMap<string, number>,
): string | undefined {
  const count = ({ capacityProvider = '' }: CapacityProviderStrategyItem): number => counts.get(capacityProvider) ?? 0;
  const based = strategy.find((item) => count(item) < (item.base ?? 0));
  if (based) return based.capacityProvider;
  const weighted = strategy.filter(({ weight }) => (weight ?? 0) > 0);
  const load = (item: CapacityProviderStrategyItem): number => (count(item) - (item.base ?? 0)) / (item.weight ?? 1);
  const [first, ...others] = weighted.length > 0 ? weighted : strategy;
  return others.reduce((best, item) => (best && load(item) >= load(best) ? best : item), first)?.capacityProvider;
}
