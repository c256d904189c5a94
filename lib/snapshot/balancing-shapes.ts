/** Load balancers in our own terms. https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_LoadBalancer.html */
import type * as elbv2 from '@aws-sdk/client-elastic-load-balancing-v2';
import type { BalancerAddressType, LoadBalancer } from './balancing-resources';
import { distinct, pick } from './pick';

const types: readonly LoadBalancer['type'][] = ['application', 'network', 'gateway'];
const addressTypes: readonly BalancerAddressType[] = ['ipv4', 'dualstack', 'dualstack-without-public-ipv4'];

export function toLoadBalancer(balancer: elbv2.LoadBalancer): LoadBalancer {
  const zones = (balancer.AvailabilityZones ?? []).flatMap(({ ZoneName: name, SubnetId: subnetId }) =>
    subnetId === undefined ? [] : [{ name, subnetId }],
  );
  return {
    arn: balancer.LoadBalancerArn ?? '',
    name: balancer.LoadBalancerName ?? '',
    type: pick(types, balancer.Type) ?? 'application',
    scheme: balancer.Scheme === 'internal' ? 'internal' : 'internet-facing',
    ipAddressType: pick(addressTypes, balancer.IpAddressType),
    state: balancer.State?.Code ?? '',
    vpcId: balancer.VpcId,
    zones,
    subnetIds: distinct(zones.map(({ subnetId }) => subnetId)),
    securityGroupIds: distinct(balancer.SecurityGroups ?? []),
  };
}
