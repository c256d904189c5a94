/** What IAM is asked: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2autoscaling.html */
import type { Authorization, Call } from '../../kernel/operation';
import { arn } from '../../kernel/scope';
import { autoScalingGroups } from './state';

/** A question about one group, which may not exist yet. */
export function onGroup(name: string | undefined, call: Call): readonly Authorization[] {
  const known = autoScalingGroups(call.scope).get(name ?? '');
  const resource =
    known?.arn ?? arn(call.scope, 'autoscaling', `autoScalingGroup:*:autoScalingGroupName/${name ?? '*'}`);
  return [{ action: `autoscaling:${call.operation}`, resource }];
}
