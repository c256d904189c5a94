import { expect, test } from '@jest/globals';
import type { Tag } from '@aws-sdk/client-elastic-load-balancing-v2';
import {
  AddTagsCommand,
  CreateListenerCommand,
  DeleteTargetGroupCommand,
  DescribeTagsCommand,
  RemoveTagsCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Site } from './an-account';
import { aLoadBalancer, aSite, aTargetGroup } from './an-account';

async function tagsOf({ client }: Site, arn: string): Promise<readonly Tag[]> {
  const { TagDescriptions } = await client.send(new DescribeTagsCommand({ ResourceArns: [arn] }));
  return TagDescriptions?.[0]?.Tags ?? [];
}

test('tags are added beside those that are there, replace their values, and go by key', async () => {
  const site = await aSite();
  const arn = await aTargetGroup(site, { Tags: [{ Key: 'team', Value: 'payments' }] });
  const add = (Tags: Tag[]) => site.client.send(new AddTagsCommand({ ResourceArns: [arn], Tags }));
  await add([{ Key: 'ecs-ipv6:status', Value: 'violation' }]);
  await add([{ Key: 'team', Value: 'orders' }]);
  expect(await tagsOf(site, arn)).toEqual([
    { Key: 'team', Value: 'orders' },
    { Key: 'ecs-ipv6:status', Value: 'violation' },
  ]);
  await site.client.send(new RemoveTagsCommand({ ResourceArns: [arn], TagKeys: ['ecs-ipv6:status', 'none'] }));
  expect(await tagsOf(site, arn)).toEqual([{ Key: 'team', Value: 'orders' }]);
});

test('load balancers and listeners bear tags too', async () => {
  const site = await aSite();
  const LoadBalancerArn = await aLoadBalancer(site);
  const DefaultActions = [{ Type: 'forward', TargetGroupArn: await aTargetGroup(site) } as const];
  const { Listeners } = await site.client.send(
    new CreateListenerCommand({ LoadBalancerArn, Protocol: 'HTTP', Port: 80, DefaultActions }),
  );
  const arns = [LoadBalancerArn, Listeners?.[0]?.ListenerArn ?? ''];
  await site.client.send(new AddTagsCommand({ ResourceArns: arns, Tags: [{ Key: 'stage', Value: 'prod' }] }));
  const { TagDescriptions } = await site.client.send(new DescribeTagsCommand({ ResourceArns: arns }));
  expect(TagDescriptions).toEqual(
    arns.map((ResourceArn) => ({ ResourceArn, Tags: [{ Key: 'stage', Value: 'prod' }] })),
  );
});

test.each<[what: string, Tag[], name: string]>([
  ['a comma in a value', [{ Key: 'rules', Value: 'one,two' }], 'ValidationError'],
  ['a key of 129 characters', [{ Key: 'k'.repeat(129), Value: '' }], 'ValidationError'],
  ['a value of 257 characters', [{ Key: 'k', Value: 'v'.repeat(257) }], 'ValidationError'],
  ['a key of AWS', [{ Key: 'aws:cloudformation:stack-name', Value: 'x' }], 'ValidationError'],
  [
    'a key twice',
    [
      { Key: 'k', Value: '1' },
      { Key: 'k', Value: '2' },
    ],
    'DuplicateTagKeysException',
  ],
])('%s is refused', async (_, Tags, name) => {
  const site = await aSite();
  const arn = await aTargetGroup(site);
  await expect(site.client.send(new AddTagsCommand({ ResourceArns: [arn], Tags }))).rejects.toMatchObject({ name });
  expect(await tagsOf(site, arn)).toEqual([]);
});

test('the 51st tag is one too many, on any of the resources', async () => {
  const site = await aSite();
  const [full, empty] = [await aTargetGroup(site, { Name: 'full' }), await aTargetGroup(site, { Name: 'empty' })];
  const Tags = Array.from({ length: 50 }, (_, index) => ({ Key: `k${index}`, Value: '' }));
  await site.client.send(new AddTagsCommand({ ResourceArns: [full], Tags }));
  await site.client.send(new AddTagsCommand({ ResourceArns: [full], Tags }));
  const more = new AddTagsCommand({ ResourceArns: [empty, full], Tags: [{ Key: 'k50', Value: '' }] });
  await expect(site.client.send(more)).rejects.toMatchObject({ name: 'TooManyTagsException' });
  expect(await tagsOf(site, empty)).toEqual([]);
});

test('20 resources are asked about at once, 21 are not', async () => {
  const site = await aSite();
  const arn = await aTargetGroup(site);
  const ask = (count: number) =>
    site.client.send(new DescribeTagsCommand({ ResourceArns: Array.from({ length: count }, () => arn) }));
  expect((await ask(20)).TagDescriptions).toHaveLength(20);
  await expect(ask(21)).rejects.toMatchObject({ name: 'ValidationError' });
});

test('what does not exist has no tags', async () => {
  const site = await aSite();
  const gone = await aTargetGroup(site);
  await site.client.send(new DeleteTargetGroupCommand({ TargetGroupArn: gone }));
  const prefix = 'arn:aws:elasticloadbalancing:eu-west-2:111122223333';
  const errors = {
    [gone]: 'TargetGroupNotFoundException',
    [`${prefix}:loadbalancer/app/none/0123456789abcdef`]: 'LoadBalancerNotFoundException',
    [`${prefix}:listener/app/none/0123456789abcdef/1`]: 'ListenerNotFoundException',
    [`${prefix}:listener-rule/app/none/0123456789abcdef/1/2`]: 'RuleNotFoundException',
    'arn:aws:none': 'ValidationError',
  };
  for (const [arn, name] of Object.entries(errors)) await expect(tagsOf(site, arn)).rejects.toMatchObject({ name });
});
