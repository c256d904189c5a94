/** What is read of Elastic Load Balancing. Keys are ARNs of target groups. */
import {
  DescribeTagsCommand,
  DescribeTargetGroupsCommand,
  DescribeTargetHealthCommand,
  type ElasticLoadBalancingV2Client,
  type TagDescription,
  type TargetGroup,
  type TargetHealthDescription,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { isTargetGroupNotFound } from './failure';
import { ELB_TAGS_PER_CALL, TARGET_GROUP_PAGE, TARGET_GROUPS_BY_ARN } from './limits';
import { describeInBatches, listPages, type Batch, type Read } from './read';

export interface Elbv2Reads {
  describeTargetGroups(arns: readonly string[]): Promise<Read<TargetGroup>>;
  /** All targets of one group; `missing` if the group is gone. */
  describeTargetHealth(arn: string): Promise<Read<TargetHealthDescription>>;
  describeTags(arns: readonly string[]): Promise<Read<TagDescription>>;
}

const GROUPS = 'elasticloadbalancing:DescribeTargetGroups';

/** One group that is gone fails the call, and the error does not say which: then each is asked for by itself. */
async function describeGroups(
  client: ElasticLoadBalancingV2Client,
  arns: readonly string[],
): Promise<Batch<TargetGroup>> {
  try {
    const answer = await client.send(new DescribeTargetGroupsCommand({ TargetGroupArns: [...arns] }));
    return { items: answer.TargetGroups ?? [] };
  } catch (error) {
    if (!isTargetGroupNotFound(error)) throw error;
    if (arns.length === 1) return { items: [], missing: arns };
    const singly = await Promise.all(arns.map((arn) => describeGroups(client, [arn])));
    return { items: singly.flatMap(({ items }) => items), missing: singly.flatMap(({ missing = [] }) => missing) };
  }
}

async function groupsFromList(
  client: ElasticLoadBalancingV2Client,
  arns: readonly string[],
): Promise<Read<TargetGroup>> {
  const { items, failures } = await listPages({
    action: GROUPS,
    async page(Marker) {
      const answer = await client.send(new DescribeTargetGroupsCommand({ Marker, PageSize: TARGET_GROUP_PAGE }));
      return { items: answer.TargetGroups ?? [], token: answer.NextMarker };
    },
  });
  const wanted = new Set(arns);
  const found = items.filter(({ TargetGroupArn = '' }) => wanted.delete(TargetGroupArn));
  return { items: found, missing: failures.length === 0 ? [...wanted] : [], failures };
}

async function describeHealth(
  client: ElasticLoadBalancingV2Client,
  arn: string,
): Promise<Batch<TargetHealthDescription>> {
  try {
    const answer = await client.send(new DescribeTargetHealthCommand({ TargetGroupArn: arn }));
    return { items: answer.TargetHealthDescriptions ?? [] };
  } catch (error) {
    if (isTargetGroupNotFound(error)) return { items: [], missing: [arn] };
    throw error;
  }
}

export function createElbv2Reads(client: ElasticLoadBalancingV2Client): Elbv2Reads {
  return {
    describeTargetGroups(arns) {
      if (arns.length > TARGET_GROUPS_BY_ARN) return groupsFromList(client, arns);
      const describe = (keys: readonly string[]) => describeGroups(client, keys);
      return describeInBatches({ action: GROUPS, keys: arns, size: TARGET_GROUPS_BY_ARN, describe });
    },
    describeTargetHealth: (arn) =>
      describeInBatches({
        action: 'elasticloadbalancing:DescribeTargetHealth',
        keys: [arn],
        size: 1,
        describe: () => describeHealth(client, arn),
      }),
    describeTags: (arns) =>
      describeInBatches({
        action: 'elasticloadbalancing:DescribeTags',
        keys: arns,
        size: ELB_TAGS_PER_CALL,
        async describe(keys) {
          const answer = await client.send(new DescribeTagsCommand({ ResourceArns: [...keys] }));
          return { items: answer.TagDescriptions ?? [] };
        },
      }),
  };
}
