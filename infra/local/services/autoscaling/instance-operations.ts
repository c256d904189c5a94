/** What users do with single instances of groups. */
import type {
  ActivityType,
  AttachInstancesQuery,
  AutoScalingInstancesType,
  DescribeAutoScalingInstancesType,
  DetachInstancesAnswer,
  DetachInstancesQuery,
  SetInstanceHealthQuery,
  SetInstanceProtectionQuery,
  TerminateInstanceInAutoScalingGroupType,
} from '@aws-sdk/client-auto-scaling';
import type { Authorization, Call } from '../../kernel/operation';
import { operation } from '../../kernel/operation';
import type { Scope } from '../../kernel/scope';
import { onGroup } from './access';
import { at, beginActivity } from './activity';
import { activityView } from './activity-operations';
import { attachable } from './attach';
import { beginTermination, cancelLaunch } from './end-member';
import { requestPass } from './group-schedule';
import { detailsView } from './group-view';
import { memberOf } from './launch-member';
import { pageOf } from './paging';
import { detachMember } from './registration';
import type { AutoScalingGroup, Member } from './state';
import { autoScalingGroups, findMember, groupNamed, validationError } from './state';

/** https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_DescribeAutoScalingInstances.html */
const PAGE = { usual: 50, max: 50 };

function memberWith(scope: Scope, instanceId = ''): [AutoScalingGroup, Member] {
  const found = findMember(scope, instanceId);
  if (found) return found;
  throw validationError(`Instance Id not found - No managed instance found for instance ID: ${instanceId}`);
}

function onGroupOf(instanceId: string | undefined, call: Call): readonly Authorization[] {
  return onGroup(findMember(call.scope, instanceId ?? '')?.[0].name, call);
}

const describe = operation<DescribeAutoScalingInstancesType, AutoScalingInstancesType>({
  accepts: ['InstanceIds', 'MaxRecords', 'NextToken'],
  run(input, { scope }) {
    const { InstanceIds: ids = [] } = input;
    const all = [...autoScalingGroups(scope).values()].flatMap((group) =>
      [...group.members.values()].map((member) => detailsView(group, member)),
    );
    const wanted = all.filter(({ InstanceId = '' }) => ids.length === 0 || ids.includes(InstanceId));
    const { items, token } = pageOf(wanted, input, PAGE);
    return { AutoScalingInstances: items, NextToken: token };
  },
});

/** Lowers the desired capacity along, if the minimum allows. */
function decrement(group: AutoScalingGroup, count: number): void {
  if (group.desired - count < group.minSize) {
    throw validationError(
      `Currently, desiredSize equals ${String(group.desired)} and minSize ${String(group.minSize)}. Removing ` +
        `${String(count)} instances without replacement will violate group's min size constraint. Either set ` +
        "shouldDecrementDesiredCapacity flag to false or lower group's min size.",
    );
  }
  group.desired -= count;
}

const terminate = operation<TerminateInstanceInAutoScalingGroupType, ActivityType>({
  accepts: ['InstanceId', 'ShouldDecrementDesiredCapacity'],
  authorize: ({ InstanceId }, call) => onGroupOf(InstanceId, call),
  run({ InstanceId, ShouldDecrementDesiredCapacity = false }, { scope }) {
    const [group, member] = memberWith(scope, InstanceId);
    if (member.state === 'Terminating' && member.activity) return { Activity: activityView(scope, member.activity) };
    if (ShouldDecrementDesiredCapacity) decrement(group, 1);
    const cause = at(scope, 'an instance was taken out of service in response to a user request.');
    const activity = beginTermination(scope, group, { member, cause });
    requestPass(scope, group);
    return { Activity: activityView(scope, activity) };
  },
});

