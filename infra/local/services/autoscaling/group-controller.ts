/** One look of Auto Scaling at a group: compare what is there with what is wanted, launch and terminate. */
import type { Scope } from '../../kernel/scope';
import { findInstance } from '../ec2/instance';
import { at, endActivity } from './activity';
import { advanceTermination, beginTermination, toScaleIn } from './end-member';
import { launchMember } from './launch-member';
import { attachMember, isUnhealthyTarget } from './registration';
import { publishScaling } from './scaling-event';
import type { AutoScalingGroup, Member } from './state';
import { autoScalingGroups, isWanted } from './state';

/** Does what is due. Answers whether it has to look again even if nothing happens. */
export function runPass(scope: Scope, group: AutoScalingGroup): boolean {
  const registered = [...group.members.values()].map((member) => advance(scope, group, member)).every(Boolean);
  if (group.deleting) {
    if (group.members.size === 0) autoScalingGroups(scope).delete(group.name);
    return group.members.size > 0;
  }
  const launched = scale(scope, group);
  const busy = [...group.members.values()].some(({ state }) => state !== 'InService');
  return busy || !launched || !registered || watchesTargets(group);
}

/** Load balancers tell nobody of what they find: it has to be looked for. */
function watchesTargets({ healthCheckType, targetGroupArns }: AutoScalingGroup): boolean {
  return healthCheckType.includes('ELB') && targetGroupArns.size > 0;
}

type Advance = (scope: Scope, group: AutoScalingGroup, member: Member) => boolean;

const ADVANCES: Readonly<Record<Member['state'], Advance>> = {
  Pending: (scope, group, member) => {
    const state = findInstance(scope, member.instanceId)?.state;
    if (state === 'running') return enterService(scope, group, member);
    if (state !== 'pending') replace(scope, group, member);
    return true;
  },
  InService: (scope, group, member) => {
    examine(scope, group, member);
    if (member.health === 'Unhealthy') {
      if (!group.suspended.has('ReplaceUnhealthy')) replace(scope, group, member);
      return true;
    }
    return group.suspended.has('AddToLoadBalancer') || attachMember(scope, group, member);
  },
  Terminating: (scope, group, member) => {
    advanceTermination(scope, group, member);
    return true;
  },
  Detaching: (scope, group, member) => {
    group.members.delete(member.instanceId);
    if (member.activity) endActivity(scope, member.activity, 'Successful');
    return true;
  },
};

function advance(scope: Scope, group: AutoScalingGroup, member: Member): boolean {
  return ADVANCES[member.state](scope, group, member);
}

function enterService(scope: Scope, group: AutoScalingGroup, member: Member): boolean {
  const { activity, instanceId } = member;
  member.state = 'InService';
  member.inServiceAt = scope.clock.now();
  member.activity = undefined;
  const done = group.suspended.has('AddToLoadBalancer') || attachMember(scope, group, member);
  if (!activity) return done;
  publishScaling(scope, group, { kind: 'launched', activity, instanceId });
  endActivity(scope, activity, 'Successful');
  return done;
}

/** https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-health-checks.html */
function examine(scope: Scope, group: AutoScalingGroup, member: Member): void {
  if (group.suspended.has('HealthCheck')) return;
  if (findInstance(scope, member.instanceId)?.state !== 'running') member.health = 'Unhealthy';
  if (!watchesTargets(group) || inGrace(scope, group, member)) return;
  if (isUnhealthyTarget(scope, member)) member.health = 'Unhealthy';
}

function inGrace(scope: Scope, { healthCheckGraceSeconds }: AutoScalingGroup, { inServiceAt }: Member): boolean {
  const since = (inServiceAt ?? scope.clock.now()).getTime();
  return scope.clock.now().getTime() < since + healthCheckGraceSeconds * 1_000;
}

function replace(scope: Scope, group: AutoScalingGroup, member: Member): void {
  const running = findInstance(scope, member.instanceId)?.state === 'running';
  const reason = running
    ? 'a health check that found it unhealthy'
    : 'an EC2 health check indicating it has been terminated or stopped';
  const cause = at(scope, `an instance was taken out of service in response to ${reason}.`);
  if (!group.suspended.has('Terminate')) beginTermination(scope, group, { member, cause });
}

/** Answers false if something is left to do that could not be done now. */
function scale(scope: Scope, group: AutoScalingGroup): boolean {
  const capacity = [...group.members.values()].filter(isWanted).length;
  if (capacity < group.desired) return grow(scope, group, capacity);
  if (capacity > group.desired) shrink(scope, group, capacity);
  return true;
}

function grow(scope: Scope, group: AutoScalingGroup, capacity: number): boolean {
  if (group.suspended.has('Launch')) return true;
  const { notBefore } = group.failures;
  if (notBefore && notBefore > scope.clock.now()) return false;
  const change = difference(capacity, group.desired);
  const cause = at(
    scope,
    `an instance was started in response to ${change}, increasing the capacity ${step(capacity, group.desired)}.`,
  );
  for (let missing = group.desired - capacity; missing > 0; missing -= 1) {
    if (!launchMember(scope, group, cause)) return false;
  }
  return true;
}

function shrink(scope: Scope, group: AutoScalingGroup, capacity: number): void {
  if (group.suspended.has('Terminate')) return;
  const change = difference(capacity, group.desired);
  const cause = at(
    scope,
    `an instance was taken out of service in response to ${change}, shrinking the capacity ${step(capacity, group.desired)}.`,
  );
  for (let extra = capacity - group.desired; extra > 0; extra -= 1) {
    const member = toScaleIn(group);
    if (!member) return;
    beginTermination(scope, group, { member, cause });
  }
}

function difference(capacity: number, desired: number): string {
  return `a difference between desired and actual capacity (${String(desired)} and ${String(capacity)})`;
}

function step(from: number, to: number): string {
  return `from ${String(from)} to ${String(to)}`;
}
