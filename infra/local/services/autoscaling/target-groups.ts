import type {
  AttachLoadBalancerTargetGroupsType,
  DetachLoadBalancerTargetGroupsType,
} from '@aws-sdk/client-auto-scaling';
import { operation } from '../../kernel/operation';
import type { Scope } from '../../kernel/scope';
import { elbv2State } from '../elbv2/state';
import { onGroup } from './access';
import { requestPass } from './group-schedule';
import { groupNamed, validationError } from './state';

/** Refuses groups that do not exist. */
export function checkTargetGroups(scope: Scope, arns: readonly string[]): void {
  const unknown = arns.find((arn) => !elbv2State(scope).targetGroups.has(arn));
  if (unknown !== undefined) {
    throw validationError(`Provided Target Groups may not be valid. Please ensure they exist: ${unknown}`);
  }
}

const attach = operation<AttachLoadBalancerTargetGroupsType, object>({
  accepts: ['AutoScalingGroupName', 'TargetGroupARNs'],
  authorize: ({ AutoScalingGroupName }, call) => onGroup(AutoScalingGroupName, call),
  run({ AutoScalingGroupName, TargetGroupARNs = [] }, { scope }) {
    const group = groupNamed(scope, AutoScalingGroupName);
    checkTargetGroups(scope, TargetGroupARNs);
    for (const arn of TargetGroupARNs) group.targetGroupArns.add(arn);
    requestPass(scope, group);
    return {};
  },
});

const detach = operation<DetachLoadBalancerTargetGroupsType, object>({
  accepts: ['AutoScalingGroupName', 'TargetGroupARNs'],
  authorize: ({ AutoScalingGroupName }, call) => onGroup(AutoScalingGroupName, call),
  run({ AutoScalingGroupName, TargetGroupARNs = [] }, { scope }) {
    const group = groupNamed(scope, AutoScalingGroupName);
    for (const arn of TargetGroupARNs) group.targetGroupArns.delete(arn);
    requestPass(scope, group);
    return {};
  },
});

export const targetGroupOperations = {
  AttachLoadBalancerTargetGroups: attach,
  DetachLoadBalancerTargetGroups: detach,
};
