/** A local account for one test, and what an unmodified SDK client needs to reach it. */
import { afterEach } from '@jest/globals';
import type { LocalAccount, LocalAccountOptions } from '../../infra/local/local-account';
import { startLocalAccount } from '../../infra/local/local-account';

const running = new Set<LocalAccount>();

afterEach(async () => {
  const accounts = [...running];
  running.clear();
  await Promise.all(accounts.map((account) => account.stop()));
});

/** Starts a local account that is stopped after the test. Its own faults fail loudly on stderr unless `log` is given. */
export async function withLocalAccount(options: LocalAccountOptions): Promise<LocalAccount> {
  const account = await startLocalAccount(options);
  running.add(account);
  return account;
}

export interface ClientSettings {
  readonly region: string;
  readonly endpoint: string;
  readonly maxAttempts: 1;
  readonly credentials: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string;
  };
}

/** `new ECSClient(clientSettings(account))`: no retries, so that every answer of the account is seen. */
export function clientSettings(account: LocalAccount, overrides: Partial<ClientSettings> = {}): ClientSettings {
  return {
    region: account.region,
    endpoint: account.endpoint,
    maxAttempts: 1,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    ...overrides,
  };
}
