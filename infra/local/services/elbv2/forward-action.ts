/** Where a listener or rule may forward to: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_ForwardActionConfig.html */
import type { Action, ForwardActionConfig } from '@aws-sdk/client-elastic-load-balancing-v2';
import { ApiError } from '../../kernel/api-error';
import type { Scope } from '../../kernel/scope';
import { required, validationError } from './errors';
import { isHttp } from './health-check';
import type { ForwardAction, LoadBalancer, TargetGroup, WeightedGroup } from './state';
import { loadBalancersOf, targetGroup } from './state';

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html */
const MAX_GROUPS_PER_ACTION = 5;
const MAX_WEIGHT = 999;
const MAX_STICKY_SECONDS = 604_800;

/** Parameters of an action that are honoured, below `DefaultActions` or `Actions`. */
export const ACTION_PARAMETERS = ['Type', 'TargetGroupArn', 'ForwardConfig', 'Order'];

/** The one action of a listener or rule. Throws what AWS answers when the load balancer cannot forward there. */
export function forwardAction(scope: Scope, balancer: LoadBalancer, actions: readonly Action[]): ForwardAction {
  const [action, ...others] = actions;
  if (!action || others.length > 0) throw validationError('A listener or rule must have exactly one action');
  if (required(action.Type, 'Type') !== 'forward') {
    throw new ApiError(
      'NotImplemented',
      `Actions of type ${action.Type ?? ''} are not simulated by the local account.`,
      501,
    );
  }
  const groups = weightedGroups(action);
  checkGroups(scope, balancer, groups);
  return { groups, stickiness: stickinessOf(action.ForwardConfig), order: action.Order };
}

/** The action in the shape of the API. */
export function actionView({ groups, stickiness, order }: ForwardAction): Action {
  const [single, ...others] = groups;
  return {
    Type: 'forward',
    TargetGroupArn: others.length === 0 ? single?.targetGroupArn : undefined,
    Order: order,
    ForwardConfig: {
      TargetGroups: groups.map(({ targetGroupArn, weight }) => ({ TargetGroupArn: targetGroupArn, Weight: weight })),
      TargetGroupStickinessConfig: stickiness ?? { Enabled: false },
    },
  };
}

function weightedGroups({ TargetGroupArn, ForwardConfig }: Action): readonly WeightedGroup[] {
  const tuples = ForwardConfig?.TargetGroups ?? [{ TargetGroupArn }];
  if (tuples.length === 0) throw validationError('A forward action must have a target group');
  if (tuples.length > MAX_GROUPS_PER_ACTION) {
    throw new ApiError(
      'TooManyUniqueTargetGroupsPerLoadBalancer',
      `A forward action can have at most ${MAX_GROUPS_PER_ACTION} target groups`,
    );
  }
  const groups = tuples.map((tuple) => ({
    targetGroupArn: required(tuple.TargetGroupArn, 'TargetGroupArn'),
    weight: tuple.Weight ?? 1,
  }));
  const [first, ...others] = groups;
  if (TargetGroupArn && (first?.targetGroupArn !== TargetGroupArn || others.length > 0)) {
    throw validationError('TargetGroupArn and ForwardConfig must name the same single target group');
  }
  const wrong = groups.find(({ weight }) => weight < 0 || weight > MAX_WEIGHT);
  if (wrong) throw validationError(`Weight '${wrong.weight}' must be from 0 to ${MAX_WEIGHT}`);
  return groups;
}

function stickinessOf(config: ForwardActionConfig | undefined): ForwardAction['stickiness'] {
  const { Enabled, DurationSeconds } = config?.TargetGroupStickinessConfig ?? {};
  if (!Enabled) return undefined;
  if (!DurationSeconds || DurationSeconds < 1 || DurationSeconds > MAX_STICKY_SECONDS) {
    throw validationError(`Target group stickiness duration must be from 1 to ${MAX_STICKY_SECONDS} seconds`);
  }
  return { Enabled, DurationSeconds };
}

function checkGroups(scope: Scope, balancer: LoadBalancer, weighted: readonly WeightedGroup[]): void {
  const groups = weighted.map(({ targetGroupArn }) => targetGroup(scope, targetGroupArn));
  for (const group of groups) {
    checkKind(balancer, group);
    checkAssociation(scope, balancer, group);
    if (group.ipAddressType === 'ipv6' && balancer.ipAddressType === 'ipv4') {
      throw validationError(
        "You cannot associate an IPv6 target group with a load balancer that has an 'ipv4' IP address type",
      );
    }
  }
  if (groups.some((group) => isIpv4Udp(group)) && balancer.ipAddressType === 'dualstack') {
    // https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-target-groups.html#target-group-ip-address-type
    throw new ApiError(
      'InvalidConfigurationRequest',
      'IPv4 target groups with UDP cannot be used with a dualstack Network Load Balancer',
    );
  }
  const families = new Set(groups.map(({ ipAddressType }) => ipAddressType));
  if (balancer.type === 'network' && families.size > 1) {
    throw validationError("You can't add both IPv4 target groups and IPv6 target groups to the same action");
  }
}

function isIpv4Udp({ ipAddressType, protocol }: TargetGroup): boolean {
  return ipAddressType === 'ipv4' && (protocol === 'UDP' || protocol === 'TCP_UDP');
}

function checkKind(balancer: LoadBalancer, { arn, protocol, vpcId }: TargetGroup): void {
  if (isHttp(protocol) !== (balancer.type === 'application')) {
    throw new ApiError(
      'IncompatibleProtocols',
      `The target group '${arn}' of protocol '${protocol}' cannot be used with a load balancer of type '${balancer.type}'`,
    );
  }
  if (vpcId === balancer.vpcId) return;
  throw new ApiError(
    'InvalidConfigurationRequest',
    `The target group '${arn}' is not in the VPC of the load balancer, '${balancer.vpcId}'`,
  );
}

function checkAssociation(scope: Scope, balancer: LoadBalancer, { arn }: TargetGroup): void {
  if (loadBalancersOf(scope, arn).every((each) => each === balancer)) return;
  throw new ApiError(
    'TargetGroupAssociationLimit',
    `The following target groups cannot be associated with more than one load balancer: ${arn}`,
  );
}
