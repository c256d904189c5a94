import type {
  SetSecurityGroupsInput,
  SetSecurityGroupsOutput,
  SetSubnetsInput,
  SetSubnetsOutput,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { ApiError } from '../../kernel/api-error';
import { operation } from '../../kernel/operation';
import type { Scope } from '../../kernel/scope';
import type { Subnet } from '../ec2/subnet';
import { requireSubnet } from '../ec2/subnet';
import { giveBack } from '../ec2/subnet-addresses';
import { onResource } from './access';
import { checkGroups, mappingsOf, zoneOf } from './create-load-balancer';
import { required, validationError } from './errors';
import { placeInterfaces, regroupInterfaces } from './load-balancer-interfaces';
import { subnetsFor } from './load-balancer-subnets';
import { zonesView } from './load-balancers';
import { changeAddressType, checkAddressChange, udpListener } from './set-ip-address-type';
import type { LoadBalancer, LoadBalancerZone } from './state';
import { loadBalancer } from './state';

/** Moves the load balancer to these subnets, all of its VPC; where it stands already it keeps its addresses. */
export const setSubnets = operation<SetSubnetsInput, SetSubnetsOutput>({
  accepts: ['LoadBalancerArn', 'Subnets', 'SubnetMappings.SubnetId', 'IpAddressType', 'EnablePrefixForIpv6SourceNat'],
  authorize: ({ LoadBalancerArn }, call) => onResource(LoadBalancerArn, call),
  run(request, { scope }) {
    const balancer = loadBalancer(scope, required(request.LoadBalancerArn, 'LoadBalancerArn'));
    const ipAddressType = request.IpAddressType ?? balancer.ipAddressType;
    const sourceNat = request.EnablePrefixForIpv6SourceNat ?? balancer.sourceNatPrefix;
    if (ipAddressType !== balancer.ipAddressType) {
      checkAddressChange(scope, { ...balancer, sourceNatPrefix: sourceNat }, ipAddressType);
    }
    const subnets = subnetsFor(scope, { type: balancer.type, ipAddressType, mappings: mappingsOf(request) });
    if (subnets.some(({ vpcId }) => vpcId !== balancer.vpcId)) {
      throw new ApiError('InvalidConfigurationRequest', `All subnets must be in the VPC '${balancer.vpcId}'`);
    }
    checkSourceNat(scope, balancer, { sourceNat, ipAddressType });
    const zones = subnets.map((subnet) => stayOrMove(scope, balancer, { subnet, sourceNat: sourceNat === 'on' }));
    leave(scope, balancer, zones);
    balancer.zones = zones;
    balancer.sourceNatPrefix = sourceNat;
    placeInterfaces(scope, balancer);
    if (ipAddressType !== balancer.ipAddressType) changeAddressType(scope, balancer, ipAddressType);
    return {
      AvailabilityZones: zonesView(balancer),
      IpAddressType: balancer.ipAddressType,
      EnablePrefixForIpv6SourceNat: balancer.sourceNatPrefix,
    };
  },
});

interface Wish {
  readonly sourceNat: LoadBalancer['sourceNatPrefix'];
  readonly ipAddressType: LoadBalancer['ipAddressType'];
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_SetSubnets.html; the words are a guess. */
function checkSourceNat(scope: Scope, { arn, type, sourceNatPrefix }: LoadBalancer, wish: Wish): void {
  if (wish.sourceNat === sourceNatPrefix) return;
  if (type !== 'network') {
    throw validationError('EnablePrefixForIpv6SourceNat is supported for network load balancers only');
  }
  if (wish.sourceNat === 'on' && wish.ipAddressType !== 'dualstack') {
    throw validationError("EnablePrefixForIpv6SourceNat requires the IP address type 'dualstack'");
  }
  if (wish.sourceNat === 'on' || wish.ipAddressType !== 'dualstack' || !udpListener(scope, arn)) return;
  throw new ApiError(
    'InvalidConfigurationRequest',
    "EnablePrefixForIpv6SourceNat must be 'on' while the load balancer has UDP listeners",
  );
}

interface Move {
  readonly subnet: Subnet;
  readonly sourceNat: boolean;
}

/** A place that is kept stays as it is, but for the prefix that source NAT takes. */
function stayOrMove(scope: Scope, balancer: LoadBalancer, { subnet, sourceNat }: Move): LoadBalancerZone {
  const present = balancer.zones.find(({ subnetId }) => subnetId === subnet.id);
  const fits = present && (present.sourceNatIpv6Prefixes !== undefined) === sourceNat;
  return fits ? present : zoneOf(scope, subnet, sourceNat);
}

function leave(scope: Scope, { zones }: LoadBalancer, kept: readonly LoadBalancerZone[]): void {
  for (const zone of zones) {
    if (!kept.includes(zone)) giveBack(scope, requireSubnet(scope, zone.subnetId), zone.sourceNatIpv6Prefixes ?? []);
  }
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_SetSecurityGroups.html */
export const setSecurityGroups = operation<SetSecurityGroupsInput, SetSecurityGroupsOutput>({
  accepts: ['LoadBalancerArn', 'SecurityGroups'],
  authorize: ({ LoadBalancerArn }, call) => onResource(LoadBalancerArn, call),
  run({ LoadBalancerArn, SecurityGroups }, { scope }) {
    const balancer = loadBalancer(scope, required(LoadBalancerArn, 'LoadBalancerArn'));
    const ids = required(SecurityGroups, 'SecurityGroups');
    if (balancer.type === 'network' && balancer.securityGroups.length === 0) {
      throw new ApiError(
        'InvalidConfigurationRequest',
        'Security groups can be set only for a Network Load Balancer that was created with security groups',
      );
    }
    if (ids.length === 0) throw validationError('At least one security group must be specified');
    checkGroups(scope, balancer.vpcId, ids);
    balancer.securityGroups = [...new Set(ids)];
    regroupInterfaces(scope, balancer);
    return { SecurityGroupIds: [...balancer.securityGroups] };
  },
});
