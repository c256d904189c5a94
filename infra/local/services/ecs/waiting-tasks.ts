/** Tasks that are PROVISIONING until their capacity provider has made room for them. */
import type { Scope } from '../../kernel/scope';
import { defineStore } from '../../kernel/scope';
import { findSubnet } from '../ec2/subnet';
import { occupy } from './container-instance';
import type { Placeable } from './placement-request';
import { placeOn } from './placement-request';
import { wildcardsOn } from './agent-ip-compatibility';
import { bindPorts } from './port-binding';
import type { InstanceRecord, TaskRecord } from './records';
import { taskDemand } from './task-demand';
import { proceed } from './task-lifecycle';
import { isWanted } from './task-status';

interface Waiting {
  readonly requests: Map<TaskRecord, Placeable>;
  /** Told when a task begins to wait. */
  onWait: (() => void) | undefined;
}

const waiting = defineStore((): Waiting => ({ requests: new Map(), onWait: undefined }));

/** Calls back whenever a task begins to wait; one listener in each scope. */
export function onWaiting(scope: Scope, listener: () => void): void {
  waiting(scope).onWait = listener;
}

export function letWait(scope: Scope, task: TaskRecord, request: Placeable): void {
  waiting(scope).requests.set(task, request);
  waiting(scope).onWait?.();
}

/** Tasks that still wait for the provider, oldest first. */
export function waitingFor(scope: Scope, provider: string): TaskRecord[] {
  return [...waiting(scope).requests.keys()].filter((task) => isWanted(task) && task.capacityProviderName === provider);
}

/** Gives every waiting task a host that has one for it; those that were stopped meanwhile are forgotten. */
export function seatWaiting(scope: Scope): void {
  const { requests } = waiting(scope);
  for (const [task, request] of [...requests]) {
    if (!isWanted(task)) {
      requests.delete(task);
      continue;
    }
    const placed = placeOn(scope, request, task.capacityProviderName);
    if ('failure' in placed) continue;
    requests.delete(task);
    seat(scope, task, placed.instance);
  }
}

function seat(scope: Scope, task: TaskRecord, instance: InstanceRecord): void {
  occupy(instance, taskDemand(task.definition, task.overrides));
  task.instance = instance;
  task.availabilityZone = instance.availabilityZone;
  instance.tasks.add(task);
  if (task.network) {
    const { settings, subnetId } = task.network;
    const near = settings.subnets.find((id) => findSubnet(scope, id)?.zone.name === instance.availabilityZone);
    task.network = { settings, subnetId: near ?? subnetId };
  }
  task.containers = task.containers.map((container) => {
    const definition = task.definition.definition.containerDefinitions?.find(({ name }) => name === container.name);
    const wildcards = wildcardsOn(scope, instance);
    const bindings = definition && !task.network ? bindPorts(instance, definition, wildcards) : [];
    return { ...container, bindings, runtimeId: scope.ids.hex(64) };
  });
  proceed(scope, task);
}
