/** Keeping the members of a group in its target groups: https://docs.aws.amazon.com/autoscaling/ec2/userguide/attach-load-balancer-asg.html */
import { ApiError } from '../../kernel/api-error';
import type { Scope } from '../../kernel/scope';
import { elbv2State } from '../elbv2/state';
import { deregisterTargets, registerTargets } from '../elbv2/targets';
import type { AutoScalingGroup, Member } from './state';

/** Registers where it is missing and deregisters where the target group was detached. Answers whether all is done. */
export function attachMember(scope: Scope, group: AutoScalingGroup, member: Member): boolean {
  for (const arn of member.registeredIn) if (!group.targetGroupArns.has(arn)) leave(scope, member, arn);
  const missing = [...group.targetGroupArns].filter((arn) => !member.registeredIn.has(arn));
  return missing.map((arn) => join(scope, member, arn)).every(Boolean);
}

/**
 * What Elastic Load Balancing refuses (an instance without primary IPv6 address in an IPv6 group) is tried again and
 * again. One at a time, so that one instance keeps no other out; how AWS batches is not known.
 */
function join(scope: Scope, { instanceId, registeredIn }: Member, targetGroupArn: string): boolean {
  try {
    registerTargets(scope, { targetGroupArn, targets: [{ id: instanceId }] });
  } catch (error) {
    if (error instanceof ApiError) return false;
    throw error;
  }
  registeredIn.add(targetGroupArn);
  return true;
}

function leave(scope: Scope, { instanceId, registeredIn }: Member, targetGroupArn: string): void {
  registeredIn.delete(targetGroupArn);
  if (!elbv2State(scope).targetGroups.has(targetGroupArn)) return;
  deregisterTargets(scope, { targetGroupArn, targets: [{ id: instanceId }] });
}

/** Starts draining everywhere. */
export function detachMember(scope: Scope, member: Member): void {
  for (const arn of member.registeredIn) leave(scope, member, arn);
}

/** Connections to it are still being drained: it waits for that before it goes. */
export function isDraining(scope: Scope, { targetGroupArns }: AutoScalingGroup, { instanceId }: Member): boolean {
  return [...targetGroupArns].some((arn) =>
    [...(elbv2State(scope).targetGroups.get(arn)?.targets.values() ?? [])].some(
      ({ id, drainingUntil }) => id === instanceId && drainingUntil !== undefined,
    ),
  );
}

/** What load balancers say of it. */
export function isUnhealthyTarget(scope: Scope, { instanceId, registeredIn }: Member): boolean {
  return [...registeredIn].some((arn) =>
    [...(elbv2State(scope).targetGroups.get(arn)?.targets.values() ?? [])].some(
      ({ id, verdict, drainingUntil }) => id === instanceId && verdict === 'unhealthy' && !drainingUntil,
    ),
  );
}
