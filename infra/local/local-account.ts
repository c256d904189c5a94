/** A simulated AWS account on this machine, spoken to over HTTP in AWS's own protocols. */
import type { SimulatedClock } from './kernel/clock';
import type { Consistency } from './kernel/consistency';
import { createIds } from './kernel/ids';
import type { Principal, ServiceDefinition } from './kernel/operation';
import type { Scope } from './kernel/scope';
import type { World } from './kernel/world';
import { createWorld } from './kernel/world';
import type { CallLog } from './protocol/call-log';
import { createCallLog } from './protocol/call-log';
import type { Credentials } from './protocol/credentials';
import { createCredentialStore } from './protocol/credentials';
import { createDispatcher } from './protocol/dispatcher';
import { createForwarders } from './protocol/forwarders';
import { startHttpServer } from './protocol/http-server';
import type { Authorize, Interceptor } from './protocol/invocation';
import { createPageTokens } from './protocol/page-tokens';
import { createThrottle } from './throttling/throttle';
import type { ThrottlingMode } from './throttling/throttling-modes';
import { createCallWeather } from './weather/call-weather';
import type { WireRequest, WireResponse } from './protocol/wire';
import type { Weather } from './weather/weather';
import { createWeather } from './weather/weather';

export interface LocalAccountOptions {
  readonly services: readonly ServiceDefinition[];
  /** Port on 127.0.0.1; any free one if absent. */
  readonly port?: number;
  /** Real time if absent. */
  readonly clock?: SimulatedClock;
  /** Account and region of requests that say nothing else. */
  readonly account?: string;
  readonly region?: string;
  /** Fills the account before the first request. */
  readonly seed?: (scope: Scope, world: World) => void | Promise<void>;
  /** Makes reads of eventually consistent services late, once the seed is in; at once if absent. */
  readonly consistency?: Consistency;
  /** Seed of every id made in this account. */
  readonly idSeed?: string;
  /** What callers may do; everything if absent. */
  readonly authorize?: Authorize;
  /** Off if absent, so that an account can be filled at once; `throttle` changes it. */
  readonly throttling?: ThrottlingMode;
  /** Gets what the account has to say about itself, e.g. stack traces of its own faults. */
  readonly log?: (message: string) => void;
}

export interface LocalAccount {
  /** http://127.0.0.1:port, for AWS_ENDPOINT_URL */
  readonly endpoint: string;
  readonly account: string;
  readonly region: string;
  readonly world: World;
  /** The default account and region. */
  readonly scope: Scope;
  readonly calls: CallLog;
  /** Run in order before each operation; for faults and delays. */
  readonly interceptors: Interceptor[];
  /** What the server would answer, without a connection in between: for those who make very many calls. */
  answer(request: WireRequest): Promise<WireResponse>;
  /** Begins or ends refusing calls that come faster than AWS takes them; buckets are full when it begins. */
  throttle(mode: ThrottlingMode): void;
  /** How late reads are from now on. */
  delay(consistency: Consistency): void;
  /** Faults of calls, events and pages on request. */
  readonly weather: Weather;
  /** Issues credentials under which requests are made by this principal. */
  registerCredentials(principal: Principal): Credentials;
  /** Closes the server, its connections and the clock. */
  stop(): Promise<void>;
}

const DEFAULT_ACCOUNT = '111122223333';
const DEFAULT_REGION = 'eu-west-2';
const DEFAULT_ID_SEED = 'ecs-ipv6';

function writeToStderr(message: string): void {
  process.stderr.write(`${message}\n`);
}

async function open(options: LocalAccountOptions, world: World): Promise<LocalAccount> {
  const { services, port = 0, account = DEFAULT_ACCOUNT, region = DEFAULT_REGION } = options;
  const { log = writeToStderr, authorize = () => undefined, idSeed = DEFAULT_ID_SEED } = options;
  const scope = world.scope(account, region);
  await options.seed?.(scope, world);
  if (options.consistency) world.replica.set(options.consistency);

  const calls = createCallLog();
  const interceptors: Interceptor[] = [];
  const pageTokens = createPageTokens(`${idSeed}/tokens`);
  const callWeather = createCallWeather();
  const weather = createWeather({ scope, callWeather, pageTokens, seed: idSeed });
  const throttle = createThrottle(options.throttling ?? 'off');
  const credentials = createCredentialStore(createIds(`${idSeed}/credentials`));
  const forwarders = createForwarders();
  const dispatch = createDispatcher({
    ...{ world, services, account, region, calls, log, authorize, interceptors },
    ...{ admit: throttle.admit, pageTokens, pass: callWeather.pass },
    requestIds: createIds(`${idSeed}/requests`),
    authenticate: credentials.holder,
    forwarder: forwarders.get,
  });
  const server = await startHttpServer({ port, answer: dispatch, log, now: () => world.clock.now() });

  const stop = async (): Promise<void> => {
    world.clock.stop();
    await server.stop();
    await forwarders.stop();
  };
  let stopping: Promise<void> | undefined;
  return {
    ...{ endpoint: server.endpoint, account, region, world, scope, calls, interceptors, weather },
    answer: (request) => dispatch(request, server.endpoint),
    registerCredentials: credentials.issue,
    throttle: throttle.set,
    delay: world.replica.set,
    stop: () => {
      stopping ??= stop();
      return stopping;
    },
  };
}

export async function startLocalAccount(options: LocalAccountOptions): Promise<LocalAccount> {
  const world = createWorld({ clock: options.clock, seed: options.idSeed ?? DEFAULT_ID_SEED });
  try {
    return await open(options, world);
  } catch (error) {
    world.clock.stop();
    throw error;
  }
}
