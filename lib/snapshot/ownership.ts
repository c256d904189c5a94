/**
 * Whose a registration is: the question behind every removal. Pure, and asked three times: by the collector to find
 * candidates that need extra reads, by the rules, and by the guard. Targets and Cloud Map instances are read before
 * tasks, so one without a task cannot be one that a task got later.
 */
import { canonicalAddress } from './address';
import { arrivesAt } from './transport';
import { gapFor, type Cause } from './gap';
import { groupedBy, indexed, perKey } from './indexed';
import type { CloudMapInstance, Service, Snapshot, Target, TargetGroup, Task } from './snapshot';
import {
  aliveTasks,
  containerInstancesOf,
  hasOwnInterface,
  instancesWithAddress,
  serviceOfRegistration,
  serviceOfTask,
  tasksOfService,
  tasksOnContainerInstance,
  tasksWithAddress,
  usersOfTargetGroup,
} from './usage';

/**
 * `owned`: a task that is not STOPPED has it. `foreign`: it is not what ECS registers for the services that use the
 * group, but something else stands behind it. `orphan`: nothing in ECS does. `unknown`: cannot be told.
 */
export type Ownership =
  | { readonly kind: 'owned'; readonly task: Task }
  | { readonly kind: 'foreign'; readonly reason: string; readonly task?: Task }
  | { readonly kind: 'orphan' }
  | { readonly kind: 'unknown'; readonly cause: Cause };

const orphan: Ownership = { kind: 'orphan' };
const owned = (task: Task): Ownership => ({ kind: 'owned', task });
const unknown = (cause: Cause): Ownership => ({ kind: 'unknown', cause });

/** Statuses in which an awsvpc task has no interface yet: it cannot have been registered. */
const unplaced = new Set(['PROVISIONING', 'PENDING']);

function taskGap(snapshot: Snapshot): Cause | undefined {
  return gapFor(snapshot, 'tasks') ?? gapFor(snapshot, 'stoppingTasks');
}

function portCause(task: Task): Cause {
  return {
    call: 'ecs:DescribeTasks',
    reason: 'port not known yet',
    message: `${task.arn} does not report its host ports yet`,
  };
}

/** A task that must have an address by now, and none is reported: it could be any. */
function addressCause(snapshot: Snapshot, tasks: readonly Task[]): Cause | undefined {
  const silent = tasks.find(
    (task) =>
      hasOwnInterface(snapshot, task) !== false &&
      !unplaced.has(task.lastStatus) &&
      task.ipv4Addresses.length + task.ipv6Addresses.length === 0,
  );
  if (!silent) return undefined;
  return {
    call: 'ecs:DescribeTasks',
    reason: 'address not known yet',
    message: `${silent.arn} does not report its address yet`,
  };
}

/** Services that use the group, as far as they were read. */
const usersRead = perKey((snapshot: Snapshot, groupArn): readonly Service[] =>
  usersOfTargetGroup(snapshot, groupArn).flatMap((arn) => snapshot.services.get(arn) ?? []),
);

/** What an address in the group is that no task reports. */
const ofStrangeAddress = perKey((snapshot: Snapshot, groupArn): Ownership => {
  const tasks = usersRead(snapshot, groupArn).flatMap((service) => tasksOfService(snapshot, service));
  // a service that could not be read may use the group, too
  const cause = taskGap(snapshot) ?? addressCause(snapshot, tasks) ?? gapFor(snapshot, 'services');
  return cause ? unknown(cause) : orphan;
});

function ownerOfAddress(snapshot: Snapshot, { targetId, targetGroupArn }: Target): Ownership {
  const [task] = tasksWithAddress(snapshot, targetId);
  return task ? owned(task) : ofStrangeAddress(snapshot, targetGroupArn);
}

interface HostTasks {
  /** Tasks on the instance that could hold a host port: all but awsvpc ones. */
  readonly tasks: readonly Task[];
  readonly byPort: ReadonlyMap<string, readonly Task[]>;
  /** One whose ports are not known yet. */
  readonly silent?: Task;
}

