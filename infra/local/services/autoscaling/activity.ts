/** Scaling activities: https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_Activity.html */
import type { ScalingActivityStatusCode } from '@aws-sdk/client-auto-scaling';
import type { Scope } from '../../kernel/scope';
import { defineStore } from '../../kernel/scope';
import type { AutoScalingGroup } from './state';

export interface Activity {
  readonly id: string;
  readonly groupName: string;
  readonly groupArn: string;
  readonly cause: string;
  readonly startedAt: Date;
  /** Where it happens. */
  readonly subnetId: string | undefined;
  readonly zone: string | undefined;
  description: string;
  status: ScalingActivityStatusCode;
  statusMessage: string | undefined;
  /** Percent. */
  progress: number;
  endedAt: Date | undefined;
}

interface Place {
  readonly subnetId?: string;
  readonly zone?: string;
}

export interface ActivityRequest extends Place {
  readonly description: string;
  readonly cause: string;
  readonly status: ScalingActivityStatusCode;
}

/** Every activity, the oldest first; deleted groups' ones too. */
export const activities = defineStore((): Activity[] => []);

export function beginActivity(scope: Scope, group: AutoScalingGroup, request: ActivityRequest): Activity {
  const activity: Activity = {
    id: scope.ids.uuid(),
    groupName: group.name,
    groupArn: group.arn,
    cause: request.cause,
    startedAt: scope.clock.now(),
    subnetId: request.subnetId,
    zone: request.zone,
    description: request.description,
    status: request.status,
    statusMessage: undefined,
    progress: 50,
    endedAt: undefined,
  };
  activities(scope).push(activity);
  return activity;
}

export function endActivity(scope: Scope, activity: Activity, status: 'Successful' | 'Failed' | 'Cancelled'): void {
  activity.status = status;
  activity.progress = 100;
  activity.endedAt = scope.clock.now();
}

/** The sentence with which causes begin: `At 2026-11-22T10:00:00Z ...`. */
export function at(scope: Scope, what: string): string {
  return `At ${scope.clock
    .now()
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')} ${what}`;
}
