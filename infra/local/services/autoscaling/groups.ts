import type {
  AutoScalingGroup as GroupView,
  AutoScalingGroupNamesType,
  AutoScalingGroupsType,
  CreateAutoScalingGroupType,
  DeleteAutoScalingGroupType,
} from '@aws-sdk/client-auto-scaling';
import { ApiError } from '../../kernel/api-error';
import type { Call } from '../../kernel/operation';
import { operation } from '../../kernel/operation';
import { page } from '../../kernel/page';
import { arn } from '../../kernel/scope';
import { onGroup } from './access';
import type { AutoScalingGroup } from './state';
import { autoScalingGroups, groupNamed, validationError } from './state';
import { checkTargetGroups } from './target-groups';

/** https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_DescribeAutoScalingGroups.html */
const DEFAULT_PAGE = 50;
const MAX_PAGE = 100;

/** Until health checks are asked of a load balancer; AWS's own default. */
const HEALTH_CHECK_GRACE_SECONDS = 0;
const COOLDOWN_SECONDS = 300;

function view(group: AutoScalingGroup): GroupView {
  return {
    AutoScalingGroupName: group.name,
    AutoScalingGroupARN: group.arn,
    LaunchTemplate: group.launchTemplate,
    MinSize: 0,
    MaxSize: group.maxSize,
    DesiredCapacity: 0,
    DefaultCooldown: COOLDOWN_SECONDS,
    AvailabilityZones: [],
    LoadBalancerNames: [],
    TargetGroupARNs: [...group.targetGroupArns],
    TrafficSources: [...group.targetGroupArns].map((Identifier) => ({ Identifier, Type: 'elbv2' })),
    HealthCheckType: 'EC2',
    HealthCheckGracePeriod: HEALTH_CHECK_GRACE_SECONDS,
    Instances: [],
    CreatedTime: group.createdAt,
    VPCZoneIdentifier: group.subnetIds,
    Tags: [],
  };
}

/** Launching instances is not simulated: a group may exist, with everything attached to it, and stay empty. */
function refuseInstances({ MinSize = 0, DesiredCapacity = 0 }: CreateAutoScalingGroupType): void {
  if (MinSize > 0 || DesiredCapacity > 0) {
    throw new ApiError('NotImplemented', 'autoscaling:CreateAutoScalingGroup with instances is not simulated', 501);
  }
}

function toGroup(request: CreateAutoScalingGroupType, { scope }: Call): AutoScalingGroup {
  const { AutoScalingGroupName: name = '', MaxSize = 0, LaunchTemplate, VPCZoneIdentifier = '' } = request;
  if (!LaunchTemplate) {
    throw validationError(
      'Valid requests must contain either LaunchTemplate, LaunchConfigurationName, InstanceId or MixedInstancesPolicy parameter.',
    );
  }
  return {
    name,
    arn: arn(scope, 'autoscaling', `autoScalingGroup:${scope.ids.uuid()}:autoScalingGroupName/${name}`),
    createdAt: scope.clock.now(),
    maxSize: MaxSize,
    launchTemplate: LaunchTemplate,
    subnetIds: VPCZoneIdentifier,
    targetGroupArns: new Set(request.TargetGroupARNs),
  };
}

const create = operation<CreateAutoScalingGroupType, object>({
  accepts: [
    ...['AutoScalingGroupName', 'MinSize', 'MaxSize', 'DesiredCapacity', 'LaunchTemplate'],
    ...['VPCZoneIdentifier', 'TargetGroupARNs'],
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
    refuseInstances(request);
    checkTargetGroups(call.scope, request.TargetGroupARNs ?? []);
    groups.set(name, toGroup(request, call));
    return {};
  },
});

const describe = operation<AutoScalingGroupNamesType, AutoScalingGroupsType>({
  accepts: ['AutoScalingGroupNames', 'MaxRecords', 'NextToken'],
  run({ AutoScalingGroupNames: names = [], MaxRecords = DEFAULT_PAGE, NextToken }, { scope }) {
    if (MaxRecords < 1 || MaxRecords > MAX_PAGE) throw validationError(`MaxRecords must be from 1 to ${MAX_PAGE}`);
    const all = [...autoScalingGroups(scope).values()];
    const wanted = names.length > 0 ? all.filter(({ name }) => names.includes(name)) : all;
    const invalidToken = new ApiError('InvalidNextToken', 'The NextToken value is not valid.');
    const { items, token } = page(wanted, { token: NextToken, size: MaxRecords, invalidToken });
    return { AutoScalingGroups: items.map(view), NextToken: token };
  },
});

const remove = operation<DeleteAutoScalingGroupType, object>({
  accepts: ['AutoScalingGroupName', 'ForceDelete'],
  authorize: ({ AutoScalingGroupName }, call) => onGroup(AutoScalingGroupName, call),
  run({ AutoScalingGroupName }, { scope }) {
    autoScalingGroups(scope).delete(groupNamed(scope, AutoScalingGroupName).name);
    return {};
  },
});

export const groupOperations = {
  CreateAutoScalingGroup: create,
  DeleteAutoScalingGroup: remove,
  DescribeAutoScalingGroups: describe,
};