const hostTasks = perKey((snapshot: Snapshot, instanceId): HostTasks => {
  const tasks = containerInstancesOf(snapshot, instanceId)
    .flatMap((host) => tasksOnContainerInstance(snapshot, host.arn))
    .filter((task) => hasOwnInterface(snapshot, task) !== true);
  return {
    tasks,
    byPort: groupedBy(tasks, ({ bindings = [] }) => bindings.map(({ hostPort }) => String(hostPort))),
    silent: tasks.find(({ bindings }) => bindings === undefined),
  };
});

function holdersOf({ byPort }: HostTasks, port: number | undefined): readonly Task[] {
  return byPort.get(String(port)) ?? [];
}

function isOfService(task: Task, service: Service): boolean {
  return task.serviceName === service.name && task.clusterArn === service.clusterArn;
}

/** A task on a container instance that the snapshot does not have could be on any EC2 instance. */
const placement = indexed((snapshot): { readonly cause?: Cause } => {
  const unread = new Set<string>();
  for (const { containerInstanceArn: arn } of aliveTasks(snapshot)) {
    if (arn !== undefined && !snapshot.containerInstances.has(arn)) unread.add(arn);
  }
  const causes = [...unread].sort().map((arn) => gapFor(snapshot, 'containerInstances', arn));
  return { cause: causes.find((gap) => gap !== undefined) };
});

function hostPortCause(snapshot: Snapshot, { silent }: HostTasks): Cause | undefined {
  return (
    taskGap(snapshot) ?? placement(snapshot).cause ?? (silent && portCause(silent)) ?? gapFor(snapshot, 'services')
  );
}

function ownerOfHostPort(snapshot: Snapshot, target: Target, group: TargetGroup): Ownership {
  const port = target.port ?? group.port;
  const onHost = hostTasks(snapshot, target.targetId);
  const holders = holdersOf(onHost, port);
  const users = usersRead(snapshot, target.targetGroupArn);
  // whatever the protocol: ECS registers what the service names, be it right or wrong
  const owner = holders.find((task) => users.some((service) => isOfService(task, service)));
  if (owner) return owned(owner);
  const cause = hostPortCause(snapshot, onHost);
  if (cause) return unknown(cause);
  const other = holders.find(({ bindings = [] }) =>
    bindings.some((binding) => binding.hostPort === port && arrivesAt(group, binding)),
  );
  if (!other) return orphan;
  return { kind: 'foreign', reason: 'the host port belongs to a task of another service', task: other };
}

function missingGroup(snapshot: Snapshot, target: Target): Ownership {
  const gap = gapFor(snapshot, 'targetGroups', target.targetGroupArn);
  return gap ? unknown(gap) : { kind: 'foreign', reason: 'the target group does not exist' };
}

function ownerInGroup(snapshot: Snapshot, target: Target, group: TargetGroup): Ownership {
  switch (group.targetType) {
    case 'ip':
      return ownerOfAddress(snapshot, target);
    case 'instance':
      return ownerOfHostPort(snapshot, target, group);
    default:
      return { kind: 'foreign', reason: `ECS registers no targets of type ${group.targetType}` };
  }
}

/**
 * Whose a registered target is. `ip`: the task that has the address. `instance`: the task, of a service that uses the
 * group, that sits on the instance with that host port; a task there whose ports are not known yet makes it unknown. A
 * task of another service has the port only in the protocol that it is bound in.
 */
export const ownerOfTarget = perKey((snapshot: Snapshot, target: Target): Ownership => {
  const group = snapshot.targetGroups.get(target.targetGroupArn);
  return group ? ownerInGroup(snapshot, target, group) : missingGroup(snapshot, target);
});

/** EC2 instances that a Cloud Map instance of a bridge or host task can stand for. */
function hostsOf(snapshot: Snapshot, registration: CloudMapInstance): readonly string[] {
  const named = registration.attributes['EC2_INSTANCE_ID'];
  if (named !== undefined) return [named];
  return addressesOf(registration).flatMap((address) => instancesWithAddress(snapshot, address).map(({ id }) => id));
}

