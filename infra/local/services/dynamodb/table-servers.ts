/** DynamoDB is dynalite: one server for each account and region, on a loopback port of its own. */
import { request as httpRequest, type Server } from 'node:http';
import dynalite from 'dynalite';
import type { ForwardedRequest, ForwardedResponse, Forwarder } from '../../kernel/operation';
import type { Scope } from '../../kernel/scope';
import { mendedAnswer } from './table-answer';
import { noteTable } from './tables';

interface TableServer {
  readonly port: number;
  stop(): Promise<void>;
}

async function startTableServer(): Promise<TableServer> {
  // tables are there at once: waiting for them would be waiting for the machine's clock, not the account's
  const server = dynalite({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('dynalite listens on no port');
  return { port: address.port, stop: () => close(server) };
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
    server.closeAllConnections();
  });
}

function send(port: number, { method, path, headers, body }: ForwardedRequest): Promise<ForwardedResponse> {
  return new Promise((resolve, reject) => {
    const onward = httpRequest({ host: '127.0.0.1', port, method, path, headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const single = Object.entries(response.headers).map(([name, value]) => [name, String(value)] as const);
        const { 'transfer-encoding': _chunked, connection: _connection, ...rest } = Object.fromEntries(single);
        resolve({ status: response.statusCode ?? 500, headers: rest, body: Buffer.concat(chunks) });
      });
    });
    onward.on('error', reject);
    onward.end(body);
  });
}

/** Starts a table server for an account and region when the first request for it comes. */
export function startTableServers(): Promise<Forwarder> {
  const servers = new Map<Scope, Promise<TableServer>>();
  return Promise.resolve({
    async send(request, { scope, operation }) {
      const running = servers.get(scope) ?? startTableServer();
      servers.set(scope, running);
      const response = await send((await running).port, request);
      if (!operation.endsWith('Table')) return response;
      if (response.status === 200) noteTable(scope, operation, request);
      return mendedAnswer(response);
    },
    async stop() {
      const running = await Promise.all(servers.values());
      await Promise.all(running.map((server) => server.stop()));
    },
  });
}
