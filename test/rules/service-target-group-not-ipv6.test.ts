import { serviceTargetGroupNotIpv6 } from '../../lib/rules/service-target-group-not-ipv6';
import { aService, aTargetGroup, TARGET_GROUP_ARN } from '../support/builders';
import { aGap, type Contents } from '../support/snapshot-builder';
import { testRule } from '../support/test-rule';

const GREEN = TARGET_GROUP_ARN.replace('/api/', '/green/');
const ipv4 = aTargetGroup({ ipAddressType: 'ipv4' });
const green = aTargetGroup({ arn: GREEN, name: 'green', ipAddressType: 'ipv4' });
const blueGreen = aService({ loadBalancers: [{ targetGroupArn: TARGET_GROUP_ARN, alternateTargetGroupArn: GREEN }] });
const create = (name: string): string => `aws elbv2 create-target-group --region eu-west-2 --name ${name}-ipv6 --target-type ip --ip-address-type ipv6`; // prettier-ignore

testRule(serviceTargetGroupNotIpv6, {
  valid: [
    { name: 'an IPv6 group', resource: aService(), world: { targetGroups: [aTargetGroup()] } },
    { name: 'no load balancer', resource: aService({ loadBalancers: [] }), world: { targetGroups: [ipv4] } },
    { name: 'a Classic Load Balancer', resource: aService({ loadBalancers: [{ loadBalancerName: 'old' }] }) },
    { name: 'the group is gone', resource: aService() },
    { name: 'the service is going away', resource: aService({ status: 'DRAINING' }), world: { targetGroups: [ipv4] } },
    { name: 'another group could not be read', resource: aService(), world: { targetGroups: [aTargetGroup()], gaps: [aGap({ collection: 'targetGroups', resources: [GREEN] })] } },
  ],
  invalid: [
    { name: 'an IPv4 group', resource: aService(), world: { targetGroups: [ipv4] }, reports: { messageId: 'ipv4', message: 'api registers its tasks in 1 target group of IP address type ipv4: api.', actual: { ipAddressTypes: { [TARGET_GROUP_ARN]: 'ipv4' } }, related: [TARGET_GROUP_ARN], fix: [`${create('api')} --protocol HTTP --port 8080 --vpc-id vpc-1`] } },
    { name: 'an IPv4 alternate group', resource: blueGreen, world: { targetGroups: [aTargetGroup(), green] }, reports: { related: [GREEN] } },
    { name: "an IPv4 group of a task set", resource: aService({ loadBalancers: [], deployments: [{ id: 'ecs-svc/1', status: 'PRIMARY', targetGroupArns: [GREEN] }] }), world: { targetGroups: [green] }, reports: { related: [GREEN] } },
    { name: 'two of them', resource: blueGreen, world: { targetGroups: [ipv4, green] }, reports: { message: 'api registers its tasks in 2 target groups of IP address type ipv4: api and green.' } },
    { name: 'one of them, the other could not be read', resource: blueGreen, world: { targetGroups: [ipv4], gaps: [aGap({ collection: 'targetGroups', resources: [GREEN] })] }, reports: { related: [TARGET_GROUP_ARN] } },
    { name: 'a name too long for a suffix, and little known of the group', resource: aService(), world: { targetGroups: [aTargetGroup({ name: 'n'.repeat(32), ipAddressType: 'ipv4', protocol: undefined, port: undefined, vpcId: undefined })] }, reports: { fix: [create('n'.repeat(27))] } },
  ],
  unknown: [
    { name: 'the group could not be read', resource: aService(), world: { gaps: [aGap({ collection: 'targetGroups' })] }, because: 'targetGroups' },
  ],
  apply: ({ ipAddressType }, { resource, world = {} }) => {
    const done: Contents = { ...world, gaps: [], targetGroups: world.targetGroups?.map((group) => ({ ...group, ipAddressType: ipAddressType === 'ipv6' ? 'ipv6' : 'ipv4' })) };
    return { resource, world: done };
  },
}); // prettier-ignore
