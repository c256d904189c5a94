/** The clients of the composition itself, pointed at a local account in the way in which people do: by the environment. */
import { afterEach } from '@jest/globals';
import type { LocalAccount } from '../../infra/local/local-account';
import type { Credentials } from '../../infra/local/protocol/credentials';
import { createClients, type ClientOptions, type MeteredClients } from '../../lib/composition';

const open = new Set<MeteredClients>();
const NAMES = [
  ...['AWS_ENDPOINT_URL', 'AWS_REGION', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'],
  'AWS_MAX_ATTEMPTS',
];

afterEach(() => {
  for (const clients of open) clients.destroy();
  open.clear();
  for (const name of NAMES) Reflect.deleteProperty(process.env, name);
});

export interface WorkloadClientOptions extends ClientOptions {
  /** 1 if absent: no call is tried again. */
  readonly maxAttempts?: number;
  /** Looked for by the first call; the administrator's if absent. */
  readonly credentials?: Credentials;
}

/** Clients for one test; unpaced unless asked otherwise. */
export function workloadClients(account: LocalAccount, options: WorkloadClientOptions = {}): MeteredClients {
  const { maxAttempts = 1, credentials, ...rest } = options;
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: account.endpoint,
    AWS_REGION: account.region,
    AWS_ACCESS_KEY_ID: credentials?.accessKeyId ?? 'test',
    AWS_SECRET_ACCESS_KEY: credentials?.secretAccessKey ?? 'test',
    AWS_MAX_ATTEMPTS: String(maxAttempts),
    ...(credentials && { AWS_SESSION_TOKEN: credentials.sessionToken }),
  });
  const clients = createClients({ share: 'none', ...rest });
  open.add(clients);
  return clients;
}
