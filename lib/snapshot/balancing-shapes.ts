/** Load balancers and groups of VPC Lattice in our own terms. https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_LoadBalancer.html */
import type * as elbv2 from '@aws-sdk/client-elastic-load-balancing-v2';
import type * as lattice from '@aws-sdk/client-vpc-lattice';
import type { BalancerAddressType, LatticeTargetGroup, LoadBalancer, TargetGroupSettings } from './balancing-resources';
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

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html#client-ip-preservation */
const PRESERVES_CLIENT_IP = 'preserve_client_ip.enabled';

export function toGroupSettings(arn: string, attributes: readonly elbv2.TargetGroupAttribute[]): TargetGroupSettings {
  return {
    arn,
    preservesClientIp: attributes.some(({ Key, Value }) => Key === PRESERVES_CLIENT_IP && Value === 'true'),
  };
}

const latticeTypes: readonly LatticeTargetGroup['type'][] = ['IP', 'INSTANCE', 'LAMBDA', 'ALB'];
const latticeAddressTypes = ['IPV4', 'IPV6'] as const;

/** Of type IP and nothing said of addresses: IPv4. https://docs.aws.amazon.com/vpc-lattice/latest/APIReference/API_TargetGroupConfig.html */
export function toLatticeTargetGroup(group: lattice.GetTargetGroupCommandOutput): LatticeTargetGroup {
  const { arn = '', name = '', type, config } = group;
  const stated = pick(latticeAddressTypes, config?.ipAddressType ?? 'IPV4');
  return {
    arn,
    name,
    type: pick(latticeTypes, type) ?? 'IP',
    ipAddressType: type === 'IP' ? stated : undefined,
    protocol: config?.protocol,
    port: config?.port,
    vpcId: config?.vpcIdentifier,
  };
}
