import type { SetIpAddressTypeInput, SetIpAddressTypeOutput } from '@aws-sdk/client-elastic-load-balancing-v2';
import { ApiError } from '../../kernel/api-error';
import { operation } from '../../kernel/operation';
import type { Scope } from '../../kernel/scope';
import { requireSubnet } from '../ec2/subnet';
import { onResource } from './access';
import { checkAddressType } from './create-load-balancer';
import { required } from './errors';
import { adaptInterfaces } from './load-balancer-interfaces';
import { demandIpv6 } from './load-balancer-subnets';
import type { LoadBalancer } from './state';
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

export const setIpAddressType = operation<SetIpAddressTypeInput, SetIpAddressTypeOutput>({
  accepts: ['LoadBalancerArn', 'IpAddressType'],
  authorize: ({ LoadBalancerArn }, call) => onResource(LoadBalancerArn, call),
  run({ LoadBalancerArn, IpAddressType }, { scope }) {
    const balancer = loadBalancer(scope, required(LoadBalancerArn, 'LoadBalancerArn'));
    const wanted = required(IpAddressType, 'IpAddressType');
    checkAddressType(balancer.type, wanted);
    if (wanted === 'ipv4') refuseIpv6Groups(scope, balancer);
    else demandIpv6(balancer.zones.map(({ subnetId }) => requireSubnet(scope, subnetId)));
    balancer.ipAddressType = wanted;
    adaptInterfaces(scope, balancer);
    return { IpAddressType: wanted };
  },
});
