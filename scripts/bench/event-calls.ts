/**
 * `event.callsRatio.<scenario>`: calls of the functions for a burst of 1,000 task events in one batch, over the floor.
 * Every call under the functions' credentials counts, those to the controller's own stack (policy, state) too; the
 * floor has none of these. Polling the queue is the runtime's, and does not count. Request rates are not enforced.
 */
import type { CallRecord } from '../../infra/local/protocol/call-log';
import type { TaskRecord } from '../../infra/local/services/ecs/records';
import type { Bench, Measured } from './bench';
import { floorOf, sum, type Floor } from './event-floor';
import { scenarios, type ScenarioName } from './event-scenarios';
import { createEventWorld, type EventWorld } from './event-world';

/** Into how many batches the burst is split for the second look. */
const BATCHES = 5;

const bursts = {
  /** All tasks came up. */
  started: false,
  /** Half of the events tell of tasks that stopped, half of those that took their place. */
  replaced: true,
};

/** Services whose calls are about the workload; the others are the controller's own stack. */
const WORKLOAD = new Set(['autoscaling', 'ec2', 'ecs', 'elasticloadbalancing', 'servicediscovery']);

const nameOf = ({ service, operation }: CallRecord): string => `${service}:${operation}`;

function tally(calls: readonly CallRecord[]): Floor {
  const counts: Record<string, number> = {};
  for (const call of calls) counts[nameOf(call)] = (counts[nameOf(call)] ?? 0) + 1;
  return counts;
}

/** What differs from the floor, e.g. `servicediscovery:GetService 5 of 0`. */
function differences(calls: readonly CallRecord[], floor: Floor): string {
  const made = tally(calls.filter(({ service }) => WORKLOAD.has(service)));
  const names = [...new Set([...Object.keys(made), ...Object.keys(floor)])].sort();
  const other = names.filter((name) => (made[name] ?? 0) !== (floor[name] ?? 0));
  return other.map((name) => `${name} ${String(made[name] ?? 0)} of ${String(floor[name] ?? 0)}`).join(', ');
}

function split<Item>(items: readonly Item[], parts: number): readonly (readonly Item[])[] {
  const size = Math.ceil(items.length / parts);
  return Array.from({ length: parts }, (_, index) => items.slice(index * size, (index + 1) * size));
}

const floorFor = ({ fleet }: EventWorld, tasks: readonly TaskRecord[]): Floor => {
  const touched = new Set(tasks.map(({ service }) => service));
  return floorOf({ tasks, services: fleet.services.filter(({ service }) => touched.has(service)) });
};

const ratio = (calls: number, floor: number): number => Math.round((calls / floor) * 1_000) / 1_000;

interface Look {
  readonly scenario: ScenarioName;
  readonly replaced: boolean;
  readonly batches: number;
}

/** Sends the burst to a cold stack and compares. */
async function look({ scenario, replaced, batches }: Look) {
  const world = await createEventWorld({ plan: scenarios[scenario], replaced });
  try {
    const calls: CallRecord[] = [];
    for (const tasks of split(world.changed, batches)) calls.push(...(await world.burst(tasks)));
    const refused = calls.filter(({ status }) => status >= 400).map(nameOf);
    if (refused.length > 0) throw new Error(`${scenario}: calls were refused: ${refused.join(', ')}`);
    const floor = floorFor(world, world.changed);
    const workload = calls.filter(({ service }) => WORKLOAD.has(service)).length;
    const counts = { events: world.changed.length, workload, own: calls.length - workload, floor: sum(floor) };
    return { ...counts, ratio: ratio(calls.length, counts.floor), differences: differences(calls, floor) };
  } finally {
    await world.stop();
  }
}

async function measure(scenario: ScenarioName): Promise<Measured> {
  const remarks: string[] = [];
  let worst = 0;
  for (const [burst, replaced] of Object.entries(bursts)) {
    for (const batches of [1, BATCHES]) {
      const seen = await look({ scenario, replaced, batches });
      if (batches === 1) worst = Math.max(worst, seen.ratio);
      const where = `${scenario}, ${String(seen.events)} events, ${burst}, in ${String(batches)} batch${batches > 1 ? 'es' : ''}`;
      const counts = `${String(seen.workload)} workload calls and ${String(seen.own)} own, floor ${String(seen.floor)}`;
      const without = ratio(seen.workload, seen.floor);
      remarks.push(`${where}: ${counts}; ratio ${String(seen.ratio)}, ${String(without)} without own calls`);
      if (seen.differences !== '') remarks.push(`  differs from the floor: ${seen.differences}`);
    }
  }
  return { figures: { [`event.callsRatio.${scenario}`]: worst }, remarks };
}

export const eventCalls: Bench = {
  prefix: 'event.',
  async run(isWanted) {
    const parts: Measured[] = [];
    for (const scenario of ['oneService', 'mixed'] as const) {
      if (isWanted(`event.callsRatio.${scenario}`)) parts.push(await measure(scenario));
    }
    return {
      figures: Object.fromEntries(parts.flatMap(({ figures }) => Object.entries(figures))),
      remarks: parts.flatMap(({ remarks = [] }) => remarks),
    };
  },
};
