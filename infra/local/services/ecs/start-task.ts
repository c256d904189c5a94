/** Finding a place for one task and starting it: for RunTask and for services alike. */
import type { Scope } from '../../kernel/scope';
import { findSubnet } from '../ec2/subnet';
import { nextProvider } from './capacity';
import { findProvider, grows } from './capacity-provider';
import type { PlacementFailure } from './placement';
import type { Placeable } from './placement-request';
import { placeOn } from './placement-request';
import type { InstanceRecord, TaskRecord } from './records';
import type { Tally } from './tally';
import { count } from './tally';
import type { Launch } from './task-launch';
import { launchTask } from './task-launch';
import { beginLife } from './task-lifecycle';
import { letWait } from './waiting-tasks';

export interface StartRequest extends Omit<Launch, 'instance' | 'network' | 'capacityProviderName'>, Placeable {
  /** Of the group so far; the new task is added. */
  readonly tally: Tally;
}

export type Start =
  { readonly task: TaskRecord } | { readonly failure: PlacementFailure; readonly closest: InstanceRecord | undefined };

/** Starts one task on Fargate or on the best container instance; it may have to wait for one. */
export function startTask(scope: Scope, request: StartRequest): Start {
  if (request.capacity.launchType === 'FARGATE') return { task: startOn(scope, request, undefined) };
  const name = nextProvider(request.capacity.strategy, request.tally.providers);
  const placed = placeOn(scope, request, name);
  if (!('failure' in placed)) return { task: startOn(scope, request, placed.instance) };
  const provider = name === undefined ? undefined : findProvider(scope, name);
  return provider && grows(provider) ? { task: startWaiting(scope, request) } : placed;
}

/** Starts one task on a container instance that is known, or on Fargate. */
export function startOn(scope: Scope, request: StartRequest, instance: InstanceRecord | undefined): TaskRecord {
  const task = launch(scope, request, instance);
  beginLife(scope, task);
  return task;
}

function startWaiting(scope: Scope, request: StartRequest): TaskRecord {
  const task = launch(scope, request, undefined);
  task.lastStatus = 'PROVISIONING';
  beginLife(scope, task);
  letWait(scope, task, request);
  return task;
}

function launch(scope: Scope, request: StartRequest, instance: InstanceRecord | undefined): TaskRecord {
  const { tally, placementStrategy: _strategy, placementConstraints: _constraints, ...rest } = request;
  const task = launchTask(scope, {
    ...rest,
    instance,
    network: chooseNetwork(scope, request, instance),
    capacityProviderName: nextProvider(request.capacity.strategy, tally.providers) ?? instance?.capacityProviderName,
  });
  count(tally, task);
  return task;
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
