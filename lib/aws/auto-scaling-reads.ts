import {
  DescribeAutoScalingGroupsCommand,
  type AutoScalingClient,
  type AutoScalingGroup,
} from '@aws-sdk/client-auto-scaling';
import { AUTO_SCALING_NAMES_PER_CALL, AUTO_SCALING_PAGE } from './limits';
import { describeInBatches, listPages, type Batch, type Read } from './read';

export interface AutoScalingReads {
  /** Every Auto Scaling group of the account and region: there is no way to ask for those of a target group. */
  listAutoScalingGroups(): Promise<Read<AutoScalingGroup>>;
  /** By name, without their instances. */
  describeAutoScalingGroups(names: readonly string[]): Promise<Read<AutoScalingGroup>>;
}

const ACTION = 'autoscaling:DescribeAutoScalingGroups';

async function groupsNamed(client: AutoScalingClient, names: readonly string[]): Promise<Batch<AutoScalingGroup>> {
  const items: AutoScalingGroup[] = [];
  let NextToken: string | undefined;
  do {
    const input = { AutoScalingGroupNames: [...names], IncludeInstances: false, NextToken };
    const answer = await client.send(new DescribeAutoScalingGroupsCommand(input));
    items.push(...(answer.AutoScalingGroups ?? []));
    NextToken = answer.NextToken === '' ? undefined : answer.NextToken;
  } while (NextToken !== undefined);
  const found = new Set(items.map(({ AutoScalingGroupName }) => AutoScalingGroupName));
  return { items, missing: names.filter((name) => !found.has(name)) };
}

export function createAutoScalingReads(client: AutoScalingClient): AutoScalingReads {
  return {
    describeAutoScalingGroups: (names) =>
      describeInBatches({
        action: ACTION,
        keys: names,
        size: AUTO_SCALING_NAMES_PER_CALL,
        describe: (some) => groupsNamed(client, some),
      }),
    listAutoScalingGroups: () =>
      listPages({
        action: ACTION,
        async page(NextToken) {
          const command = new DescribeAutoScalingGroupsCommand({ NextToken, MaxRecords: AUTO_SCALING_PAGE });
          const answer = await client.send(command);
          return { items: answer.AutoScalingGroups ?? [], token: answer.NextToken };
        },
      }),
  };
}
