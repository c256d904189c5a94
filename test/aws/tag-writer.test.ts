import { DescribeInstancesCommand } from '@aws-sdk/client-ec2';
import { ListTagsForResourceCommand } from '@aws-sdk/client-ecs';
import { DescribeTagsCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { ListTagsForResourceCommand as CloudMapTagsCommand } from '@aws-sdk/client-servicediscovery';
import { describe, expect, it } from '@jest/globals';
import { tagWriter } from '../../lib/aws/tag-writer';
import { aHost } from '../infra/local/services/ecs/a-site';
import { anOrphanedSite } from '../support/an-orphaned-site';
import { workloadClients } from '../support/workload-clients';

interface Tag {
  readonly key?: string;
  readonly value?: string;
  readonly Key?: string;
  readonly Value?: string;
}
const toMap = (tags: readonly Tag[] = []) =>
  Object.fromEntries(tags.map(({ key, Key, value, Value }) => [key ?? Key ?? '', value ?? Value ?? '']));

/** One resource of each service that has tag calls, with what its tags are. */
async function aWorkload() {
  const site = await anOrphanedSite();
  const clients = workloadClients(site.account);
  const { ec2InstanceId } = await aHost(site, { subnet: site.dualA, primaryIpv6: true });
  const serviceArn = 'arn:aws:ecs:eu-west-2:111122223333:service/prod/web';
  const resources = {
    service: {
      arn: serviceArn,
      tags: async () => (await clients.ecs.send(new ListTagsForResourceCommand({ resourceArn: serviceArn }))).tags,
    },
    instance: {
      arn: `arn:aws:ec2:eu-west-2:111122223333:instance/${ec2InstanceId}`,
      tags: async () => {
        const command = new DescribeInstancesCommand({ InstanceIds: [ec2InstanceId] });
        return (await clients.ec2.send(command)).Reservations?.[0]?.Instances?.[0]?.Tags;
      },
    },
    'target-group': {
      arn: site.targetGroupArn,
      tags: async () => {
        const command = new DescribeTagsCommand({ ResourceArns: [site.targetGroupArn] });
        return (await clients.elbv2.send(command)).TagDescriptions?.[0]?.Tags;
      },
    },
    'cloudmap-service': {
      arn: site.registryArn,
      tags: async () =>
        (await clients.serviceDiscovery.send(new CloudMapTagsCommand({ ResourceARN: site.registryArn }))).Tags,
    },
  } as const;
  return { resources, write: tagWriter(clients) };
}

const kinds = ['service', 'instance', 'target-group', 'cloudmap-service'] as const;
const ours = { 'ecs-ipv6:status': 'violation', 'ecs-ipv6:rules': 'a b +1' };

describe.each(kinds)('tags of a %s', (kind) => {
  it('are written beside others, and taken away by key', async () => {
    const { resources, write } = await aWorkload();
    const { arn, tags } = resources[kind];
    await write.tag({ kind, arn }, { team: 'x', 'ecs-ipv6:status': 'old' });
    const before = toMap(await tags());
    await write.tag({ kind, arn }, ours);
    expect(toMap(await tags())).toEqual({ ...before, ...ours });
    await write.untag({ kind, arn }, [...Object.keys(ours), 'never-there']);
    const left = toMap(await tags());
    expect(left).toMatchObject({ team: 'x' });
    expect(Object.keys(left).filter((key) => key.startsWith('ecs-ipv6:'))).toEqual([]);
  });

  it('beyond the limit are refused, all of them', async () => {
    const { resources, write } = await aWorkload();
    const { arn, tags } = resources[kind];
    const fifty = Object.fromEntries(Array.from({ length: 49 }, (_, index) => [`key-${String(index)}`, 'x']));
    await write.tag({ kind, arn }, fifty);
    const before = toMap(await tags());
    await expect(write.tag({ kind, arn }, ours)).rejects.toThrow(/tag/i);
    expect(toMap(await tags())).toEqual(before);
  });

  it('are not all taken away for no key', async () => {
    const { resources, write } = await aWorkload();
    const { arn, tags } = resources[kind];
    await write.tag({ kind, arn }, { team: 'x' });
    await expect(write.untag({ kind, arn }, [])).rejects.toThrow('no tag keys to remove');
    expect(toMap(await tags())).toMatchObject({ team: 'x' });
  });
});

it('refuses what no tag call is known for', async () => {
  const { write } = await aWorkload();
  const topic = { kind: 'account', arn: 'arn:aws:sns:eu-west-2:111122223333:alerts' } as const;
  await expect(write.tag(topic, ours)).rejects.toThrow(/can not be tagged/);
  await expect(write.untag({ ...topic, arn: 'odd' }, ['a'])).rejects.toThrow(/can not be tagged/);
});
