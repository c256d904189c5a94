/**
 * What the policy's scopes match: where a resource stands. A resource that several services use stands in several
 * places. What could not be read is `undefined`, with the cause.
 */
import { servicesAwaiting, type EmptyGroup } from '../snapshot/empty-groups';
import { gapFor, type Cause } from '../snapshot/gap';
import { perKey } from '../snapshot/indexed';
import type {
  CloudMapInstance,
  CollectedKind,
  Resources,
  Service,
  Snapshot,
  Tags,
  TargetGroup,
  Task,
} from '../snapshot/snapshot';
import {
  clusterNameOf,
  containerInstancesOf,
  serviceKeyOfTask,
  serviceNamed,
  serviceOfTask,
  tasksOnContainerInstance,
  usersOfRegistry,
  usersOfTargetGroup,
  usersOfTaskDefinition,
} from '../snapshot/usage';
import { parseEcsArn } from '../trigger/arn';
import { unseenUsersGap, usersOf, type Users } from './users';

export interface Placement {
  /** Name; empty: in no cluster. */
  readonly cluster?: string;
  /** Name; empty: of no service. */
  readonly service?: string;
  readonly tags?: Tags;
  /** Why something above could not be read. */
  readonly cause?: Cause;
}

/** Tags that were not asked for, or could not be read. */
function unreadTags(snapshot: Snapshot, arn: string): Cause {
  return (
    gapFor(snapshot, 'targetGroups', arn) ??
    gapFor(snapshot, 'cloudMapServices', arn) ?? {
      call: 'tag:GetResources',
      reason: 'not read',
      message: `the tags of ${arn} were not read`,
    }
  );
}

/** There may be users that the snapshot does not show. */
function unseenUsers(
  snapshot: Snapshot,
  collections: readonly ('services' | 'tasks' | 'containerInstances')[],
): Placement[] {
  const gap = collections.map((collection) => gapFor(snapshot, collection)).find((found) => found !== undefined);
  return gap ? [{ cause: gap }] : [];
}

/** One object for each service, so that what follows from it is worked out once. */
const ofService = perKey((_: Snapshot, { clusterArn, name, tags }: Service): Placement => ({
  cluster: clusterNameOf(clusterArn),
  service: name,
  tags,
}));

/** A service that is known by name only. */
function ofUnseenService(snapshot: Snapshot, cluster: string | undefined, service: string): Placement {
  const cause = gapFor(snapshot, 'services');
  return cause ? { cluster, service, cause } : { cluster, service, tags: {} };
}

function ofTask(snapshot: Snapshot, task: Task): Placement {
  if (!task.serviceName) return { cluster: clusterNameOf(task.clusterArn), service: '', tags: task.tags };
  return withTags(ofServiceOf(snapshot, task, task.serviceName), task.tags);
}

/** A resource's own tags stand above those of the service it serves. */
function withTags(placement: Placement, own: Tags): Placement {
  if (!placement.tags || Object.keys(own).length === 0) return placement;
  return { ...placement, tags: { ...placement.tags, ...own } };
}

/** Tasks by their services, once each; tasks of no service one by one. */
function ofTasks(snapshot: Snapshot, tasks: readonly Task[]): Placement[] {
  const distinct = new Map<Service | string, Task>(
    tasks.map((task) => [serviceOfTask(snapshot, task) ?? serviceKeyOfTask(task) ?? task.arn, task]),
  );
  return [...distinct.values()].map((task) =>
    task.serviceName ? ofServiceOf(snapshot, task, task.serviceName) : ofTask(snapshot, task),
  );
}

function ofServiceOf(snapshot: Snapshot, task: Task, serviceName: string): Placement {
  const service = serviceOfTask(snapshot, task);
  return service
    ? ofService(snapshot, service)
    : ofUnseenService(snapshot, clusterNameOf(task.clusterArn), serviceName);
}

const ofHost = perKey((snapshot: Snapshot, host: Resources['container-instance']): Placement[] => {
  const used = ofTasks(snapshot, tasksOnContainerInstance(snapshot, host.arn));
  const placements = orElse(used, { cluster: clusterNameOf(host.clusterArn), service: '', tags: {} });
  return placements.map((placement) => withTags(placement, host.tags));
});

function ofInstance(snapshot: Snapshot, instance: Resources['instance']): Placement[] {
  const placements = containerInstancesOf(snapshot, instance.id).flatMap((host) => ofHost(snapshot, host));
  const all = [...placements, ...unseenUsers(snapshot, ['tasks', 'containerInstances'])];
  return orElse(all, { cluster: '', service: '', tags: {} }).map((placement) => withTags(placement, instance.tags));
}

/** With those who wait for its hosts, or else as a host without tasks does. */
function ofEmptyGroup(snapshot: Snapshot, empty: EmptyGroup): Placement[] {
  const waiting = servicesAwaiting(snapshot, empty).map((service) => ofService(snapshot, service));
  return orElse(waiting, { cluster: clusterNameOf(empty.clusterArn), service: '', tags: {} });
}

const orElse = (placements: Placement[], otherwise: Placement): Placement[] =>
  placements.length > 0 ? placements : [otherwise];

function ofServiceArn(snapshot: Snapshot, arn: string): Placement {
  const service = snapshot.services.get(arn);
  if (service) return ofService(snapshot, service);
  const named = parseEcsArn(arn);
  const cause = gapFor(snapshot, 'services', arn) ?? {
    call: 'ecs:DescribeServices',
    reason: 'not read',
    message: `${arn} was not read`,
  };
  return { cluster: named?.cluster, service: named?.name, cause };
}

