import { defineFact } from './fact';
import { answer, listOf, oneOf } from './fact-types';

/** The IP address types of load balancers that can use IPv6 target groups. */
export const ipv6LoadBalancerTypes = defineFact({
  id: 'ipv6-load-balancer-types',
  title: 'The IP address types of load balancers that can use IPv6 target groups',
  type: listOf(oneOf(['ipv4', 'dualstack', 'dualstack-without-public-ipv4'])),
  value: ['dualstack', 'dualstack-without-public-ipv4'],
  url: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-ip-address-type.html',
  checked: '2026-11-21',
  recheck: '2027-05-21',
});

/** Whether an internal load balancer can be dual-stack. */
export const internalDualStackLoadBalancers = defineFact({
  id: 'internal-dual-stack-load-balancers',
  title: 'Whether an internal load balancer can be dual-stack',
  type: answer,
  value: 'conflict',
  doubt:
    'The guide shows an internal dual-stack load balancer; the API reference of SetIpAddressType says that internal ones must be ipv4.',
  fixed: 'no rule rests on it',
  url: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-ip-address-type.html',
  checked: '2026-11-21',
  recheck: '2027-05-21',
});
