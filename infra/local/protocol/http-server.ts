/** HTTP on the loopback interface; what a request means is the dispatcher's business. */
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { WireRequest, WireResponse } from './wire';

/** Never another: the account has no secrets and checks no signatures. */
const LOOPBACK = '127.0.0.1';

/** Longer than any client keeps an idle connection, so that none is closed under a request that is on its way. */
const KEEP_ALIVE_MS = 120_000;

export interface HttpServer {
  /** http://127.0.0.1:port */
  readonly endpoint: string;
  /** Closes every connection, also those in use. */
  stop(): Promise<void>;
}

export interface HttpServerOptions {
  /** 0: any that is free. */
  readonly port: number;
  readonly answer: (request: WireRequest, endpoint: string) => Promise<WireResponse>;
  readonly log: (message: string) => void;
  /** For the Date header, by which clients set the time that they sign with. */
  readonly now: () => Date;
}

async function readBody(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function joinHeaders(headers: IncomingMessage['headers']): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
  );
}

async function readRequest(message: IncomingMessage): Promise<WireRequest> {
  const [path = '/', ...query] = (message.url ?? '/').split('?');
  return {
    method: message.method ?? 'GET',
    path,
    query: new URLSearchParams(query.join('?')),
    headers: joinHeaders(message.headers),
    body: await readBody(message),
  };
}

interface Reply {
  readonly response: WireResponse;
  readonly at: Date;
}

function writeReply({ response, at }: Reply, target: ServerResponse): void {
  const { status, headers, body, unanswered } = response;
  if (unanswered !== undefined) {
    if (unanswered === 'reset') target.socket?.resetAndDestroy();
    return;
  }
  // 204 has no body: https://www.rfc-editor.org/rfc/rfc9110#section-15.3.5
  const length = status === 204 ? {} : { 'content-length': String(Buffer.byteLength(body)) };
  target.writeHead(status, { ...headers, ...length, date: at.toUTCString() });
  target.end(body);
}

async function listen(server: Server, port: number): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) => {
      reject(
        new Error(
          `The local account cannot listen on port ${String(port)} (${cause.message}); name another, or 0 for any free one`,
          { cause },
        ),
      );
    });
    server.listen(port, LOOPBACK, resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The local account got no TCP port.');
  return `http://${LOOPBACK}:${String(address.port)}`;
}

export async function startHttpServer({ port, answer, log, now }: HttpServerOptions): Promise<HttpServer> {
  let endpoint = '';
  async function serve(message: IncomingMessage, target: ServerResponse): Promise<void> {
    try {
      const response = await answer(await readRequest(message), endpoint);
      writeReply({ response, at: now() }, target);
    } catch (error) {
      target.destroy();
      // A client that went away in the middle of its request is no fault, e.g. a function that ran out of time.
      if (!message.complete) return;
      log(`${String(message.method)} ${String(message.url)} was not answered: ${String(error)}`);
    }
  }
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, (message, target) => void serve(message, target));
  endpoint = await listen(server, port);
  return {
    endpoint,
    stop: () =>
      new Promise<void>((resolve, reject) => {
        server.close((error) => {
          if (error) reject(error);
          else resolve();
        });
        server.closeAllConnections();
      }),
  };
}
