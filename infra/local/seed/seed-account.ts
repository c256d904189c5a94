import type { LocalAccount } from '../local-account';
import { seedDemo } from './demo/demo';
import { createFleet, FLEET_HISTORY_MS } from './fleet/fleet';
import { planFleet } from './fleet/fleet-plan';
import { FLEET_TASKS, type Seed, type SeedName } from './seed-names';

/** Account's time that filling it takes, at most; what is left of it is for things to have lasted. */
export const SEED_HISTORY_MS: Readonly<Record<SeedName, number>> = {
  empty: 0,
  demo: 3 * 3_600_000,
  fleet: FLEET_HISTORY_MS,
};

/**
 * Fills a running account: the demo over its own wire like any other client, a fleet at a stroke. Gives the regions in
 * which there is something to see, the account's own first.
 */
export async function seedAccount(
  account: LocalAccount,
  { name, tasks = FLEET_TASKS.default }: Seed,
): Promise<readonly [string, ...string[]]> {
  if (name === 'demo') return seedDemo(account);
  if (name === 'fleet') await createFleet({ scope: account.scope, clock: account.world.clock }, planFleet(tasks));
  return [account.region];
}
