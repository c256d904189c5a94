/** What lies between one thing and a healthy target: the thing itself, and everything it stands on. */
import { supportingKinds, usersOf, type SupportingKind } from '../evaluate/users';
import { servicesAwaiting } from '../snapshot/empty-groups';
import { ownerOfTarget } from '../snapshot/ownership';
import { resourceOf } from '../snapshot/resource-of';
import type { CollectedKind, Service, Snapshot, Target, Task } from '../snapshot/snapshot';
import {
  containerInstancesInCluster,
  containerInstancesOf,
  hasOwnInterface,
  serviceOfTask,
  targetGroupsOf,
  tasksOfService,
  tasksOnContainerInstance,
  usersOfTargetGroup,
} from '../snapshot/usage';

export const subjectKinds = ['task', 'service', 'instance', 'target'] as const;

export interface Subject {
  readonly kind: (typeof subjectKinds)[number];
  /** In the snapshot's collection. */
  readonly key: string;
}

/** Collection keys by kind. */
export type Concerns = ReadonlyMap<CollectedKind, ReadonlySet<string>>;

export const keysOf = (concerns: Concerns, kind: CollectedKind): readonly string[] =>
  [...(concerns.get(kind) ?? [])].sort();

/** What runs, and where: the rest follows. */
export interface Core {
  readonly services: readonly Service[];
  readonly tasks: readonly Task[];
  readonly hostArns: readonly string[];
  readonly targets: readonly Target[];
}

const nothing: Core = { services: [], tasks: [], hostArns: [], targets: [] };
const present = <Value>(values: readonly (Value | undefined)[]): readonly Value[] =>
  values.filter((value) => value !== undefined);

const hostArnsOf = (tasks: readonly Task[]): readonly string[] =>
  present(tasks.map(({ containerInstanceArn }) => containerInstanceArn));

function targetsIn(snapshot: Snapshot, groups: readonly string[]): readonly Target[] {
  const wanted = new Set(groups);
  return [...snapshot.targets.values()].filter(({ targetGroupArn }) => wanted.has(targetGroupArn));
}

/** Tasks to which ECS registered the target. */
function ownersOf(snapshot: Snapshot, target: Target): readonly Task[] {
  const ownership = ownerOfTarget(snapshot, target);
  return present([ownership.kind === 'owned' || ownership.kind === 'foreign' ? ownership.task : undefined]);
}

function ofTasks(snapshot: Snapshot, tasks: readonly Task[]): Core {
  const services = [...new Set(present(tasks.map((task) => serviceOfTask(snapshot, task))))];
  const arns = new Set(tasks.map(({ arn }) => arn));
  const targets = targetsIn(snapshot, services.flatMap(targetGroupsOf)).filter((target) =>
    ownersOf(snapshot, target).some(({ arn }) => arns.has(arn)),
  );
  return { services, tasks, hostArns: hostArnsOf(tasks), targets };
}

/** Without a task, the hosts on which one could be placed. */
function ofService(snapshot: Snapshot, service: Service): Core {
  const tasks = tasksOfService(snapshot, service);
  const definition = snapshot.taskDefinitions.get(service.taskDefinitionArn ?? '');
  const isPlaced = tasks.length > 0 || definition?.networkMode === 'awsvpc' || service.launchType === 'FARGATE';
  const placeable = isPlaced ? [] : containerInstancesInCluster(snapshot, service.clusterArn).map(({ arn }) => arn);
  const targets = targetsIn(snapshot, targetGroupsOf(service));
  return { services: [service], tasks, hostArns: [...hostArnsOf(tasks), ...placeable], targets };
}

/** Tasks with an interface of their own stand on their own feet. */
function ofInstance(snapshot: Snapshot, id: string): Core {
  const hosts = containerInstancesOf(snapshot, id).map(({ arn }) => arn);
  const tasks = hosts.flatMap((arn) => tasksOnContainerInstance(snapshot, arn));
  const core = ofTasks(
    snapshot,
    tasks.filter((task) => hasOwnInterface(snapshot, task) !== true),
  );
  const targets = [...snapshot.targets.values()].filter(({ targetId }) => targetId === id);
  return { ...core, hostArns: hosts, targets };
}

function ofTarget(snapshot: Snapshot, target: Target): Core {
  const core = ofTasks(snapshot, ownersOf(snapshot, target));
  const users = present(usersOfTargetGroup(snapshot, target.targetGroupArn).map((arn) => snapshot.services.get(arn)));
  const hosts = containerInstancesOf(snapshot, target.targetId).map(({ arn }) => arn);
  const services = core.services.length > 0 ? core.services : users;
  return { ...core, services, hostArns: [...new Set([...core.hostArns, ...hosts])], targets: [target] };
}

