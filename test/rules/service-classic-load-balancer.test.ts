import { serviceClassicLoadBalancer } from '../../lib/rules/service-classic-load-balancer';
import { aService } from '../support/builders';
import { testRule } from '../support/test-rule';

const classic = (...names: readonly string[]) => aService({ loadBalancers: names.map((loadBalancerName) => ({ loadBalancerName })) }); // prettier-ignore

testRule(serviceClassicLoadBalancer, {
  valid: [
    { name: 'a target group', resource: aService() },
    { name: 'no load balancer', resource: classic() },
    { name: 'the service is going away', resource: { ...classic('old'), status: 'DRAINING' } },
    { name: 'an IPv4 service', resource: classic('old'), posture: 'ipv4' },
  ],
  invalid: [
    { name: 'one', resource: classic('old'), reports: { severity: 'high', message: 'api is behind 1 Classic Load Balancer, which no IPv6 target group can be put behind: old.', actual: { classicLoadBalancers: ['old'] }, fix: ['aws elb describe-load-balancers --region eu-west-2 --load-balancer-names old'] } },
    { name: 'of a dual-stack service', resource: classic('old'), posture: 'dual-stack', reports: { severity: 'medium' } },
    { name: 'two, beside a target group', resource: { ...classic('old', 'older'), loadBalancers: [...classic('old', 'older').loadBalancers, ...aService().loadBalancers] }, reports: { message: 'api is behind 2 Classic Load Balancers, which no IPv6 target group can be put behind: old and older.' } },
  ],
  apply: (_desired, { resource }) => ({
    resource: { ...resource, loadBalancers: resource.loadBalancers.filter(({ loadBalancerName }) => !loadBalancerName) },
  }),
}); // prettier-ignore
