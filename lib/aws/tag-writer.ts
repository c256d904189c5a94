import { CreateTagsCommand, DeleteTagsCommand, type EC2Client } from '@aws-sdk/client-ec2';
import { TagResourceCommand, UntagResourceCommand, type ECSClient } from '@aws-sdk/client-ecs';
import {
  AddTagsCommand,
  RemoveTagsCommand,
  type ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import {
  TagResourceCommand as TagCloudMapCommand,
  UntagResourceCommand as UntagCloudMapCommand,
  type ServiceDiscoveryClient,
} from '@aws-sdk/client-servicediscovery';
import type { WritePorts } from '../apply/ports';
import type { Tags } from '../snapshot/snapshot';

export interface TagClients {
  readonly ec2: EC2Client;
  readonly ecs: ECSClient;
  readonly elbv2: ElasticLoadBalancingV2Client;
  readonly serviceDiscovery: ServiceDiscoveryClient;
}

interface Writer {
  tag(arn: string, tags: Tags): Promise<unknown>;
  untag(arn: string, keys: readonly string[]): Promise<unknown>;
}

const lower = (tags: Tags) => Object.entries(tags).map(([key, value]) => ({ key, value }));
const upper = (tags: Tags) => Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));

/** EC2 names resources by the last part of their ARN: `arn:...:instance/i-0abc`. */
const idOf = (arn: string): string => arn.slice(arn.lastIndexOf('/') + 1);

/** By the service that an ARN names: each has its own tag calls. */
function writers({ ec2, ecs, elbv2, serviceDiscovery }: TagClients): Readonly<Record<string, Writer>> {
  return {
    ecs: {
      tag: (arn, tags) => ecs.send(new TagResourceCommand({ resourceArn: arn, tags: lower(tags) })),
      untag: (arn, keys) => ecs.send(new UntagResourceCommand({ resourceArn: arn, tagKeys: [...keys] })),
    },
    ec2: {
      tag: (arn, tags) => ec2.send(new CreateTagsCommand({ Resources: [idOf(arn)], Tags: upper(tags) })),
      untag: (arn, keys) =>
        ec2.send(new DeleteTagsCommand({ Resources: [idOf(arn)], Tags: keys.map((Key) => ({ Key })) })),
    },
    elasticloadbalancing: {
      tag: (arn, tags) => elbv2.send(new AddTagsCommand({ ResourceArns: [arn], Tags: upper(tags) })),
      untag: (arn, keys) => elbv2.send(new RemoveTagsCommand({ ResourceArns: [arn], TagKeys: [...keys] })),
    },
    servicediscovery: {
      tag: (arn, tags) => serviceDiscovery.send(new TagCloudMapCommand({ ResourceARN: arn, Tags: upper(tags) })),
      untag: (arn, keys) => serviceDiscovery.send(new UntagCloudMapCommand({ ResourceARN: arn, TagKeys: [...keys] })),
    },
  };
}

export function tagWriter(clients: TagClients): Pick<WritePorts, 'tag' | 'untag'> {
  const byService = writers(clients);
  const writerOf = (arn: string): Writer => {
    const writer = byService[arn.split(':')[2] ?? ''];
    if (!writer) throw new Error(`${arn} can not be tagged: no tag call is known for its service`);
    return writer;
  };
  return {
    async tag({ arn }, tags) {
      await writerOf(arn).tag(arn, tags);
    },
    async untag({ arn }, keys) {
      // EC2 takes an empty list for "all tags"
      if (keys.length === 0) throw new Error(`${arn}: no tag keys to remove`);
      await writerOf(arn).untag(arn, keys);
    },
  };
}
