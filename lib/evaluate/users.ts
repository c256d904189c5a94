/**
 * Who uses a supporting resource: a subnet, a VPC and the like stand in no cluster and have no posture of their own. They
 * take scope and posture from the services, tasks and instances that use them.
 */
import { balancersOf, byArn, usersOfTaskDefinition } from '../snapshot/usage';
import { emptyGroupsOf, type EmptyGroup } from '../snapshot/empty-groups';
import { gapFor, type Gap } from '../snapshot/gap';
import type { LaunchTemplate } from '../snapshot/host-resources';
import { groupedBy, indexed } from '../snapshot/indexed';
import { instancesOf } from '../snapshot/launched-by';
import { primaryInterfaceOf, subnetIdOf } from '../snapshot/primary-interface';
import type { Instance, Resources, Service, Snapshot, Task } from '../snapshot/snapshot';

/** Kinds that are judged for the sake of others. */
export const supportingKinds = [
  'subnet',
  'vpc',
  'security-group',
  'network-acl',
  'vpc-endpoint',
  'launch-template',
  'file-system',
  'account',
] as const;
export type SupportingKind = (typeof supportingKinds)[number];

export interface Users {
  readonly services: readonly Service[];
  /** Of no service. */
  readonly tasks: readonly Task[];
  readonly instances: readonly Instance[];
  /** Groups that will launch instances for a cluster and have none yet; absent: none. */
  readonly emptyGroups?: readonly EmptyGroup[];
}

/** Instances that ECS knows: others are none of our business. */
const hosts = indexed((snapshot) => {
  const ids = new Set([...snapshot.containerInstances.values()].map(({ ec2InstanceId }) => ec2InstanceId));
  return [...snapshot.instances.values()].filter(({ id }) => ids.has(id));
});

const isAlone = ({ serviceName, lastStatus }: Task): boolean => serviceName === undefined && lastStatus !== 'STOPPED';

const bySubnet = indexed((snapshot) => ({
  services: groupedBy(snapshot.services.values(), ({ subnetIds }) => subnetIds),
  tasks: groupedBy([...snapshot.tasks.values()].filter(isAlone), ({ subnetId }) => subnetId),
  // what tasks use on a host is not its own
  instances: groupedBy(hosts(snapshot), subnetIdOf),
}));

/** Whoever has addresses in any of the subnets, each once. */
function usersOfSubnets(snapshot: Snapshot, ids: readonly string[]): Users {
  const { services, tasks, instances } = bySubnet(snapshot);
  return {
    services: [...new Set(ids.flatMap((id) => services.get(id) ?? []))],
    tasks: [...new Set(ids.flatMap((id) => tasks.get(id) ?? []))],
    instances: [...new Set(ids.flatMap((id) => instances.get(id) ?? []))],
  };
}

const subnetsByVpc = indexed((snapshot) => groupedBy(snapshot.subnets.values(), ({ vpcId }) => vpcId));

function usersOfVpc(snapshot: Snapshot, vpcId: string): Users {
  const ids = (subnetsByVpc(snapshot).get(vpcId) ?? []).map(({ id }) => id);
  return usersOfSubnets(snapshot, ids);
}

/** Container instances of the groups that launch from it, and the groups that have none yet. */
function usersOfTemplate(snapshot: Snapshot, template: LaunchTemplate): Users {
  const known = new Set(hosts(snapshot));
  const instances = instancesOf(snapshot, template).filter((one) => known.has(one));
  return { services: [], tasks: [], instances, emptyGroups: emptyGroupsOf(snapshot, template) };
}

const revisionsByFileSystem = indexed((snapshot) =>
  groupedBy(snapshot.taskDefinitions.values(), ({ fileSystemIds }) => fileSystemIds),
);

/** Whoever starts tasks with a volume of it. */
export function usersOfFileSystem(snapshot: Snapshot, id: string): Users {
  const revisions = revisionsByFileSystem(snapshot).get(id) ?? [];
  const users = revisions.map(({ arn }) => usersOfTaskDefinition(snapshot, arn));
  return {
    services: [...new Set(users.flatMap(({ services }) => services))].sort(byArn),
    tasks: [...new Set(users.flatMap(({ tasks }) => tasks.filter(isAlone)))].sort(byArn),
    instances: [],
  };
}

/** Everything there is. */
export const usersOfAccount = indexed((snapshot): Users => ({
  services: [...snapshot.services.values()],
  tasks: [...snapshot.tasks.values()].filter(isAlone),
  instances: hosts(snapshot),
}));

const byGroup = indexed((snapshot) => ({
  services: groupedBy(snapshot.services.values(), (service) => [
    ...service.securityGroupIds,
    ...balancersOf(snapshot, service).flatMap(({ securityGroupIds }) => securityGroupIds),
  ]),
  instances: groupedBy(hosts(snapshot), groupsOfInstance),
}));

/** Of the interface that it starts with; interfaces of tasks on it have groups of their own. */
function groupsOfInstance(instance: Instance): readonly string[] {
  return primaryInterfaceOf(instance)?.securityGroupIds ?? [];
}

function usersOfSecurityGroup(snapshot: Snapshot, id: string): Users {
  const { services, instances } = byGroup(snapshot);
  return { services: services.get(id) ?? [], tasks: [], instances: instances.get(id) ?? [] };
}

type Finders = { readonly [Kind in SupportingKind]: (snapshot: Snapshot, resource: Resources[Kind]) => Users };

const finders: Finders = {
  subnet: (snapshot, { id }) => usersOfSubnets(snapshot, [id]),
  vpc: (snapshot, { id }) => usersOfVpc(snapshot, id),
  'security-group': (snapshot, { id }) => usersOfSecurityGroup(snapshot, id),
  'network-acl': (snapshot, { subnetIds }) => usersOfSubnets(snapshot, subnetIds),
  'vpc-endpoint': (snapshot, { vpcId }) => usersOfVpc(snapshot, vpcId),
  'launch-template': usersOfTemplate,
  'file-system': (snapshot, { id }) => usersOfFileSystem(snapshot, id),
  account: usersOfAccount,
};

/** Services, tasks of no service and container instances that use the resource, as far as the snapshot knows. */
export function usersOf<Kind extends SupportingKind>(snapshot: Snapshot, kind: Kind, resource: Resources[Kind]): Users {
  return finders[kind](snapshot, resource);
}

/** Why there may be users that the snapshot does not show. */
export function unseenUsersGap(snapshot: Snapshot): Gap | undefined {
  return (
    gapFor(snapshot, 'services') ??
    gapFor(snapshot, 'tasks') ??
    gapFor(snapshot, 'containerInstances') ??
    gapFor(snapshot, 'instances')
  );
}
