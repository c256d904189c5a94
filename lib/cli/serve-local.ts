import { once } from 'node:events';
import type { SeedName } from '../../infra/local/seed/seed-names';
import type { ThrottlingMode } from '../../infra/local/throttling/throttling-modes';
import { UsageError } from './failure';
import { startLocal } from './local';
import { readTextFile } from './text-file';

export interface ServeOptions {
  readonly port: number;
  readonly seed: SeedName;
  readonly throttling: ThrottlingMode;
  /** File with faults of calls, events and pages. */
  readonly weather?: string;
}

/** Serves until SIGINT or SIGTERM; one line of JSON says where, once everything is there. */
export async function serveLocal(
  { port, weather, ...rest }: ServeOptions,
  print: (text: string) => void,
): Promise<void> {
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new UsageError('--port: a number from 0 to 65535');
  const account = await startLocal({
    ...rest,
    port,
    weather: weather === undefined ? undefined : { file: weather, text: await readTextFile('--weather', weather) },
  });
  print(JSON.stringify({ endpoint: account.endpoint, region: account.region, account: account.account }));
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
  await account.stop();
}
