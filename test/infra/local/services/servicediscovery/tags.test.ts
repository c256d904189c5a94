import { expect, test } from '@jest/globals';
import type { Tag } from '@aws-sdk/client-servicediscovery';
import {
  GetServiceCommand,
  ListTagsForResourceCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-servicediscovery';
import type { Registry } from './an-account';
import { aRegistry, aService } from './an-account';

async function aTaggedService(registry: Registry): Promise<string> {
  const Id = await aService(registry, ['A'], { Tags: [{ Key: 'team', Value: 'payments' }] });
  return (await registry.client.send(new GetServiceCommand({ Id }))).Service?.Arn ?? '';
}

async function tagsOf({ client }: Registry, ResourceARN: string) {
  return (await client.send(new ListTagsForResourceCommand({ ResourceARN }))).Tags;
}

test('tags are added, replaced and taken away', async () => {
  const registry = await aRegistry();
  const ResourceARN = await aTaggedService(registry);
  const Tags = [
    { Key: 'team', Value: 'orders' },
    { Key: 'ecs-ipv6:status', Value: 'violation' },
  ];
  await registry.client.send(new TagResourceCommand({ ResourceARN, Tags }));
  expect(await tagsOf(registry, ResourceARN)).toEqual(Tags);
  await registry.client.send(new UntagResourceCommand({ ResourceARN, TagKeys: ['team', 'none'] }));
  expect(await tagsOf(registry, ResourceARN)).toEqual([{ Key: 'ecs-ipv6:status', Value: 'violation' }]);
});

test.each<[what: string, Tag[], name: string]>([
  ['a key of AWS', [{ Key: 'AWS:x', Value: '' }], 'InvalidInput'],
  ['a comma', [{ Key: 'rules', Value: 'a,b' }], 'InvalidInput'],
  ['a key with a star', [{ Key: 'a*', Value: '' }], 'InvalidInput'],
  ['a key of 129 characters', [{ Key: 'k'.repeat(129), Value: '' }], 'InvalidInput'],
  ['a value of 257 characters', [{ Key: 'k', Value: 'v'.repeat(257) }], 'InvalidInput'],
  ['51 tags', Array.from({ length: 51 }, (_, n) => ({ Key: `k${n}`, Value: '' })), 'TooManyTagsException'],
])('%s is refused', async (_, Tags, name) => {
  const registry = await aRegistry();
  const ResourceARN = await aTaggedService(registry);
  await expect(registry.client.send(new TagResourceCommand({ ResourceARN, Tags }))).rejects.toMatchObject({ name });
  expect(await tagsOf(registry, ResourceARN)).toEqual([{ Key: 'team', Value: 'payments' }]);
});

test('what does not exist has no tags', async () => {
  const registry = await aRegistry();
  const arn = 'arn:aws:servicediscovery:eu-west-2:111122223333:service/srv-0123456789abcdef';
  await expect(tagsOf(registry, arn)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});
