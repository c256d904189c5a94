import {
  DescribeAutoScalingGroupsCommand,
  type AutoScalingClient,
  type AutoScalingGroup,
} from '@aws-sdk/client-auto-scaling';
import { AUTO_SCALING_PAGE } from './limits';
import { listPages, type Read } from './read';

export interface AutoScalingReads {
  /** Every Auto Scaling group of the account and region: there is no way to ask for those of a target group. */
  listAutoScalingGroups(): Promise<Read<AutoScalingGroup>>;
}

export function createAutoScalingReads(client: AutoScalingClient): AutoScalingReads {
  return {
    listAutoScalingGroups: () =>
      listPages({
        action: 'autoscaling:DescribeAutoScalingGroups',
        async page(NextToken) {
          const command = new DescribeAutoScalingGroupsCommand({ NextToken, MaxRecords: AUTO_SCALING_PAGE });
          const answer = await client.send(command);
          return { items: answer.AutoScalingGroups ?? [], token: answer.NextToken };
        },
      }),
  };
}
