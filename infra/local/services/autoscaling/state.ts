/** What Auto Scaling keeps in one account and region. */
import { ApiError } from '../../kernel/api-error';
import type { Cancel } from '../../kernel/clock';
import type { Scope } from '../../kernel/scope';
import { defineStore } from '../../kernel/scope';
import type { Activity } from './activity';

export interface LaunchTemplateReference {
  readonly LaunchTemplateId: string;
  readonly LaunchTemplateName: string;
  /** As the user put it: a number, `$Latest` or `$Default`. */
  readonly Version: string | undefined;
}

/** https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-lifecycle.html */
export type LifecycleState = 'Pending' | 'InService' | 'Terminating' | 'Detaching';

/** An instance of a group. */
export interface Member {
  readonly instanceId: string;
  readonly subnetId: string;
  readonly zone: { readonly name: string; readonly id: string };
  readonly type: string;
  readonly imageId: string;
  /** With the number of the version that it was launched from; absent for an attached instance. */
  readonly launchTemplate: LaunchTemplateReference | undefined;
  readonly joinedAt: Date;
  /** ARNs of the target groups in which the group registered it. */
  readonly registeredIn: Set<string>;
  state: LifecycleState;
  health: 'Healthy' | 'Unhealthy';
  protected: boolean;
  /** When it came into service: the health check grace period starts. */
  inServiceAt: Date | undefined;
  /** What is being done with it. */
  activity: Activity | undefined;
}

export interface GroupTag {
  readonly value: string;
  readonly propagate: boolean;
}

export interface AutoScalingGroup {
  readonly name: string;
  readonly arn: string;
  readonly createdAt: Date;
  minSize: number;
  maxSize: number;
  desired: number;
  launchTemplate: LaunchTemplateReference;
  subnetIds: readonly string[];
  healthCheckType: string;
  healthCheckGraceSeconds: number;
  cooldownSeconds: number;
  protectNew: boolean;
  readonly targetGroupArns: Set<string>;
  /** By instance id, in order of arrival. */
  readonly members: Map<string, Member>;
  readonly tags: Map<string, GroupTag>;
  /** Reasons by process. */
  readonly suspended: Map<string, string>;
  deleting: boolean;
  /** Waits longer after each failed launch in a row. */
  readonly failures: { count: number; notBefore: Date | undefined };
  pass: { readonly due: number; readonly cancel: Cancel } | undefined;
}

/** By name, in order of creation. */
export const autoScalingGroups = defineStore(() => new Map<string, AutoScalingGroup>());

export function validationError(message: string): ApiError {
  return new ApiError('ValidationError', message);
}

/** The group of that name, or the error that AWS gives where there is none. */
export function groupNamed(scope: Scope, name: string | undefined): AutoScalingGroup {
  const group = autoScalingGroups(scope).get(name ?? '');
  if (!group) throw validationError(`AutoScalingGroup name not found - AutoScalingGroup: '${name ?? ''}' not found`);
  return group;
}

/** The group that an instance belongs to, and what the group knows of it. */
export function findMember(scope: Scope, instanceId: string): [AutoScalingGroup, Member] | undefined {
  for (const group of autoScalingGroups(scope).values()) {
    const member = group.members.get(instanceId);
    if (member) return [group, member];
  }
  return undefined;
}

/** Counts towards the desired capacity. */
export function isWanted({ state }: Member): boolean {
  return state === 'Pending' || state === 'InService';
}
