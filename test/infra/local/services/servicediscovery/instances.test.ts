import { expect, test } from '@jest/globals';
import type { RecordType } from '@aws-sdk/client-servicediscovery';
import {
  DeregisterInstanceCommand,
  GetInstanceCommand,
  GetServiceCommand,
  paginateListInstances,
} from '@aws-sdk/client-servicediscovery';
import { registerInstance } from '../../../../../infra/local/services/servicediscovery/instances';
import type { Registry } from './an-account';
import { anHttpNamespace, aRegistry, aService, finished, instances, operation, register } from './an-account';

const V4 = { AWS_INSTANCE_IPV4: '10.0.1.9' };
const V6 = { AWS_INSTANCE_IPV6: '2600:1f00::9' };
const PORT = { AWS_INSTANCE_PORT: '8080' };

function deregister({ client }: Registry, ServiceId: string, InstanceId: string) {
  return client.send(new DeregisterInstanceCommand({ ServiceId, InstanceId }));
}

test('an instance is there when its operation has succeeded, and gone likewise', async () => {
  const registry = await aRegistry();
  const service = await aService(registry, ['AAAA']);
  const { OperationId } = await register(registry, service, ['task-1', V6]);
  expect(await operation(registry, OperationId)).toMatchObject({
    Type: 'REGISTER_INSTANCE',
    Status: 'SUBMITTED',
    CreateDate: expect.any(Date),
    Targets: { INSTANCE: 'task-1', SERVICE: service, NAMESPACE: expect.stringMatching(/^ns-/) },
  });
  await registry.clock.advance(500);
  expect(await operation(registry, OperationId)).toMatchObject({ Status: 'PENDING' });
  expect(await instances(registry, service)).toEqual({});
  expect(await finished(registry, OperationId)).toMatchObject({ Status: 'SUCCESS' });
  expect(await instances(registry, service)).toEqual({ 'task-1': V6 });

  const gone = await deregister(registry, service, 'task-1');
  expect(await instances(registry, service)).toEqual({ 'task-1': V6 });
  expect(await finished(registry, gone.OperationId)).toMatchObject({ Status: 'SUCCESS', Type: 'DEREGISTER_INSTANCE' });
  expect(await instances(registry, service)).toEqual({});
});

test('a second deregistration is a duplicate while the first runs, and finds nothing afterwards', async () => {
  const registry = await aRegistry();
  const service = await aService(registry, ['AAAA']);
  await finished(registry, (await register(registry, service, ['task-1', V6])).OperationId);
  const { OperationId } = await deregister(registry, service, 'task-1');
  await expect(deregister(registry, service, 'task-1')).rejects.toMatchObject({
    name: 'DuplicateRequest',
    DuplicateOperationId: OperationId,
  });
  await expect(register(registry, service, ['task-1', V6])).rejects.toMatchObject({ name: 'ResourceInUse' });
  await finished(registry, OperationId);
  await expect(deregister(registry, service, 'task-1')).rejects.toMatchObject({ name: 'InstanceNotFound' });
});

test('an instance that is being registered cannot be deregistered yet', async () => {
  const registry = await aRegistry();
  const service = await aService(registry, ['AAAA']);
  await register(registry, service, ['task-1', V6]);
  await expect(deregister(registry, service, 'task-1')).rejects.toMatchObject({ name: 'ResourceInUse' });
});

test('a service with a Route 53 health check needs a port to check', async () => {
  const registry = await aRegistry();
  const NamespaceId = await anHttpNamespace(registry);
  const service = await aService(registry, [], { NamespaceId, HealthCheckConfig: { Type: 'TCP' } });
  await expect(register(registry, service, ['task-1', V4])).rejects.toMatchObject({
    name: 'InvalidInput',
    message: 'A valid port number must be supplied.',
  });
  await expect(register(registry, service, ['task-1', { ...V4, ...PORT }])).resolves.toHaveProperty('OperationId');
});

test('registering again replaces the attributes', async () => {
  const registry = await aRegistry();
  const service = await aService(registry, ['A']);
  await finished(registry, (await register(registry, service, ['task-1', V4])).OperationId);
  const other = { AWS_INSTANCE_IPV4: '10.0.1.10' };
  await finished(registry, (await register(registry, service, ['task-1', other])).OperationId);
  expect(await instances(registry, service)).toEqual({ 'task-1': other });
});

