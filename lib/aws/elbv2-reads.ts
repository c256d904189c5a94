/** What is read of Elastic Load Balancing. Keys are ARNs of target groups and load balancers. */
import {
  DescribeLoadBalancersCommand,
  DescribeTagsCommand,
  DescribeTargetGroupAttributesCommand,
  DescribeTargetGroupsCommand,
  DescribeTargetHealthCommand,
  type ElasticLoadBalancingV2Client,
  type LoadBalancer,
  type TagDescription,
  type TargetGroup,
  type TargetGroupAttribute,
  type TargetHealthDescription,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { isLoadBalancerNotFound, isTargetGroupNotFound } from './failure';
import {
  ELB_TAGS_PER_CALL,
  LOAD_BALANCER_PAGE,
  LOAD_BALANCERS_PER_CALL,
  TARGET_GROUP_PAGE,
  TARGET_GROUPS_BY_ARN,
} from './limits';
import { namedOrListed, type Listing } from './named-or-listed';
import { describeInBatches, type Batch, type Read } from './read';

export interface Elbv2Reads {
  describeTargetGroups(arns: readonly string[]): Promise<Read<TargetGroup>>;
  /** All targets of one group; `missing` if the group is gone. */
  describeTargetHealth(arn: string): Promise<Read<TargetHealthDescription>>;
  describeLoadBalancers(arns: readonly string[]): Promise<Read<LoadBalancer>>;
  describeTags(arns: readonly string[]): Promise<Read<TagDescription>>;
  /** Of one group; `missing` if it is gone. */
  describeTargetGroupAttributes(arn: string): Promise<Read<TargetGroupAttribute>>;
}

function groupListing(client: ElasticLoadBalancingV2Client): Listing<TargetGroup> {
  return {
    action: 'elasticloadbalancing:DescribeTargetGroups',
    perCall: TARGET_GROUPS_BY_ARN,
    keyOf: ({ TargetGroupArn = '' }) => TargetGroupArn,
    async describe(arns) {
      const answer = await client.send(new DescribeTargetGroupsCommand({ TargetGroupArns: [...arns] }));
      return answer.TargetGroups ?? [];
    },
    async page(Marker) {
      const answer = await client.send(new DescribeTargetGroupsCommand({ Marker, PageSize: TARGET_GROUP_PAGE }));
      return { items: answer.TargetGroups ?? [], token: answer.NextMarker };
    },
    isGone: isTargetGroupNotFound,
  };
}

function balancerListing(client: ElasticLoadBalancingV2Client): Listing<LoadBalancer> {
  return {
    action: 'elasticloadbalancing:DescribeLoadBalancers',
    perCall: LOAD_BALANCERS_PER_CALL,
    keyOf: ({ LoadBalancerArn = '' }) => LoadBalancerArn,
    async describe(arns) {
      const answer = await client.send(new DescribeLoadBalancersCommand({ LoadBalancerArns: [...arns] }));
      return answer.LoadBalancers ?? [];
    },
    async page(Marker) {
      const answer = await client.send(new DescribeLoadBalancersCommand({ Marker, PageSize: LOAD_BALANCER_PAGE }));
      return { items: answer.LoadBalancers ?? [], token: answer.NextMarker };
    },
    isGone: isLoadBalancerNotFound,
  };
}

/** What one target group has; the group is missing if it is gone. */
async function ofGroup<Item>(arn: string, read: () => Promise<readonly Item[] | undefined>): Promise<Batch<Item>> {
  try {
    return { items: (await read()) ?? [] };
  } catch (error) {
    if (isTargetGroupNotFound(error)) return { items: [], missing: [arn] };
    throw error;
  }
}

async function describeHealth(client: ElasticLoadBalancingV2Client, arn: string) {
  const answer = await client.send(new DescribeTargetHealthCommand({ TargetGroupArn: arn }));
  return answer.TargetHealthDescriptions;
}

async function describeAttributes(client: ElasticLoadBalancingV2Client, arn: string) {
  const answer = await client.send(new DescribeTargetGroupAttributesCommand({ TargetGroupArn: arn }));
  return answer.Attributes;
}

export function createElbv2Reads(client: ElasticLoadBalancingV2Client): Elbv2Reads {
  return {
    describeTargetGroups: (arns) => namedOrListed(groupListing(client), arns),
    describeLoadBalancers: (arns) => namedOrListed(balancerListing(client), arns),
    describeTargetHealth: (arn) =>
      describeInBatches({
        action: 'elasticloadbalancing:DescribeTargetHealth',
        keys: [arn],
        size: 1,
        describe: () => ofGroup(arn, () => describeHealth(client, arn)),
      }),
    describeTargetGroupAttributes: (arn) =>
      describeInBatches({
        action: 'elasticloadbalancing:DescribeTargetGroupAttributes',
        keys: [arn],
        size: 1,
        describe: () => ofGroup(arn, () => describeAttributes(client, arn)),
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
