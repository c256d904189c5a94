/** The side of Lambda's Runtime API that Lambda itself plays, for one execution environment. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ClockReading } from '../../kernel/clock';

export interface PendingInvocation {
  readonly requestId: string;
  readonly payload: string;
  readonly deadline: Date;
  readonly functionArn: string;
  /** The account's time as it begins. */
  readonly clock: ClockReading;
}

export type InvocationEnd =
  { readonly kind: 'response'; readonly payload: string } | { readonly kind: 'error'; readonly payload: string };

export interface RuntimeApi {
  /** host:port, for AWS_LAMBDA_RUNTIME_API */
  readonly address: string;
  /** Hands an invocation to the environment, which must be idle; resolves with what it answers. */
  run(invocation: PendingInvocation): Promise<InvocationEnd>;
  /** Resolves with the error when the environment could not start. */
  readonly initError: Promise<string>;
  close(): void;
}

const ROUTE = /^\/2018-06-01\/runtime\/(?:invocation\/(next)|invocation\/([^/]+)\/(response|error)|init\/(error))$/;

interface Current {
  readonly invocation: PendingInvocation;
  readonly end: (end: InvocationEnd) => void;
}

export async function startRuntimeApi(): Promise<RuntimeApi> {
  let current: Current | undefined;
  let waiting: ServerResponse | undefined;
  let failInit: (payload: string) => void = () => undefined;
  const initError = new Promise<string>((resolve) => (failInit = resolve));

  const handOver = (): void => {
    if (!current || !waiting) return;
    const response = waiting;
    waiting = undefined;
    response.writeHead(200, headersOf(current.invocation)).end(current.invocation.payload);
  };
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const [, next, requestId, outcome, init] = ROUTE.exec(request.url ?? '') ?? [];
    if (next) {
      waiting = response;
      handOver();
      return;
    }
    const payload = await bodyOf(request);
    if (init) failInit(payload);
    else if (requestId === undefined || requestId !== current?.invocation.requestId) {
      response.writeHead(400).end();
      return;
    } else {
      const { end } = current;
      current = undefined;
      end({ kind: outcome === 'response' ? 'response' : 'error', payload });
    }
    response.writeHead(202, { 'content-type': 'application/json' }).end('{"status":"OK"}');
  };

  const server = createServer((request, response) => void answer(request, response).catch(() => response.destroy()));
  // `next` waits for as long as there is nothing to do
  server.requestTimeout = 0;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `127.0.0.1:${String(portOf(server.address()))}`,
    initError,
    run: (invocation) =>
      new Promise((end) => {
        current = { invocation, end };
        handOver();
      }),
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

function headersOf({ requestId, deadline, functionArn, clock }: PendingInvocation): Record<string, string> {
  return {
    'content-type': 'application/json',
    'lambda-runtime-aws-request-id': requestId,
    'lambda-runtime-deadline-ms': String(deadline.getTime()),
    'lambda-runtime-invoked-function-arn': functionArn,
    'lambda-runtime-trace-id': `Root=1-${requestId.replaceAll('-', '').slice(0, 32)};Sampled=0`,
    'local-clock': JSON.stringify(clock),
  };
}

const portOf = (address: AddressInfo | string | null): number =>
  address !== null && typeof address === 'object' ? address.port : 0;

async function bodyOf(request: IncomingMessage): Promise<string> {
  request.setEncoding('utf8');
  let body = '';
  for await (const chunk of request) body += String(chunk);
  return body;
}
