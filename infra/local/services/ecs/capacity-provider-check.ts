/**
 * Refusals of https://docs.aws.amazon.com/AmazonECS/latest/developerguide/managed-instances-troubleshooting.html and
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateCapacityProvider.html. Where a page gives words
 * without a code, the code is a guess.
 */
import type {
  AutoScalingGroupProvider,
  CapacityProviderStrategyItem,
  CreateManagedInstancesProviderConfiguration,
  ManagedInstancesNetworkConfiguration,
  ManagedScaling,
} from '@aws-sdk/client-ecs';
import type { Scope } from '../../kernel/scope';
import { autoScalingGroups } from '../autoscaling/state';
import { requireSecurityGroup } from '../ec2/security-group';
import { requireSubnet } from '../ec2/subnet';
import { capacityProviders, findProvider, launchTypeOf } from './capacity-provider';
import { clientError, invalidParameter } from './ecs-error';

const NAME = /^(?!aws|ecs|fargate)[a-zA-Z0-9_-]{1,255}$/i;

export function checkProviderName(name: string): void {
  if (name === '') throw invalidParameter('CapacityProvider name must not be blank.');
  if (NAME.test(name)) return;
  throw clientError(
    'The specified capacity provider name is invalid. Up to 255 characters are allowed, including letters (upper and ' +
      'lowercase), numbers, underscores (_), and hyphens (-). The name cannot be prefixed with "aws", "ecs", or ' +
      '"fargate". Specify a valid name and try again.',
  );
}

/** All from https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ManagedScaling.html */
const SCALING_LIMITS: Readonly<Record<Exclude<keyof ManagedScaling, 'status'>, readonly [number, number]>> = {
  targetCapacity: [1, 100],
  minimumScalingStepSize: [1, 10_000],
  maximumScalingStepSize: [1, 10_000],
  instanceWarmupPeriod: [0, 10_000],
};
const SCALING_DEFAULTS: ManagedScaling = {
  status: 'DISABLED',
  targetCapacity: 100,
  minimumScalingStepSize: 1,
  maximumScalingStepSize: 10_000,
  instanceWarmupPeriod: 300,
};

/** With its defaults; each Auto Scaling group serves one provider. */
export function checkedGroup(scope: Scope, given: AutoScalingGroupProvider): AutoScalingGroupProvider {
  const { autoScalingGroupArn = '' } = given;
  const name = autoScalingGroupArn.split('autoScalingGroupName/').at(-1) ?? '';
  if (!autoScalingGroups(scope).has(name)) {
    throw clientError('The specified Auto Scaling group ARN is invalid. Specify a valid ARN and try again.');
  }
  return { autoScalingGroupArn, ...checkedScaling(given) };
}

type Scaled = Omit<AutoScalingGroupProvider, 'autoScalingGroupArn'>;

export function checkedScaling(given: Scaled, present: Scaled = {}): Required<Scaled> {
  const { managedTerminationProtection, managedDraining } = {
    managedTerminationProtection: 'DISABLED' as const,
    // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/managed-instance-draining.html
    managedDraining: 'ENABLED' as const,
    ...present,
    ...given,
  };
  const managedScaling = { ...SCALING_DEFAULTS, ...present.managedScaling, ...given.managedScaling };
  checkLimits(managedScaling);
  if (managedTerminationProtection === 'ENABLED' && managedScaling.status !== 'ENABLED') {
    throw clientError(
      'The managed termination protection setting for the capacity provider is invalid. To enable managed ' +
        'termination protection for a capacity provider, managed scaling must be enabled.',
    );
  }
  return { managedScaling, managedTerminationProtection, managedDraining };
}

function checkLimits(scaling: ManagedScaling): void {
  const given = new Map<string, unknown>(Object.entries(scaling));
  for (const [key, [least, most]] of Object.entries(SCALING_LIMITS)) {
    const value = given.get(key);
    if (typeof value !== 'number' || (value >= least && value <= most)) continue;
    throw clientError(`${key} must be between ${least} and ${most}.`);
  }
}

