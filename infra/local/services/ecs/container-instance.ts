import type { Attribute, VersionInfo } from '@aws-sdk/client-ecs';
import type { Scope } from '../../kernel/scope';
import { tagsOf } from '../ec2/tag';
import { providerOfGroup } from './capacity-provider';
import { publishInstance } from './container-instance-event';
import { findHost } from './host';
import type { Host } from './host';
import { clientError, invalidParameter } from './ecs-error';
import { DYNAMIC_PORTS, giveBack, take } from './host-resources';
import type { Demand } from './host-resources';
import type { ClusterRecord, HostResources, InstanceRecord, Tags } from './records';
import { ecsArn, parseReference } from './reference';
import { nextSequence } from './store';

export interface AgentReport {
  readonly ec2InstanceId: string;
  readonly versionInfo: VersionInfo;
  readonly resources: HostResources;
  readonly attributes: readonly Attribute[];
  readonly tags: Tags;
  /** Of Managed Instances; that of an Auto Scaling group is found by the group. */
  readonly capacityProviderName: string | undefined;
  readonly managed: boolean;
}

/** Makes the instance known to its cluster, or takes up what its agent reports anew. */
export function registerInstance(scope: Scope, cluster: ClusterRecord, report: AgentReport): InstanceRecord {
  const host = findHost(scope, report.ec2InstanceId);
  if (host?.state !== 'running') {
    throw clientError(`Invalid instance identity document: ${report.ec2InstanceId} is not a running instance.`);
  }
  const known = [...cluster.instances.values()].find(
    ({ ec2InstanceId, status }) => ec2InstanceId === host.instanceId && status !== 'INACTIVE',
  );
  const instance = known ?? newInstance(scope, cluster, { report, host });
  instance.versionInfo = report.versionInfo;
  instance.agentConnected = true;
  for (const attribute of attributesOf(report, host)) instance.attributes.set(attribute.name ?? '', attribute);
  cluster.instances.set(instance.id, instance);
  changed(scope, instance);
  return instance;
}

interface Arrival {
  readonly report: AgentReport;
  readonly host: Host;
}

function newInstance(scope: Scope, cluster: ClusterRecord, { report, host }: Arrival): InstanceRecord {
  const id = scope.ids.hex(32);
  return {
    sequence: nextSequence(scope),
    id,
    arn: ecsArn(scope, 'container-instance', cluster.name, id),
    cluster,
    ec2InstanceId: host.instanceId,
    availabilityZone: host.availabilityZone,
    capacityProviderName: report.capacityProviderName ?? groupProvider(scope, cluster, host.instanceId),
    managed: report.managed,
    status: 'ACTIVE',
    agentConnected: true,
    versionInfo: report.versionInfo,
    agentUpdateStatus: undefined,
    version: 0,
    registeredAt: scope.clock.now(),
    attributes: new Map(),
    registered: report.resources,
    remaining: report.resources,
    nextPort: DYNAMIC_PORTS.first,
    tags: report.tags,
    tasks: new Set(),
  };
}

/** Auto Scaling tags what it launches: https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-tagging.html */
function groupProvider(scope: Scope, cluster: ClusterRecord, ec2InstanceId: string): string | undefined {
  const group = tagsOf(scope, ec2InstanceId).get('aws:autoscaling:groupName');
  return group === undefined ? undefined : providerOfGroup(scope, cluster, group);
}

/** ECS itself adds what it knows of the host. */
function attributesOf(report: AgentReport, host: Host): readonly Attribute[] {
  return [
    ...report.attributes,
    { name: 'ecs.availability-zone', value: host.availabilityZone },
    { name: 'ecs.instance-type', value: host.instanceType },
    { name: 'ecs.ami-id', value: host.imageId },
    { name: 'ecs.subnet-id', value: host.subnetId },
    { name: 'ecs.vpc-id', value: host.vpcId },
  ];
}

/** The instance by id or ARN, INACTIVE ones included. */
export function findInstance(scope: Scope, cluster: ClusterRecord, reference: string): InstanceRecord | undefined {
  const { cluster: named = cluster.name, name } = parseReference(scope, 'container-instance', reference);
  return named === cluster.name ? cluster.instances.get(name) : undefined;
}

/** Takes the instance out of its cluster; with tasks on it only by force, and they are lost to ECS. */
export function deregister(scope: Scope, instance: InstanceRecord, force: boolean): void {
  if (instance.tasks.size > 0 && !force) throw invalidParameter('Found running tasks on the instance.');
  instance.status = 'INACTIVE';
  instance.agentConnected = false;
  changed(scope, instance);
}

/** DRAINING takes no new tasks; services move theirs away. An instance that drains may become ACTIVE again. */
export function changeState(scope: Scope, instance: InstanceRecord, status: 'ACTIVE' | 'DRAINING'): void {
  if (instance.status === 'INACTIVE') throw invalidParameter('The specified container instance is not ACTIVE.');
  if (instance.status === status) return;
  instance.status = status;
  changed(scope, instance);
}

/** Counts a change and tells the world. */
export function changed(scope: Scope, instance: InstanceRecord): void {
  instance.version += 1;
  publishInstance(scope, instance);
}

export function occupy(instance: InstanceRecord, demand: Demand): void {
  instance.remaining = take(instance.remaining, demand);
}

export function vacate(instance: InstanceRecord, demand: Demand): void {
  instance.remaining = giveBack(instance.remaining, demand);
}
