/** The clients of the composition itself, pointed at a local account in the way in which people do: by the environment. */
import { afterEach } from '@jest/globals';
import type { LocalAccount } from '../../infra/local/local-account';
import { createClients, type ClientOptions, type MeteredClients } from '../../lib/composition';

const open = new Set<MeteredClients>();
const NAMES = ['AWS_ENDPOINT_URL', 'AWS_REGION', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_MAX_ATTEMPTS'];

afterEach(() => {
  for (const clients of open) clients.destroy();
  open.clear();
  for (const name of NAMES) Reflect.deleteProperty(process.env, name);
});

export interface WorkloadClientOptions extends ClientOptions {
  /** 1 if absent: no call is tried again. */
  readonly maxAttempts?: number;
}

/** Clients for one test; unpaced unless asked otherwise. */
export function workloadClients(account: LocalAccount, options: WorkloadClientOptions = {}): MeteredClients {
  const { maxAttempts = 1, ...rest } = options;
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: account.endpoint,
    AWS_REGION: account.region,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_MAX_ATTEMPTS: String(maxAttempts),
  });
  const clients = createClients({ share: 'none', ...rest });
  open.add(clients);
  return clients;
}