test.each<{ types: readonly RecordType[]; attributes: Record<string, string>; why: string }>([
  { types: ['A'], attributes: V6, why: 'A needs an IPv4 address' },
  { types: ['AAAA'], attributes: V4, why: 'AAAA needs an IPv6 address' },
  { types: ['A', 'AAAA'], attributes: V4, why: 'A with AAAA needs both' },
  { types: ['SRV'], attributes: V6, why: 'SRV needs a port' },
  { types: ['SRV'], attributes: PORT, why: 'SRV needs an address' },
  { types: ['SRV'], attributes: { ...V6, AWS_INSTANCE_PORT: '0' }, why: 'port 0 is none' },
  { types: ['SRV'], attributes: { ...V6, AWS_INSTANCE_PORT: '65536' }, why: 'port 65536 is none' },
  { types: ['A'], attributes: { AWS_INSTANCE_IPV4: '10.0.1' }, why: 'three numbers are no address' },
  { types: ['AAAA'], attributes: { AWS_INSTANCE_IPV6: '10.0.1.9' }, why: 'IPv4 is not IPv6' },
  { types: ['AAAA'], attributes: { ...V6, AWS_EC2_INSTANCE_ID: 'i-1' }, why: 'EC2 ids are for HTTP namespaces' },
  { types: ['A'], attributes: { ...V4, AWS_INIT_HEALTH_STATUS: 'HEALTHY' }, why: 'no custom health check' },
  { types: ['A'], attributes: { AWS_ALIAS_DNS_NAME: 'x.elb.amazonaws.com' }, why: 'aliases need weighted records' },
  { types: ['A'], attributes: { ...V4, k: 'v'.repeat(1_025) }, why: 'a value is too long' },
  { types: ['A'], attributes: { ...V4, ['k'.repeat(256)]: 'v' }, why: 'a key is too long' },
  { types: ['A'], attributes: { ...V4, 'a key': 'v' }, why: 'a key has a blank' },
  {
    types: ['A'],
    attributes: { ...V4, ...Object.fromEntries(Array.from({ length: 31 }, (_, n) => [`k${n}`, 'v'])) },
    why: 'there are 31 of its own',
  },
  {
    types: ['A'],
    attributes: { ...V4, ...Object.fromEntries(Array.from({ length: 5 }, (_, n) => [`k${n}`, 'v'.repeat(1_000)])) },
    why: 'they exceed 5,000 characters',
  },
])('attributes are refused by a service with $types where $why', async ({ types, attributes }) => {
  const registry = await aRegistry();
  const service = await aService(registry, types);
  await expect(register(registry, service, ['task-1', attributes])).rejects.toMatchObject({ name: 'InvalidInput' });
  await registry.clock.advance(60_000);
  expect(await instances(registry, service)).toEqual({});
});

test.each<{ types: readonly RecordType[]; attributes: Record<string, string> }>([
  { types: ['SRV'], attributes: { ...V6, ...PORT } },
  { types: ['SRV'], attributes: { ...V4, ...PORT } },
  { types: ['A', 'AAAA'], attributes: { ...V4, ...V6 } },
  { types: ['A', 'SRV'], attributes: { ...V4, ...PORT } },
  { types: ['AAAA'], attributes: { ...V6, ...V4, ECS_SERVICE_NAME: 'web', REGION: 'eu-west-2' } },
  { types: [], attributes: { url: 'https://example.com/' } },
])('$attributes fit a service with $types', async ({ types, attributes }) => {
  const registry = await aRegistry();
  const service = await aService(registry, types, types.length === 0 ? { Type: 'HTTP' } : {});
  const { OperationId } = await register(registry, service, ['task-1', attributes]);
  expect(await finished(registry, OperationId)).toMatchObject({ Status: 'SUCCESS' });
  expect(await instances(registry, service)).toEqual({ 'task-1': attributes });
});

test('an EC2 instance that does not exist is refused', async () => {
  const registry = await aRegistry();
  const service = await aService(registry, [], { NamespaceId: await anHttpNamespace(registry) });
  await expect(
    register(registry, service, ['i-1', { AWS_EC2_INSTANCE_ID: 'i-0123456789abcdef0' }]),
  ).rejects.toMatchObject({ name: 'InvalidInput' });
});

test('an instance is asked for by id, its service by id or ARN', async () => {
  const registry = await aRegistry();
  const service = await aService(registry, ['A']);
  await finished(registry, (await register(registry, service, ['task-1', V4])).OperationId);
  const { Service } = await registry.client.send(new GetServiceCommand({ Id: service }));
  const found = await registry.client.send(new GetInstanceCommand({ ServiceId: Service?.Arn, InstanceId: 'task-1' }));
  expect(found).toMatchObject({
    ResourceOwner: '111122223333',
    Instance: { Id: 'task-1', Attributes: V4, CreatedByAccount: '111122223333', CreatorRequestId: expect.any(String) },
  });
  await expect(
    registry.client.send(new GetInstanceCommand({ ServiceId: service, InstanceId: 'task-2' })),
  ).rejects.toMatchObject({ name: 'InstanceNotFound' });
  await expect(register(registry, 'srv-0123456789abcdef', ['task-1', V4])).rejects.toMatchObject({
    name: 'ServiceNotFound',
  });
});

test('100 instances fill a page, 1,000 a service', async () => {
  const registry = await aRegistry();
  const service = await aService(registry, ['A']);
  for (let n = 0; n < 1_000; n++) {
    registerInstance(registry.scope, { serviceId: service, instanceId: `task-${n}`, attributes: V4 });
  }
  await registry.clock.advance(60_000);
  await expect(register(registry, service, ['task-1000', V4])).rejects.toMatchObject({ name: 'ResourceLimitExceeded' });
  const sizes: number[] = [];
  for await (const page of paginateListInstances({ client: registry.client }, { ServiceId: service })) {
    sizes.push(page.Instances?.length ?? 0);
  }
  expect(sizes).toEqual(Array.from({ length: 10 }, () => 100));
});
