/** Taking instances out of a group. */
import type { Scope } from '../../kernel/scope';
import { findInstance } from '../ec2/instance';
import { terminateInstance } from '../ec2/instance-lifecycle';
import { beginActivity, endActivity, type Activity } from './activity';
import { detachMember, isDraining } from './registration';
import { publishScaling } from './scaling-event';
import type { AutoScalingGroup, Member } from './state';
import { isWanted } from './state';

export interface Ending {
  readonly member: Member;
  readonly cause: string;
}

/** Starts the termination of a member; `advanceTermination` brings it to its end. */
export function beginTermination(scope: Scope, group: AutoScalingGroup, { member, cause }: Ending): Activity {
  cancelLaunch(scope, member);
  const { subnetId, zone, instanceId } = member;
  const description = `Terminating EC2 instance: ${instanceId}`;
  const place = { subnetId, zone: zone.name };
  const activity = beginActivity(scope, group, { ...place, description, cause, status: 'InProgress' });
  member.state = 'Terminating';
  member.activity = activity;
  detachMember(scope, member);
  return activity;
}

/** A launch that is not done yet never will be. */
export function cancelLaunch(scope: Scope, { activity, state }: Member): void {
  if (state === 'Pending' && activity) endActivity(scope, activity, 'Cancelled');
}

/** Terminates once connections are drained, and lets go once EC2 has. */
export function advanceTermination(scope: Scope, group: AutoScalingGroup, member: Member): void {
  const instance = findInstance(scope, member.instanceId);
  if (instance && instance.state !== 'terminated') {
    if (group.deleting || !isDraining(scope, group, member)) terminateInstance(scope, instance);
    return;
  }
  const { activity, instanceId } = member;
  group.members.delete(instanceId);
  if (!activity) return;
  publishScaling(scope, group, { kind: 'terminated', activity, instanceId });
  endActivity(scope, activity, 'Successful');
}

/** AWS's default policy as far as there is anything to tell apart: the fullest zone, the oldest template, the oldest. */
export function toScaleIn(group: AutoScalingGroup): Member | undefined {
  const members = [...group.members.values()].filter(isWanted);
  const inZone = (name: string): number => members.filter(({ zone }) => zone.name === name).length;
  const candidates = members.filter((member) => !member.protected);
  const version = ({ launchTemplate }: Member): number => Number(launchTemplate?.Version ?? 0);
  const foreign = ({ launchTemplate }: Member): number =>
    Number(launchTemplate?.LaunchTemplateId === group.launchTemplate.LaunchTemplateId);
  return candidates.sort(
    (a, b) =>
      inZone(b.zone.name) - inZone(a.zone.name) ||
      foreign(a) - foreign(b) ||
      version(a) - version(b) ||
      a.joinedAt.getTime() - b.joinedAt.getTime(),
  )[0];
}
