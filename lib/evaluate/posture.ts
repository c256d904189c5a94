/**
 * The posture that is there, as opposed to the one that is wanted: of an awsvpc task or service its subnets', of a bridge
 * or host one its instances', of what is shared the strictest of those who use it. Where nothing speaks of IPv6 it is
 * `ipv4`.
 */
import type { ActualPosture } from '../policy/policy';
import { gapFor, type Cause } from '../snapshot/gap';
import { perKey } from '../snapshot/indexed';
import { subnetIdOf } from '../snapshot/primary-interface';
import type { CollectedKind, Collection, Resources, Service, Snapshot, Subnet, Task } from '../snapshot/snapshot';
import {
  containerInstancesInCluster,
  networkModeOf,
  serviceOfRegistration,
  serviceOfTask,
  servicesInCluster,
  tasksAlone,
  tasksOfService,
  usersOfRegistry,
  usersOfTargetGroup,
  usersOfTaskDefinition,
} from '../snapshot/usage';
import { unseenUsersGap, usersOf, usersOfAccount, type Users } from './users';

/** A posture, or why it cannot be told. */
export type Seen = ActualPosture | Cause;

const byStrictness: readonly ActualPosture[] = ['ipv4', 'dual-stack', 'ipv6-only'];

/** The stricter of two postures: ipv4 < dual-stack < ipv6-only. */
export function stricterOf(left: ActualPosture, right: ActualPosture): ActualPosture {
  return byStrictness.indexOf(left) >= byStrictness.indexOf(right) ? left : right;
}

const isCause = (seen: Seen): seen is Cause => typeof seen === 'object';

function missing(snapshot: Snapshot, collection: Collection, key?: string): Seen {
  return gapFor(snapshot, collection, key) ?? 'ipv4';
}

/** Of parts that may differ: ipv6-only if all are, ipv4 if none knows IPv6. */
function together(parts: readonly Seen[]): Seen {
  const cause = parts.find(isCause);
  if (cause) return cause;
  if (parts.length > 0 && parts.every((part) => part === 'ipv6-only')) return 'ipv6-only';
  return parts.every((part) => part === 'ipv4') ? 'ipv4' : 'dual-stack';
}

/** Of users of one thing: the strictest counts, and an unknown one could be stricter than all but ipv6-only. */
function strictest(users: readonly Seen[]): Seen {
  if (users.includes('ipv6-only')) return 'ipv6-only';
  const known: ActualPosture[] = [];
  for (const seen of users) {
    if (isCause(seen)) return seen;
    known.push(seen);
  }
  return known.reduce(stricterOf, 'ipv4');
}

function ofSubnet({ ipv6Native, ipv6Cidrs }: Subnet): ActualPosture {
  if (ipv6Native) return 'ipv6-only';
  return ipv6Cidrs.length > 0 ? 'dual-stack' : 'ipv4';
}

function ofSubnetId(snapshot: Snapshot, id: string | undefined): Seen {
  const subnet = id === undefined ? undefined : snapshot.subnets.get(id);
  return subnet ? ofSubnet(subnet) : missing(snapshot, 'subnets', id);
}

function ofSubnetIds(snapshot: Snapshot, ids: readonly string[]): Seen {
  // a subnet that was deleted says nothing
  const present = ids.filter((id) => snapshot.subnets.has(id) || gapFor(snapshot, 'subnets', id));
  return together(present.map((id) => ofSubnetId(snapshot, id)));
}

function ofInstance(snapshot: Snapshot, instance: Resources['instance']): Seen {
  return ofSubnetId(snapshot, subnetIdOf(instance));
}

function ofHost(snapshot: Snapshot, host: Resources['container-instance']): Seen {
  if (host.ec2InstanceId === undefined) return 'ipv4';
  const instance = snapshot.instances.get(host.ec2InstanceId);
  return instance ? ofInstance(snapshot, instance) : missing(snapshot, 'instances', host.ec2InstanceId);
}

function ofHostArn(snapshot: Snapshot, arn: string): Seen {
  const host = snapshot.containerInstances.get(arn);
  return host ? ofHost(snapshot, host) : missing(snapshot, 'containerInstances', arn);
}

function ofTask(snapshot: Snapshot, task: Task): Seen {
  if (task.subnetId !== undefined) return ofSubnetId(snapshot, task.subnetId);
  const service = serviceOfTask(snapshot, task);
  if (service && service.subnetIds.length > 0) return ofSubnetIds(snapshot, service.subnetIds);
  return task.containerInstanceArn === undefined
    ? missing(snapshot, 'services')
    : ofHostArn(snapshot, task.containerInstanceArn);
}

/** By the tasks it has; without any, by the instances on which they could be placed. */
function ofPlacedService(snapshot: Snapshot, service: Service): Seen {
  const gap = gapFor(snapshot, 'tasks');
  if (gap) return gap;
  const tasks = tasksOfService(snapshot, service);
  if (tasks.length > 0) return together(tasks.map((task) => ofTask(snapshot, task)));
  const mode = networkModeOf(snapshot, service.taskDefinitionArn);
  if (mode === 'awsvpc') return 'ipv4';
  const unread = mode === undefined ? gapFor(snapshot, 'taskDefinitions', service.taskDefinitionArn) : undefined;
  return unread ?? gapFor(snapshot, 'containerInstances') ?? ofCluster(snapshot, service.clusterArn);
}

function ofCluster(snapshot: Snapshot, clusterArn: string): Seen {
  return together(containerInstancesInCluster(snapshot, clusterArn).map((host) => ofHost(snapshot, host)));
}

