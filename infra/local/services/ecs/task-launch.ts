import { createHash } from 'node:crypto';
import type { ContainerDefinition, ContainerOverride, TaskOverride } from '@aws-sdk/client-ecs';
import type { Scope } from '../../kernel/scope';
import { findSubnet } from '../ec2/subnet';
import { wildcardsOn } from './agent-ip-compatibility';
import { bindPorts } from './port-binding';
import type { ContainerRecord, DeploymentRecord, InstanceRecord, PortBinding, TaskRecord } from './records';
import type { Capacity, ClusterRecord, DefinitionRecord, NetworkSettings, ServiceRecord, Tags } from './records';
import { ecsArn } from './reference';
import { nextSequence } from './store';
import { taskDemand } from './task-demand';
import { firstStatus } from './task-status';
import { occupy } from './container-instance';

/** Everything that has been settled about a task before it exists. */
export interface Launch {
  readonly cluster: ClusterRecord;
  readonly definition: DefinitionRecord;
  readonly capacity: Capacity;
  readonly capacityProviderName: string | undefined;
  readonly network: { readonly subnetId: string; readonly settings: NetworkSettings } | undefined;
  /** The host, unless Fargate runs the task. */
  readonly instance: InstanceRecord | undefined;
  readonly service?: ServiceRecord;
  readonly deployment?: DeploymentRecord;
  readonly group: string;
  readonly startedBy: string | undefined;
  readonly overrides: TaskOverride;
  readonly enableExecuteCommand: boolean;
  readonly tags: Tags;
}

/** Makes the task and takes its place on the host; its life starts with `beginLife`. */
export function launchTask(scope: Scope, launch: Launch): TaskRecord {
  const { cluster, definition, instance, network } = launch;
  const id = scope.ids.hex(32);
  if (instance) occupy(instance, taskDemand(definition, launch.overrides));
  const now = scope.clock.now();
  const task: TaskRecord = {
    ...launch,
    sequence: nextSequence(scope),
    id,
    arn: ecsArn(scope, 'task', cluster.name, id),
    service: launch.service,
    deployment: launch.deployment,
    availabilityZone: instance?.availabilityZone ?? zoneOf(scope, network?.subnetId),
    attachmentIds: { eni: scope.ids.uuid(), elb: scope.ids.uuid(), sdi: scope.ids.uuid() },
    networkInterface: undefined,
    containers: containersOf(scope, launch, id),
    lastStatus: firstStatus(network !== undefined),
    desiredStatus: 'RUNNING',
    version: 0,
    times: { createdAt: now, updatedAt: now },
    stop: undefined,
    pullFailure: undefined,
    startFailure: undefined,
    registrations: [],
    deregistrations: [],
    cancelStep: undefined,
    protectedUntil: undefined,
  };
  cluster.tasks.set(id, task);
  instance?.tasks.add(task);
  launch.service?.tasks.add(task);
  return task;
}

function zoneOf(scope: Scope, subnetId: string | undefined): string | undefined {
  return subnetId === undefined ? undefined : findSubnet(scope, subnetId)?.zone.name;
}

function containersOf(scope: Scope, launch: Launch, taskId: string): ContainerRecord[] {
  const { definition, cluster, overrides } = launch;
  const bindings = portsOf(scope, launch);
  return (definition.definition.containerDefinitions ?? []).map((container) => {
    const { name = '', image = '' } = container;
    const override = overrides.containerOverrides?.find((each) => each.name === name);
    return {
      name,
      image,
      arn: ecsArn(scope, 'container', cluster.name, taskId, scope.ids.uuid()),
      runtimeId: launch.instance ? scope.ids.hex(64) : `${taskId}-${String(parseInt(scope.ids.hex(8), 16))}`,
      imageDigest: imageDigest(image),
      ...sizes(container, override),
      bindings: bindings(container),
      checked: container.healthCheck !== undefined,
    };
  });
}

/** Nothing is pulled: the same image has the same digest, and that is all. */
export function imageDigest(image: string): string {
  return `sha256:${createHash('sha256').update(image).digest('hex')}`;
}

function sizes(container: ContainerDefinition, override: ContainerOverride = {}) {
  return {
    cpu: override.cpu ?? container.cpu,
    memory: override.memory ?? container.memory,
    memoryReservation: override.memoryReservation ?? container.memoryReservation,
  };
}

/** Only a task that shares its host's network has ports of the host. */
function portsOf(scope: Scope, { instance, network }: Launch): (container: ContainerDefinition) => PortBinding[] {
  if (!instance || network) return () => [];
  const wildcards = wildcardsOn(scope, instance);
  return (container) => bindPorts(instance, container, wildcards);
}
