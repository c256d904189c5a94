import type { Tag } from '@aws-sdk/client-ecs';
import {
  ListTagsForResourceCommand,
  RunTaskCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-ecs';
import { describe, expect, it } from '@jest/globals';
import type { Site } from './a-site';
import { aDefinition, aHost, aService, aSite, describeTasks } from './a-site';
import { one } from './one';

async function arns(site: Site): Promise<Readonly<Record<string, string>>> {
  const definition = await aDefinition(site);
  const { serviceArn = '' } = await aService(site);
  await site.clock.advance(1_000);
  return {
    definition,
    service: serviceArn,
    cluster: 'arn:aws:ecs:eu-west-2:111122223333:cluster/prod',
    task: one(await describeTasks(site)).taskArn ?? '',
    instance: (await aHost(site, { subnet: site.dualA })).arn,
  };
}

const tag = ({ ecs }: Site, resourceArn: string, tags: Tag[]) =>
  ecs.send(new TagResourceCommand({ resourceArn, tags }));

const tagsOf = async ({ ecs }: Site, resourceArn: string) =>
  (await ecs.send(new ListTagsForResourceCommand({ resourceArn }))).tags;

describe('tags', () => {
  it('are put on, changed and taken off every kind of resource', async () => {
    const site = await aSite();
    for (const arn of Object.values(await arns(site))) {
      await tag(site, arn, [
        { key: 'ecs-ipv6:status', value: 'violation' },
        { key: 'keep', value: '' },
      ]);
      await tag(site, arn, [{ key: 'ecs-ipv6:status', value: 'compliant' }]);
      expect(await tagsOf(site, arn)).toContainEqual({ key: 'ecs-ipv6:status', value: 'compliant' });
      await site.ecs.send(new UntagResourceCommand({ resourceArn: arn, tagKeys: ['ecs-ipv6:status'] }));
      expect(await tagsOf(site, arn)).toEqual([{ key: 'keep', value: '' }]);
    }
  });

  it.each<{ fault: string; tags: Tag[] }>([
    { fault: 'a comma', tags: [{ key: 'rules', value: 'a,b' }] },
    { fault: 'a reserved key', tags: [{ key: 'aws:mine', value: '1' }] },
    { fault: 'an empty key', tags: [{ key: '', value: '1' }] },
    { fault: 'a long key', tags: [{ key: 'k'.repeat(129), value: '1' }] },
    { fault: 'a long value', tags: [{ key: 'k', value: 'v'.repeat(257) }] },
    { fault: 'too many', tags: Array.from({ length: 51 }, (_, index) => ({ key: `k${index}`, value: '1' })) },
    {
      fault: 'a key twice',
      tags: [
        { key: 'k', value: '1' },
        { key: 'k', value: '2' },
      ],
    },
  ])('with $fault are refused', async ({ tags }) => {
    const site = await aSite();
    const arn = 'arn:aws:ecs:eu-west-2:111122223333:cluster/prod';
    await expect(tag(site, arn, tags)).rejects.toMatchObject({ name: 'InvalidParameterException' });
    expect(await tagsOf(site, arn)).toEqual([]);
  });

  it('count together with those that are there', async () => {
    const site = await aSite();
    const arn = 'arn:aws:ecs:eu-west-2:111122223333:cluster/prod';
    await tag(
      site,
      arn,
      Array.from({ length: 50 }, (_, index) => ({ key: `k${index}`, value: '1' })),
    );
    await expect(tag(site, arn, [{ key: 'one', value: 'more' }])).rejects.toThrow(/50 tags/);
    await tag(site, arn, [{ key: 'k0', value: '2' }]);
    expect(await tagsOf(site, arn)).toHaveLength(50);
  });

  it('need the long ARN of something that exists', async () => {
    const site = await aSite();
    await arns(site);
    const prefix = 'arn:aws:ecs:eu-west-2:111122223333';
    const tags = [{ key: 'k', value: 'v' }];
    await expect(tag(site, `${prefix}:service/web`, tags)).rejects.toThrow(/Long arn format/);
    await expect(tag(site, `${prefix}:service/prod/none`, tags)).rejects.toMatchObject({
      name: 'ServiceNotFoundException',
    });
    await expect(tag(site, `${prefix}:cluster/none`, tags)).rejects.toMatchObject({ name: 'ClusterNotFoundException' });
    await expect(tag(site, `${prefix}:volume/none`, tags)).rejects.toMatchObject({ name: 'InvalidParameterException' });
  });

  it('go from services and definitions to tasks as propagateTags says', async () => {
    const site = await aSite();
    await aDefinition(site, { tags: [{ key: 'from', value: 'definition' }] });
    await aService(site, {
      ...{ tags: [{ key: 'from', value: 'service' }], propagateTags: 'SERVICE', enableECSManagedTags: true },
    });
    await site.clock.advance(1_000);
    expect(one(await describeTasks(site)).tags).toEqual([
      { key: 'from', value: 'service' },
      { key: 'aws:ecs:clusterName', value: 'prod' },
      { key: 'aws:ecs:serviceName', value: 'web' },
    ]);
    const { tasks } = await site.ecs.send(
      new RunTaskCommand({
        ...{ cluster: 'prod', taskDefinition: 'web', launchType: 'FARGATE', propagateTags: 'TASK_DEFINITION' },
        networkConfiguration: { awsvpcConfiguration: { subnets: [site.dualA.id] } },
      }),
    );
    expect(one(tasks).tags).toEqual([{ key: 'from', value: 'definition' }]);
  });
});
