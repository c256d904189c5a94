import type {
  ActivitiesType,
  Activity as ActivityView,
  DescribeScalingActivitiesType,
} from '@aws-sdk/client-auto-scaling';
import { operation } from '../../kernel/operation';
import type { Scope } from '../../kernel/scope';
import type { Activity } from './activity';
import { activities } from './activity';
import { pageOf } from './paging';
import { autoScalingGroups, groupNamed } from './state';

/** https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_DescribeScalingActivities.html */
const PAGE = { usual: 100, max: 100 };

export function activityView(scope: Scope, activity: Activity): ActivityView {
  const { subnetId, zone } = activity;
  return {
    ActivityId: activity.id,
    AutoScalingGroupName: activity.groupName,
    AutoScalingGroupARN: activity.groupArn,
    AutoScalingGroupState: isThere(scope, activity) ? undefined : 'Deleted',
    Description: activity.description,
    Cause: activity.cause,
    StartTime: activity.startedAt,
    EndTime: activity.endedAt,
    StatusCode: activity.status,
    StatusMessage: activity.statusMessage,
    Progress: activity.progress,
    Details: JSON.stringify({ 'Subnet ID': subnetId, 'Availability Zone': zone }),
  };
}

function isThere(scope: Scope, { groupName, groupArn }: Activity): boolean {
  return autoScalingGroups(scope).get(groupName)?.arn === groupArn;
}

const describe = operation<DescribeScalingActivitiesType, ActivitiesType>({
  accepts: ['ActivityIds', 'AutoScalingGroupName', 'IncludeDeletedGroups', 'MaxRecords', 'NextToken'],
  run(input, { scope }) {
    const { ActivityIds: ids = [], AutoScalingGroupName: name, IncludeDeletedGroups: withDeleted = false } = input;
    if (name !== undefined && !withDeleted) groupNamed(scope, name);
    const wanted = activities(scope)
      .filter((activity) => name === undefined || activity.groupName === name)
      .filter((activity) => withDeleted || isThere(scope, activity))
      .filter(({ id }) => ids.length === 0 || ids.includes(id))
      .reverse();
    const { items, token } = pageOf(wanted, input, PAGE);
    return { Activities: items.map((activity) => activityView(scope, activity)), NextToken: token };
  },
});

export const activityOperations = { DescribeScalingActivities: describe };
