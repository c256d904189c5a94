import type { LocalAccount } from '../local-account';
import { seedDemo } from './demo';
import { createSeedClients } from './seed-clients';
import type { SeedName } from './seed-names';

/** Fills a running account, over its own wire like any other client. */
export async function seedAccount(account: LocalAccount, name: SeedName): Promise<void> {
  if (name === 'demo') await seedDemo(account, createSeedClients(account));
}
