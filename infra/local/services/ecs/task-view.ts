import type {
  Attachment,
  Container,
  HealthStatus,
  KeyValuePair,
  ManagedAgent,
  NetworkBinding,
  Task,
  TaskField,
  TaskOverride,
} from '@aws-sdk/client-ecs';
import type { ContainerRecord, TaskRecord } from './records';
import { renderTags } from './tag';
import { taskDemand } from './task-demand';
import { platformView } from './platform';

/** A task as the API shows it; its events differ, see task-event.ts. */
export function taskView(task: TaskRecord, include: readonly (TaskField | undefined)[] = []): Task {
  const { updatedAt: _, ...times } = task.times;
  const { cpu, memory } = taskDemand(task.definition, task.overrides);
  return {
    attachments: attachments(task),
    availabilityZone: task.availabilityZone,
    capacityProviderName: task.capacityProviderName,
    clusterArn: task.cluster.arn,
    connectivity: times.connectivityAt && 'CONNECTED',
    containerInstanceArn: task.instance?.arn,
    containers: task.containers.map((container) => containerView(task, container)),
    cpu: String(cpu),
    memory: String(memory),
    desiredStatus: task.desiredStatus,
    enableExecuteCommand: task.enableExecuteCommand,
    group: task.group,
    healthStatus: taskHealth(task),
    lastStatus: task.lastStatus,
    launchType: task.capacity.launchType,
    overrides: { ...taskOverrides(task), inferenceAcceleratorOverrides: [] },
    startedBy: task.startedBy,
    stopCode: task.stop?.code,
    stoppedReason: task.stop?.reason,
    tags: include.includes('TAGS') ? renderTags(task.tags) : [],
    taskArn: task.arn,
    taskDefinitionArn: task.definition.arn,
    version: task.version,
    ...platformView(task),
    ...times,
  };
}

function attachments(task: TaskRecord): Attachment[] {
  if (!task.network) return [];
  const status = attachmentStatus(task);
  return [{ id: task.attachmentIds.eni, type: 'ElasticNetworkInterface', status, details: attachmentDetails(task) }];
}

function attachmentStatus({ lastStatus, networkInterface }: TaskRecord): string {
  if (lastStatus === 'STOPPED') return 'DELETED';
  return networkInterface ? 'ATTACHED' : 'PRECREATED';
}

/** The names that AWS documents; there is none for an IPv6 address. */
function attachmentDetails({ network, networkInterface }: TaskRecord): KeyValuePair[] {
  const values = {
    subnetId: network?.subnetId,
    networkInterfaceId: networkInterface?.id,
    macAddress: networkInterface?.macAddress,
    privateDnsName: networkInterface?.privateDnsName,
    privateIPv4Address: networkInterface?.ipv4,
  };
  return Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [{ name, value }]));
}

function containerView(task: TaskRecord, container: ContainerRecord): Container {
  const pulled = task.times.pullStoppedAt !== undefined;
  const { ipv4, ipv6 } = task.networkInterface ?? {};
  const address = { attachmentId: task.attachmentIds.eni, privateIpv4Address: ipv4, ipv6Address: ipv6 };
  return {
    containerArn: container.arn,
    taskArn: task.arn,
    name: container.name,
    image: container.image,
    lastStatus: containerStatus(task),
    reason: task.pullFailure?.name === container.name ? task.pullFailure.reason : undefined,
    ...(pulled ? { imageDigest: container.imageDigest, runtimeId: container.runtimeId } : {}),
    ...(task.lastStatus === 'STOPPED' && pulled ? { exitCode: 0 } : {}),
    networkBindings: pulled ? bindings(task, container) : undefined,
    networkInterfaces: task.networkInterface ? [address] : [],
    healthStatus: containerHealth(task, container),
    managedAgents: managedAgents(task),
    ...sizes(container),
  };
}

function containerStatus({ lastStatus, times }: TaskRecord): string {
  if (lastStatus === 'STOPPED' || lastStatus === 'DEPROVISIONING') return 'STOPPED';
  return times.pullStoppedAt ? 'RUNNING' : 'PENDING';
}

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/healthcheck.html */
function containerHealth({ lastStatus }: TaskRecord, { checked }: ContainerRecord): HealthStatus {
  return checked && lastStatus === 'RUNNING' ? 'HEALTHY' : 'UNKNOWN';
}

function taskHealth(task: TaskRecord): HealthStatus {
  const checked = task.containers.filter((container) => container.checked);
  return checked.length > 0 && checked.every((each) => containerHealth(task, each) === 'HEALTHY')
    ? 'HEALTHY'
    : 'UNKNOWN';
}

/** Known from RUNNING on: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_NetworkBinding.html */
function bindings({ times }: TaskRecord, container: ContainerRecord): NetworkBinding[] {
  return times.startedAt ? container.bindings.map((binding) => ({ ...binding })) : [];
}

function managedAgents(task: TaskRecord): ManagedAgent[] | undefined {
  if (!task.enableExecuteCommand) return undefined;
  const { startedAt } = task.times;
  return [{ name: 'ExecuteCommandAgent', lastStatus: containerStatus(task), lastStartedAt: startedAt }];
}

function sizes({ cpu, memory, memoryReservation }: ContainerRecord) {
  return {
    cpu: cpu === undefined ? undefined : String(cpu),
    memory: memory === undefined ? undefined : String(memory),
    memoryReservation: memoryReservation === undefined ? undefined : String(memoryReservation),
  };
}

/** AWS lists every container, with its overrides if there are any. */
export function taskOverrides({ overrides: given, containers }: TaskRecord): TaskOverride {
  const { containerOverrides = [] } = given;
  const named = containers.map(({ name }) => containerOverrides.find((each) => each.name === name) ?? { name });
  return { ...given, containerOverrides: named };
}
