import { securityGroupBlocksIpv6 } from '../../lib/rules/security-group-blocks-ipv6';
import type { SecurityGroup } from '../../lib/snapshot/network-resources';
import type { LoadBalancer } from '../../lib/snapshot/balancing-resources';
import type { PortMapping, Task, TaskDefinition } from '../../lib/snapshot/snapshot';
import { aBridgeTask, aContainerInstance, anInstance, aService, aSubnet, aTargetGroup, aTask, aTaskDefinition, CONTAINER_INSTANCE_ARN, SERVICE_ARN } from '../support/builders'; // prettier-ignore
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
const nlb = aLoadBalancer({ ...balancer, type: 'network' });
/** Behind a Network Load Balancer, which hands on the addresses of clients or does not. */
const byNlb = (preservesClientIp?: boolean, over: Partial<LoadBalancer> = {}): Contents =>
  withLb({
    loadBalancers: [{ ...nlb, ...over }],
    targetGroups: [{ ...group, protocol: 'TCP' }],
    targetGroupSettings: preservesClientIp === undefined ? [] : [{ arn: group.arn, preservesClientIp }],
  });
const bare = { securityGroupIds: [] };
const checkedAt = (healthCheckPort: number): Contents => withLb({ targetGroups: [{ ...group, healthCheckPort }] });
const udp: Contents = { ...byNlb(true, bare), targetGroups: [{ ...group, protocol: 'UDP' }] };

const mapping = (ports: readonly PortMapping[]): TaskDefinition['containers'] => [{ name: 'app', ports }];
/** A task of `api` on `i-1`, whose group is `sg-1`. */
const onHost = (definition: Partial<TaskDefinition>, task: Partial<Task> = {}): Contents => ({
  ...behind,
  services: [
    aService({
      subnetIds: [],
      securityGroupIds: [],
      launchType: 'EC2',
      loadBalancers: [{ targetGroupArn: group.arn, containerName: 'app', containerPort: 8080 }],
    }),
  ],
  taskDefinitions: [
    aTaskDefinition({ networkMode: 'bridge', containers: mapping([{ containerPort: 8080 }]), ...definition }),
  ],
  tasks: [aBridgeTask(task)],
  instances: [anInstance()],
  containerInstances: [aContainerInstance()],
  targetGroups: [{ ...group, targetType: 'instance' }],
  securityGroups: [lb],
});
/** Of the load balancer, and lets out to members of another group alone. */
const toDefault = aSecurityGroup({
  id: 'sg-lb',
  name: 'edge',
  egress: [aPermission({ ipv6Cidrs: [], groupIds: ['sg-default'] })],
});
/** Of the load balancer, and lets nothing out. */
const silent = aSecurityGroup({ id: 'sg-lb', name: 'edge', egress: [] });
const fixed = mapping([{ containerPort: 8080, hostPort: 80 }]);
const range = (fromPort: number, toPort: number) =>
  aPermission({ protocol: 'tcp', fromPort, toPort, ipv6Cidrs: [], groupIds: ['sg-lb'] });
