import type {
  AvailabilityZone,
  DeleteLoadBalancerInput,
  DescribeLoadBalancersInput,
  DescribeLoadBalancersOutput,
  LoadBalancer as LoadBalancerView,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { ApiError } from '../../kernel/api-error';
import { operation } from '../../kernel/operation';
import type { Scope } from '../../kernel/scope';
import { onResource } from './access';
import { required, validationError } from './errors';
import { DELETION_PROTECTION } from './load-balancer-attributes';
import { releaseInterfaces } from './load-balancer-interfaces';
import { listenersOf, removeListener } from './listeners';
import { pageOf } from './paging';
import type { LoadBalancer } from './state';
import { elbv2State, loadBalancer } from './state';
import { dropTags } from './tags';

/** AWS publishes no figure; it takes minutes there. */
const PROVISIONING_MS = 10_000;
/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeLoadBalancers.html */
const MAX_ARNS = 20;
/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_awselasticloadbalancingv2.html#awselasticloadbalancingv2-resources-for-iam-policies */
const LOAD_BALANCER_ARN = /^arn:[\w-]+:elasticloadbalancing:[\w-]+:\d{12}:loadbalancer\/(app|net|gwy)\/[\w-]+\/\w+$/;

/** A load balancer routes when it has been set up. */
export function isActive(scope: Scope, { createdAt }: LoadBalancer): boolean {
  return scope.clock.now().getTime() - createdAt.getTime() >= PROVISIONING_MS;
}

/** A load balancer in the shape of the API. */
export function loadBalancerView(scope: Scope, balancer: LoadBalancer): LoadBalancerView {
  return {
    LoadBalancerArn: balancer.arn,
    DNSName: balancer.dnsName,
    CanonicalHostedZoneId: balancer.hostedZoneId,
    CreatedTime: balancer.createdAt,
    LoadBalancerName: balancer.name,
    Scheme: balancer.scheme,
    VpcId: balancer.vpcId,
    State: { Code: isActive(scope, balancer) ? 'active' : 'provisioning' },
    Type: balancer.type,
    AvailabilityZones: zonesView(balancer),
    SecurityGroups: balancer.securityGroups.length > 0 ? [...balancer.securityGroups] : undefined,
    IpAddressType: balancer.ipAddressType,
    EnablePrefixForIpv6SourceNat: balancer.sourceNatPrefix,
  };
}

/** The zones of a load balancer in the shape of the API. */
export function zonesView({ zones }: LoadBalancer): AvailabilityZone[] {
  return zones.map(({ zone, subnetId, sourceNatIpv6Prefixes }) => ({
    ZoneName: zone,
    SubnetId: subnetId,
    LoadBalancerAddresses: [],
    SourceNatIpv6Prefixes: sourceNatIpv6Prefixes && [...sourceNatIpv6Prefixes],
  }));
}

function named(scope: Scope, name: string): LoadBalancer {
  const found = [...elbv2State(scope).loadBalancers.values()].find((each) => each.name === name);
  if (!found) throw new ApiError('LoadBalancerNotFound', `Load balancers '[${name}]' not found`);
  return found;
}

function asked(scope: Scope, { LoadBalancerArns, Names }: DescribeLoadBalancersInput): readonly LoadBalancer[] {
  if (LoadBalancerArns && Names) {
    throw validationError('Load balancer names and load balancer ARNs cannot be specified at the same time');
  }
  if (LoadBalancerArns && LoadBalancerArns.length > MAX_ARNS) {
    throw validationError(`Cannot have more than ${MAX_ARNS} load balancer ARNs in a request`);
  }
  if (LoadBalancerArns) return LoadBalancerArns.map((arn) => loadBalancer(scope, arn));
  return Names ? Names.map((name) => named(scope, name)) : [...elbv2State(scope).loadBalancers.values()];
}

const describeLoadBalancers = operation<DescribeLoadBalancersInput, DescribeLoadBalancersOutput>({
  accepts: ['LoadBalancerArns', 'Names', 'Marker', 'PageSize'],
  run(request, { scope }) {
    const { items, token } = pageOf(asked(scope, request), request);
    return { LoadBalancers: items.map((each) => loadBalancerView(scope, each)), NextMarker: token };
  },
});

function remove(scope: Scope, balancer: LoadBalancer): void {
  for (const each of listenersOf(scope, balancer.arn)) removeListener(scope, each);
  releaseInterfaces(scope, balancer);
  elbv2State(scope).loadBalancers.delete(balancer.arn);
  dropTags(scope, balancer.arn);
}

const deleteLoadBalancer = operation<DeleteLoadBalancerInput, object>({
  accepts: ['LoadBalancerArn'],
  authorize: ({ LoadBalancerArn }, call) => onResource(LoadBalancerArn, call),
  run({ LoadBalancerArn }, { scope }) {
    const arn = required(LoadBalancerArn, 'LoadBalancerArn');
    if (!LOAD_BALANCER_ARN.test(arn)) throw validationError(`'${arn}' is not a valid load balancer ARN`);
    // One that is gone already is deleted as well: no error
    const balancer = elbv2State(scope).loadBalancers.get(arn);
    if (balancer?.attributes.get(DELETION_PROTECTION) === 'true') {
      throw new ApiError(
        'OperationNotPermitted',
        `Load balancer '${balancer.arn}' cannot be deleted because deletion protection is enabled`,
      );
    }
    if (balancer) remove(scope, balancer);
    return {};
  },
});

export const loadBalancerOperations = {
  DeleteLoadBalancer: deleteLoadBalancer,
  DescribeLoadBalancers: describeLoadBalancers,
};
