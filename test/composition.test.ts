import { describe, expect, it } from '@jest/globals';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ListServicesCommand } from '@aws-sdk/client-servicediscovery';
import { isTimeout } from '../lib/aws/failure';
import { createClients } from '../lib/composition';

describe('createClients', () => {
  it('gives up on a server that never answers', async () => {
    const server = createServer(() => undefined).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    Object.assign(process.env, {
      AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_MAX_ATTEMPTS: '1',
    });
    const clients = createClients({ region: 'eu-west-2', requestTimeoutMs: 50 });
    const failure: unknown = await clients.serviceDiscovery
      .send(new ListServicesCommand({}))
      .catch((error: unknown) => error);
    expect(isTimeout(failure)).toBe(true);
    clients.destroy();
    server.closeAllConnections();
    server.close();
  });

  it('asks for a region where the SDK finds none', async () => {
    Reflect.deleteProperty(process.env, 'AWS_REGION');
    const clients = createClients();
    await expect(clients.serviceDiscovery.send(new ListServicesCommand({}))).rejects.toThrow('Region is missing');
    clients.destroy();
  });
});
