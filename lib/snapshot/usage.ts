/** Who uses what, in a snapshot: pure lookups, each in constant time. */
import { canonicalAddress } from './address';
import type { LoadBalancer } from './balancing-resources';
import { groupedBy, indexed, perKey, perObject } from './indexed';
import type { CloudMapInstance, ContainerInstance, Instance, NetworkMode, Service, Snapshot, Task } from './snapshot';

const none: readonly never[] = [];

/** `arn:aws:ecs:eu-west-2:111122223333:cluster/prod` -> `prod` */
export function clusterNameOf(clusterArn: string): string {
  return clusterArn.slice(clusterArn.lastIndexOf('/') + 1);
}

/** ECS has it until then: its address and its ports are taken. */
function isAlive(task: Task): boolean {
  return task.lastStatus !== 'STOPPED';
}

/** So that answers do not depend on the order in which AWS names things. */
export const byArn = (left: { readonly arn: string }, right: { readonly arn: string }): number =>
  left.arn < right.arn ? -1 : 1;

/** Tasks that are not STOPPED, in no order. */
export const aliveTasks = indexed((snapshot) => [...snapshot.tasks.values()].filter(isAlive));

const keyOfNames = (clusterName: string, serviceName: string): string => `${clusterName}/${serviceName}`;

/** Items under each of their keys, by ARN: sorting groups costs less than sorting all of a fleet. */
function groupedInOrder<Resource extends { readonly arn: string }>(
  items: Iterable<Resource>,
  keysOf: (item: Resource) => string | readonly string[] | undefined,
): ReadonlyMap<string, readonly Resource[]> {
  const groups = groupedBy(items, keysOf);
  for (const group of groups.values()) if (group.length > 1) group.sort(byArn);
  return groups;
}

/** Tells the services of an account and region apart. */
export const serviceKey = ({ clusterArn, name }: Service): string => keyOfNames(clusterNameOf(clusterArn), name);

/** Key of the service that ECS runs the task for; undefined: for none. */
export const serviceKeyOfTask = ({ clusterArn, serviceName }: Task): string | undefined =>
  serviceName === undefined ? undefined : keyOfNames(clusterNameOf(clusterArn), serviceName);

const servicesByClusterName = indexed((snapshot) =>
  groupedBy(snapshot.services.values(), ({ clusterArn }) => clusterNameOf(clusterArn)),
);

type ByName = ReadonlyMap<string, Service>;

const byName = (services: readonly Service[]): ByName => new Map(services.map((service) => [service.name, service]));

// names below a cluster, and not one key of both: to join them for each of 100,000 tasks costs more than all the rest
const servicesNamedIn = perKey((snapshot, clusterName): ByName =>
  byName(servicesByClusterName(snapshot).get(clusterName) ?? none),
);

/** The service of that name in that cluster of this account and region, if the snapshot has it. */
export function serviceNamed(snapshot: Snapshot, clusterName: string, serviceName: string): Service | undefined {
  return servicesNamedIn(snapshot, clusterName).get(serviceName);
}

const servicesByCluster = indexed((snapshot) =>
  groupedInOrder(snapshot.services.values(), ({ clusterArn }) => clusterArn),
);

export function servicesInCluster(snapshot: Snapshot, clusterArn: string): readonly Service[] {
  return servicesByCluster(snapshot).get(clusterArn) ?? none;
}

const servicesOfCluster = perKey((snapshot, clusterArn): ByName => byName(servicesInCluster(snapshot, clusterArn)));

/** The service that ECS runs the task for, if the snapshot has it. */
export function serviceOfTask(snapshot: Snapshot, { clusterArn, serviceName }: Task): Service | undefined {
  return serviceName === undefined ? undefined : servicesOfCluster(snapshot, clusterArn).get(serviceName);
}

/** The ECS service that a Cloud Map instance names, if the snapshot has it. */
export function serviceOfRegistration(
  snapshot: Snapshot,
  { ecsClusterName = '', ecsServiceName = '' }: CloudMapInstance,
): Service | undefined {
  return serviceNamed(snapshot, ecsClusterName, ecsServiceName);
}

const tasksByCluster = indexed((snapshot) => groupedBy(aliveTasks(snapshot), ({ clusterArn }) => clusterArn));

/** Under the empty name those of no service. */
const tasksByService = perKey((snapshot, clusterArn) =>
  groupedInOrder(tasksByCluster(snapshot).get(clusterArn) ?? none, ({ serviceName = '' }) => serviceName),
);

/** Tasks of the service that are not STOPPED. */
export function tasksOfService(snapshot: Snapshot, { clusterArn, name }: Service): readonly Task[] {
  return tasksByService(snapshot, clusterArn).get(name) ?? none;
}

/** Tasks of no service that are not STOPPED. */
export function tasksAlone(snapshot: Snapshot, clusterArn: string): readonly Task[] {
  return tasksByService(snapshot, clusterArn).get('') ?? none;
}

const tasksByAddress = indexed((snapshot) =>
  groupedInOrder(aliveTasks(snapshot), (task) => [...task.ipv4Addresses, ...task.ipv6Addresses].map(canonicalAddress)),
);

/** Tasks that are not STOPPED and whose own interface has the address. */
export function tasksWithAddress(snapshot: Snapshot, address: string): readonly Task[] {
  return tasksByAddress(snapshot).get(canonicalAddress(address)) ?? none;
}

const tasksByContainerInstance = indexed((snapshot) =>
  groupedInOrder(aliveTasks(snapshot), (task) => task.containerInstanceArn),
);