/** Asked for once per target of a service, so it is kept. */
const ofService = perKey((snapshot: Snapshot, arn): Seen => {
  const service = snapshot.services.get(arn);
  if (!service) return missing(snapshot, 'services', arn);
  return service.subnetIds.length > 0 ? ofSubnetIds(snapshot, service.subnetIds) : ofPlacedService(snapshot, service);
});

/** Users that could not be read may be stricter. */
function ofUsers(snapshot: Snapshot, services: readonly string[], others: readonly Seen[] = []): Seen {
  const gap = gapFor(snapshot, 'services');
  return strictest([...services.map((arn) => ofService(snapshot, arn)), ...others, ...(gap ? [gap] : [])]);
}

function ofTargetGroup(snapshot: Snapshot, arn: string): Seen {
  return ofUsers(snapshot, usersOfTargetGroup(snapshot, arn));
}

function ofRegistry(snapshot: Snapshot, arn: string): Seen {
  return ofUsers(
    snapshot,
    usersOfRegistry(snapshot, arn).map((service) => service.arn),
  );
}

function ofRegistration(snapshot: Snapshot, registration: Resources['cloudmap-instance']): Seen {
  const service = serviceOfRegistration(snapshot, registration);
  return service ? ofService(snapshot, service.arn) : ofRegistry(snapshot, registration.serviceArn);
}

function ofTaskDefinition(snapshot: Snapshot, arn: string): Seen {
  const { services, tasks } = usersOfTaskDefinition(snapshot, arn);
  const gap = gapFor(snapshot, 'tasks');
  const running = tasks.map((task) => ofTask(snapshot, task));
  return ofUsers(
    snapshot,
    services.map((service) => service.arn),
    [...running, ...(gap ? [gap] : [])],
  );
}

/** What each of them is, once, and why there may be more. */
function posturesOf(snapshot: Snapshot, users: Users): readonly Seen[] {
  const { services, tasks, instances, emptyGroups = [] } = users;
  const gap = unseenUsersGap(snapshot);
  return [
    ...new Set([
      ...services.map(({ arn }) => ofService(snapshot, arn)),
      ...tasks.map((task) => ofTask(snapshot, task)),
      ...instances.map((instance) => ofInstance(snapshot, instance)),
      ...emptyGroups.map(({ group }) => ofSubnetIds(snapshot, group.subnetIds)),
      ...(gap ? [gap] : []),
    ]),
  ];
}

/** The strictest of those who use it. */
const ofSupporting = (snapshot: Snapshot, users: Users): Seen => strictest(posturesOf(snapshot, users));

/** Every posture that something in the account has, the strictest first; a cause: there may be more. */
export function posturesIn(snapshot: Snapshot): readonly ActualPosture[] | Cause {
  const seen = posturesOf(snapshot, usersOfAccount(snapshot));
  return seen.find(isCause) ?? byStrictness.filter((posture) => seen.includes(posture)).reverse();
}

/** Of everything in a cluster: services, tasks of none, hosts. */
function ofWorkload(snapshot: Snapshot, { arn }: Resources['cluster']): Seen {
  const gap = unseenUsersGap(snapshot);
  if (gap) return gap;
  return together([
    ...servicesInCluster(snapshot, arn).map((service) => ofService(snapshot, service.arn)),
    ...tasksAlone(snapshot, arn).map((task) => ofTask(snapshot, task)),
    ...containerInstancesInCluster(snapshot, arn).map((host) => ofHost(snapshot, host)),
  ]);
}

type Postures = { readonly [Kind in CollectedKind]: (snapshot: Snapshot, resource: Resources[Kind]) => Seen };

const postures: Postures = {
  cluster: ofWorkload,
  service: (snapshot, { arn }) => ofService(snapshot, arn),
  task: ofTask,
  'task-definition': (snapshot, { arn }) => ofTaskDefinition(snapshot, arn),
  'container-instance': ofHost,
  instance: ofInstance,
  subnet: (snapshot, subnet) => ofSupporting(snapshot, usersOf(snapshot, 'subnet', subnet)),
  vpc: (snapshot, vpc) => ofSupporting(snapshot, usersOf(snapshot, 'vpc', vpc)),
  'security-group': (snapshot, group) => ofSupporting(snapshot, usersOf(snapshot, 'security-group', group)),
  'network-acl': (snapshot, acl) => ofSupporting(snapshot, usersOf(snapshot, 'network-acl', acl)),
  'vpc-endpoint': (snapshot, endpoint) => ofSupporting(snapshot, usersOf(snapshot, 'vpc-endpoint', endpoint)),
  account: (snapshot, account) => ofSupporting(snapshot, usersOf(snapshot, 'account', account)),
  'target-group': (snapshot, { arn }) => ofTargetGroup(snapshot, arn),
  target: (snapshot, { targetGroupArn }) => ofTargetGroup(snapshot, targetGroupArn),
  'cloudmap-service': (snapshot, { arn }) => ofRegistry(snapshot, arn),
  'cloudmap-instance': ofRegistration,
  'file-system': (snapshot, fileSystem) => ofSupporting(snapshot, usersOf(snapshot, 'file-system', fileSystem)),
  'launch-template': (snapshot, template) => ofSupporting(snapshot, usersOf(snapshot, 'launch-template', template)),
};

/** The posture of a resource as it is, or why it cannot be told. */
export function actualPosture<Kind extends CollectedKind>(
  snapshot: Snapshot,
  kind: Kind,
  resource: Resources[Kind],
): Seen {
  return postures[kind](snapshot, resource);
}
