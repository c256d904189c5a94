import type {
  IpAddressType,
  SetIpAddressTypeInput,
  SetIpAddressTypeOutput,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { ApiError } from '../../kernel/api-error';
import { operation } from '../../kernel/operation';
import type { Scope } from '../../kernel/scope';
import { requireSubnet } from '../ec2/subnet';
import { onResource } from './access';
import { checkAddressType } from './create-load-balancer';
import { required } from './errors';
import { listenersOf } from './listeners';
import { adaptInterfaces } from './load-balancer-interfaces';
import { demandIpv6 } from './load-balancer-subnets';
import type { Listener, LoadBalancer } from './state';
import { elbv2State, loadBalancer, loadBalancersOf } from './state';

/** IPv6 target groups need a load balancer that has IPv6. */
function refuseIpv6Groups(scope: Scope, { arn }: LoadBalancer): void {
  const blocking = [...elbv2State(scope).targetGroups.values()].find(
    (group) => group.ipAddressType === 'ipv6' && loadBalancersOf(scope, group.arn).some((each) => each.arn === arn),
  );
  if (!blocking) return;
  throw new ApiError(
    'InvalidConfigurationRequest',
    `The IP address type cannot be 'ipv4': the IPv6 target group '${blocking.arn}' is associated with the load balancer`,
  );
}

/** Throws unless the load balancer, its subnets and its target groups allow it. */
export function checkAddressChange(scope: Scope, balancer: LoadBalancer, wanted: IpAddressType): void {
  checkAddressType(balancer.type, wanted);
  if (wanted === 'ipv4') refuseIpv6Groups(scope, balancer);
  else refuseUdp(scope, balancer);
}

/** Changes the families that clients and nodes use. */
export function changeAddressType(scope: Scope, balancer: LoadBalancer, wanted: IpAddressType): void {
  checkAddressChange(scope, balancer, wanted);
  if (wanted !== 'ipv4') demandIpv6(balancer.zones.map(({ subnetId }) => requireSubnet(scope, subnetId)));
  balancer.ipAddressType = wanted;
  adaptInterfaces(scope, balancer);
}

/** UDP needs prefixes for source NAT as soon as there is IPv6: https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-listeners.html */
function refuseUdp(scope: Scope, { arn, sourceNatPrefix }: LoadBalancer): void {
  const blocking = udpListener(scope, arn);
  if (!blocking || sourceNatPrefix === 'on') return;
  throw new ApiError(
    'InvalidConfigurationRequest',
    `The IP address type cannot be changed: the ${blocking.protocol} listener '${blocking.arn}' requires EnablePrefixForIpv6SourceNat to be 'on'`,
  );
}

export function udpListener(scope: Scope, loadBalancerArn: string): Listener | undefined {
  return listenersOf(scope, loadBalancerArn).find(({ protocol }) => protocol === 'UDP' || protocol === 'TCP_UDP');
}

export const setIpAddressType = operation<SetIpAddressTypeInput, SetIpAddressTypeOutput>({
  accepts: ['LoadBalancerArn', 'IpAddressType'],
  authorize: ({ LoadBalancerArn }, call) => onResource(LoadBalancerArn, call),
  run({ LoadBalancerArn, IpAddressType }, { scope }) {
    const balancer = loadBalancer(scope, required(LoadBalancerArn, 'LoadBalancerArn'));
    const wanted = required(IpAddressType, 'IpAddressType');
    changeAddressType(scope, balancer, wanted);
    return { IpAddressType: wanted };
  },
});
