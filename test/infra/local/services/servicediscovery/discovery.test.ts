import { expect, test } from '@jest/globals';
import type { DiscoverInstancesCommandInput } from '@aws-sdk/client-servicediscovery';
import {
  DeregisterInstanceCommand,
  DiscoverInstancesCommand,
  DiscoverInstancesRevisionCommand,
  GetInstancesHealthStatusCommand,
  UpdateInstanceCustomHealthStatusCommand,
} from '@aws-sdk/client-servicediscovery';
import type { Registry } from './an-account';
import { aRegistry, aService, finished, register } from './an-account';

const HEALTH_DELAY_MS = 30_000;

/** Service `web` of `prod.local` with instances one and two, each in its own stage. */
async function aWebService(registry: Registry, checked: boolean): Promise<string> {
  const service = await aService(registry, ['A'], checked ? { HealthCheckCustomConfig: {} } : {});
  for (const [id, stage] of [
    ['one', 'beta'],
    ['two', 'prod'],
  ] as const) {
    await register(registry, service, [id, { AWS_INSTANCE_IPV4: '10.0.1.9', stage }]);
  }
  await registry.clock.advance(5_000);
  return service;
}

async function discover({ client }: Registry, request: Partial<DiscoverInstancesCommandInput> = {}) {
  const input = { NamespaceName: 'prod.local', ServiceName: 'web', ...request };
  const { Instances = [] } = await client.send(new DiscoverInstancesCommand(input));
  return Instances.map(({ InstanceId, HealthStatus }) => `${InstanceId ?? ''} ${HealthStatus ?? ''}`);
}

function setHealth({ client }: Registry, ServiceId: string, Status: 'HEALTHY' | 'UNHEALTHY') {
  return client.send(new UpdateInstanceCustomHealthStatusCommand({ ServiceId, InstanceId: 'one', Status }));
}

test('instances are discovered by name and attributes', async () => {
  const registry = await aRegistry();
  await aWebService(registry, false);
  expect(await discover(registry)).toEqual(['one UNKNOWN', 'two UNKNOWN']);
  expect(await discover(registry, { QueryParameters: { stage: 'prod' } })).toEqual(['two UNKNOWN']);
  expect(await discover(registry, { QueryParameters: { stage: 'none' } })).toEqual([]);
  expect(await discover(registry, { OptionalParameters: { stage: 'none' } })).toHaveLength(2);
  expect(await discover(registry, { OptionalParameters: { stage: 'beta' } })).toEqual(['one UNKNOWN']);
  expect(await discover(registry, { MaxResults: 1 })).toEqual(['one UNKNOWN']);
  expect(await discover(registry, { HealthStatus: 'UNHEALTHY' })).toHaveLength(2);
});

test.each([
  [{ NamespaceName: 'none' }, 'NamespaceNotFound'],
  [{ ServiceName: 'none' }, 'ServiceNotFound'],
  [{ MaxResults: 1_001 }, 'InvalidInput'],
] as const)('%j is answered with %s', async (request, name) => {
  const registry = await aRegistry();
  await aWebService(registry, false);
  await expect(discover(registry, request)).rejects.toMatchObject({ name });
});

test('custom health changes half a minute after it was said, unless it was taken back', async () => {
  const registry = await aRegistry();
  const service = await aWebService(registry, true);
  expect(await discover(registry)).toEqual(['one HEALTHY', 'two HEALTHY']);
  await setHealth(registry, service, 'UNHEALTHY');
  await registry.clock.advance(HEALTH_DELAY_MS - 1);
  expect(await discover(registry, { HealthStatus: 'ALL' })).toEqual(['one HEALTHY', 'two HEALTHY']);
  await setHealth(registry, service, 'HEALTHY');
  await registry.clock.advance(HEALTH_DELAY_MS);
  expect(await discover(registry, { HealthStatus: 'ALL' })).toEqual(['one HEALTHY', 'two HEALTHY']);
  await setHealth(registry, service, 'UNHEALTHY');
  await registry.clock.advance(HEALTH_DELAY_MS);
  expect(await discover(registry, { HealthStatus: 'ALL' })).toEqual(['one UNHEALTHY', 'two HEALTHY']);
  expect(await discover(registry, { HealthStatus: 'HEALTHY' })).toEqual(['two HEALTHY']);
  expect(await discover(registry, { HealthStatus: 'UNHEALTHY' })).toEqual(['one UNHEALTHY']);
});

test('saying it again does not put it off, and taking it back once is enough', async () => {
  const registry = await aRegistry();
  const service = await aWebService(registry, true);
  await setHealth(registry, service, 'UNHEALTHY');
  await registry.clock.advance(HEALTH_DELAY_MS / 2);
  await setHealth(registry, service, 'UNHEALTHY');
  await registry.clock.advance(HEALTH_DELAY_MS / 2);
  expect(await discover(registry, { HealthStatus: 'UNHEALTHY' })).toEqual(['one UNHEALTHY']);
  await setHealth(registry, service, 'HEALTHY');
  await setHealth(registry, service, 'HEALTHY');
  await setHealth(registry, service, 'UNHEALTHY');
  await registry.clock.advance(HEALTH_DELAY_MS);
  expect(await discover(registry, { HealthStatus: 'UNHEALTHY' })).toEqual(['one UNHEALTHY']);
});

test('where none is healthy, all are given unless only healthy ones were asked for', async () => {
  const registry = await aRegistry();
  const service = await aWebService(registry, true);
  const only = { QueryParameters: { stage: 'beta' } };
  await setHealth(registry, service, 'UNHEALTHY');
  await registry.clock.advance(HEALTH_DELAY_MS);
  expect(await discover(registry, { ...only, HealthStatus: 'HEALTHY' })).toEqual([]);
  expect(await discover(registry, { ...only, HealthStatus: 'HEALTHY_OR_ELSE_ALL' })).toEqual(['one UNHEALTHY']);
});

test('health is told for all instances or those named', async () => {
  const registry = await aRegistry();
  const ServiceId = await aWebService(registry, true);
  const health = async (Instances?: string[]) =>
    (await registry.client.send(new GetInstancesHealthStatusCommand({ ServiceId, Instances }))).Status;
  expect(await health()).toEqual({ one: 'HEALTHY', two: 'HEALTHY' });
  expect(await health(['two'])).toEqual({ two: 'HEALTHY' });
  await expect(health(['three'])).rejects.toMatchObject({ name: 'InstanceNotFound' });
});

test('a service without custom health check takes none', async () => {
  const registry = await aRegistry();
  const service = await aWebService(registry, false);
  await expect(setHealth(registry, service, 'UNHEALTHY')).rejects.toMatchObject({ name: 'CustomHealthNotFound' });
});

test('the revision rises when instances come and go, not with their health', async () => {
  const registry = await aRegistry();
  const service = await aWebService(registry, true);
  const revision = async () =>
    (
      await registry.client.send(
        new DiscoverInstancesRevisionCommand({ NamespaceName: 'prod.local', ServiceName: 'web' }),
      )
    ).InstancesRevision ?? 0;
  const before = await revision();
  await setHealth(registry, service, 'UNHEALTHY');
  await registry.clock.advance(HEALTH_DELAY_MS);
  expect(await revision()).toBe(before);
  const { OperationId } = await registry.client.send(
    new DeregisterInstanceCommand({ ServiceId: service, InstanceId: 'one' }),
  );
  await finished(registry, OperationId);
  expect(await revision()).toBe(before + 1);
});
