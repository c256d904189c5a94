import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import type { SeedName } from '../../infra/local/seed/seed-names';
import type { ThrottlingMode } from '../../infra/local/throttling/throttling-modes';
import { UsageError } from './failure';
import { startLocal } from './local';

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
    weather: weather === undefined ? undefined : await readWeather(weather),
  });
  print(JSON.stringify({ endpoint: account.endpoint, region: account.region, account: account.account }));
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
  await account.stop();
}

async function readWeather(file: string): Promise<{ readonly file: string; readonly text: string }> {
  try {
    return { file, text: await readFile(file, 'utf8') };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError(`--weather ${file}: the file can not be read (${reason})`, { cause: error });
  }
}
