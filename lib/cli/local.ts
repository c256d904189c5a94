/** The local account, for `--local` and `ecs-ipv6 local`. */
import { devNull } from 'node:os';
import { SimulatedClock } from '../../infra/local/kernel/clock';
import { startLocalAccount, type LocalAccount } from '../../infra/local/local-account';
import { SEED_HISTORY_MS, seedAccount } from '../../infra/local/seed/seed-account';
import type { ThrottlingMode } from '../../infra/local/throttling/throttling-modes';
import type { Seed } from '../../infra/local/seed/seed-names';
import { services } from '../../infra/local/services';
import { parseForecast } from '../../infra/local/weather/parse-forecast';

export interface LocalOptions {
  readonly seed: Seed;
  /** 0: any free port. */
  readonly port: number;
  /** Published rates once the account is filled, if absent. */
  readonly throttling?: ThrottlingMode;
  /** Faults that begin once the account is filled. */
  readonly weather?: { readonly file: string; readonly text: string };
}

export interface StartedLocal {
  readonly account: LocalAccount;
  /** Where there is something to see; its own region first. */
  readonly regions: readonly [string, ...string[]];
}

/** Starts it, fills it, and points the SDK of this process at it. */
export async function startLocal(options: LocalOptions): Promise<StartedLocal> {
  const { seed, port, throttling = 'published', weather } = options;
  const forecast = weather && parseForecast(weather.file, weather.text, services);
  const clock = new SimulatedClock({ start: new Date(Date.now() - SEED_HISTORY_MS[seed.name]), running: true });
  const account = await startLocalAccount({ services, port, clock });
  pointAt(account);
  const regions = await seedAccount(account, seed);
  await catchUp(clock);
  account.throttle(throttling);
  if (forecast) account.weather.forecast(forecast);
  return { account, regions };
}

/** Of jumps by milliseconds and of a clock that flows while it is looked at. */
const TOLERANCE_MS = 1_000;

/** Whoever looks goes by real time: what has to have lasted for a while has then, and nothing is from the future. */
async function catchUp(clock: SimulatedClock): Promise<void> {
  const behind = Date.now() - clock.now().getTime();
  if (behind < -TOLERANCE_MS) {
    const ahead = String(Math.ceil(-behind / 1_000));
    throw new Error(`filling the account took ${ahead} s of its time too many: raise SEED_HISTORY_MS`);
  }
  await clock.advance(behind);
}

/**
 * Makes the SDK of this process talk to the account, as its administrator. Nothing of the person's own settings stays:
 * a profile goes before keys, and an endpoint of one service before that of all.
 */
export function pointAt({ endpoint, region, account }: LocalAccount): void {
  for (const name of Object.keys(process.env)) {
    if (name.startsWith('AWS_')) Reflect.deleteProperty(process.env, name);
  }
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: account,
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    // said once, in --help
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  });
}
