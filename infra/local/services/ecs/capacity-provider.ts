/** Capacity providers: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/clusters.html */
import type {
  AutoScalingGroupProvider,
  CapacityProviderType,
  CapacityProviderUpdateStatus,
  LaunchType,
  ManagedInstancesProvider,
} from '@aws-sdk/client-ecs';
import type { Scope } from '../../kernel/scope';
import { defineReplicatedStore } from '../../kernel/scope';
import type { ClusterRecord, Tags } from './records';
import { ecsArn, parseReference } from './reference';

export interface CapacityProviderRecord {
  readonly name: string;
  readonly arn: string;
  readonly type: CapacityProviderType;
  /** The one cluster that Managed Instances are for. */
  readonly cluster: ClusterRecord | undefined;
  status: 'ACTIVE' | 'DEPROVISIONING' | 'INACTIVE';
  group: AutoScalingGroupProvider | undefined;
  managed: ManagedInstancesProvider | undefined;
  update: { readonly status: CapacityProviderUpdateStatus; readonly reason?: string } | undefined;
  tags: Tags;
}

/** By name, in order of creation. */
export const capacityProviders = defineReplicatedStore((scope) => {
  const own = (['FARGATE', 'FARGATE_SPOT'] as const).map((name): CapacityProviderRecord => ({
    ...{ name, type: name, status: 'ACTIVE', tags: new Map() },
    arn: ecsArn(scope, 'capacity-provider', name),
    ...{ cluster: undefined, group: undefined, managed: undefined, update: undefined },
  }));
  return new Map(own.map((each) => [each.name, each]));
});

/** By name or ARN, those that are gone left out. */
export function findProvider(scope: Scope, reference: string): CapacityProviderRecord | undefined {
  const found = capacityProviders(scope).get(parseReference(scope, 'capacity-provider', reference).name);
  return found?.status === 'INACTIVE' ? undefined : found;
}

/** What tasks of the provider show. */
export function launchTypeOf({ type }: CapacityProviderRecord): LaunchType {
  if (type === 'MANAGED_INSTANCES') return type;
  return type === 'EC2_AUTOSCALING' ? 'EC2' : 'FARGATE';
}

/** Does ECS make room when tasks find none? */
export function grows({ type, group }: CapacityProviderRecord): boolean {
  return type === 'MANAGED_INSTANCES' || group?.managedScaling?.status === 'ENABLED';
}

/** `web` of `arn:aws:autoscaling:...:autoScalingGroup:...:autoScalingGroupName/web` */
export function groupNameOf({ group }: CapacityProviderRecord): string | undefined {
  return group?.autoScalingGroupArn?.split('autoScalingGroupName/')[1];
}

/** The provider of the cluster that the Auto Scaling group belongs to. */
export function providerOfGroup(scope: Scope, { capacityProviders: names }: ClusterRecord, groupName: string) {
  return names.find((name) => {
    const provider = findProvider(scope, name);
    return provider !== undefined && groupNameOf(provider) === groupName;
  });
}
