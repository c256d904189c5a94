/** Finding a place for one task and starting it: for RunTask and for services alike. */
import type { PlacementConstraint, PlacementStrategy } from '@aws-sdk/client-ecs';
import type { Scope } from '../../kernel/scope';
import { findSubnet } from '../ec2/subnet';
import { nextProvider } from './capacity';
import { findHost } from './host';
import type { PlacementFailure } from './placement';
import { place } from './placement';
import type { InstanceRecord, NetworkSettings, TaskRecord } from './records';
import type { Tally } from './tally';
import { count } from './tally';
import { taskDemand } from './task-demand';
import type { Launch } from './task-launch';
import { launchTask } from './task-launch';
import { beginLife } from './task-lifecycle';

export interface StartRequest extends Omit<Launch, 'instance' | 'network' | 'capacityProviderName'> {
  readonly network: NetworkSettings | undefined;
  readonly placementStrategy: readonly PlacementStrategy[];
  readonly placementConstraints: readonly PlacementConstraint[];
  /** Of the group so far; the new task is added. */
  readonly tally: Tally;
}

export type Start =
  { readonly task: TaskRecord } | { readonly failure: PlacementFailure; readonly closest: InstanceRecord | undefined };

/** Starts one task on Fargate or on the best container instance. */
export function startTask(scope: Scope, request: StartRequest): Start {
  if (request.capacity.launchType === 'FARGATE') return { task: startOn(scope, request, undefined) };
  const placed = place([...request.cluster.instances.values()], {
    demand: taskDemand(request.definition, request.overrides),
    requires: (request.definition.definition.requiresAttributes ?? []).map(({ name = '' }) => name),
    distinct: request.placementConstraints.some(({ type }) => type === 'distinctInstance'),
    strategy: request.placementStrategy,
    group: request.group,
    ...interfaceNeeds(scope, request),
  });
  return 'failure' in placed ? placed : { task: startOn(scope, request, placed.instance) };
}

/** Starts one task on a container instance that is known, or on Fargate. */
export function startOn(scope: Scope, request: StartRequest, instance: InstanceRecord | undefined): TaskRecord {
  const { tally, placementStrategy: _strategy, placementConstraints: _constraints, ...rest } = request;
  const task = launchTask(scope, {
    ...rest,
    instance,
    network: chooseNetwork(scope, request, instance),
    capacityProviderName: nextProvider(request.capacity.strategy, tally.providers),
  });
  count(tally, task);
  beginLife(scope, task);
  return task;
}

function interfaceNeeds(scope: Scope, { network }: StartRequest) {
  if (!network) return {};
  const zones = network.subnets.map((id) => findSubnet(scope, id)?.zone.name ?? '');
  return {
    zones: new Set(zones),
    freeInterfaces: ({ ec2InstanceId, tasks }: InstanceRecord): number => {
      const used = [...tasks].filter((task) => task.network !== undefined).length;
      return (findHost(scope, ec2InstanceId)?.taskInterfaces ?? 0) - used;
    },
  };
}

/** The subnet with the fewest tasks of the group, in the host's zone if there is a host. */
function chooseNetwork(scope: Scope, { network, tally }: StartRequest, instance: InstanceRecord | undefined) {
  if (!network) return undefined;
  const zone = instance?.availabilityZone;
  const open = network.subnets.filter((id) => zone === undefined || findSubnet(scope, id)?.zone.name === zone);
  const load = (id: string): number => tally.subnets.get(id) ?? 0;
  const [first = '', ...others] = open;
  const subnetId = others.reduce((best, id) => (load(id) < load(best) ? id : best), first);
  return { subnetId, settings: network };
}