function addressesOf({ ipv4, ipv6 }: CloudMapInstance): readonly string[] {
  return [ipv4, ipv6].filter((address) => address !== undefined).map(canonicalAddress);
}

/** What is asked of a service for each of its registrations. */
const registrants = perKey((snapshot: Snapshot, service: Service) => {
  const tasks = tasksOfService(snapshot, service);
  return { byId: new Map(tasks.map((task) => [task.id, task])), cause: addressCause(snapshot, tasks) };
});

function ownerInService(snapshot: Snapshot, registration: CloudMapInstance, service: Service): Ownership {
  const { byId, cause: silence } = registrants(snapshot, service);
  const named = byId.get(registration.instanceId);
  if (named) return owned(named);
  const isOwn = (task: Task): boolean => isOfService(task, service);
  const onHosts = hostsOf(snapshot, registration).map((id) => hostTasks(snapshot, id));
  const owner =
    addressesOf(registration)
      .flatMap((address) => tasksWithAddress(snapshot, address))
      .find(isOwn) ?? onHosts.flatMap((host) => holdersOf(host, registration.port)).find(isOwn);
  if (owner) return owned(owner);
  const silent = onHosts.flatMap((host) => host.tasks.filter(isOwn)).find(({ bindings }) => bindings === undefined);
  const cause = taskGap(snapshot) ?? silence ?? (silent && portCause(silent));
  return cause ? unknown(cause) : orphan;
}

/** ECS writes the names of cluster and service to what it registers; the region only tells copies apart. */
function isOfEcs({ attributes, ecsClusterName, ecsServiceName }: CloudMapInstance, region: string): boolean {
  return Boolean(ecsClusterName) && Boolean(ecsServiceName) && (attributes['REGION'] ?? region) === region;
}

/** Whose a Cloud Map instance is: the task of the ECS service it names, by task id, by address, or by host and port. */
export const ownerOfCloudMapInstance = perKey((snapshot: Snapshot, registration: CloudMapInstance): Ownership => {
  const { ecsClusterName = '', ecsServiceName = '' } = registration;
  if (!isOfEcs(registration, snapshot.region)) {
    return { kind: 'foreign', reason: 'ECS in this region did not register it' };
  }
  const service = serviceOfRegistration(snapshot, registration);
  if (service) return ownerInService(snapshot, registration, service);
  const gap = gapFor(snapshot, 'services');
  if (gap) return unknown(gap);
  return { kind: 'foreign', reason: `this account has no service ${ecsClusterName}/${ecsServiceName}` };
});

/** The task that owns it. */
export const ownerIn = (owner: Ownership): Task | undefined => (owner.kind === 'owned' ? owner.task : undefined);

/** The same with its service. */
function ownerAtWork(snapshot: Snapshot, owner: Ownership): { task: Task; service: Service } | undefined {
  const task = ownerIn(owner);
  const service = task && serviceOfTask(snapshot, task);
  return service && { task, service };
}

/**
 * The task for which ECS registered a target, and would again: one of a service that names the group. Whatever else has
 * the task's address or host was put there by people.
 */
export function registeredBy(snapshot: Snapshot, target: Target): Task | undefined {
  const { targetGroupArn, port } = target;
  const owner = ownerAtWork(snapshot, ownerOfTarget(snapshot, target));
  const balancer = owner?.service.loadBalancers.find((one) => one.targetGroupArn === targetGroupArn);
  if (!balancer) return undefined;
  // a host's port is the owner's already; an address has every port
  const isOnHost = snapshot.targetGroups.get(targetGroupArn)?.targetType === 'instance';
  return isOnHost || balancer.containerPort === port ? owner?.task : undefined;
}

/** The same for a Cloud Map instance, which ECS names by the task. */
export function enteredBy(snapshot: Snapshot, registration: CloudMapInstance): Task | undefined {
  const owner = ownerAtWork(snapshot, ownerOfCloudMapInstance(snapshot, registration));
  const isRegistry = owner?.service.registries.some(({ registryArn }) => registryArn === registration.serviceArn);
  return isRegistry === true && owner?.task.id === registration.instanceId ? owner.task : undefined;
}
