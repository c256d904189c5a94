/** What Elastic Load Balancing (version 2) keeps in one account and region. */
import type {
  EnablePrefixForIpv6SourceNatEnum,
  IpAddressType,
  LoadBalancerSchemeEnum,
  ProtocolEnum,
  RuleCondition,
  TargetGroupIpAddressTypeEnum,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { ApiError } from '../../kernel/api-error';
import type { Scope } from '../../kernel/scope';
import { defineStore } from '../../kernel/scope';

export interface LoadBalancerZone {
  readonly zone: string;
  readonly subnetId: string;
  readonly sourceNatIpv6Prefixes: readonly string[] | undefined;
}

export interface LoadBalancer {
  readonly arn: string;
  readonly name: string;
  readonly type: 'application' | 'network';
  readonly scheme: LoadBalancerSchemeEnum;
  readonly vpcId: string;
  readonly dnsName: string;
  readonly hostedZoneId: string;
  readonly createdAt: Date;
  zones: readonly LoadBalancerZone[];
  securityGroups: readonly string[];
  /** `deletion_protection.enabled` and the like. */
  readonly attributes: Map<string, string>;
  sourceNatPrefix: EnablePrefixForIpv6SourceNatEnum | undefined;
  ipAddressType: IpAddressType;
}

export interface HealthCheck {
  readonly protocol: ProtocolEnum;
  /** A port number, or `traffic-port`: the port of each target. */
  readonly port: string;
  readonly path: string | undefined;
  readonly intervalSeconds: number;
  readonly timeoutSeconds: number;
  readonly healthyThreshold: number;
  readonly unhealthyThreshold: number;
  readonly matcher: { readonly HttpCode?: string; readonly GrpcCode?: string } | undefined;
}

export interface RegisteredTarget {
  /** Instance id, IP address, or ARN of a load balancer, by the group's target type. */
  readonly id: string;
  readonly port: number;
  /** Zone of the target's subnet, `all` where the caller said so; absent for `alb` targets. */
  readonly zone: string | undefined;
  readonly registeredAt: Date;
  /** Verdict of the health checks so far. */
  verdict: 'initial' | 'healthy' | 'unhealthy';
  /** Checks in a row with the same outcome. */
  streak: { readonly passed: boolean; readonly count: number };
  /** How the last check that failed did so. */
  failure: 'timed-out' | 'refused' | undefined;
  /** Set while the target drains. */
  drainingUntil: Date | undefined;
}

export interface TargetGroup {
  readonly arn: string;
  readonly name: string;
  readonly targetType: 'instance' | 'ip' | 'alb';
  readonly protocol: ProtocolEnum;
  readonly protocolVersion: string | undefined;
  readonly port: number;
  readonly vpcId: string;
  /** Fixed at creation: no operation changes it. */
  readonly ipAddressType: TargetGroupIpAddressTypeEnum;
  healthCheck: HealthCheck;
  /** `deregistration_delay.timeout_seconds` and the like. */
  readonly attributes: Map<string, string>;
  /** By `id:port`. */
  readonly targets: Map<string, RegisteredTarget>;
}

export interface WeightedGroup {
  readonly targetGroupArn: string;
  readonly weight: number;
}

/** Forwarding is the only kind of action the local account has. */
export interface ForwardAction {
  readonly groups: readonly WeightedGroup[];
  readonly stickiness: { readonly Enabled?: boolean; readonly DurationSeconds?: number } | undefined;
  readonly order: number | undefined;
}

export interface ListenerRule {
  readonly arn: string;
  readonly priority: number;
  readonly conditions: readonly RuleCondition[];
  readonly action: ForwardAction;
}

export interface Listener {
  readonly arn: string;
  readonly loadBalancerArn: string;
  readonly protocol: ProtocolEnum;
  readonly port: number;
  readonly defaultRuleArn: string;
  defaultAction: ForwardAction;
  readonly rules: Map<string, ListenerRule>;
}

export interface Elbv2State {
  readonly loadBalancers: Map<string, LoadBalancer>;
  readonly targetGroups: Map<string, TargetGroup>;
  readonly listeners: Map<string, Listener>;
  /** Which load balancers route to a target group: kept by `addRoutes` and `reroute`. */
  readonly routes: Map<string, readonly LoadBalancer[]>;
  /** Tags by ARN of load balancer, target group, listener or rule. */
  readonly tags: Map<string, Map<string, string>>;
}

export const elbv2State = defineStore((): Elbv2State => ({
  loadBalancers: new Map(),
  targetGroups: new Map(),
  listeners: new Map(),
  routes: new Map(),
  tags: new Map(),
}));

/** The target group with this ARN; `TargetGroupNotFound` if there is none. */
export function targetGroup(scope: Scope, arn: string): TargetGroup {
  const group = elbv2State(scope).targetGroups.get(arn);
  if (!group) throw new ApiError('TargetGroupNotFound', 'One or more target groups not found');
  return group;
}

/** The load balancer with this ARN; `LoadBalancerNotFound` if there is none. */
export function loadBalancer(scope: Scope, arn: string): LoadBalancer {
  const found = elbv2State(scope).loadBalancers.get(arn);
  if (!found) throw new ApiError('LoadBalancerNotFound', 'One or more load balancers not found');
  return found;
}

/** The listener with this ARN; `ListenerNotFound` if there is none. */
export function listener(scope: Scope, arn: string): Listener {
  const found = elbv2State(scope).listeners.get(arn);
  if (!found) throw new ApiError('ListenerNotFound', 'One or more listeners not found');
  return found;
}

/** Load balancers that route to the group; the group is in use if there is one. */
export function loadBalancersOf(scope: Scope, targetGroupArn: string): readonly LoadBalancer[] {
  return elbv2State(scope).routes.get(targetGroupArn) ?? [];
}

/** Everything that a listener forwards to, its rules included. */
function actionsOf({ defaultAction, rules }: Listener): readonly ForwardAction[] {
  return [defaultAction, ...[...rules.values()].map(({ action }) => action)];
}

/** Brings `routes` up to date after a listener or rule changed or went. */
export function reroute(scope: Scope): void {
  const { listeners, routes } = elbv2State(scope);
  routes.clear();
  for (const each of listeners.values()) for (const action of actionsOf(each)) addRoutes(scope, each, action);
}

/** Brings `routes` up to date after a listener or rule with this action came. */
export function addRoutes(scope: Scope, { loadBalancerArn }: Listener, { groups }: ForwardAction): void {
  const { loadBalancers, routes } = elbv2State(scope);
  const balancer = loadBalancers.get(loadBalancerArn);
  for (const { targetGroupArn } of groups) {
    const known = routes.get(targetGroupArn) ?? [];
    if (balancer && !known.includes(balancer)) routes.set(targetGroupArn, [...known, balancer]);
  }
}
