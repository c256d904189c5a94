import { securityGroupBlocksIpv6 } from '../../lib/rules/security-group-blocks-ipv6';
import type { SecurityGroup } from '../../lib/snapshot/network-resources';
import { aContainerInstance, anInstance, aService, aSubnet, aTargetGroup, SERVICE_ARN } from '../support/builders';
import { aLoadBalancer } from '../support/balancing-builders';
import { aPermission, aSecurityGroup } from '../support/network-builders';
import { aGap, type Contents } from '../support/snapshot-builder';
import { testRule } from '../support/test-rule';
import type { Missing } from '../../lib/rules/network/group-faults';

const closed = aSecurityGroup({ egress: [], ingress: [] });
const balancer = aLoadBalancer({ name: 'edge', securityGroupIds: ['sg-lb'], subnetIds: ['subnet-lb'] });
const group = aTargetGroup({ loadBalancerArns: [balancer.arn] });
const lbSubnet = aSubnet({ id: 'subnet-lb', ipv6Native: false, ipv6Cidrs: ['2001:db8:0:9::/64'] });
const plain: Contents = { services: [aService({ loadBalancers: [] })], subnets: [aSubnet()] };
const behind: Contents = {
  services: [aService()],
  subnets: [aSubnet(), lbSubnet],
  targetGroups: [group],
  loadBalancers: [balancer],
};
const [loadBalancer] = aService().loadBalancers;
const lb = aSecurityGroup({ id: 'sg-lb', name: 'edge' });
const withLb = (over: Contents = {}): Contents => ({ ...behind, securityGroups: [lb], ...over });
const tcp = (port: number, over = {}) => aPermission({ protocol: 'tcp', fromPort: port, toPort: port, ...over });
const lets = (...ingress: SecurityGroup['ingress']) => aSecurityGroup({ ingress });
const from = (...ipv6Cidrs: string[]) => tcp(8080, { ipv6Cidrs });
const hosted: Contents = {
  instances: [anInstance()],
  containerInstances: [aContainerInstance()],
  subnets: [aSubnet()],
};
const detached = anInstance({
  interfaces: anInstance().interfaces.map(({ subnetId: _, ...rest }) => rest),
});
const allow = (direction: string, permission: string, id = 'sg-1'): string =>
  `aws ec2 authorize-security-group-${direction} --region eu-west-2 --group-id ${id} --ip-permissions '${permission}'`;

