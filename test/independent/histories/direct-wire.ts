/**
 * SDK clients whose requests reach a local account without a connection in between: serialized and parsed as ever, and
 * many times as fast. In one thread, nothing comes in another order the next time either.
 */
import type { LocalAccount } from '../../../infra/local/local-account';
import type { WireResponse } from '../../../infra/local/protocol/wire';

/** What the SDK's HTTP handlers get. */
interface HttpRequest {
  readonly method: string;
  readonly path: string;
  readonly query?: Readonly<Record<string, string | readonly string[] | null>>;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body?: string | Uint8Array;
}

interface HttpAnswer {
  readonly response: { readonly statusCode: number; readonly headers: object; readonly body: Buffer };
}

interface Signer {
  sign(request: HttpRequest, options: unknown): Promise<HttpRequest>;
}

/** A client of the SDK, as far as its connection goes. */
export interface Connected {
  readonly config: {
    readonly requestHandler: { handle: unknown };
    cacheMiddleware?: boolean;
    logger?: object;
    signer: (scheme: unknown) => Promise<Signer>;
  };
}

/** Which requests are sent once more, because the SDK got no answer to the first one. */
export type IsRepeated = (operation: string) => boolean;

export interface DirectWire {
  /** From now on requests go there. */
  connect(account: LocalAccount): void;
  lay(client: Connected): void;
  /** Asked before each request. */
  isRepeated: IsRepeated;
}

const never: IsRepeated = () => false;

export function createDirectWire(): DirectWire {
  let account: LocalAccount | undefined;
  const handle = async (request: HttpRequest): Promise<HttpAnswer> => {
    if (!account) throw new Error('there is no account to talk to');
    const isTwice = wire.isRepeated(operationOf(request));
    const answer = () => account?.answer(toWire(request));
    if (isTwice) await answer();
    return toHttp(await answer(), account.world.clock.now());
  };
  const wire: DirectWire = {
    connect(to) {
      account = to;
      wire.isRepeated = never;
    },
    lay(client) {
      const { config } = client;
      config.requestHandler.handle = handle;
      // half of what a call costs: steps are put together once for each command, a client signs once, nothing is logged
      config.cacheMiddleware = true;
      delete config.logger;
      config.signer = signOnce(config.signer);
    },
    isRepeated: never,
  };
  return wire;
}

/** The account reads from a signature who signs for which service, in which region: for a client always the same. */
function signOnce(signerFor: Connected['config']['signer']): Connected['config']['signer'] {
  let authorization: string | undefined;
  const again: Signer = {
    sign: (request) => Promise.resolve({ ...request, headers: { ...request.headers, authorization } }),
  };
  return async (scheme) => {
    if (authorization !== undefined) return again;
    const signer = await signerFor(scheme);
    return {
      async sign(request, options) {
        const signed = await signer.sign(request, options);
        authorization = signed.headers['authorization'];
        return signed;
      },
    };
  };
}

/** As AWS's protocols for requests name it, other than by the path. */
function operationOf({ headers, body }: HttpRequest): string {
  const target = headers['x-amz-target'];
  if (target !== undefined) return target.slice(target.indexOf('.') + 1);
  return /(?:^|&)Action=(\w+)/.exec(typeof body === 'string' ? body : '')?.[1] ?? '';
}

function toWire({ method, path, query = {}, headers, body = '' }: HttpRequest) {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const one of [value ?? ''].flat()) parameters.append(name, one);
  }
  const bytes =
    typeof body === 'string' ? Buffer.from(body) : Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  return {
    ...{ method, path, query: parameters, body: bytes },
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])),
  };
}

/** Where no answer comes, what Node's sockets and the SDK's time limit would say. */
function toHttp(answer: WireResponse | undefined, now: Date): HttpAnswer {
  if (answer?.unanswered === 'reset') throw Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });
  if (!answer || answer.unanswered) throw Object.assign(new Error('no answer in time'), { name: 'TimeoutError' });
  const body = Buffer.from(answer.body);
  const headers = { ...answer.headers, 'content-length': String(body.length), date: now.toUTCString() };
  return { response: { statusCode: answer.status, headers, body } };
}
