import type {
  DeleteAccessPointInput,
  DescribeAccessPointsInput,
  DescribeAccessPointsOutput,
  LoadBalancerDescription,
} from '@aws-sdk/client-elastic-load-balancing';
import { operation } from '../../kernel/operation';
import type { Scope } from '../../kernel/scope';
import { findSecurityGroup } from '../ec2/security-group';
import { pageOf } from '../elbv2/paging';
import { classicLoadBalancer, elbState, onLoadBalancer, type ClassicLoadBalancer } from './state';

/** As long as nobody configures another: https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/elb-healthchecks.html */
const HEALTH_CHECK = { Interval: 30, Timeout: 5, UnhealthyThreshold: 2, HealthyThreshold: 10 };

function sourceGroup(scope: Scope, { securityGroupIds: [id = ''] }: ClassicLoadBalancer) {
  return { OwnerAlias: scope.account, GroupName: findSecurityGroup(scope, id)?.name };
}

/** A load balancer in the shape of the API. */
function viewOf(scope: Scope, balancer: ClassicLoadBalancer): LoadBalancerDescription {
  const { name, dnsName, hostedZoneId, listeners, subnets, instanceIds } = balancer;
  const [first] = listeners;
  return {
    LoadBalancerName: name,
    DNSName: dnsName,
    CanonicalHostedZoneName: dnsName,
    CanonicalHostedZoneNameID: hostedZoneId,
    ListenerDescriptions: listeners.map((Listener) => ({ Listener: { ...Listener }, PolicyNames: [] })),
    Policies: { AppCookieStickinessPolicies: [], LBCookieStickinessPolicies: [], OtherPolicies: [] },
    BackendServerDescriptions: [],
    AvailabilityZones: subnets.map(({ zone }) => zone),
    Subnets: subnets.map(({ id }) => id),
    VPCId: balancer.vpcId,
    Instances: [...instanceIds].map((InstanceId) => ({ InstanceId })),
    HealthCheck: { Target: `TCP:${String(first?.InstancePort)}`, ...HEALTH_CHECK },
    SourceSecurityGroup: sourceGroup(scope, balancer),
    SecurityGroups: [...balancer.securityGroupIds],
    CreatedTime: balancer.createdAt,
    Scheme: balancer.scheme,
  };
}

function asked(scope: Scope, names: readonly string[]): readonly ClassicLoadBalancer[] {
  if (names.length > 0) return names.map((name) => classicLoadBalancer(scope, name));
  return [...elbState(scope).loadBalancers.values()];
}

export const loadBalancerOperations = {
  DescribeLoadBalancers: operation<DescribeAccessPointsInput, DescribeAccessPointsOutput>({
    accepts: ['LoadBalancerNames', 'Marker', 'PageSize'],
    run(request, { scope }) {
      const { items, token } = pageOf(asked(scope, request.LoadBalancerNames ?? []), request);
      return { LoadBalancerDescriptions: items.map((each) => viewOf(scope, each)), NextMarker: token };
    },
  }),

  DeleteLoadBalancer: operation<DeleteAccessPointInput, object>({
    accepts: ['LoadBalancerName'],
    authorize: onLoadBalancer,
    // one that is gone already is deleted as well: no error
    run({ LoadBalancerName = '' }, { scope }) {
      elbState(scope).loadBalancers.delete(LoadBalancerName);
      return {};
    },
  }),
};
