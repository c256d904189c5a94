/** The local account, for `--local` and `ecs-ipv6 local`. */
import { startLocalAccount, type LocalAccount } from '../../infra/local/local-account';
import { seedAccount } from '../../infra/local/seed/seed-account';
import type { SeedName } from '../../infra/local/seed/seed-names';
import { services } from '../../infra/local/services';

export interface LocalOptions {
  readonly seed: SeedName;
  /** 0: any free port. */
  readonly port: number;
}

/** Starts it, fills it, and points the SDK of this process at it. */
export async function startLocal({ seed, port }: LocalOptions): Promise<LocalAccount> {
  const account = await startLocalAccount({ services, port });
  pointAt(account);
  await seedAccount(account, seed);
  return account;
}

/** Makes the SDK of this process talk to the account, as its administrator. */
export function pointAt({ endpoint, region, account }: LocalAccount): void {
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: account,
    AWS_SECRET_ACCESS_KEY: 'local',
  });
}
