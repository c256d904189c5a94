/** Which container instance a task goes to: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-placement.html */
import type { PlacementStrategy } from '@aws-sdk/client-ecs';
import type { Demand, Shortage } from './host-resources';
import { shortage } from './host-resources';
import type { InstanceRecord, TaskRecord } from './records';
import { isWanted } from './task-status';

export type PlacementFailure = Shortage | 'RESOURCE:ENI' | 'ATTRIBUTE' | 'AGENT' | 'EMPTY CLUSTER' | 'DISTINCT';

export interface PlacementRequest {
  readonly demand: Demand;
  /** Attributes that the instance must have. */
  readonly requires: readonly string[];
  /** Interfaces that tasks on this instance may still get; absent if the task needs none. */
  readonly freeInterfaces?: (instance: InstanceRecord) => number;
  /** Zones in which the task has a subnet; any if absent. */
  readonly zones?: ReadonlySet<string>;
  /** No two tasks of the group on one instance. */
  readonly distinct: boolean;
  readonly strategy: readonly PlacementStrategy[];
  /** `service:web`, `family:job`: what is spread. */
  readonly group: string;
}

export type Placement =
  | { readonly instance: InstanceRecord }
  | { readonly failure: PlacementFailure; readonly closest: InstanceRecord | undefined };

/** The best instance, or why there is none and which one came closest. */
export function place(instances: readonly InstanceRecord[], request: PlacementRequest): Placement {
  const open = instances.filter(({ status }) => status === 'ACTIVE');
  const verdicts = open.map((instance) => ({ instance, failure: objection(instance, request) }));
  const fit = verdicts.filter(({ failure }) => failure === undefined).map(({ instance }) => instance);
  const [best] = prefer(fit, request);
  if (best) return { instance: best };
  const last = verdicts.at(-1);
  return { failure: last?.failure ?? 'EMPTY CLUSTER', closest: last?.instance };
}

function objection(instance: InstanceRecord, request: PlacementRequest): PlacementFailure | undefined {
  if (!instance.agentConnected) return 'AGENT';
  if (!request.requires.every((name) => instance.attributes.has(name))) return 'ATTRIBUTE';
  if (request.zones && !request.zones.has(instance.availabilityZone)) return 'ATTRIBUTE';
  if (request.distinct && countOf(instance, request.group) > 0) return 'DISTINCT';
  if (request.freeInterfaces && request.freeInterfaces(instance) < 1) return 'RESOURCE:ENI';
  return shortage(instance.remaining, request.demand);
}

/** Each strategy in turn narrows what the one before left; AWS spreads by zone and instance if nothing is said. */
function prefer(instances: readonly InstanceRecord[], { strategy, group }: PlacementRequest): InstanceRecord[] {
  const standard: readonly PlacementStrategy[] = [
    { type: 'spread', field: 'attribute:ecs.availability-zone' },
    { type: 'spread', field: 'instanceId' },
  ];
  let left = [...instances];
  for (const each of strategy.length > 0 ? strategy : standard) left = narrowed(left, each, group);
  return left;
}

function narrowed(instances: readonly InstanceRecord[], { type, field }: PlacementStrategy, group: string) {
  if (type === 'binpack')
    return lowest(instances, ({ remaining }) => (field === 'cpu' ? remaining.cpu : remaining.memory));
  if (type !== 'spread') return [...instances];
  const counts = new Map<string, number>();
  for (const instance of instances) {
    const value = spreadValue(instance, field);
    counts.set(value, (counts.get(value) ?? 0) + countOf(instance, group));
  }
  return lowest(instances, (instance) => counts.get(spreadValue(instance, field)) ?? 0);
}

function lowest(instances: readonly InstanceRecord[], score: (instance: InstanceRecord) => number): InstanceRecord[] {
  const scored = instances.map((instance) => ({ instance, score: score(instance) }));
  const best = Math.min(...scored.map((each) => each.score));
  return scored.filter((each) => each.score === best).map(({ instance }) => instance);
}

function spreadValue(instance: InstanceRecord, field: string | undefined): string {
  const name = field?.replace(/^attribute:/, '') ?? '';
  return instance.attributes.get(name)?.value ?? instance.id;
}

function countOf({ tasks }: InstanceRecord, group: string): number {
  return [...tasks].filter((task: TaskRecord) => task.group === group && isWanted(task)).length;
}