testRule(securityGroupBlocksIpv6, {
  valid: [
    { name: 'everything out', resource: aSecurityGroup(), world: plain },
    { name: 'out to IPv4 by NAT64', resource: aSecurityGroup({ egress: [tcp(443, { ipv6Cidrs: ['64:ff9b::/96'] })] }), world: plain },
    { name: 'out to private addresses', resource: aSecurityGroup({ egress: [tcp(443, { ipv6Cidrs: ['fd00:1::/64'] })] }), world: plain },
    { name: 'something out', resource: aSecurityGroup({ egress: [tcp(443, { ipv6Cidrs: ['2600::/16'] })] }), world: plain },
    { name: 'out to members of a group', resource: aSecurityGroup({ egress: [tcp(443, { ipv6Cidrs: [], groupIds: ['sg-9'] })] }), world: plain },
    { name: 'out by another group on the same interface', resource: closed, world: { ...plain, services: [aService({ loadBalancers: [], securityGroupIds: ['sg-1', 'sg-2'] })], securityGroups: [aSecurityGroup({ id: 'sg-2' })] } },
    { name: 'the other group is the one that is told of', resource: closed, world: { ...plain, services: [aService({ loadBalancers: [], securityGroupIds: ['sg-0', 'sg-1'] })], securityGroups: [aSecurityGroup({ id: 'sg-0', egress: [] })] } },
    { name: 'used by nobody', resource: closed },
    { name: 'there is no IPv6 in the subnet', resource: closed, world: { ...plain, subnets: [aSubnet({ ipv6Native: false, ipv6Cidrs: [] })] } },
    { name: 'a host whose interface is in no subnet any more', resource: closed, world: { ...hosted, instances: [detached] } },
    { name: 'a service on its way out', resource: closed, world: { ...plain, services: [aService({ status: 'DRAINING' })] } },
    { name: 'the balancer is let in by its group', resource: lets(tcp(8080, { ipv6Cidrs: [], groupIds: ['sg-lb'] })), world: withLb() },
    { name: 'the balancer is let in by a rule for everything', resource: aSecurityGroup(), world: withLb() },
    { name: 'the balancer is let in by its subnet', resource: lets(from('2001:db8:0:9::/64')), world: withLb() },
    { name: 'the balancer is let in by two halves', resource: lets(from('::/1', '8000::/1')), world: withLb() },
    { name: 'the balancer is let in by a range of ports', resource: lets(aPermission({ protocol: '6', fromPort: 8000, toPort: 9000 })), world: withLb() },
    { name: 'the balancer is let in by one port alone', resource: lets(aPermission({ protocol: 'tcp', fromPort: 8080 })), world: withLb() },
    { name: 'it serves IPv4 targets', resource: lets(), world: withLb({ targetGroups: [aTargetGroup({ ipAddressType: 'ipv4', loadBalancerArns: [balancer.arn] })] }) },
    { name: 'it serves instances', resource: lets(), world: withLb({ targetGroups: [{ ...group, targetType: 'instance' }] }) },
    { name: 'it serves another group', resource: lets(), world: withLb({ targetGroups: [aTargetGroup()] }) },
    { name: 'a balancer without IPv6', resource: lets(), world: withLb({ subnets: [aSubnet()] }) },
    { name: 'a balancer without groups', resource: lets(), world: { ...behind, loadBalancers: [aLoadBalancer({ securityGroupIds: [] })] } },
    { name: 'nobody wants IPv6 there', resource: closed, world: plain, posture: 'ipv4' },
  ],
  invalid: [
    { name: 'nothing out', resource: closed, world: plain, reports: {
      message: 'sg-1 (tasks) lets nothing out over IPv6 for api.',
      actual: { blocked: ['lets nothing out over IPv6 for api'] }, related: [SERVICE_ARN],
      fix: [allow('egress', 'IpProtocol=-1,Ipv6Ranges=[{CidrIpv6=::/0}]')],
    } },
    { name: 'out to itself only', resource: aSecurityGroup({ egress: [aPermission({ ipv6Cidrs: ['::1/128'] })] }), world: plain, reports: { messageId: 'blocked' } },
    { name: 'UDP only', resource: aSecurityGroup({ egress: [aPermission({ protocol: 'udp' })] }), world: plain, reports: { messageId: 'blocked' } },
    { name: 'nothing out of a host', resource: closed, world: hosted, reports: { message: 'sg-1 (tasks) lets nothing out over IPv6 for i-1.', related: [anInstance().arn] } },
    { name: 'nothing out, in one of two subnets', resource: closed, world: { services: [aService({ loadBalancers: [], subnetIds: ['subnet-1', 'subnet-4'] })], subnets: [aSubnet(), aSubnet({ id: 'subnet-4', ipv6Native: false, ipv6Cidrs: [] })] }, reports: { messageId: 'blocked' } },
    { name: 'two groups, neither lets anything out', resource: closed, world: { ...plain, services: [aService({ loadBalancers: [], securityGroupIds: ['sg-1', 'sg-2'] })], securityGroups: [aSecurityGroup({ id: 'sg-2', egress: [] })] }, reports: { messageId: 'blocked' } },
    { name: 'the balancer is not let in', resource: lets(), world: withLb(), reports: {
      message: 'sg-1 (tasks) keeps load balancer edge from port 8080 of api over IPv6.', related: [balancer.arn, SERVICE_ARN].sort(),
      fix: [allow('ingress', 'IpProtocol=tcp,FromPort=8080,ToPort=8080,UserIdGroupPairs=[{GroupId=sg-lb}]')],
    } },
    { name: 'let in at another port', resource: lets(tcp(8081)), world: withLb(), reports: { messageId: 'blocked' } },
    { name: 'let in at lower ports', resource: lets(tcp(8000, { toPort: 8079 })), world: withLb(), reports: { messageId: 'blocked' } },
    { name: 'the balancer has two groups, one of which is enough', resource: lets(), world: withLb({ loadBalancers: [{ ...balancer, securityGroupIds: ['sg-lb', 'sg-lb2'] }] }), reports: { fix: [allow('ingress', 'IpProtocol=tcp,FromPort=8080,ToPort=8080,UserIdGroupPairs=[{GroupId=sg-lb}]')] } },
    { name: 'the balancer serves one of two groups of a service', resource: lets(), world: withLb({ services: [aService({ loadBalancers: [{ ...loadBalancer, alternateTargetGroupArn: 'arn:green' }] })], targetGroups: [group, aTargetGroup({ arn: 'arn:green' })] }), reports: { messageId: 'blocked' } },
    { name: 'let in from one of its two subnets', resource: lets(from('2001:db8:0:9::/64')), reports: { messageId: 'blocked' },
      world: withLb({ loadBalancers: [{ ...balancer, subnetIds: ['subnet-lb', 'subnet-lb2'] }], subnets: [aSubnet(), lbSubnet, aSubnet({ id: 'subnet-lb2', ipv6Cidrs: ['2001:db8:0:a::/64'] })] }) },
    { name: 'the balancer is not let out', resource: aSecurityGroup({ id: 'sg-lb', name: 'edge', egress: [] }), world: { ...behind, securityGroups: [aSecurityGroup()] }, reports: {
      message: 'sg-lb (edge) does not let load balancer edge out to port 8080 of api over IPv6.',
      related: [balancer.arn, SERVICE_ARN].sort(),
      fix: [allow('egress', 'IpProtocol=tcp,FromPort=8080,ToPort=8080,UserIdGroupPairs=[{GroupId=sg-1}]', 'sg-lb')],
    } },
    { name: 'nothing at all', resource: closed, world: withLb(), reports: { message: 'sg-1 (tasks) keeps load balancer edge from port 8080 of api over IPv6 and lets nothing out over IPv6 for api.' } },
  ],
  unknown: [
    { name: 'out to a prefix list', resource: aSecurityGroup({ egress: [aPermission({ ipv6Cidrs: [], prefixListIds: ['pl-1'] })] }), world: plain, because: 'prefix list' },
    { name: 'out to a prefix list, for two services', resource: aSecurityGroup({ egress: [aPermission({ ipv6Cidrs: [], prefixListIds: ['pl-1'] })] }), world: { ...plain, services: [aService({ loadBalancers: [] }), aService({ name: 'web', loadBalancers: [] })] }, because: 'prefix list' },
    { name: 'out to a prefix list, for two hosts', resource: aSecurityGroup({ egress: [aPermission({ ipv6Cidrs: [], prefixListIds: ['pl-1'] })] }), world: { ...hosted, instances: [anInstance(), anInstance({ id: 'i-2' })], containerInstances: [aContainerInstance(), aContainerInstance({ arn: 'arn:2', ec2InstanceId: 'i-2' })] }, because: 'prefix list' },
    { name: 'let in from a prefix list', resource: lets(tcp(8080, { ipv6Cidrs: [], prefixListIds: ['pl-1'] })), world: withLb(), because: 'prefix list' },
    { name: 'let in from some addresses of its subnet', resource: lets(from('2001:db8:0:9::/80')), world: withLb(), because: 'which of several addresses' },
    { name: 'the subnets of the balancer are not known', resource: lets(), world: withLb({ subnets: [aSubnet()], gaps: [aGap({ collection: 'subnets' })] }), because: 'AccessDenied' },
    { name: 'a group that was not read may let it out', resource: closed, world: { ...plain, services: [aService({ loadBalancers: [], securityGroupIds: ['sg-1', 'sg-2'] })], gaps: [aGap({ collection: 'securityGroups' })] }, because: 'AccessDenied' },
  ],
  apply(desired, { resource, world }) {
    const missing = desired['permissions'] as readonly Missing[];
    const added = (egress: boolean) => missing.filter((one) => one.egress === egress).map(({ permission }) => permission);
    return { world, resource: { ...resource, egress: [...resource.egress, ...added(true)], ingress: [...resource.ingress, ...added(false)] } };
  },
}); // prettier-ignore
