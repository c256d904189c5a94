import { expect, test } from '@jest/globals';
import {
  CreateHttpNamespaceCommand,
  CreatePrivateDnsNamespaceCommand,
  CreatePublicDnsNamespaceCommand,
  DeleteNamespaceCommand,
  GetNamespaceCommand,
  GetOperationCommand,
  ListNamespacesCommand,
  ListOperationsCommand,
} from '@aws-sdk/client-servicediscovery';
import { aNamespace, anHttpNamespace, aRegistry, aService, finished } from './an-account';

test('a private namespace comes into being with its hosted zone', async () => {
  const registry = await aRegistry();
  const { client, vpcId: Vpc } = registry;
  const { OperationId } = await client.send(
    new CreatePrivateDnsNamespaceCommand({ Name: 'prod.local', Vpc, Description: 'all of it' }),
  );
  expect((await client.send(new ListNamespacesCommand())).Namespaces).toEqual([]);
  const Id = (await finished(registry, OperationId)).Targets?.NAMESPACE;
  const { Namespace } = await client.send(new GetNamespaceCommand({ Id }));
  expect(Namespace).toEqual({
    Id: expect.stringMatching(/^ns-[0-9a-z]{16}$/),
    Arn: `arn:aws:servicediscovery:eu-west-2:111122223333:namespace/${Id ?? ''}`,
    ResourceOwner: '111122223333',
    Name: 'prod.local',
    Type: 'DNS_PRIVATE',
    Description: 'all of it',
    ServiceCount: 0,
    Properties: {
      DnsProperties: { HostedZoneId: expect.stringMatching(/^Z/), SOA: { TTL: 15 } },
      HttpProperties: { HttpName: 'prod.local' },
    },
    CreateDate: new Date('2026-11-22T10:00:00Z'),
    CreatorRequestId: expect.any(String),
  });
});

test('a VPC that does not exist shows only when the work fails', async () => {
  const registry = await aRegistry();
  const Vpc = 'vpc-0123456789abcdef0';
  const { OperationId } = await registry.client.send(new CreatePrivateDnsNamespaceCommand({ Name: 'prod.local', Vpc }));
  expect(await finished(registry, OperationId)).toMatchObject({
    Status: 'FAIL',
    ErrorCode: 'CANNOT_CREATE_HOSTED_ZONE',
    ErrorMessage: `The VPC that you chose, ${Vpc} in region eu-west-2, is either not authorized or does not exist.`,
  });
  expect((await registry.client.send(new ListNamespacesCommand())).Namespaces).toEqual([]);
});

test('the same name is a duplicate while it is being made, and taken afterwards', async () => {
  const registry = await aRegistry();
  const create = () => registry.client.send(new CreateHttpNamespaceCommand({ Name: 'mesh' }));
  const { OperationId } = await create();
  await expect(create()).rejects.toMatchObject({ name: 'DuplicateRequest', DuplicateOperationId: OperationId });
  const NamespaceId = (await finished(registry, OperationId)).Targets?.NAMESPACE;
  await expect(create()).rejects.toMatchObject({ name: 'NamespaceAlreadyExists', NamespaceId });
});

test.each([
  new CreatePublicDnsNamespaceCommand({ Name: 'has a blank.com' }),
  new CreateHttpNamespaceCommand({ Name: 'has a blank' }),
  new CreateHttpNamespaceCommand({ Name: 'x'.repeat(1_025) }),
  new CreateHttpNamespaceCommand({ Name: 'mesh', Tags: [{ Key: 'aws:x', Value: '' }] }),
])('a name or tag that is not valid is refused at once', async (command) => {
  const { client } = await aRegistry();
  await expect(client.send(command)).rejects.toMatchObject({ name: 'InvalidInput' });
});

test('filtering comes after paging: an empty page may have a successor', async () => {
  const registry = await aRegistry();
  await anHttpNamespace(registry, 'first');
  await aNamespace(registry, 'second.local');
  const list = async (NextToken?: string) =>
    registry.client.send(
      new ListNamespacesCommand({ MaxResults: 1, NextToken, Filters: [{ Name: 'TYPE', Values: ['DNS_PRIVATE'] }] }),
    );
  const first = await list();
  expect(first.Namespaces).toEqual([]);
  const second = await list(first.NextToken);
  expect(second.Namespaces?.map(({ Name }) => Name)).toEqual(['second.local']);
  expect(second.NextToken).toBeUndefined();
});