/** What runs for the subject, and where; empty if it is not there. */
export function coreOf(snapshot: Snapshot, { kind, key }: Subject): Core {
  if (kind === 'instance') return ofInstance(snapshot, key);
  const task = kind === 'task' ? snapshot.tasks.get(key) : undefined;
  if (task) return ofTasks(snapshot, [task]);
  const service = kind === 'service' ? snapshot.services.get(key) : undefined;
  if (service) return ofService(snapshot, service);
  const target = kind === 'target' ? snapshot.targets.get(key) : undefined;
  return target ? ofTarget(snapshot, target) : nothing;
}

/** Cloud Map instances that ECS made for the tasks; of a whole service, all of its. */
function registrations(snapshot: Snapshot, { services, tasks }: Core, isWhole: boolean): readonly string[] {
  const registries = new Set(services.flatMap((service) => service.registries.map(({ registryArn }) => registryArn)));
  const ids = new Set(tasks.map(({ id }) => id));
  return [...snapshot.cloudMapInstances.values()]
    .filter(({ serviceArn, instanceId }) => registries.has(serviceArn) && (isWhole || ids.has(instanceId)))
    .map(({ key }) => key);
}

/** Subnets that the thing has addresses in: a task stands in one of its service's. */
function ownSubnets({ kind }: Subject, { tasks }: Core): ReadonlySet<string> | undefined {
  const ids = present(tasks.map(({ subnetId }) => subnetId));
  return kind === 'service' || ids.length === 0 ? undefined : new Set(ids);
}

interface Standing {
  readonly snapshot: Snapshot;
  /** ARNs of services and tasks, ids of instances. */
  readonly names: ReadonlySet<string>;
}

function isUsed({ snapshot, names }: Standing, kind: SupportingKind, key: string): boolean {
  const resource = resourceOf(snapshot, kind, key);
  if (!resource) return false;
  const { services, tasks, instances, emptyGroups = [] } = usersOf(snapshot, kind, resource);
  const waiting = emptyGroups.flatMap((empty) => servicesAwaiting(snapshot, empty));
  return (
    [...services, ...tasks, ...waiting].some(({ arn }) => names.has(arn)) || instances.some(({ id }) => names.has(id))
  );
}

/** Only what the snapshot was made to judge: of the rest it does not know enough. */
function judgedOnly(snapshot: Snapshot, concerns: readonly (readonly [CollectedKind, readonly string[]])[]): Concerns {
  return new Map(
    concerns.map(([kind, keys]) => [kind, new Set(keys.filter((key) => snapshot.judged.get(kind)?.has(key) === true))]),
  );
}

/** Everything that has to be right for the subject to be registered and healthy over IPv6. */
export function concernsOf(snapshot: Snapshot, subject: Subject): Concerns {
  const core = coreOf(snapshot, subject);
  const hosts = present(core.hostArns.map((arn) => snapshot.containerInstances.get(arn)));
  const ownId = subject.kind === 'instance' ? [subject.key] : [];
  const instanceIds = [...ownId, ...present(hosts.map(({ ec2InstanceId }) => ec2InstanceId))];
  const own = ownSubnets(subject, core);
  const names = new Set([...[...core.services, ...core.tasks].map(({ arn }) => arn), ...instanceIds]);
  const standing = { snapshot, names };
  const supporting = supportingKinds.map((kind) => {
    const used = keysOf(snapshot.judged, kind).filter((key) => isUsed(standing, kind, key));
    return [kind, kind === 'subnet' && own ? used.filter((id) => own.has(id)) : used] as const;
  });
  const definitions = core.tasks.map(({ taskDefinitionArn }) => taskDefinitionArn);
  const current = core.tasks.length > 0 ? [] : present(core.services.map(({ taskDefinitionArn }) => taskDefinitionArn));
  const isWhole = subject.kind === 'service';
  return judgedOnly(snapshot, [
    ['service', core.services.map(({ arn }) => arn)],
    ['task', core.tasks.map(({ arn }) => arn)],
    ['task-definition', [...definitions, ...current]],
    ['cluster', [...core.services, ...core.tasks, ...hosts].map(({ clusterArn }) => clusterArn)],
    ['container-instance', hosts.map(({ arn }) => arn)],
    ['instance', instanceIds],
    ['target-group', [...core.services.flatMap(targetGroupsOf), ...core.targets.map((one) => one.targetGroupArn)]],
    ['target', core.targets.map(({ key }) => key)],
    ['cloudmap-service', core.services.flatMap(({ registries }) => registries.map(({ registryArn }) => registryArn))],
    ['cloudmap-instance', registrations(snapshot, core, isWhole)],
    ...supporting,
  ]);
}
