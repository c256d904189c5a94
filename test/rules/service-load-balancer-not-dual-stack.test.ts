import { serviceLoadBalancerNotDualStack } from '../../lib/rules/service-load-balancer-not-dual-stack';
import type { LoadBalancer } from '../../lib/snapshot/balancing-resources';
import { aLoadBalancer, LOAD_BALANCER_ARN } from '../support/balancing-builders';
import { aService, aTargetGroup, TARGET_GROUP_ARN } from '../support/builders';
import { aGap, type Contents } from '../support/snapshot-builder';
import { testRule } from '../support/test-rule';

const BACK = LOAD_BALANCER_ARN.replace('/front/', '/back/');
const GREEN = TARGET_GROUP_ARN.replace('/api/', '/green/');
const ipv4 = aLoadBalancer({ ipAddressType: 'ipv4' });
const back = aLoadBalancer({ arn: BACK, name: 'back', ipAddressType: 'ipv4' });
const behind = (...balancers: readonly LoadBalancer[]): Contents => ({
  targetGroups: [aTargetGroup({ loadBalancerArns: balancers.map(({ arn }) => arn) })],
  loadBalancers: balancers,
});
const set = (arn: string): string => `aws elbv2 set-ip-address-type --region eu-west-2 --load-balancer-arn ${arn} --ip-address-type dualstack`; // prettier-ignore

testRule(serviceLoadBalancerNotDualStack, {
  valid: [
    { name: 'dualstack', resource: aService(), world: behind(aLoadBalancer()) },
    { name: 'dualstack without public IPv4', resource: aService(), world: behind(aLoadBalancer({ ipAddressType: 'dualstack-without-public-ipv4' })) },
    { name: 'a dual-stack Network Load Balancer', resource: aService(), world: behind(aLoadBalancer({ type: 'network' })) },
    { name: 'no load balancer uses the group', resource: aService(), world: behind() },
    { name: 'the load balancer is gone', resource: aService(), world: { targetGroups: [aTargetGroup({ loadBalancerArns: [LOAD_BALANCER_ARN] })] } },
    { name: 'no target group', resource: aService({ loadBalancers: [] }), world: behind(ipv4) },
    { name: 'the service is going away', resource: aService({ status: 'DRAINING' }), world: behind(ipv4) },
    { name: 'the load balancer of somebody else', resource: aService(), world: { ...behind(aLoadBalancer()), loadBalancers: [aLoadBalancer(), back] } },
    { name: 'an IPv4 service', resource: aService(), posture: 'ipv4', world: behind(ipv4) },
    { name: 'another could not be read', resource: aService(), world: { ...behind(aLoadBalancer()), gaps: [aGap({ collection: 'loadBalancers', resources: [BACK] })] } },
  ],
  invalid: [
    { name: 'an IPv4 load balancer', resource: aService(), world: behind(ipv4), reports: { message: 'api is behind 1 load balancer of IP address type ipv4: front.', severity: 'high', actual: { ipAddressTypes: { [LOAD_BALANCER_ARN]: 'ipv4' } }, related: [LOAD_BALANCER_ARN], fix: [set(LOAD_BALANCER_ARN)] } },
    { name: 'an internal one: whether it can be turned is for AWS to say', resource: aService(), world: behind(aLoadBalancer({ ipAddressType: 'ipv4', scheme: 'internal' })), reports: { related: [LOAD_BALANCER_ARN] } },
    { name: 'of a dual-stack service', resource: aService(), posture: 'dual-stack', world: behind(ipv4), reports: { severity: 'medium' } },
    { name: 'of the alternate group', resource: aService({ loadBalancers: [{ targetGroupArn: TARGET_GROUP_ARN, alternateTargetGroupArn: GREEN }] }), world: { targetGroups: [aTargetGroup({ loadBalancerArns: [LOAD_BALANCER_ARN] }), aTargetGroup({ arn: GREEN, loadBalancerArns: [BACK] })], loadBalancers: [aLoadBalancer(), back] }, reports: { related: [BACK] } },
    { name: 'of a task set', resource: aService({ loadBalancers: [], deployments: [{ id: 'ecs-svc/1', status: 'PRIMARY', targetGroupArns: [TARGET_GROUP_ARN] }] }), world: behind(ipv4), reports: { related: [LOAD_BALANCER_ARN] } },
    { name: 'two, in one finding', resource: aService(), world: behind(ipv4, back), reports: { message: 'api is behind 2 load balancers of IP address type ipv4: front and back.', fix: [set(LOAD_BALANCER_ARN), set(BACK)] } },
    { name: 'one, and one could not be read', resource: aService(), world: { targetGroups: [aTargetGroup({ loadBalancerArns: [LOAD_BALANCER_ARN, BACK] })], loadBalancers: [ipv4], gaps: [aGap({ collection: 'loadBalancers', resources: [BACK] })] }, reports: { related: [LOAD_BALANCER_ARN] } },
  ],
  unknown: [
    { name: 'the load balancer could not be read', resource: aService(), world: { targetGroups: [aTargetGroup({ loadBalancerArns: [LOAD_BALANCER_ARN] })], gaps: [aGap({ collection: 'loadBalancers' })] }, because: 'loadBalancers' },
    { name: 'the group could not be read', resource: aService(), world: { gaps: [aGap({ collection: 'targetGroups' })] }, because: 'targetGroups' },
    { name: 'a type that is not known here', resource: aService(), world: behind(aLoadBalancer({ ipAddressType: undefined })), because: 'unknown IP address type' },
  ],
  apply: ({ ipAddressType }, { resource, world = {} }) => {
    const turned = (balancer: LoadBalancer): LoadBalancer => ({ ...balancer, ipAddressType: ipAddressType === 'dualstack' ? 'dualstack' : 'ipv4' });
    return { resource, world: { ...world, gaps: [], loadBalancers: world.loadBalancers?.map(turned) } };
  },
}); // prettier-ignore
