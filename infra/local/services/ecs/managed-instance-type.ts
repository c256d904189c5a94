/** Which instance type ECS takes for tasks that wait: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ManagedInstances.html */
import type { InstanceRequirementsRequest } from '@aws-sdk/client-ecs';
import type { Image } from '../ec2/image';
import { IMAGES } from '../ec2/image';
import type { InstanceType } from '../ec2/instance-type';
import { INSTANCE_TYPES } from '../ec2/instance-type';
import type { TaskRecord } from './records';
import { taskDemand } from './task-demand';

const UNITS_PER_VCPU = 1_024;
/** Of memory: the rest is the system's, as on other hosts. */
const USABLE = 0.97;

interface Choice {
  readonly type: InstanceType;
  readonly image: Image;
}

/** The smallest type that holds all of the tasks, or else the largest that holds the first one. */
export function chooseType(
  requirements: InstanceRequirementsRequest | undefined,
  tasks: readonly TaskRecord[],
): Choice | undefined {
  const [first] = tasks;
  if (!first) return undefined;
  const architecture = first.definition.definition.runtimePlatform?.cpuArchitecture === 'ARM64' ? 'arm64' : 'x86_64';
  const image = IMAGES.find(
    (each) => each.ecs !== undefined && each.platform === 'linux' && each.architecture === architecture,
  );
  const types = INSTANCE_TYPES.filter(
    (type) => type.architecture === architecture && type.hypervisor === 'nitro' && meets(type, requirements),
  ).sort((one, other) => one.vcpus - other.vcpus || one.memoryMib - other.memoryMib);
  const type = types.find((each) => holds(each, tasks)) ?? types.findLast((each) => holds(each, [first]));
  return type && image ? { type, image } : undefined;
}

interface Range {
  readonly min?: number | undefined;
  readonly max?: number | undefined;
}

/** Burstable types come only when asked for, as with EC2's attribute-based selection. */
function meets(type: InstanceType, wanted: InstanceRequirementsRequest | undefined): boolean {
  const { burstablePerformance = 'excluded', vCpuCount, memoryMiB } = wanted ?? {};
  if (type.burstable && burstablePerformance === 'excluded') return false;
  return within(type.vcpus, vCpuCount) && within(type.memoryMib, memoryMiB) && isAllowed(type, wanted);
}

function within(value: number, { min = 0, max = Infinity }: Range = {}): boolean {
  return value >= min && value <= max;
}

/** Names may have `*` in them. */
function isAllowed(
  { name }: InstanceType,
  { allowedInstanceTypes, excludedInstanceTypes = [] }: Partial<InstanceRequirementsRequest> = {},
): boolean {
  const matches = (pattern: string): boolean => pattern === name || wildcardPattern(pattern).test(name);
  return (allowedInstanceTypes?.some(matches) ?? true) && !excludedInstanceTypes.some(matches);
}

function wildcardPattern(pattern: string): RegExp {
  const literal = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${literal.join('.*')}$`);
}

function holds({ vcpus, memoryMib }: InstanceType, tasks: readonly TaskRecord[]): boolean {
  const demands = tasks.map((task) => taskDemand(task.definition, task.overrides));
  const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0);
  return (
    sum(demands.map(({ cpu }) => cpu)) <= vcpus * UNITS_PER_VCPU &&
    sum(demands.map(({ memory }) => memory)) <= Math.floor(memoryMib * USABLE)
  );
}
