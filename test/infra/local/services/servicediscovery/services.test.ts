import { expect, test } from '@jest/globals';
import type { CreateServiceCommandInput, RecordType, ServiceChange } from '@aws-sdk/client-servicediscovery';
import {
  CreateServiceCommand,
  DeleteServiceCommand,
  DeregisterInstanceCommand,
  GetServiceCommand,
  ListServicesCommand,
  UpdateServiceCommand,
} from '@aws-sdk/client-servicediscovery';
import type { Registry } from './an-account';
import { aNamespace, anHttpNamespace, aRegistry, aService, finished, records, register } from './an-account';

function get({ client }: Registry, Id: string) {
  return client.send(new GetServiceCommand({ Id })).then(({ Service }) => Service);
}

test('a service has the records that its instances will get', async () => {
  const registry = await aRegistry();
  const NamespaceId = await aNamespace(registry);
  const id = await aService(registry, ['AAAA'], { NamespaceId, Description: 'front', HealthCheckCustomConfig: {} });
  expect(await get(registry, id)).toEqual({
    Id: expect.stringMatching(/^srv-[0-9a-z]{16}$/),
    Arn: `arn:aws:servicediscovery:eu-west-2:111122223333:service/${id}`,
    ResourceOwner: '111122223333',
    CreatedByAccount: '111122223333',
    Name: 'web',
    NamespaceId,
    Description: 'front',
    InstanceCount: 0,
    DnsConfig: { NamespaceId, RoutingPolicy: 'MULTIVALUE', DnsRecords: [{ Type: 'AAAA', TTL: 60 }] },
    Type: 'DNS_HTTP',
    HealthCheckCustomConfig: { FailureThreshold: 1 },
    CreateDate: expect.any(Date),
    CreatorRequestId: expect.any(String),
  });
});

test.each<{ types: RecordType[] }>([
  { types: ['A'] },
  { types: ['AAAA'] },
  { types: ['SRV'] },
  { types: ['A', 'AAAA'] },
  { types: ['A', 'SRV'] },
  { types: ['A', 'AAAA', 'SRV'] },
])('records $types go together', async ({ types }) => {
  const registry = await aRegistry();
  const service = await get(registry, await aService(registry, types));
  expect(service?.DnsConfig?.DnsRecords?.map(({ Type }) => Type)).toEqual(types);
});

test.each<{ why: string; request: Partial<CreateServiceCommandInput> }>([
  {
    why: 'CNAME stands alone',
    request: { DnsConfig: { RoutingPolicy: 'WEIGHTED', DnsRecords: records('CNAME', 'A') } },
  },
  { why: 'CNAME must be weighted', request: { DnsConfig: { DnsRecords: records('CNAME') } } },
  { why: 'each type comes once', request: { DnsConfig: { DnsRecords: records('A', 'A') } } },
  { why: 'MX is no type', request: { DnsConfig: { DnsRecords: records('MX' as 'A') } } },
  { why: 'the TTL is negative', request: { DnsConfig: { DnsRecords: [{ Type: 'A', TTL: -1 }] } } },
  { why: 'a DNS namespace wants records', request: { DnsConfig: undefined } },
  { why: 'HTTP services have no records', request: { Type: 'HTTP' } },
  { why: 'Route 53 cannot check inside a VPC', request: { HealthCheckConfig: { Type: 'HTTP' } } },
  { why: 'there is one health check', request: { HealthCheckConfig: { Type: 'HTTP' }, HealthCheckCustomConfig: {} } },
  { why: 'the name has a blank', request: { Name: 'the web' } },
])('a service is refused where $why', async ({ request }) => {
  const registry = await aRegistry();
  const NamespaceId = await aNamespace(registry);
  const DnsConfig = { DnsRecords: records('A') };
  const input = { Name: 'web', NamespaceId, DnsConfig, ...request };
  await expect(registry.client.send(new CreateServiceCommand(input))).rejects.toMatchObject({ name: 'InvalidInput' });
  expect((await registry.client.send(new ListServicesCommand())).Services).toEqual([]);
});

