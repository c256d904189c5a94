import { once } from 'node:events';
import type { ThrottlingMode } from '../../infra/local/throttling/throttling-modes';
import { startLocal } from './local';
import { toSeed, type SeedOptions } from './seed';
import { readTextFile } from './text-file';

export interface ServeOptions extends SeedOptions {
  readonly port: number;
  readonly throttling: ThrottlingMode;
  /** File with faults of calls, events and pages. */
  readonly weather?: string;
}

/** Serves until SIGINT or SIGTERM; one line of JSON says where, once everything is there. */
export async function serveLocal(
  { port, throttling, weather, ...filling }: ServeOptions,
  print: (text: string) => void,
): Promise<void> {
  const { account } = await startLocal({
    ...{ port, throttling },
    seed: toSeed(filling, 'empty'),
    weather: weather === undefined ? undefined : { file: weather, text: await readTextFile('--weather', weather) },
  });
  print(JSON.stringify({ endpoint: account.endpoint, region: account.region, account: account.account }));
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
  await account.stop();
}