const attach = operation<AttachInstancesQuery, object>({
  accepts: ['InstanceIds', 'AutoScalingGroupName'],
  authorize: ({ AutoScalingGroupName }, call) => onGroup(AutoScalingGroupName, call),
  run({ InstanceIds = [], AutoScalingGroupName }, { scope }) {
    const group = groupNamed(scope, AutoScalingGroupName);
    const instances = attachable(scope, group, InstanceIds);
    group.desired += instances.length;
    for (const instance of instances) {
      const place = { subnetId: instance.subnetId, zone: instance.zone.name };
      const cause = at(scope, `an instance was added in response to user request.`);
      const description = `Attaching an existing EC2 instance: ${instance.id}`;
      const activity = beginActivity(scope, group, { ...place, description, cause, status: 'InProgress' });
      group.members.set(instance.id, { ...memberOf(scope, instance), protected: group.protectNew, activity });
    }
    requestPass(scope, group);
    return {};
  },
});

function detachOne(scope: Scope, group: AutoScalingGroup, member: Member) {
  cancelLaunch(scope, member);
  const place = { subnetId: member.subnetId, zone: member.zone.name };
  const description = `Detaching EC2 instance: ${member.instanceId}`;
  const cause = at(scope, `instance ${member.instanceId} was detached in response to a user request.`);
  member.activity = beginActivity(scope, group, { ...place, description, cause, status: 'InProgress' });
  member.state = 'Detaching';
  detachMember(scope, member);
  return activityView(scope, member.activity);
}

const detach = operation<DetachInstancesQuery, DetachInstancesAnswer>({
  accepts: ['InstanceIds', 'AutoScalingGroupName', 'ShouldDecrementDesiredCapacity'],
  authorize: ({ AutoScalingGroupName }, call) => onGroup(AutoScalingGroupName, call),
  run({ InstanceIds = [], AutoScalingGroupName, ShouldDecrementDesiredCapacity = false }, { scope }) {
    const group = groupNamed(scope, AutoScalingGroupName);
    const members = InstanceIds.map((id) => inService(group, id));
    if (ShouldDecrementDesiredCapacity) decrement(group, members.length);
    const Activities = members.map((member) => detachOne(scope, group, member));
    requestPass(scope, group);
    return { Activities };
  },
});

function inService(group: AutoScalingGroup, id: string): Member {
  const member = group.members.get(id);
  if (member?.state === 'InService') return member;
  const state = member ? `is in ${member.state}` : 'is not part of Auto Scaling group';
  throw validationError(`The instance ${id} ${state} ${member ? '' : group.name}`.trim());
}

const HEALTH = new Set(['Healthy', 'Unhealthy']);

const setHealth = operation<SetInstanceHealthQuery, object>({
  accepts: ['InstanceId', 'HealthStatus', 'ShouldRespectGracePeriod'],
  authorize: ({ InstanceId }, call) => onGroupOf(InstanceId, call),
  run({ InstanceId, HealthStatus = '', ShouldRespectGracePeriod = true }, { scope }) {
    const [group, member] = memberWith(scope, InstanceId);
    if (!HEALTH.has(HealthStatus))
      throw validationError(`Health status '${HealthStatus}' must be Healthy or Unhealthy`);
    const graceEnds = (member.inServiceAt?.getTime() ?? Infinity) + group.healthCheckGraceSeconds * 1_000;
    if (ShouldRespectGracePeriod && scope.clock.now().getTime() < graceEnds) return {};
    member.health = HealthStatus === 'Healthy' ? 'Healthy' : 'Unhealthy';
    requestPass(scope, group);
    return {};
  },
});

const setProtection = operation<SetInstanceProtectionQuery, object>({
  accepts: ['InstanceIds', 'AutoScalingGroupName', 'ProtectedFromScaleIn'],
  authorize: ({ AutoScalingGroupName }, call) => onGroup(AutoScalingGroupName, call),
  run({ InstanceIds = [], AutoScalingGroupName, ProtectedFromScaleIn = false }, { scope }) {
    const group = groupNamed(scope, AutoScalingGroupName);
    const members = InstanceIds.map((id) => inService(group, id));
    for (const member of members) member.protected = ProtectedFromScaleIn;
    requestPass(scope, group);
    return {};
  },
});

export const instanceOperations = {
  AttachInstances: attach,
  DescribeAutoScalingInstances: describe,
  DetachInstances: detach,
  SetInstanceHealth: setHealth,
  SetInstanceProtection: setProtection,
  TerminateInstanceInAutoScalingGroup: terminate,
};
