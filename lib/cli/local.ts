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
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: account.endpoint,
    AWS_REGION: account.region,
    AWS_ACCESS_KEY_ID: account.account,
    AWS_SECRET_ACCESS_KEY: 'local',
  });
  await seedAccount(account, seed);
  return account;
}
