/** What tasks are made of, and hosts: the columns of the table of applicability, read off a resource. */
import type { Applicability, OperatingSystem, StatedLaunchType } from '../rules/applicability/table';
import { gapFor, type Cause } from '../snapshot/gap';
import type { CollectedKind, NetworkMode, Resources, Service, Snapshot, Task } from '../snapshot/snapshot';
import { containerInstancesOf, tasksOfService, usersOfTaskDefinition } from '../snapshot/usage';

/** What it is, or why that cannot be told; absent: the question does not arise. */
export interface Traits {
  readonly networkMode?: NetworkMode | Cause;
  readonly system?: OperatingSystem | Cause;
  readonly launchType?: StatedLaunchType | Cause;
}

const FARGATE_PROVIDERS = new Set(['FARGATE', 'FARGATE_SPOT']);

/** A task definition that is neither there nor missing for a reason says nothing. */
function ofDefinition(snapshot: Snapshot, arn: string | undefined): Pick<Traits, 'networkMode' | 'system'> {
  const definition = arn === undefined ? undefined : snapshot.taskDefinitions.get(arn);
  if (definition) return { networkMode: definition.networkMode, system: definition.operatingSystem };
  const unread = gapFor(snapshot, 'taskDefinitions', arn);
  return { networkMode: unread, system: unread };
}

function ofTask(snapshot: Snapshot, task: Task): Traits {
  const { networkMode, system } = ofDefinition(snapshot, task.taskDefinitionArn);
  return {
    // only awsvpc tasks have an interface of their own
    networkMode: task.networkInterfaceId === undefined ? networkMode : 'awsvpc',
    // Fargate says on which platform it is, whatever the definition leaves out
    system: task.operatingSystem ?? system,
    launchType: task.launchType ?? 'absent',
  };
}

/** With capacity providers ECS names no launch type, but for Fargate's own their names say it, and its tasks do. */
export function launchTypeOf(snapshot: Snapshot, service: Service): StatedLaunchType {
  if (service.launchType) return service.launchType;
  const { capacityProviders } = service;
  if (capacityProviders.length > 0 && capacityProviders.every((name) => FARGATE_PROVIDERS.has(name))) return 'FARGATE';
  return tasksOfService(snapshot, service).find(({ launchType }) => launchType)?.launchType ?? 'absent';
}

/** Of a revision that is used in several ways, none. */
function launchTypeOfUsers(snapshot: Snapshot, arn: string): StatedLaunchType | undefined {
  const { services, tasks } = usersOfTaskDefinition(snapshot, arn);
  const [first, ...others] = new Set<StatedLaunchType>([
    ...services.map((service) => launchTypeOf(snapshot, service)),
    ...tasks.map(({ launchType }) => launchType ?? 'absent'),
  ]);
  return others.length === 0 ? first : undefined;
}

type Readers = {
  readonly [Kind in CollectedKind]?: (snapshot: Snapshot, resource: Resources[Kind]) => Traits;
};

const readers: Readers = {
  task: ofTask,
  service: (snapshot, service) => ({
    ...ofDefinition(snapshot, service.taskDefinitionArn),
    launchType: launchTypeOf(snapshot, service),
  }),
  'task-definition': (snapshot, definition) => ({
    networkMode: definition.networkMode,
    system: definition.operatingSystem,
    launchType: launchTypeOfUsers(snapshot, definition.arn),
  }),
  'container-instance': ofHost,
  instance: ofInstance,
};

function ofInstance(snapshot: Snapshot, { id, operatingSystem, operator }: Resources['instance']): Traits {
  // EC2 names the platform of an image, ECS what its agent sees
  const systems = [operatingSystem, ...containerInstancesOf(snapshot, id).map((host) => host.operatingSystem)];
  return {
    system: systems.includes('windows') ? 'windows' : 'linux',
    launchType: operator === undefined ? 'EC2' : 'MANAGED_INSTANCES',
  };
}

function ofHost(snapshot: Snapshot, { ec2InstanceId: id, operatingSystem }: Resources['container-instance']): Traits {
  if (id === undefined) return { system: operatingSystem, launchType: 'EXTERNAL' };
  const instance = snapshot.instances.get(id);
  const unread = gapFor(snapshot, 'instances', id);
  if (!instance) return { system: operatingSystem, launchType: unread ?? 'EC2' };
  return {
    system: instance.operatingSystem === 'windows' ? 'windows' : operatingSystem,
    launchType: instance.operator === undefined ? 'EC2' : 'MANAGED_INSTANCES',
  };
}

const NO_TRAITS: Traits = {};

export function traitsOf<Kind extends CollectedKind>(
  snapshot: Snapshot,
  kind: Kind,
  resource: Resources[Kind],
): Traits {
  return readers[kind]?.(snapshot, resource) ?? NO_TRAITS;
}

function fits<Value extends string>(row: readonly Value[] | undefined, trait: Value | Cause | undefined) {
  if (row === undefined || trait === undefined) return true;
  return typeof trait === 'object' ? trait : row.includes(trait);
}

/** Whether a rule with that row is about something of these traits, whatever its posture; a cause: it may be. */
export function isAbout(row: Applicability, { networkMode, system, launchType }: Traits): boolean | Cause {
  const byMode = fits(row.networkModes, networkMode);
  const bySystem = fits(row.systems, system);
  const byLaunchType = fits(row.launchTypes, launchType);
  if (bySystem === false || byLaunchType === false) return false;
  if (byMode !== true) return byMode;
  return bySystem === true ? byLaunchType : bySystem;
}
