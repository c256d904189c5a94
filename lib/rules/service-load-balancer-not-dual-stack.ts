import { ipv6LoadBalancerTypes } from '../facts/load-balancer-types';
import type { LoadBalancer } from '../snapshot/balancing-resources';
import type { Cause } from '../snapshot/gap';
import { defineRule } from './define-rule';
import { makeDualStack } from './fix/load-balancer';
import { balancersOfService } from './registration/service-groups';
import { counted, listed } from './wording/counted';

const call = 'elasticloadbalancing:DescribeLoadBalancers';

function unknownType(balancers: readonly LoadBalancer[]): Cause | undefined {
  const odd = balancers.find(({ ipAddressType }) => ipAddressType === undefined);
  return odd && { call, reason: 'unknown IP address type', message: `${odd.name} has a type that is not known here` };
}

/** An IPv4 load balancer takes no IPv6 clients, and no IPv6 target group. */
export const serviceLoadBalancerNotDualStack = defineRule({
  meta: {
    id: 'service-load-balancer-not-dual-stack',
    title: 'Service is behind a load balancer that is not dual-stack',
    kind: 'service',
    severity: 'high',
    remedy: 'suggest',
    source: { url: ipv6LoadBalancerTypes.url, checked: ipv6LoadBalancerTypes.checked },
    facts: [ipv6LoadBalancerTypes],
    reads: [...['ecs:DescribeServices', 'ecs:ListServices'], call, 'elasticloadbalancing:DescribeTargetGroups'],
    messages: { ipv4: '{{name}} is behind {{balancers}} of IP address type ipv4: {{names}}.' },
  },
  defaults: {},
  check({ resource: service, snapshot, posture, fact }) {
    if (service.status !== 'ACTIVE') return [];
    const allowed = fact(ipv6LoadBalancerTypes);
    const { found, gap = unknownType(found) } = balancersOfService(snapshot, service);
    const wrong = found.filter(({ ipAddressType }) => ipAddressType && !allowed.includes(ipAddressType));
    if (wrong.length === 0) return gap ? [{ gap }] : [];
    return [
      {
        messageId: 'ipv4',
        severity: posture === 'dual-stack' ? 'medium' : 'high',
        values: {
          name: service.name,
          balancers: counted(wrong.length, 'load balancer'),
          names: listed(wrong.map(({ name }) => name)),
        },
        desired: { ipAddressType: 'dualstack' },
        actual: { ipAddressTypes: Object.fromEntries(wrong.map(({ arn, ipAddressType }) => [arn, ipAddressType])) },
        related: wrong.map(({ arn }) => arn),
        fix: wrong.map((balancer) => makeDualStack(snapshot, balancer)),
      },
    ];
  },
});
