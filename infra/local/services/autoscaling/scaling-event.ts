/** What Auto Scaling tells EventBridge: https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-event-reference.html */
import { publish } from '../../kernel/events';
import type { Scope } from '../../kernel/scope';
import { arn } from '../../kernel/scope';
import type { Activity } from './activity';
import type { AutoScalingGroup } from './state';

const DETAIL_TYPES = {
  launched: 'EC2 Instance Launch Successful',
  notLaunched: 'EC2 Instance Launch Unsuccessful',
  terminated: 'EC2 Instance Terminate Successful',
} as const;

const PATHS = {
  launched: { Origin: 'EC2', Destination: 'AutoScalingGroup' },
  notLaunched: { Origin: 'EC2', Destination: 'AutoScalingGroup' },
  terminated: { Origin: 'AutoScalingGroup', Destination: 'EC2' },
} as const;

export interface ScalingEvent {
  readonly kind: keyof typeof DETAIL_TYPES;
  readonly activity: Activity;
  /** Absent where no instance came of it. */
  readonly instanceId?: string;
}

export function publishScaling(scope: Scope, group: AutoScalingGroup, event: ScalingEvent): void {
  const { kind, activity, instanceId } = event;
  const instance = instanceId === undefined ? [] : [arn(scope, 'ec2', `instance/${instanceId}`)];
  publish(scope, {
    source: 'aws.autoscaling',
    detailType: DETAIL_TYPES[kind],
    resources: [group.arn, ...instance],
    detail: {
      Description: activity.description,
      // published events of success say so too: the activity ends after them
      StatusCode: kind === 'notLaunched' ? 'Failed' : 'InProgress',
      StatusMessage: activity.statusMessage ?? '',
      AutoScalingGroupName: group.name,
      ActivityId: activity.id,
      RequestId: activity.id,
      Details: { 'Availability Zone': activity.zone, 'Subnet ID': activity.subnetId },
      EC2InstanceId: instanceId ?? '',
      StartTime: activity.startedAt.toISOString(),
      EndTime: scope.clock.now().toISOString(),
      Cause: activity.cause,
      ...PATHS[kind],
    },
  });
}