/** Tasks placed on the container instance that are not STOPPED. */
export function tasksOnContainerInstance(snapshot: Snapshot, arn: string): readonly Task[] {
  return tasksByContainerInstance(snapshot).get(arn) ?? none;
}

const hostsByInstance = indexed((snapshot) =>
  groupedInOrder(snapshot.containerInstances.values(), (host) => host.ec2InstanceId),
);

/** What ECS knows an EC2 instance as; more than one after it was registered anew. */
export function containerInstancesOf(snapshot: Snapshot, instanceId: string): readonly ContainerInstance[] {
  return hostsByInstance(snapshot).get(instanceId) ?? none;
}

const hostsByCluster = indexed((snapshot) =>
  groupedInOrder(snapshot.containerInstances.values(), (host) => host.clusterArn),
);

export function containerInstancesInCluster(snapshot: Snapshot, clusterArn: string): readonly ContainerInstance[] {
  return hostsByCluster(snapshot).get(clusterArn) ?? none;
}

const instancesByAddress = indexed((snapshot) =>
  groupedInOrder(snapshot.instances.values(), (instance) =>
    instance.interfaces.flatMap(({ ipv4Addresses, ipv6Addresses }) =>
      [...ipv4Addresses, ...ipv6Addresses.map(({ address }) => address)].map(canonicalAddress),
    ),
  ),
);

/** Instances one of whose interfaces has the address. */
export function instancesWithAddress(snapshot: Snapshot, address: string): readonly Instance[] {
  return instancesByAddress(snapshot).get(canonicalAddress(address)) ?? none;
}

/** Target groups of the service's task sets. */
export const taskSetGroupsOf = ({ deployments }: Service): readonly string[] =>
  deployments.flatMap(({ targetGroupArns = none }) => targetGroupArns);

/** Target groups that the service itself names: primary and alternate (blue/green). */
export const ownGroupsOf = ({ loadBalancers }: Service): readonly string[] =>
  loadBalancers
    .flatMap(({ targetGroupArn, alternateTargetGroupArn }) => [targetGroupArn, alternateTargetGroupArn])
    .filter((arn) => arn !== undefined);

/** Every target group the service registers its tasks with: primary, alternate (blue/green) and task sets'. */
export const targetGroupsOf = perObject((service: Service): readonly string[] => [
  ...new Set([...ownGroupsOf(service), ...taskSetGroupsOf(service)]),
]);

const servicesByTargetGroup = indexed((snapshot) => groupedInOrder(snapshot.services.values(), targetGroupsOf));

/** ARNs of the services that register tasks with the group, as far as the snapshot knows; sorted. */
export const usersOfTargetGroup = perKey((snapshot, targetGroupArn): readonly string[] => {
  const seen = servicesByTargetGroup(snapshot).get(targetGroupArn) ?? none;
  const { primary, secondary } = snapshot.registrars;
  return [
    ...new Set([
      ...seen.map(({ arn }) => arn),
      ...(primary.get(targetGroupArn) ?? none),
      ...(secondary.get(targetGroupArn) ?? none),
    ]),
  ].sort();
});

const servicesByRegistry = indexed((snapshot) =>
  groupedInOrder(snapshot.services.values(), (service) => service.registries.map(({ registryArn }) => registryArn)),
);

/** Services that register their tasks with the Cloud Map service. */
export function usersOfRegistry(snapshot: Snapshot, registryArn: string): readonly Service[] {
  return servicesByRegistry(snapshot).get(registryArn) ?? none;
}

const servicesByTaskDefinition = indexed((snapshot) =>
  groupedInOrder(snapshot.services.values(), ({ taskDefinitionArn, deployments }) =>
    [taskDefinitionArn, ...deployments.map((one) => one.taskDefinitionArn)].filter((arn) => arn !== undefined),
  ),
);

const tasksByTaskDefinition = indexed((snapshot) =>
  groupedInOrder(aliveTasks(snapshot), (task) => task.taskDefinitionArn),
);

/** Services that start tasks of the revision or still have a deployment of it, and tasks of it that are not STOPPED. */
export function usersOfTaskDefinition(
  snapshot: Snapshot,
  arn: string,
): { readonly services: readonly Service[]; readonly tasks: readonly Task[] } {
  return {
    services: servicesByTaskDefinition(snapshot).get(arn) ?? none,
    tasks: tasksByTaskDefinition(snapshot).get(arn) ?? none,
  };
}

/** Network mode of a task definition; `undefined`: it is not in the snapshot. */
export function networkModeOf(snapshot: Snapshot, taskDefinitionArn: string | undefined): NetworkMode | undefined {
  return taskDefinitionArn === undefined ? undefined : snapshot.taskDefinitions.get(taskDefinitionArn)?.networkMode;
}

/** It has an interface of its own, as awsvpc tasks do; `undefined`: its task definition is not in the snapshot. */
export function hasOwnInterface(snapshot: Snapshot, task: Task): boolean | undefined {
  if (task.networkInterfaceId !== undefined) return true;
  const mode = networkModeOf(snapshot, task.taskDefinitionArn);
  return mode && mode === 'awsvpc';
}

/** Load balancers that forward to groups of the service, as far as the snapshot has both. */
export function balancersOf(snapshot: Snapshot, service: Service): readonly LoadBalancer[] {
  const groups = targetGroupsOf(service).flatMap((arn) => snapshot.targetGroups.get(arn) ?? []);
  const arns = new Set(groups.flatMap(({ loadBalancerArns }) => loadBalancerArns));
  return [...arns].sort().flatMap((arn) => snapshot.loadBalancers.get(arn) ?? none);
}
