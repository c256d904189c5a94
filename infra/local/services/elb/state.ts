/** What Elastic Load Balancing keeps of Classic Load Balancers in one account and region. */
import type { Listener } from '@aws-sdk/client-elastic-load-balancing';
import { ApiError } from '../../kernel/api-error';
import type { Authorization, Call } from '../../kernel/operation';
import type { Scope } from '../../kernel/scope';
import { arn, defineStore } from '../../kernel/scope';

export interface ClassicLoadBalancer {
  readonly name: string;
  readonly dnsName: string;
  readonly hostedZoneId: string;
  readonly createdAt: Date;
  readonly scheme: 'internet-facing' | 'internal';
  readonly vpcId: string;
  readonly subnets: readonly { readonly id: string; readonly zone: string }[];
  readonly securityGroupIds: readonly string[];
  readonly listeners: readonly Listener[];
  /** Ids of EC2 instances, in the order of their registration. */
  readonly instanceIds: Set<string>;
}

interface ElbState {
  /** By name. */
  readonly loadBalancers: Map<string, ClassicLoadBalancer>;
}

export const elbState = defineStore((): ElbState => ({ loadBalancers: new Map() }));

/** The load balancer with this name; `LoadBalancerNotFound` if there is none. */
export function classicLoadBalancer(scope: Scope, name: string | undefined): ClassicLoadBalancer {
  const found = elbState(scope).loadBalancers.get(name ?? '');
  if (found) return found;
  throw new ApiError('LoadBalancerNotFound', `There is no ACTIVE Load Balancer named '${String(name)}'`);
}

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_awselasticloadbalancing.html */
export function onLoadBalancer(
  { LoadBalancerName: name = '' }: { readonly LoadBalancerName?: string | undefined },
  { scope, operation }: Call,
): readonly Authorization[] {
  const resource = arn(scope, 'elasticloadbalancing', `loadbalancer/${name}`);
  return [{ action: `elasticloadbalancing:${operation}`, resource }];
}
