/**
 * Not everything that answers at an endpoint is AWS: a proxy's page, a gateway's empty 200, an emulator's crash. The SDK
 * tells of a parse error in the first two cases and takes the last for "nothing is there".
 */
import type { ExtensibleClient, Middleware } from './sdk-middleware';

/** An answer that AWS would not give. The rest of a pass can stand beside it, as beside any failed call. */
export class UnreadableAnswer extends Error {
  override readonly name = 'UnreadableAnswer';
  /** As on the SDK's own errors: its retries and our gaps look at it. */
  readonly $metadata: { readonly httpStatusCode?: number };

  constructor(message: string, status: number | undefined, cause?: unknown) {
    super(message, { cause });
    this.$metadata = { httpStatusCode: status };
  }
}

/** Reads always say something, if only that a list is empty. */
const READ = /^(Get(?!Item)|List|Describe|Discover)/;

function field(value: unknown, ...names: readonly string[]): unknown {
  let inner = value;
  for (const name of names) {
    if (typeof inner !== 'object' || inner === null) return undefined;
    inner = Reflect.get(inner, name);
  }
  return inner;
}

/** `http://127.0.0.1:5000` */
function endpointOf(input: unknown): string {
  const [protocol, hostname, port] = ['protocol', 'hostname', 'port'].map((name) => field(input, 'request', name));
  if (typeof hostname !== 'string') return 'the endpoint';
  return `${typeof protocol === 'string' ? protocol : 'https:'}//${hostname}${typeof port === 'number' ? `:${String(port)}` : ''}`;
}

/** What the SDK throws when it can make nothing of the body, or there is none to make something of. */
function isUnreadable(error: unknown): error is Error {
  if (!(error instanceof Error) || field(error, '$response') === undefined) return false;
  return error.message.includes('Deserialization error') || ['Unknown', 'UnknownError'].includes(error.name);
}

const clear: Middleware = (next, context) => async (input) => {
  const command = (context.commandName ?? 'call').replace(/Command$/, '');
  const say = (status: unknown, what: string, cause?: unknown): UnreadableAnswer => {
    const call = `${(context.clientName ?? '').replace(/Client$/, '')} ${command}`.trim();
    const answered = `${endpointOf(input)} answered HTTP ${String(status)} ${what}`;
    const message = `${call}: ${answered}, which AWS does not; check AWS_ENDPOINT_URL, and what stands between (proxy, gateway)`;
    return new UnreadableAnswer(message, typeof status === 'number' ? status : undefined, cause);
  };
  try {
    const answer = await next(input);
    if (READ.test(command) && field(answer, 'response', 'headers', 'content-length') === '0') {
      throw say(field(answer, 'response', 'statusCode'), 'and no content');
    }
    return answer;
  } catch (error) {
    if (!isUnreadable(error)) throw error;
    const type = field(error, '$response', 'headers', 'content-type');
    const what = typeof type === 'string' ? `with ${type.split(';')[0] ?? type} that cannot be read` : 'and no content';
    throw say(field(error, '$metadata', 'httpStatusCode'), what, error);
  }
};

/** Makes `client` say so when something other than AWS answers. */
export function clearAnswers<Client extends ExtensibleClient>(client: Client): Client {
  client.middlewareStack.add(clear, { step: 'deserialize', priority: 'high', name: 'clearAnswers' });
  return client;
}
