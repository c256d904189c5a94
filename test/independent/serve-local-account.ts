/**
 * A local account with every service, for tools of others: prints `{endpoint, region, account, control, operations}` and
 * serves until ended. `operations` are those that there are, by the service's id in AWS's models. A POST of a number of
 * milliseconds to `control` lets as much time pass in the account.
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { ServiceDefinition } from '../../infra/local/kernel/operation';
import type { Scope } from '../../infra/local/kernel/scope';
import { startLocalAccount } from '../../infra/local/local-account';
import { services } from '../../infra/local/services';
import { functionArn, registerFunction } from '../../infra/local/services/lambda/functions';

/** Enough for three pages. */
const FUNCTIONS = 3;

/** Functions that answer with what they were sent, as there is no operation that makes one. */
function makeFunctions(scope: Scope): void {
  for (let index = 1; index <= FUNCTIONS; index++) {
    const name = `echo-${index}`;
    registerFunction(scope, {
      name,
      arn: functionArn(scope, name),
      roleArn: `arn:aws:iam::${scope.account}:role/${name}`,
      handler: 'index.handler',
      runtime: 'nodejs24.x',
      description: 'Answers with what it was sent',
      timeoutSeconds: 3,
      memoryMiB: 128,
      variables: {},
      invoke: (payload) => Promise.resolve({ payload }),
    });
  }
}

function serviceId({ signingName, client }: ServiceDefinition): string {
  const { config } = client();
  if ('serviceId' in config && typeof config.serviceId === 'string') return config.serviceId;
  throw new Error(`${signingName}: its client has no serviceId.`);
}

function operationsOf({ operations, forwarding }: ServiceDefinition): string[] {
  return [...Object.keys(operations), ...(forwarding?.operations ?? [])].sort();
}

const local = await startLocalAccount({ services, seed: makeFunctions });

async function advance(request: IncomingMessage, response: ServerResponse): Promise<void> {
  await local.world.clock.advance(Number(await text(request)));
  response.writeHead(204).end();
}

const control = createServer((request, response) => void advance(request, response)).listen(0, '127.0.0.1');
await once(control, 'listening');
const { port } = control.address() as AddressInfo;

const { endpoint, region, account } = local;
const operations = Object.fromEntries(services.map((service) => [serviceId(service), operationsOf(service)]));
const ready = { endpoint, region, account, control: `http://127.0.0.1:${port}`, operations };
process.stdout.write(`${JSON.stringify(ready)}\n`);

async function stop(): Promise<void> {
  control.close();
  control.closeAllConnections();
  await local.stop();
}
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop());