test.each([
  [{ Name: 'NAME', Values: ['mesh'] }, ['mesh']],
  [{ Name: 'NAME', Values: ['me'], Condition: 'BEGINS_WITH' }, ['mesh', 'mesh-2']],
  [{ Name: 'HTTP_NAME', Values: ['prod.local'], Condition: 'EQ' }, ['prod.local']],
  [{ Name: 'TYPE', Values: ['HTTP'] }, ['mesh', 'mesh-2']],
  [{ Name: 'RESOURCE_OWNER', Values: ['SELF'] }, ['mesh', 'mesh-2', 'prod.local']],
  [{ Name: 'RESOURCE_OWNER', Values: ['OTHER_ACCOUNTS'] }, []],
] as const)('filter %j finds %j', async ({ Values, ...filter }, names) => {
  const registry = await aRegistry();
  for (const name of ['mesh', 'mesh-2']) await anHttpNamespace(registry, name);
  await aNamespace(registry);
  const { Namespaces } = await registry.client.send(
    new ListNamespacesCommand({ Filters: [{ ...filter, Values: [...Values] }] }),
  );
  expect(Namespaces?.map(({ Name }) => Name)).toEqual(names);
});

test.each([
  { Filters: [{ Name: 'COLOUR' as 'NAME', Values: ['red'] }] },
  { Filters: [{ Name: 'NAME' as const, Values: [] }] },
  { Filters: [{ Name: 'NAME' as const, Values: ['a', 'b'] }] },
  { Filters: [{ Name: 'RESOURCE_OWNER' as const, Values: ['SELF'], Condition: 'BEGINS_WITH' as const }] },
  { MaxResults: 0 },
  { MaxResults: 101 },
  { NextToken: 'nonsense' },
])('%j is refused, even where there is nothing to list', async (request) => {
  const { client } = await aRegistry();
  await expect(client.send(new ListNamespacesCommand(request))).rejects.toMatchObject({ name: 'InvalidInput' });
});

test('a namespace with services cannot be deleted, an empty one can', async () => {
  const registry = await aRegistry();
  const used = await aNamespace(registry, 'used.local');
  await aService(registry, ['A'], { NamespaceId: used });
  await expect(registry.client.send(new DeleteNamespaceCommand({ Id: used }))).rejects.toMatchObject({
    name: 'ResourceInUse',
  });
  const empty = await aNamespace(registry, 'empty.local');
  const { OperationId } = await registry.client.send(new DeleteNamespaceCommand({ Id: empty }));
  expect(await finished(registry, OperationId)).toMatchObject({ Type: 'DELETE_NAMESPACE', Status: 'SUCCESS' });
  await expect(registry.client.send(new GetNamespaceCommand({ Id: empty }))).rejects.toMatchObject({
    name: 'NamespaceNotFound',
  });
});

test('operations are listed newest first, filtered by what they did and how it went', async () => {
  const registry = await aRegistry();
  const id = await aNamespace(registry);
  await registry.client.send(new DeleteNamespaceCommand({ Id: id }));
  const list = async (Name: 'STATUS' | 'TYPE' | 'NAMESPACE_ID', ...Values: string[]) => {
    const Condition = Values.length > 1 ? 'IN' : 'EQ';
    const Filters = [{ Name, Values, Condition } as const];
    return (await registry.client.send(new ListOperationsCommand({ Filters }))).Operations?.map(({ Status }) => Status);
  };
  expect(await list('NAMESPACE_ID', id)).toEqual(['SUBMITTED', 'SUCCESS']);
  expect(await list('STATUS', 'SUCCEED')).toEqual(['SUCCESS']);
  expect(await list('TYPE', 'CREATE_NAMESPACE', 'DELETE_NAMESPACE')).toEqual(['SUBMITTED', 'SUCCESS']);
  await expect(registry.client.send(new GetOperationCommand({ OperationId: 'none' }))).rejects.toMatchObject({
    name: 'OperationNotFound',
  });
});

test('operations are found by when they changed', async () => {
  const registry = await aRegistry();
  await aNamespace(registry);
  const start = Date.parse('2026-11-22T10:00:00Z') / 1_000;
  const between = async (from: number, to: number) => {
    const Filters = [
      { Name: 'UPDATE_DATE' as const, Values: [String(from), String(to)], Condition: 'BETWEEN' as const },
    ];
    return (await registry.client.send(new ListOperationsCommand({ Filters }))).Operations?.length;
  };
  expect(await between(start, start + 60)).toBe(1);
  expect(await between(start - 60, start)).toBe(0);
});
