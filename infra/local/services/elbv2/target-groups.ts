import type {
  DeleteTargetGroupInput,
  DescribeTargetGroupsInput,
  DescribeTargetGroupsOutput,
  ModifyTargetGroupInput,
  ModifyTargetGroupOutput,
  TargetGroup as TargetGroupView,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { ApiError } from '../../kernel/api-error';
import { operation } from '../../kernel/operation';
import type { Scope } from '../../kernel/scope';
import { onResource } from './access';
import { required, validationError } from './errors';
import { changedHealthCheck } from './health-check';
import { pageOf } from './paging';
import type { TargetGroup } from './state';
import { elbv2State, loadBalancer, loadBalancersOf, targetGroup } from './state';
import { dropTags } from './tags';

/** A target group in the shape of the API. */
export function targetGroupView(scope: Scope, group: TargetGroup): TargetGroupView {
  const { healthCheck } = group;
  return {
    TargetGroupArn: group.arn,
    TargetGroupName: group.name,
    Protocol: group.protocol,
    Port: group.port,
    VpcId: group.vpcId,
    HealthCheckProtocol: healthCheck.protocol,
    HealthCheckPort: healthCheck.port,
    HealthCheckEnabled: true,
    HealthCheckIntervalSeconds: healthCheck.intervalSeconds,
    HealthCheckTimeoutSeconds: healthCheck.timeoutSeconds,
    HealthyThresholdCount: healthCheck.healthyThreshold,
    UnhealthyThresholdCount: healthCheck.unhealthyThreshold,
    HealthCheckPath: healthCheck.path,
    Matcher: healthCheck.matcher,
    LoadBalancerArns: loadBalancersOf(scope, group.arn).map(({ arn }) => arn),
    TargetType: group.targetType,
    ProtocolVersion: group.protocolVersion,
    IpAddressType: group.ipAddressType,
  };
}

function named(scope: Scope, name: string): TargetGroup {
  const found = [...elbv2State(scope).targetGroups.values()].find((each) => each.name === name);
  if (!found) throw new ApiError('TargetGroupNotFound', 'One or more target groups not found');
  return found;
}

function routedBy(scope: Scope, loadBalancerArn: string): readonly TargetGroup[] {
  const { arn } = loadBalancer(scope, loadBalancerArn);
  return [...elbv2State(scope).targetGroups.values()].filter((group) =>
    loadBalancersOf(scope, group.arn).some((each) => each.arn === arn),
  );
}

function asked(scope: Scope, request: DescribeTargetGroupsInput): readonly TargetGroup[] {
  const { LoadBalancerArn, TargetGroupArns, Names } = request;
  if ([LoadBalancerArn, TargetGroupArns, Names].filter((each) => each !== undefined).length > 1) {
    throw validationError(
      'Target group ARNs, target group names and a load balancer ARN cannot be specified at the same time',
    );
  }
  if (LoadBalancerArn) return routedBy(scope, LoadBalancerArn);
  if (TargetGroupArns) return TargetGroupArns.map((arn) => targetGroup(scope, arn));
  return Names ? Names.map((name) => named(scope, name)) : [...elbv2State(scope).targetGroups.values()];
}

const describeTargetGroups = operation<DescribeTargetGroupsInput, DescribeTargetGroupsOutput>({
  accepts: ['LoadBalancerArn', 'TargetGroupArns', 'Names', 'Marker', 'PageSize'],
  run(request, { scope }) {
    const { items, token } = pageOf(asked(scope, request), request);
    return { TargetGroups: items.map((group) => targetGroupView(scope, group)), NextMarker: token };
  },
});

const modifyTargetGroup = operation<ModifyTargetGroupInput, ModifyTargetGroupOutput>({
  accepts: [
    ...['TargetGroupArn', 'HealthCheckProtocol', 'HealthCheckPort', 'HealthCheckEnabled', 'HealthCheckPath', 'Matcher'],
    ...['HealthCheckIntervalSeconds', 'HealthCheckTimeoutSeconds', 'HealthyThresholdCount', 'UnhealthyThresholdCount'],
  ],
  authorize: ({ TargetGroupArn }, call) => onResource(TargetGroupArn, call),
  run(request, { scope }) {
    const group = targetGroup(scope, required(request.TargetGroupArn, 'TargetGroupArn'));
    group.healthCheck = changedHealthCheck(group, request);
    return { TargetGroups: [targetGroupView(scope, group)] };
  },
});

const deleteTargetGroup = operation<DeleteTargetGroupInput, object>({
  accepts: ['TargetGroupArn'],
  authorize: ({ TargetGroupArn }, call) => onResource(TargetGroupArn, call),
  run({ TargetGroupArn }, { scope }) {
    const arn = required(TargetGroupArn, 'TargetGroupArn');
    if (loadBalancersOf(scope, arn).length > 0) {
      throw new ApiError('ResourceInUse', `Target group '${arn}' is currently in use by a listener or a rule`);
    }
    // One that is gone already is deleted as well: no error
    elbv2State(scope).targetGroups.delete(arn);
    dropTags(scope, arn);
    return {};
  },
});

export const targetGroupOperations = {
  DeleteTargetGroup: deleteTargetGroup,
  DescribeTargetGroups: describeTargetGroups,
  ModifyTargetGroup: modifyTargetGroup,
};