/** Once for a group, as each of its targets stands there. */
const ofTargetGroup = perKey((snapshot: Snapshot, group: TargetGroup): Placement[] => {
  const users = usersOfTargetGroup(snapshot, group.arn).map((arn) => ofServiceArn(snapshot, arn));
  const placements = [...users, ...unseenUsers(snapshot, ['services'])];
  return shared(snapshot, group, placements);
});

/** Something with users and tags of its own, which may not have been read. */
function shared(
  snapshot: Snapshot,
  resource: { readonly arn: string; readonly tags?: Tags },
  users: Placement[],
): Placement[] {
  const { arn, tags } = resource;
  const placements = orElse(users, { cluster: '', service: '', tags: {} });
  if (tags) return placements.map((placement) => withTags(placement, tags));
  return placements.map(({ cluster, service, cause }) => ({
    cluster,
    service,
    cause: cause ?? unreadTags(snapshot, arn),
  }));
}

function ofTarget(snapshot: Snapshot, target: Resources['target']): Placement[] {
  const group = snapshot.targetGroups.get(target.targetGroupArn);
  if (group) return ofTargetGroup(snapshot, group);
  const cause = gapFor(snapshot, 'targetGroups', target.targetGroupArn);
  return [cause ? { cause } : { cluster: '', service: '', tags: {} }];
}

function ofRegistry(snapshot: Snapshot, registry: Resources['cloudmap-service']): Placement[] {
  const users = usersOfRegistry(snapshot, registry.arn).map((service) => ofService(snapshot, service));
  return shared(snapshot, registry, [...users, ...unseenUsers(snapshot, ['services'])]);
}

function ofRegistration(snapshot: Snapshot, instance: CloudMapInstance): Placement[] {
  const { ecsClusterName, ecsServiceName } = instance;
  if (!ecsClusterName || !ecsServiceName) {
    const registry = snapshot.cloudMapServices.get(instance.serviceArn);
    return registry ? ofRegistry(snapshot, registry) : [{ cluster: '', service: '', tags: {} }];
  }
  const service = serviceNamed(snapshot, ecsClusterName, ecsServiceName);
  return [service ? ofService(snapshot, service) : ofUnseenService(snapshot, ecsClusterName, ecsServiceName)];
}

function ofTaskDefinition(snapshot: Snapshot, definition: Resources['task-definition']): Placement[] {
  const { services, tasks } = usersOfTaskDefinition(snapshot, definition.arn);
  const placements = [
    ...services.map((service) => ofService(snapshot, service)),
    ...ofTasks(snapshot, tasks),
    ...unseenUsers(snapshot, ['services', 'tasks']),
  ];
  return orElse(placements, { cluster: '', service: '', tags: {} }).map((one) => withTags(one, definition.tags));
}

/** Stands where those stand who use it; its own tags count above theirs. */
function supporting(snapshot: Snapshot, users: Users, own: Tags): Placement[] {
  const { services, tasks, instances, emptyGroups = [] } = users;
  const gap = unseenUsersGap(snapshot);
  const placements = [
    ...services.map((service) => ofService(snapshot, service)),
    ...tasks.map((task) => ofTask(snapshot, task)),
    ...instances.flatMap((instance) => ofInstance(snapshot, instance)),
    ...emptyGroups.flatMap((empty) => ofEmptyGroup(snapshot, empty)),
    ...(gap ? [{ cause: gap }] : []),
  ];
  return orElse(placements, { cluster: '', service: '', tags: {} }).map((placement) => withTags(placement, own));
}

type Places = {
  readonly [Kind in CollectedKind]: (snapshot: Snapshot, resource: Resources[Kind]) => readonly Placement[];
};

const places: Places = {
  cluster: (_, { name, tags }) => [{ cluster: name, service: '', tags }],
  service: (snapshot, service) => [ofService(snapshot, service)],
  task: (snapshot, task) => [ofTask(snapshot, task)],
  'task-definition': ofTaskDefinition,
  'container-instance': (snapshot, host) => [...ofHost(snapshot, host), ...unseenUsers(snapshot, ['tasks'])],
  instance: ofInstance,
  subnet: (snapshot, subnet) => supporting(snapshot, usersOf(snapshot, 'subnet', subnet), subnet.tags),
  vpc: (snapshot, vpc) => supporting(snapshot, usersOf(snapshot, 'vpc', vpc), vpc.tags),
  'security-group': (snapshot, group) => supporting(snapshot, usersOf(snapshot, 'security-group', group), group.tags),
  'network-acl': (snapshot, acl) => supporting(snapshot, usersOf(snapshot, 'network-acl', acl), acl.tags),
  'vpc-endpoint': (snapshot, endpoint) =>
    supporting(snapshot, usersOf(snapshot, 'vpc-endpoint', endpoint), endpoint.tags),
  account: (snapshot, account) => supporting(snapshot, usersOf(snapshot, 'account', account), {}),
  'target-group': ofTargetGroup,
  target: ofTarget,
  'cloudmap-service': ofRegistry,
  'cloudmap-instance': ofRegistration,
  'file-system': (snapshot, fileSystem) => supporting(snapshot, usersOf(snapshot, 'file-system', fileSystem), {}),
  'launch-template': (snapshot, template) => supporting(snapshot, usersOf(snapshot, 'launch-template', template), {}),
};

/** Every place in which the resource stands; at least one. */
export function placementsOf<Kind extends CollectedKind>(
  snapshot: Snapshot,
  kind: Kind,
  resource: Resources[Kind],
): readonly Placement[] {
  return places[kind](snapshot, resource);
}