const ROLE_ARN = /^arn:[^:]+:iam::\d{12}:role\/.+/;
const PROFILE_ARN = /^arn:[^:]+:iam::\d{12}:instance-profile\/.+/;

export function checkManaged(scope: Scope, given: CreateManagedInstancesProviderConfiguration): void {
  const { infrastructureRoleArn = '', instanceLaunchTemplate: template } = given;
  if (!ROLE_ARN.test(infrastructureRoleArn)) {
    throw invalidParameter('The specified infrastructure role arn is invalid.');
  }
  if (!PROFILE_ARN.test(template?.ec2InstanceProfileArn ?? '')) {
    throw invalidParameter('The specified instance profile role arn is invalid.');
  }
  checkManagedNetwork(scope, template?.networkConfiguration ?? {});
}

function checkManagedNetwork(scope: Scope, network: ManagedInstancesNetworkConfiguration): void {
  const { subnets = [], securityGroups = [] } = network;
  if (subnets.length === 0) {
    throw invalidParameter(
      'Amazon ECS Managed Instances capacity provider must specify a Network Configuration with non empty subnets',
    );
  }
  for (const id of subnets) known(() => requireSubnet(scope, id), 'The specified subnet id is invalid.');
  for (const id of securityGroups) {
    known(() => requireSecurityGroup(scope, id), 'The specified security group id is invalid.');
  }
}

function known(look: () => unknown, refusal: string): void {
  try {
    look();
  } catch (cause) {
    throw Object.assign(invalidParameter(refusal), { cause });
  }
}

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CapacityProviderStrategyItem.html */
const MAX_WEIGHT = 1_000;
const MAX_BASE = 100_000;
const MAX_ITEMS = 20;

/** Refuses strategies that contradict themselves; items name providers that exist. */
export function checkStrategyItems(scope: Scope, strategy: readonly CapacityProviderStrategyItem[]): void {
  if (strategy.length > MAX_ITEMS)
    throw invalidParameter(`A strategy can have at most ${MAX_ITEMS} capacity providers.`);
  const kinds = new Set(strategy.map((item) => checkedItem(scope, item)));
  if (kinds.size > 1) {
    throw invalidParameter(
      'The specified capacity provider strategy cannot contain a mix of capacity providers using Auto Scaling groups ' +
        'and AWS Fargate. Specify a valid strategy and try again.',
    );
  }
  if (strategy.filter(({ base = 0 }) => base > 0).length > 1) {
    throw invalidParameter('Only one capacity provider in a strategy can have a base defined.');
  }
}

/** What the item's provider launches. */
function checkedItem(scope: Scope, { capacityProvider = '', weight = 0, base = 0 }: CapacityProviderStrategyItem) {
  const provider = findProvider(scope, capacityProvider);
  if (!provider) throw providerNotFound(capacityProvider);
  if (weight < 0 || weight > MAX_WEIGHT) throw invalidParameter(`weight must be between 0 and ${MAX_WEIGHT}.`);
  if (base < 0 || base > MAX_BASE) throw invalidParameter(`base must be between 0 and ${MAX_BASE}.`);
  return launchTypeOf(provider);
}

export function providerNotFound(name: string) {
  return invalidParameter(
    `The specified capacity provider '${name}' was not found. Specify a valid name or ARN and try again.`,
  );
}

export function refuseTwinProvider(scope: Scope, name: string, cluster: string | undefined): void {
  const present = capacityProviders(scope).get(name);
  if (!present || present.status === 'INACTIVE') return;
  if (present.cluster && cluster === undefined) {
    throw clientError('The specified capacity provider already exists with cluster scope');
  }
  if (present.cluster?.name !== cluster) {
    throw clientError('The specified capacity provider already exists with account or a different cluster');
  }
  throw clientError(
    'The specified capacity provider already exists. To change the configuration of an existing capacity provider, ' +
      'update the capacity provider.',
  );
}
