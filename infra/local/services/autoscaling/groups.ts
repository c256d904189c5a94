import type {
  AutoScalingGroupNamesType,
  AutoScalingGroupsType,
  CreateAutoScalingGroupType,
  DeleteAutoScalingGroupType,
} from '@aws-sdk/client-auto-scaling';
import { ApiError } from '../../kernel/api-error';
import type { Call } from '../../kernel/operation';
import { operation } from '../../kernel/operation';
import type { Scope } from '../../kernel/scope';
import { arn } from '../../kernel/scope';
import { onGroup } from './access';
import { activities, at } from './activity';
import { beginTermination } from './end-member';
import { groupFilter } from './group-filter';
import { checkHealthType, checkSize, checkSubnets, checkTemplate } from './group-request';
import { requestPass } from './group-schedule';
import { groupView } from './group-view';
import { pageOf } from './paging';
import type { AutoScalingGroup } from './state';
import { autoScalingGroups, groupNamed } from './state';
import { readTags } from './tags';
import { checkTargetGroups } from './target-groups';

/** https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_DescribeAutoScalingGroups.html */
const PAGE = { usual: 50, max: 100 };

/** https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_CreateAutoScalingGroup.html */
const HEALTH_CHECK_GRACE_SECONDS = 0;
const COOLDOWN_SECONDS = 300;

function toGroup(request: CreateAutoScalingGroupType, { scope }: Call): AutoScalingGroup {
  const { AutoScalingGroupName: name = '', MinSize = 0, MaxSize = 0 } = request;
  const size = checkSize({ min: MinSize, max: MaxSize, desired: request.DesiredCapacity ?? MinSize });
  const launchTemplate = checkTemplate(scope, request.LaunchTemplate);
  checkTargetGroups(scope, request.TargetGroupARNs ?? []);
  return {
    name,
    arn: arn(scope, 'autoscaling', `autoScalingGroup:${scope.ids.uuid()}:autoScalingGroupName/${name}`),
    createdAt: scope.clock.now(),
    ...{ minSize: size.min, maxSize: size.max, desired: size.desired },
    launchTemplate,
    subnetIds: checkSubnets(scope, request.VPCZoneIdentifier),
    ...healthSettings(request),
    protectNew: request.NewInstancesProtectedFromScaleIn ?? false,
    targetGroupArns: new Set(request.TargetGroupARNs),
    members: new Map(),
    tags: readTags(request.Tags ?? []),
    suspended: new Map(),
    deleting: false,
    failures: { count: 0, notBefore: undefined },
    pass: undefined,
  };
}

function healthSettings(request: CreateAutoScalingGroupType) {
  return {
    healthCheckType: checkHealthType(request.HealthCheckType ?? 'EC2'),
    healthCheckGraceSeconds: request.HealthCheckGracePeriod ?? HEALTH_CHECK_GRACE_SECONDS,
    cooldownSeconds: request.DefaultCooldown ?? COOLDOWN_SECONDS,
  };
}

const create = operation<CreateAutoScalingGroupType, object>({
  accepts: [
    ...['AutoScalingGroupName', 'MinSize', 'MaxSize', 'DesiredCapacity', 'LaunchTemplate'],
    ...['VPCZoneIdentifier', 'TargetGroupARNs', 'HealthCheckType', 'HealthCheckGracePeriod', 'DefaultCooldown'],
    ...['NewInstancesProtectedFromScaleIn', 'Tags'],
  ],
  authorize: ({ AutoScalingGroupName }, call) => onGroup(AutoScalingGroupName, call),
  run(request, call) {
    const groups = autoScalingGroups(call.scope);
    const { AutoScalingGroupName: name = '' } = request;
    if (groups.has(name))
      throw new ApiError(
        'AlreadyExists',
        `AutoScalingGroup by this name already exists - A group with the name ${name} already exists`,
      );
    const group = toGroup(request, call);
    groups.set(name, group);
    requestPass(call.scope, group);
    return {};
  },
});

const describe = operation<AutoScalingGroupNamesType, AutoScalingGroupsType>({
  accepts: ['AutoScalingGroupNames', 'IncludeInstances', 'Filters', 'MaxRecords', 'NextToken'],
  run(input, { scope }) {
    const { AutoScalingGroupNames: names = [], IncludeInstances = true } = input;
    const passes = groupFilter(input.Filters ?? []);
    const wanted = [...autoScalingGroups(scope).values()]
      .filter(({ name }) => names.length === 0 || names.includes(name))
      .filter(passes);
    const { items, token } = pageOf(wanted, input, PAGE);
    const views = items.map((group) => groupView(scope, group));
    return {
      AutoScalingGroups: IncludeInstances ? views : views.map((view) => ({ ...view, Instances: [] })),
      NextToken: token,
    };
  },
});

/** Only an empty group goes without force, and only when nothing is being done in it. */
function refuseBusy(scope: Scope, { name, arn: groupArn, members }: AutoScalingGroup): void {
  if (members.size > 0) {
    throw new ApiError(
      'ResourceInUse',
      'You cannot delete an AutoScalingGroup while there are instances or pending Spot instance request(s) still in the group.',
    );
  }
  if (activities(scope).some((each) => each.groupArn === groupArn && each.endedAt === undefined)) {
    throw new ApiError(
      'ScalingActivityInProgress',
      `You cannot delete an AutoScalingGroup while there are scaling activities in progress for that group: ${name}.`,
    );
  }
}

const remove = operation<DeleteAutoScalingGroupType, object>({
  accepts: ['AutoScalingGroupName', 'ForceDelete'],
  authorize: ({ AutoScalingGroupName }, call) => onGroup(AutoScalingGroupName, call),
  run({ AutoScalingGroupName, ForceDelete = false }, { scope }) {
    const group = groupNamed(scope, AutoScalingGroupName);
    if (!ForceDelete) refuseBusy(scope, group);
    if (group.members.size === 0) {
      autoScalingGroups(scope).delete(group.name);
      return {};
    }
    const cause = at(scope, 'a user request force deleted the AutoScalingGroup, changing the desired capacity to 0.');
    Object.assign(group, { deleting: true, minSize: 0, maxSize: 0, desired: 0 });
    for (const member of group.members.values()) {
      if (member.state !== 'Terminating') beginTermination(scope, group, { member, cause });
    }
    requestPass(scope, group);
    return {};
  },
});

export const groupOperations = {
  CreateAutoScalingGroup: create,
  DeleteAutoScalingGroup: remove,
  DescribeAutoScalingGroups: describe,
};