test('an HTTP namespace has services without records, whose health Route 53 may check', async () => {
  const registry = await aRegistry();
  const NamespaceId = await anHttpNamespace(registry);
  const service = await get(
    registry,
    await aService(registry, [], { NamespaceId, HealthCheckConfig: { Type: 'HTTP' } }),
  );
  expect(service).toMatchObject({ Type: 'HTTP', HealthCheckConfig: { ResourcePath: '/', FailureThreshold: 1 } });
  expect(service).not.toHaveProperty('DnsConfig');
  await expect(aService(registry, ['A'], { NamespaceId, Name: 'dns' })).rejects.toMatchObject({ name: 'InvalidInput' });
});

test('a name is taken once in a namespace, whatever its case', async () => {
  const registry = await aRegistry();
  const NamespaceId = await aNamespace(registry);
  const ServiceId = await aService(registry, ['A'], { NamespaceId });
  await expect(aService(registry, ['A'], { NamespaceId, Name: 'WEB' })).rejects.toMatchObject({
    name: 'ServiceAlreadyExists',
    ServiceId,
  });
  await expect(aService(registry, ['A'], { NamespaceId: 'ns-0123456789abcdef' })).rejects.toMatchObject({
    name: 'NamespaceNotFound',
  });
});

test('the list has pages that are filtered after they were cut', async () => {
  const registry = await aRegistry();
  const [one, two] = [await aNamespace(registry, 'one.local'), await aNamespace(registry, 'two.local')];
  await aService(registry, ['A'], { NamespaceId: one });
  const wanted = await aService(registry, ['A'], { NamespaceId: two });
  const list = async (NextToken?: string) => {
    const Filters = [{ Name: 'NAMESPACE_ID' as const, Values: [two] }];
    return registry.client.send(new ListServicesCommand({ MaxResults: 1, NextToken, Filters }));
  };
  const first = await list();
  expect(first.Services).toEqual([]);
  const second = await list(first.NextToken);
  expect(second.Services).toMatchObject([{ Id: wanted, DnsConfig: { DnsRecords: [{ Type: 'A', TTL: 60 }] } }]);
  expect(second.Services?.[0]).not.toHaveProperty('NamespaceId');
  expect(second.NextToken).toBeUndefined();
});

async function update(registry: Registry, Id: string, Service: ServiceChange): Promise<void> {
  const { OperationId } = await registry.client.send(new UpdateServiceCommand({ Id, Service }));
  expect(await finished(registry, OperationId)).toMatchObject({ Type: 'UPDATE_SERVICE', Status: 'SUCCESS' });
}

test('an update changes TTLs and drops the records that it leaves out', async () => {
  const registry = await aRegistry();
  const id = await aService(registry, ['A', 'AAAA'], { Description: 'kept' });
  await update(registry, id, { DnsConfig: { DnsRecords: [{ Type: 'AAAA', TTL: 5 }] } });
  expect(await get(registry, id)).toMatchObject({
    Description: 'kept',
    DnsConfig: { DnsRecords: [{ Type: 'AAAA', TTL: 5 }] },
  });
});

test('an update cannot change the type of a record', async () => {
  const registry = await aRegistry();
  const id = await aService(registry, ['A']);
  const Service = { DnsConfig: { DnsRecords: records('AAAA') } };
  await expect(registry.client.send(new UpdateServiceCommand({ Id: id, Service }))).rejects.toMatchObject({
    name: 'InvalidInput',
  });
  await registry.clock.advance(60_000);
  expect(await get(registry, id)).toMatchObject({ DnsConfig: { DnsRecords: [{ Type: 'A', TTL: 60 }] } });
});

test('a service with instances, coming, staying or going, cannot be deleted', async () => {
  const registry = await aRegistry();
  const id = await aService(registry, ['A']);
  const remove = () => registry.client.send(new DeleteServiceCommand({ Id: id }));
  const inUse = {
    name: 'ResourceInUse',
    message: 'Service contains registered instances; delete the instances before deleting the service',
  };
  const coming = await register(registry, id, ['task-1', { AWS_INSTANCE_IPV4: '10.0.1.9' }]);
  await expect(remove()).rejects.toMatchObject(inUse);
  await finished(registry, coming.OperationId);
  await expect(remove()).rejects.toMatchObject(inUse);
  const going = await registry.client.send(new DeregisterInstanceCommand({ ServiceId: id, InstanceId: 'task-1' }));
  await expect(remove()).rejects.toMatchObject(inUse);
  await finished(registry, going.OperationId);
  await remove();
  await expect(get(registry, id)).rejects.toMatchObject({ name: 'ServiceNotFound' });
});
