/** Where tasks of a service listen over IPv6 for a load balancer: their own interface, or the first one of their host. */
import type { PortRange } from '../../snapshot/network-resources';
import { primaryInterfaceOf } from '../../snapshot/primary-interface';
import type { ServiceLoadBalancer } from '../../snapshot/service-resources';
import type {
  Instance,
  PortMapping,
  Service,
  Snapshot,
  TargetGroup,
  Task,
  TaskDefinition,
} from '../../snapshot/snapshot';
import { hasOwnInterface, tasksOfService } from '../../snapshot/usage';
import { EPHEMERAL } from './ephemeral-ports';
import type { Peer } from './permissions';

export interface Door {
  /** `api`, or `api on i-1` */
  readonly name: string;
  /** ARNs of the service and its host. */
  readonly related: readonly string[];
  readonly end: Peer;
  /** Any of them may be the one; where one is known from the start, that one. */
  readonly ports: PortRange;
  /** Those of them that tasks have at present. */
  readonly present: readonly number[];
}

export const blocksOf = ({ subnets }: Snapshot, ids: readonly (string | undefined)[]): readonly string[] =>
  ids.flatMap((id) => subnets.get(id ?? '')?.ipv6Cidrs ?? []);

const only = (port: number) => ({ ports: { from: port, to: port }, present: [port] });

/** The port of tasks that have an address of their own is their container's. */
function ownDoors(snapshot: Snapshot, service: Service, { containerPort }: ServiceLoadBalancer): readonly Door[] {
  const end = { groupIds: service.securityGroupIds, cidrs: blocksOf(snapshot, service.subnetIds) };
  if (containerPort === undefined || end.groupIds.length === 0 || end.cidrs.length === 0) return [];
  return [{ name: service.name, related: [service.arn], end, ...only(containerPort) }];
}

function mappingOf(containers: TaskDefinition['containers'], balancer: ServiceLoadBalancer): PortMapping | undefined {
  const { ports = [] } = containers.find(({ name }) => name === balancer.containerName) ?? {};
  return ports.find(({ containerPort }) => containerPort === balancer.containerPort);
}

/**
 * Host ports of the container that the balancer is for: in bridge mode others may listen at the same port as it. Docker
 * may bind one port for IPv4 and another one for IPv6; most agents show only one of them.
 */
function boundPorts({ bindings = [] }: Task, balancer: ServiceLoadBalancer): readonly number[] {
  const own = bindings.filter(
    (one) => one.containerName === balancer.containerName && one.containerPort === balancer.containerPort,
  );
  const overIpv6 = own.filter(({ bindIp = '' }) => bindIp.includes(':'));
  return (overIpv6.length > 0 ? overIpv6 : own).flatMap(({ hostPort }) => hostPort ?? []);
}

type Ports = Pick<Door, 'ports' | 'present'>;

/** Where the mapping names no port, the agent chooses one anew for each task, from those of its system. */
function hostPorts({ taskDefinitions }: Snapshot, task: Task, balancer: ServiceLoadBalancer): readonly Ports[] {
  const { containerPort } = balancer;
  const definition = taskDefinitions.get(task.taskDefinitionArn);
  const { networkMode, containers = [] } = definition ?? {};
  if (networkMode === 'host') return containerPort === undefined ? [] : [only(containerPort)];
  const mapping = mappingOf(containers, balancer);
  if (mapping?.hostPort !== undefined) return [only(mapping.hostPort)];
  const present = boundPorts(task, balancer);
  return definition && mapping ? [{ ports: EPHEMERAL[definition.operatingSystem], present }] : present.map(only);
}

function hostOf({ instances, containerInstances }: Snapshot, { containerInstanceArn = '' }: Task) {
  return instances.get(containerInstances.get(containerInstanceArn)?.ec2InstanceId ?? '');
}

function doorOnHost(snapshot: Snapshot, service: Service, host: Instance): Omit<Door, keyof Ports> | undefined {
  const first = primaryInterfaceOf(host);
  const end = first && { groupIds: first.securityGroupIds, cidrs: blocksOf(snapshot, [first.subnetId]) };
  if (!end || end.groupIds.length === 0 || end.cidrs.length === 0) return undefined;
  return { name: `${service.name} on ${host.id}`, related: [service.arn, host.arn], end };
}

function hostDoors(snapshot: Snapshot, service: Service, balancer: ServiceLoadBalancer): readonly Door[] {
  return tasksOfService(snapshot, service).flatMap((task) => {
    const host = hasOwnInterface(snapshot, task) === true ? undefined : hostOf(snapshot, task);
    const door = host && doorOnHost(snapshot, service, host);
    return door ? hostPorts(snapshot, task, balancer).map((ports) => ({ ...door, ...ports })) : [];
  });
}

/** Doors of the service behind a group of IPv6 targets; groups of other types lead nowhere that ECS knows of. */
export function doorsOf(
  snapshot: Snapshot,
  service: Service,
  { balancer, group }: { readonly balancer: ServiceLoadBalancer; readonly group: TargetGroup },
): readonly Door[] {
  if (group.targetType === 'ip') return ownDoors(snapshot, service, balancer);
  return group.targetType === 'instance' ? hostDoors(snapshot, service, balancer) : [];
}
