import { SimulatedClock } from './clock';
import type { Replica } from './consistency';
import { createReplica } from './consistency';
import { createIds } from './ids';
import type { Scope } from './scope';

/** All accounts and regions of one local AWS, on one clock. */
export interface World {
  readonly clock: SimulatedClock;
  scope(account: string, region: string): Scope;
  /** How late everyone sees what happens. */
  readonly replica: Replica;
}

export interface WorldOptions {
  readonly clock?: SimulatedClock;
  /** Seed of every id made in this world. */
  readonly seed?: string;
}

const PARTITIONS: readonly (readonly [prefix: string, partition: string])[] = [
  ['cn-', 'aws-cn'],
  ['us-gov-', 'aws-us-gov'],
];

function partitionOf(region: string): string {
  return PARTITIONS.find(([prefix]) => region.startsWith(prefix))?.[1] ?? 'aws';
}

export function createWorld(options: WorldOptions = {}): World {
  const clock = options.clock ?? new SimulatedClock({ running: true });
  const scopes = new Map<string, Scope>();
  const replica = createReplica(clock, () => scopes.values());
  clock.onTask(replica.noteChange);
  return {
    ...{ clock, replica },
    scope(account, region) {
      const key = `${account}/${region}`;
      const known = scopes.get(key);
      if (known) return known;
      const ids = createIds(`${options.seed ?? 'ecs-ipv6'}/${key}`);
      const scope: Scope = { account, region, partition: partitionOf(region), clock, ids };
      scopes.set(key, scope);
      return scope;
    },
  };
}