/** The hosts and tasks of a world, seen from the load balancer's group, which lets nothing out. */
const seenBySilent = (world: Contents): Contents => ({ ...world, securityGroups: [aSecurityGroup()] });
const ofApp = { containerName: 'app', containerPort: 8080 };
const bound = (hostPort: number): Partial<Task> => ({ bindings: [{ ...ofApp, hostPort }] });
/** Docker has chosen a port of its own for each of them. */
const bothFamilies: Partial<Task> = { bindings: [{ ...ofApp, bindIp: '0.0.0.0', hostPort: 40000 }, { ...ofApp, bindIp: '::', hostPort: 50000 }] }; // prettier-ignore
/** Of another container that listens at the same port. */
const ofProxy = { containerName: 'proxy', containerPort: 8080, hostPort: 90 };
const checkedOnHost = (healthCheckPort: number): Contents => ({
  ...onHost({}, bound(40000)),
  targetGroups: [{ ...group, targetType: 'instance', healthCheckPort }],
});
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
    { name: 'a service on its way out, behind a balancer', resource: lets(), world: withLb({ services: [aService({ status: 'DRAINING' })] }) },
    { name: 'a service on its way out, on a host', resource: lets(), world: { ...onHost({ containers: fixed }), services: onHost({}).services?.map((one) => ({ ...one, status: 'DRAINING' })) } },
    { name: 'tasks without IPv6 behind a balancer that has it', resource: lets(), world: withLb({ subnets: [aSubnet({ ipv6Native: false, ipv6Cidrs: [] }), lbSubnet] }) },
    { name: 'tasks in a group that the service does not name', resource: toDefault, world: { ...behind, services: [aService({ securityGroupIds: [] })], securityGroups: [aSecurityGroup()] } },
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
    { name: 'a balancer in subnets that are not known', resource: lets(), world: { ...behind, loadBalancers: [aLoadBalancer({ securityGroupIds: [] })] } },
    { name: 'a Network Load Balancer, let in by its subnet', resource: lets(from('2001:db8:0:9::/64')), world: byNlb(false) },
    { name: 'one without groups, let in by its subnet', resource: lets(from('2001:db8:0:9::/64')), world: byNlb(false, bare) },
    { name: 'clients that come with its group', resource: lets(tcp(8080, { ipv6Cidrs: [], groupIds: ['sg-lb'] })), world: byNlb(true) },
    { name: 'clients of one network', resource: lets(from('2600:1f00::/32', '2001:db8:0:9::/64')), world: byNlb(true, bare) },
    { name: 'clients from everywhere', resource: lets(from('::/0')), world: byNlb(true, bare) },
    { name: 'whoever it is that comes', resource: lets(from('::/0')), world: byNlb() },
    { name: 'UDP of clients is not looked at', resource: lets(from('2001:db8:0:9::/64')), world: udp },
    { name: 'its health checks at a port of their own', resource: lets(from('::/0'), tcp(9000)), world: checkedAt(9000) },
    { name: 'clients of one network, and health checks at a port of their own', resource: lets(from('2600:1f00::/32'), tcp(9000, { ipv6Cidrs: ['2001:db8:0:9::/64'] })), world: { ...byNlb(true, bare), targetGroups: [{ ...group, protocol: 'TCP', healthCheckPort: 9000 }] } },
    { name: 'its health checks at the same port', resource: lets(from('::/0')), world: checkedAt(8080) },
    { name: 'at a port of a host', resource: lets(range(80, 80)), world: onHost({ containers: fixed }) },
    { name: 'at a port of a host, beside another port', resource: lets(range(80, 80)), world: onHost({ containers: mapping([{ containerPort: 9000, hostPort: 90 }, { containerPort: 8080, hostPort: 80 }]) }) },
    { name: 'at a port of a host, beside another container', resource: lets(range(80, 80)), world: onHost({ containers: [{ name: 'proxy', ports: [{ containerPort: 8080, hostPort: 90 }] }, ...fixed] }) },
    { name: 'at the port of a task in host mode', resource: lets(range(8080, 8080)), world: onHost({ networkMode: 'host' }) },
    { name: 'at any port that the agent chooses', resource: lets(range(32768, 65535)), world: onHost({}, bound(40000)) },
    { name: 'at any port that the agent chooses, beside another container at the same port', resource: lets(range(32768, 65535)), world: onHost({}, { bindings: [ofProxy, { ...ofApp, hostPort: 40000 }] }) },
    { name: 'at any port, by two rules', resource: lets(range(32768, 40000), range(40001, 65535)), world: onHost({}) },
    { name: 'at any port that the agent chooses on Windows', resource: lets(range(49152, 65535)), world: onHost({ operatingSystem: 'windows' }, bound(50000)) },
    { name: 'at the port that a task has over IPv6, beside another one over IPv4', resource: lets(range(50000, 50000)), world: { ...onHost({}, bothFamilies), taskDefinitions: [] } },
    { name: 'of a revision that is gone, at the port that its task has', resource: lets(range(50000, 50000)), world: { ...onHost({}, bound(50000)), taskDefinitions: [] } },
    { name: 'a port that no mapping names', resource: lets(), world: onHost({ containers: mapping([]) }, { bindings: undefined }) },
    { name: 'a container that is not there', resource: lets(), world: onHost({ containers: [] }, { bindings: [] }) },
    { name: 'no port is known', resource: lets(), world: { ...onHost({ networkMode: 'host' }), services: [aService({ subnetIds: [], securityGroupIds: [], launchType: 'EC2' })].map((one) => ({ ...one, loadBalancers: [{ targetGroupArn: group.arn }] })) } },
    { name: 'no port is known, nor of the container', resource: lets(), world: { ...onHost({ containers: mapping([]).map(({ name }) => ({ name })) }), services: [aService({ subnetIds: [], securityGroupIds: [], launchType: 'EC2', loadBalancers: [{ targetGroupArn: group.arn, containerName: 'app' }] })] } },
    { name: 'no port of its own is known', resource: lets(), world: withLb({ services: [aService({ loadBalancers: [{ targetGroupArn: group.arn }] })] }) },
    { name: 'a host in a subnet without IPv6', resource: lets(), world: { ...onHost({ containers: fixed }), subnets: [aSubnet({ ipv6Native: false, ipv6Cidrs: [] }), lbSubnet] } },
    { name: 'a host that is not known', resource: silent, world: { ...onHost({ containers: fixed }), securityGroups: [aSecurityGroup()], tasks: [aBridgeTask({ containerInstanceArn: undefined }), aBridgeTask({ id: 'b2', containerInstanceArn: 'elsewhere' })] } },
    { name: 'a task with an interface of its own in a group for instances', resource: silent, world: seenBySilent({ ...onHost({ networkMode: 'awsvpc' }), tasks: [aTask({ launchType: 'EC2', containerInstanceArn: CONTAINER_INSTANCE_ARN })] }) },
    { name: 'a group that leads to functions', resource: lets(), world: withLb({ targetGroups: [{ ...group, targetType: 'lambda' }] }) },
    { name: 'a group that leads to functions, of tasks on a host', resource: lets(), world: { ...onHost({ containers: fixed }), targetGroups: [{ ...group, targetType: 'lambda' }] } },
    { name: 'a task that the agent has not bound', resource: lets(), world: onHost({ containers: [] }, { bindings: [ofApp] }) },
    { name: 'a host that shows no interface', resource: silent, world: seenBySilent({ ...onHost({ containers: fixed }), instances: [anInstance({ interfaces: [] })] }) },
    { name: 'a host in a group that it does not name', resource: toDefault, world: { ...onHost({ containers: fixed }), instances: [anInstance({ interfaces: anInstance().interfaces.map((one) => ({ ...one, securityGroupIds: [] })) })] } },
    { name: 'a host that has none of the tasks', resource: silent, world: { ...onHost({ containers: fixed }), securityGroups: [aSecurityGroup()], tasks: [aBridgeTask({ serviceName: undefined })] } },
    { name: 'a group of no protocol, let in', resource: lets(from('::/0')), world: withLb({ targetGroups: [{ ...group, protocol: undefined }] }) },
    { name: 'a host with a task of no service', resource: lets(), world: { ...onHost({ containers: fixed }), tasks: [aBridgeTask({ serviceName: undefined })] } },
    { name: 'every port of a host', resource: lets(aPermission()), world: onHost({}) },
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
    { name: 'a Network Load Balancer without groups', resource: lets(), world: byNlb(false, bare), reports: {
      message: 'sg-1 (tasks) keeps load balancer edge from port 8080 of api over IPv6.',
      fix: [allow('ingress', 'IpProtocol=tcp,FromPort=8080,ToPort=8080,Ipv6Ranges=[{CidrIpv6=2001:db8:0:9::/64}]')],
    } },
    { name: 'its clients, and its health checks', resource: lets(), world: byNlb(true, bare), reports: {
      message: 'sg-1 (tasks) keeps clients of load balancer edge from port 8080 of api over IPv6 and keeps health checks of load balancer edge from port 8080 of api over IPv6.',
      fix: [
        allow('ingress', 'IpProtocol=tcp,FromPort=8080,ToPort=8080,Ipv6Ranges=[{CidrIpv6=2001:db8:0:9::/64}]'),
        allow('ingress', 'IpProtocol=tcp,FromPort=8080,ToPort=8080,Ipv6Ranges=[{CidrIpv6=::/0}]'),
      ],
    } },
    { name: 'its health checks, where clients of one network come by themselves', resource: lets(from('2600:1f00::/32')), world: byNlb(true, bare), reports: { message: 'sg-1 (tasks) keeps health checks of load balancer edge from port 8080 of api over IPv6.' } },
    { name: 'whoever it is that comes', resource: lets(), world: byNlb(), reports: {
      message: 'sg-1 (tasks) keeps clients of load balancer edge from port 8080 of api over IPv6 and keeps health checks of load balancer edge from port 8080 of api over IPv6.',
      fix: [allow('ingress', 'IpProtocol=tcp,FromPort=8080,ToPort=8080,UserIdGroupPairs=[{GroupId=sg-lb}]')],
    } },
    { name: 'health checks of UDP', resource: lets(), world: udp, reports: { message: 'sg-1 (tasks) keeps health checks of load balancer edge from port 8080 of api over IPv6.' } },
    { name: 'health checks at a port of their own', resource: lets(from('::/0')), world: checkedAt(9000), reports: {
      message: 'sg-1 (tasks) keeps health checks of load balancer edge from port 9000 of api over IPv6.',
      fix: [allow('ingress', 'IpProtocol=tcp,FromPort=9000,ToPort=9000,UserIdGroupPairs=[{GroupId=sg-lb}]')],
    } },
    { name: 'health checks are not let out', resource: aSecurityGroup({ id: 'sg-lb', name: 'edge', egress: [tcp(8080)] }), world: { ...checkedAt(9000), securityGroups: [aSecurityGroup()] }, reports: { message: 'sg-lb (edge) does not let health checks of load balancer edge out to port 9000 of api over IPv6.' } },
    { name: 'a port of a host', resource: lets(range(8080, 8080)), world: onHost({ containers: fixed }), reports: {
      message: 'sg-1 (tasks) keeps load balancer edge from port 80 of api on i-1 over IPv6.', related: [anInstance().arn, SERVICE_ARN, balancer.arn].sort(),
      fix: [allow('ingress', 'IpProtocol=tcp,FromPort=80,ToPort=80,UserIdGroupPairs=[{GroupId=sg-lb}]')],
    } },
    { name: 'the port of a task in host mode', resource: lets(range(80, 80)), world: onHost({ networkMode: 'host' }), reports: { message: 'sg-1 (tasks) keeps load balancer edge from port 8080 of api on i-1 over IPv6.' } },
    { name: 'all ports that the agent chooses from', resource: lets(range(8080, 8080)), world: onHost({}), reports: {
      message: 'sg-1 (tasks) keeps load balancer edge from ports 32768-60999 of api on i-1 over IPv6.',
      fix: [allow('ingress', 'IpProtocol=tcp,FromPort=32768,ToPort=60999,UserIdGroupPairs=[{GroupId=sg-lb}]')],
    } },
    { name: 'all ports that the agent chooses from on Windows', resource: lets(range(32768, 49151)), world: onHost({ operatingSystem: 'windows' }), reports: { message: 'sg-1 (tasks) keeps load balancer edge from ports 49152-65535 of api on i-1 over IPv6.' } },
    { name: 'the port that a task has over IPv6, and not the one over IPv4', resource: lets(range(40000, 40000)), world: { ...onHost({}, bothFamilies), taskDefinitions: [] }, reports: { message: 'sg-1 (tasks) keeps load balancer edge from port 50000 of api on i-1 over IPv6.' } },
    { name: 'the port that the agent has chosen', resource: lets(range(49153, 65535)), world: onHost({}, bound(40000)), reports: { message: 'sg-1 (tasks) keeps load balancer edge from ports 32768-60999 of api on i-1 over IPv6.' } },
    { name: 'health checks at the first of the ports that the agent chooses from', resource: lets(range(32769, 65535)), world: checkedOnHost(32768), reports: { message: 'sg-1 (tasks) keeps health checks of load balancer edge from port 32768 of api on i-1 over IPv6.' } },
    { name: 'health checks at the last of the ports that the agent chooses from', resource: lets(range(32768, 60998)), world: checkedOnHost(60999), reports: { message: 'sg-1 (tasks) keeps health checks of load balancer edge from port 60999 of api on i-1 over IPv6.' } },
    { name: 'the balancer is not let out to a host', resource: aSecurityGroup({ id: 'sg-lb', name: 'edge', egress: [tcp(8080)] }), world: { ...onHost({ containers: fixed }), securityGroups: [aSecurityGroup()] }, reports: { message: 'sg-lb (edge) does not let load balancer edge out to port 80 of api on i-1 over IPv6.' } },
    { name: 'nothing at all', resource: closed, world: withLb(), reports: { message: 'sg-1 (tasks) keeps load balancer edge from port 8080 of api over IPv6 and lets nothing out over IPv6 for api.' } },
  ],
  unknown: [
    { name: 'out to a prefix list that may not be read', resource: aSecurityGroup({ egress: [aPermission({ ipv6Cidrs: [], prefixListIds: ['pl-0', 'pl-1'] })] }), world: { ...plain, gaps: [aGap({ call: 'ec2:GetManagedPrefixListEntries', collection: 'prefixLists', resources: ['pl-1'] })] }, because: 'ec2:GetManagedPrefixListEntries' },
    { name: 'out to a prefix list, where another may not be read', resource: aSecurityGroup({ egress: [aPermission({ ipv6Cidrs: [], prefixListIds: ['pl-1'] })] }), world: { ...plain, gaps: [aGap({ call: 'ec2:GetManagedPrefixListEntries', collection: 'prefixLists', resources: ['pl-9'] })] }, because: 'depends on a prefix list' },
    { name: 'out to a prefix list', resource: aSecurityGroup({ egress: [aPermission({ ipv6Cidrs: [], prefixListIds: ['pl-1'] })] }), world: plain, because: 'prefix list' },
    { name: 'out to a prefix list, for two services', resource: aSecurityGroup({ egress: [aPermission({ ipv6Cidrs: [], prefixListIds: ['pl-1'] })] }), world: { ...plain, services: [aService({ loadBalancers: [] }), aService({ name: 'web', loadBalancers: [] })] }, because: 'prefix list' },
    { name: 'out to a prefix list, for two hosts', resource: aSecurityGroup({ egress: [aPermission({ ipv6Cidrs: [], prefixListIds: ['pl-1'] })] }), world: { ...hosted, instances: [anInstance(), anInstance({ id: 'i-2' })], containerInstances: [aContainerInstance(), aContainerInstance({ arn: 'arn:2', ec2InstanceId: 'i-2' })] }, because: 'prefix list' },
    { name: 'clients at the addresses of the balancer', resource: lets(from('2001:db8:0:9::/64')), world: byNlb(true, bare), because: 'which of several addresses' },
    { name: 'clients that are members of a group', resource: lets(from('2001:db8:0:9::/64'), tcp(8080, { ipv6Cidrs: [], groupIds: ['sg-9'] })), world: byNlb(true, bare), because: 'which of several addresses' },
    { name: 'whether clients come by themselves was not read', resource: lets(from('2001:db8:0:9::/64')), world: { ...byNlb(), gaps: [aGap({ collection: 'targetGroupSettings', call: 'elasticloadbalancing:DescribeTargetGroupAttributes', resources: [group.arn] })] }, because: 'DescribeTargetGroupAttributes' },
    { name: 'clients that a prefix list names, beside what names no block', resource: lets(from('2001:db8:0:9::/64', 'odd'), tcp(8080, { ipv6Cidrs: [], prefixListIds: ['pl-1'] })), world: byNlb(true, bare), because: 'prefix list' },
    { name: 'whether clients come by themselves is not known', resource: lets(from('2001:db8:0:9::/64')), world: byNlb(), because: 'which of several addresses' },
    { name: 'some of the ports that the agent chooses from', resource: lets(range(49153, 65535)), world: onHost({}, bound(50000)), because: 'which of several' },
    { name: 'some of the ports that the agent chooses from, before it has chosen', resource: lets(range(49153, 65535)), world: onHost({}, { bindings: undefined }), because: 'which of several' },
    { name: 'let in from a prefix list, for two services', resource: lets(tcp(8080, { ipv6Cidrs: [], prefixListIds: ['pl-1'] })), world: withLb({ services: [aService(), aService({ name: 'web' })] }), because: 'prefix list' },
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
