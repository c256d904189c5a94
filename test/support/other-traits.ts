/** The same case with another network mode, operating system or launch type: what the table of applicability rules out. */
import type { Applicability } from '../../lib/rules/applicability/table';
import type {
  CollectedKind,
  ContainerInstance,
  Instance,
  NetworkMode,
  Resources,
  Service,
  Task,
  TaskDefinition,
} from '../../lib/snapshot/snapshot';
import { aTaskDefinition, anInstance } from './builders';
import type { Contents } from './snapshot-builder';

export interface Subject<Kind extends CollectedKind = CollectedKind> {
  readonly resource: Resources[Kind];
  readonly world?: Contents;
}

/** One value of one column. */
export interface Trait {
  readonly column: 'networkModes' | 'systems' | 'launchTypes';
  readonly value: string;
}

const columns = {
  networkModes: ['awsvpc', 'bridge', 'host', 'none', 'default'],
  systems: ['linux', 'windows'],
  launchTypes: ['EC2', 'FARGATE', 'EXTERNAL', 'MANAGED_INSTANCES', 'absent'],
} as const satisfies { readonly [Column in Trait['column']]: readonly NonNullable<Applicability[Column]>[number][] };

/** Values that a resource of the kind can have at all. */
const possible: Partial<Record<CollectedKind, Partial<Record<Trait['column'], readonly string[]>>>> = {
  task: columns,
  service: columns,
  'task-definition': { networkModes: columns.networkModes, systems: columns.systems },
  'container-instance': { systems: columns.systems, launchTypes: ['EC2', 'EXTERNAL', 'MANAGED_INSTANCES'] },
  instance: { systems: columns.systems, launchTypes: ['EC2', 'MANAGED_INSTANCES'] },
};

/** What the row leaves out, of what the kind can have. */
export function ruledOut(row: Applicability, kind: CollectedKind): readonly Trait[] {
  return (['networkModes', 'systems', 'launchTypes'] as const).flatMap((column) => {
    const named: readonly string[] | undefined = row[column];
    const values = possible[kind]?.[column] ?? [];
    return named ? values.filter((value) => !named.includes(value)).map((value) => ({ column, value })) : [];
  });
}

function changed(definition: TaskDefinition, { column, value }: Trait): TaskDefinition {
  if (column === 'networkModes') return { ...definition, networkMode: value as NetworkMode };
  return { ...definition, operatingSystem: value as TaskDefinition['operatingSystem'] };
}

/** The world with the definition changed; made, if the case had none. */
function withDefinition(world: Contents = {}, arn: string | undefined, trait: Trait): Contents {
  const others = (world.taskDefinitions ?? []).filter((definition) => definition.arn !== arn);
  const own = world.taskDefinitions?.find((definition) => definition.arn === arn) ?? aTaskDefinition({ arn });
  return { ...world, taskDefinitions: [...others, changed(own, trait)] };
}

const launchType = (value: string): Task['launchType'] =>
  value === 'absent' ? undefined : (value as Task['launchType']);

function ofTask({ resource, world }: Subject<'task'>, trait: Trait): Subject<'task'> {
  if (trait.column === 'launchTypes') return { resource: { ...resource, launchType: launchType(trait.value) }, world };
  // an interface of its own is proof of awsvpc
  const face = trait.column === 'networkModes' && trait.value !== 'awsvpc' ? { networkInterfaceId: undefined } : {};
  return { resource: { ...resource, ...face }, world: withDefinition(world, resource.taskDefinitionArn, trait) };
}

function ofService({ resource, world }: Subject<'service'>, trait: Trait): Subject<'service'> {
  if (trait.column !== 'launchTypes') {
    return { resource, world: withDefinition(world, resource.taskDefinitionArn, trait) };
  }
  const service: Service = { ...resource, launchType: launchType(trait.value), capacityProviders: [] };
  const tasks = world?.tasks?.map((task) => ({ ...task, launchType: undefined }));
  return { resource: service, world: { ...world, tasks } };
}

function ofInstance({ resource, world }: Subject<'instance'>, { column, value }: Trait): Subject<'instance'> {
  if (column === 'systems')
    return { resource: { ...resource, operatingSystem: value as Instance['operatingSystem'] }, world };
  return { resource: { ...resource, operator: value === 'EC2' ? undefined : 'ecs.amazonaws.com' }, world };
}

function ofHost(
  { resource, world }: Subject<'container-instance'>,
  { column, value }: Trait,
): Subject<'container-instance'> {
  if (column === 'systems') {
    return { resource: { ...resource, operatingSystem: value as ContainerInstance['operatingSystem'] }, world };
  }
  if (value === 'EXTERNAL') return { resource: { ...resource, ec2InstanceId: undefined }, world };
  const id = resource.ec2InstanceId ?? 'i-1';
  const own = world?.instances?.find((instance) => instance.id === id) ?? anInstance({ id });
  const instances = [...(world?.instances ?? []).filter((instance) => instance.id !== id), { ...own, operator: value === 'EC2' ? undefined : 'ecs.amazonaws.com' }]; // prettier-ignore
  return { resource: { ...resource, ec2InstanceId: id }, world: { ...world, instances } };
}

type Changers = { readonly [Kind in CollectedKind]?: (subject: Subject<Kind>, trait: Trait) => Subject<Kind> };
const changers: Changers = {
  task: ofTask,
  service: ofService,
  'task-definition': ({ resource, world }, trait) => ({ resource: changed(resource, trait), world }),
  'container-instance': ofHost,
  instance: ofInstance,
};

/** The case with the trait in place of its own. */
export function withTrait<Kind extends CollectedKind>(kind: Kind, subject: Subject<Kind>, trait: Trait): Subject<Kind> {
  const change = changers[kind];
  if (!change) throw new Error(`A ${kind} has no ${trait.column}.`);
  return change(subject, trait);
}
