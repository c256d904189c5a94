import type { TaskRecord } from './records';
import { isWanted } from './task-status';

/** How many wanted tasks of one group each subnet and capacity provider has: what new tasks are spread by. */
export interface Tally {
  readonly subnets: Map<string, number>;
  readonly providers: Map<string, number>;
}

export function tallyOf(tasks: Iterable<TaskRecord>): Tally {
  const tally: Tally = { subnets: new Map(), providers: new Map() };
  for (const task of tasks) if (isWanted(task)) count(tally, task);
  return tally;
}

export function count({ subnets, providers }: Tally, { network, capacityProviderName }: TaskRecord): void {
  if (network) increase(subnets, network.subnetId);
  if (capacityProviderName !== undefined) increase(providers, capacityProviderName);
}

function increase(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
