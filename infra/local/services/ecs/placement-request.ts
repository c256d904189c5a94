import type { PlacementConstraint, PlacementStrategy, TaskOverride } from '@aws-sdk/client-ecs';
import type { Scope } from '../../kernel/scope';
import { findSubnet } from '../ec2/subnet';
import { findHost } from './host';
import type { Placement } from './placement';
import { place } from './placement';
import type { Capacity, ClusterRecord, DefinitionRecord, InstanceRecord, NetworkSettings } from './records';
import { taskDemand } from './task-demand';

/** What decides on the host of a task. */
export interface Placeable {
  readonly cluster: ClusterRecord;
  readonly definition: DefinitionRecord;
  readonly capacity: Capacity;
  readonly overrides: TaskOverride;
  readonly network: NetworkSettings | undefined;
  readonly group: string;
  readonly placementStrategy: readonly PlacementStrategy[];
  readonly placementConstraints: readonly PlacementConstraint[];
}

/** The best container instance for one task, of the capacity provider if there is one. */
export function placeOn(scope: Scope, request: Placeable, provider: string | undefined): Placement {
  const { cluster, definition } = request;
  return place(
    [...cluster.instances.values()].filter((each) => serves(each, request, provider)),
    {
      demand: taskDemand(definition, request.overrides),
      requires: (definition.definition.requiresAttributes ?? []).map(({ name = '' }) => name),
      distinct: request.placementConstraints.some(({ type }) => type === 'distinctInstance'),
      strategy: request.placementStrategy,
      group: request.group,
      ...interfaceNeeds(scope, request),
    },
  );
}

/** Managed Instances take tasks of their provider alone; others take any task that asks for no provider. */
function serves(instance: InstanceRecord, { capacity }: Placeable, provider: string | undefined): boolean {
  if (instance.managed !== (capacity.launchType === 'MANAGED_INSTANCES')) return false;
  return provider === undefined || instance.capacityProviderName === provider;
}

function interfaceNeeds(scope: Scope, { network }: Placeable) {
  if (!network) return {};
  const zones = network.subnets.map((id) => findSubnet(scope, id)?.zone.name ?? '');
  return {
    zones: new Set(zones),
    freeInterfaces: ({ ec2InstanceId, tasks, managed }: InstanceRecord): number => {
      // Managed Instances have a trunk: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/managed-instance-networking.html
      if (managed) return Infinity;
      const used = [...tasks].filter((task) => task.network !== undefined).length;
      return (findHost(scope, ec2InstanceId)?.taskInterfaces ?? 0) - used;
    },
  };
}
