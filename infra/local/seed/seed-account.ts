import type { LocalAccount } from '../local-account';
import { seedDemo } from './demo';
import { createFleet } from './fleet/fleet';
import { planFleet } from './fleet/fleet-plan';
import { createSeedClients } from './seed-clients';
import { FLEET_TASKS, type Seed } from './seed-names';

/**
 * Fills a running account: the demo over its own wire like any other client, a fleet at a stroke. Gives the regions in
 * which there is something to see, the account's own first.
 */
export async function seedAccount(
  account: LocalAccount,
  { name, tasks = FLEET_TASKS.default }: Seed,
): Promise<readonly [string, ...string[]]> {
  if (name === 'demo') await seedDemo(account, createSeedClients(account));
  if (name === 'fleet') await createFleet({ scope: account.scope, clock: account.world.clock }, planFleet(tasks));
  return [account.region];
}
