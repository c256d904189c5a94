import { ApiError } from '../../kernel/api-error';
import type { Scope } from '../../kernel/scope';
import { defineStore } from '../../kernel/scope';

export interface LaunchTemplateReference {
  readonly LaunchTemplateId?: string | undefined;
  readonly LaunchTemplateName?: string | undefined;
  readonly Version?: string | undefined;
}

export interface AutoScalingGroup {
  readonly name: string;
  readonly arn: string;
  readonly createdAt: Date;
  readonly maxSize: number;
  readonly launchTemplate: LaunchTemplateReference;
  readonly subnetIds: string;
  readonly targetGroupArns: Set<string>;
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
