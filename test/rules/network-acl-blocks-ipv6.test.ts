import { networkAclBlocksIpv6 } from '../../lib/rules/network-acl-blocks-ipv6';
import type { NetworkAclEntry } from '../../lib/snapshot/network-resources';
import { aLoadBalancer } from '../support/balancing-builders';
import {
  aContainerInstance,
  anInstance,
  aService,
  aSubnet,
  aTargetGroup,
  aTaskDefinition,
  TARGET_GROUP_ARN,
} from '../support/builders';
import { aNetworkAcl, anEntry } from '../support/network-builders';
import { aGap, type Contents } from '../support/snapshot-builder';
import { testRule } from '../support/test-rule';

const world = { services: [aService()], subnets: [aSubnet()] };
const entry = (egress: boolean, ruleNumber: number, over: Partial<NetworkAclEntry> = {}) =>
  anEntry({ egress, ruleNumber, ...over });
const out = (ruleNumber: number, over = {}) => entry(true, ruleNumber, over);
const into = (ruleNumber: number, over = {}) => entry(false, ruleNumber, over);
const of = (...entries: NetworkAclEntry[]) =>
  aNetworkAcl({
    entries,
    takenNumbers: {
      in: entries.filter(({ egress }) => !egress).map(({ ruleNumber }) => ruleNumber),
      out: entries.filter(({ egress }) => egress).map(({ ruleNumber }) => ruleNumber),
    },
  });
const https = { protocol: '6', ports: { from: 443, to: 443 } };
const answers = { protocol: '6', ports: { from: 1_024, to: 65_535 } };
const icmp = { protocol: '58' };
const deny = { action: 'deny' } as const;
const narrow = [out(100, https), into(100, answers), out(110, icmp), into(110, icmp)];
const create = (rest: string): string =>
  `aws ec2 create-network-acl-entry --region eu-west-2 --network-acl-id acl-1 ${rest}`;
const calls = 'TCP port 443 out to anywhere for image pulls and AWS APIs';

const FRONT = '2001:db8:0:9::/64';
const [TASKS = ''] = aSubnet().ipv6Cidrs;
const balancer = aLoadBalancer();
const front = aSubnet({ id: 'subnet-front', ipv6Native: false, ipv6Cidrs: [FRONT] });
const loadBalancers = [{ targetGroupArn: TARGET_GROUP_ARN, containerName: 'app', containerPort: 80 }];
const served = (over = {}) => aService({ loadBalancers, ...over });
const behind = (over: Contents = {}): Contents => ({
  services: [served()],
  subnets: [aSubnet(), front],
  targetGroups: [aTargetGroup({ loadBalancerArns: [balancer.arn] })],
  loadBalancers: [balancer],
  ...over,
});
const port = { protocol: '6', ports: { from: 80, to: 80 } };
const fromFront = 'TCP port 80 in from subnet-front for load balancer front';
const toFront = 'TCP ports 1024-65535 out to subnet-front for answers to load balancer front';
const inFront = { ...served({ name: 'other', loadBalancers: [] }), subnetIds: ['subnet-front'] };
const bare = aSubnet({ id: 'subnet-4', ipv6Native: false, ipv6Cidrs: [] });
const atBothEnds = (...entries: NetworkAclEntry[]) => ({ ...of(...entries), subnetIds: ['subnet-1', 'subnet-front'] });

/** One task definition for each system. */
const windows: Contents = {
  services: [aService(), aService({ name: 'old', taskDefinitionArn: 'arn:windows' })],
  subnets: [aSubnet()],
  taskDefinitions: [aTaskDefinition(), aTaskDefinition({ arn: 'arn:windows', operatingSystem: 'windows' })],
};

testRule(networkAclBlocksIpv6, {
  valid: [
    { name: 'answers to a service of no revision, which is taken for Linux', resource: of(...narrow), world: { services: [aService({ taskDefinitionArn: undefined })], subnets: [aSubnet()] } },
    { name: 'answers to Windows alone', resource: of(out(100, https), into(100, { protocol: '6', ports: { from: 49_152, to: 65_535 } }), out(110, icmp), into(110, icmp)), world: { ...windows, services: [aService({ name: 'old', taskDefinitionArn: 'arn:windows' })] } },
    { name: 'answers to a Windows host without tasks', resource: of(out(100, https), into(100, { protocol: '6', ports: { from: 49_152, to: 65_535 } }), out(110, icmp), into(110, icmp)), world: { subnets: [aSubnet()], instances: [anInstance({ operatingSystem: 'windows' })], containerInstances: [aContainerInstance()] } },
    { name: 'everything', resource: aNetworkAcl(), world },
    { name: 'what is needed', resource: of(...narrow), world },
    { name: 'what Linux needs of answers', resource: of(...narrow, into(90, { ...answers, ports: { from: 1, to: 32_767 }, ...deny })), world },
    { name: 'a denial that comes too late', resource: of(...narrow, out(200, deny), into(200, deny)), world },
    { name: 'a denial of another port', resource: of(out(90, { ...https, ports: { from: 80, to: 80 }, ...deny }), ...narrow), world },
    { name: 'a denial of another protocol', resource: of(out(90, { protocol: '17', ...deny }), ...narrow), world },
    { name: 'a denial of other ICMPv6', resource: of(into(90, { ...icmp, icmp: { type: 128, code: -1 }, ...deny }), ...narrow), world },
    { name: 'packets that are too big, by type', resource: of(out(100, https), into(100, answers), out(110, { ...icmp, icmp: { type: 2, code: 0 } }), into(110, { ...icmp, icmp: { type: 2, code: -1 } })), world },
    { name: 'two halves', resource: of(into(1), out(100, { ipv6Cidr: '::/1' }), out(110, { ipv6Cidr: '8000::/1' })), world },
    { name: 'a denial of addresses that are not of the internet', resource: of(out(90, { ipv6Cidr: 'fc00::/7', ...deny }), into(90, { ipv6Cidr: '64:ff9b::/96', ...deny }), ...narrow), world },
    { name: 'subnets that nobody uses', resource: of(), world: { subnets: [aSubnet()] } },
    { name: 'a subnet without IPv6', resource: of(), world: { ...world, subnets: [aSubnet({ ipv6Native: false, ipv6Cidrs: [] })] } },
    { name: 'nobody wants IPv6 there', resource: of(), world, posture: 'ipv4' },
    { name: 'what the load balancer needs', resource: of(...narrow, into(120, { ...port, ipv6Cidr: FRONT }), out(120, { ...answers, ipv6Cidr: FRONT })), world: behind() },
    { name: 'a load balancer in the subnet of the tasks', resource: of(...narrow), world: behind({ loadBalancers: [aLoadBalancer({ subnetIds: ['subnet-1'] })] }) },
    { name: 'a load balancer without IPv6', resource: of(...narrow), world: behind({ subnets: [aSubnet(), { ...front, ipv6Cidrs: [] }] }) },
    { name: 'a load balancer in a subnet that is not known', resource: of(...narrow), world: behind({ subnets: [aSubnet()] }) },
    { name: 'a load balancer to a port that the service does not name', resource: of(...narrow), world: behind({ services: [served({ loadBalancers: [{ targetGroupArn: TARGET_GROUP_ARN }] })] }) },
    { name: 'a load balancer of IPv4 targets', resource: of(...narrow), world: behind({ targetGroups: [aTargetGroup({ loadBalancerArns: [balancer.arn], ipAddressType: 'ipv4' })] }) },
    { name: 'a load balancer of instances', resource: of(...narrow), world: behind({ targetGroups: [aTargetGroup({ loadBalancerArns: [balancer.arn], targetType: 'instance' })] }) },
    { name: 'a load balancer of a service on its way out', resource: of(...narrow), world: behind({ services: [served({ status: 'DRAINING' })] }) },
    { name: 'a load balancer of another VPC', resource: { ...of(...narrow), vpcId: 'vpc-2', subnetIds: ['subnet-2'] }, world: behind({ services: [served(), aService({ name: 'other', subnetIds: ['subnet-2'], loadBalancers: [] })], subnets: [aSubnet(), front, aSubnet({ id: 'subnet-2', vpcId: 'vpc-2' })] }) },
    { name: 'tasks without IPv6 behind the load balancer, beside others', resource: { ...of(...narrow), subnetIds: ['subnet-1', 'subnet-4'] }, world: behind({ services: [served({ subnetIds: ['subnet-4'] }), aService({ name: 'other', loadBalancers: [] })], subnets: [aSubnet(), front, bare] }) },
    { name: 'what the load balancer needs, where tasks are that it does not serve', resource: { ...of(...narrow, out(120, { ...port, ipv6Cidr: TASKS }), into(120, { ...answers, ipv6Cidr: TASKS })), subnetIds: ['subnet-front'] }, world: behind({ services: [served(), inFront] }) },
    { name: 'by an entry of every protocol, ports do not count', resource: of(...narrow.slice(1), out(90, { ports: { from: 22, to: 22 } })), world },
    { name: 'every type of ICMPv6', resource: of(...narrow.slice(0, 2), out(110, { ...icmp, icmp: { type: -1, code: -1 } }), into(110, { ...icmp, icmp: { type: -1, code: -1 } })), world },
    { name: 'a denial of a code that the type does not have', resource: of(into(90, { ...icmp, icmp: { type: 2, code: 1 }, ...deny }), ...narrow), world },
  ],
  invalid: [
    { name: 'answers to Windows, which asks from other ports', resource: of(out(100, https), into(100, { protocol: '6', ports: { from: 32_768, to: 60_999 } }), out(110, icmp), into(110, icmp)), world: windows, reports: { message: 'acl-1 denies TCP ports 49152-65535 in from anywhere for answers to image pulls and AWS APIs.' } },
    { name: 'answers to a Windows host without tasks', resource: of(out(100, https), into(100, { protocol: '6', ports: { from: 32_768, to: 60_999 } }), out(110, icmp), into(110, icmp)), world: { subnets: [aSubnet()], instances: [anInstance({ operatingSystem: 'windows' })], containerInstances: [aContainerInstance()] }, reports: { message: 'acl-1 denies TCP ports 49152-65535 in from anywhere for answers to image pulls and AWS APIs.' } },
    { name: 'health checks at a port of their own', resource: of(...narrow, into(120, { ...port, ipv6Cidr: FRONT }), out(120, { ...answers, ipv6Cidr: FRONT })), world: behind({ targetGroups: [aTargetGroup({ loadBalancerArns: [balancer.arn], healthCheckPort: 81 })] }), reports: { message: 'acl-1 denies TCP port 81 in from subnet-front for load balancer front.' } },
    { name: 'rules for IPv4 only', resource: aNetworkAcl({ entries: [], takenNumbers: { in: [100], out: [100] } }), world, reports: {
      severity: 'high',
      message: 'acl-1 denies TCP port 443 out to anywhere for image pulls and AWS APIs, TCP ports 32768-60999 in from anywhere for answers to image pulls and AWS APIs, ICMPv6 out to anywhere for sizes of packets (ICMPv6 "Packet Too Big") and ICMPv6 in from anywhere for sizes of packets (ICMPv6 "Packet Too Big").',
      related: ['arn:aws:ec2:eu-west-2:111122223333:subnet/subnet-1'],
      fix: [
        create('--egress --rule-number 101 --rule-action allow --protocol 6 --ipv6-cidr-block ::/0 --port-range From=443,To=443'),
        create('--ingress --rule-number 101 --rule-action allow --protocol 6 --ipv6-cidr-block ::/0 --port-range From=32768,To=60999'),
        create('--egress --rule-number 102 --rule-action allow --protocol 58 --ipv6-cidr-block ::/0 --icmp-type-code Type=2,Code=-1'),
        create('--ingress --rule-number 102 --rule-action allow --protocol 58 --ipv6-cidr-block ::/0 --icmp-type-code Type=2,Code=-1'),
      ],
    } },
    { name: 'a denial that comes first', resource: of(out(90, deny), out(100), into(100)), world, reports: { severity: 'high', actual: { denied: [calls, 'ICMPv6 out to anywhere for sizes of packets (ICMPv6 "Packet Too Big")'] }, fix: [
      create('--egress --rule-number 89 --rule-action allow --protocol 6 --ipv6-cidr-block ::/0 --port-range From=443,To=443'),
      create('--egress --rule-number 88 --rule-action allow --protocol 58 --ipv6-cidr-block ::/0 --icmp-type-code Type=2,Code=-1'),
    ] } },
    { name: 'entries out of order', resource: aNetworkAcl({ entries: [out(100), into(100), out(90, { ...https, ...deny })], takenNumbers: { in: [100], out: [90, 100] } }), world, reports: { actual: { denied: [calls] } } },
    { name: 'ICMPv6 alone', resource: of(...narrow.slice(0, 2), into(110, icmp)), world, reports: { severity: 'medium', actual: { denied: ['ICMPv6 out to anywhere for sizes of packets (ICMPv6 "Packet Too Big")'] } } },
    { name: 'answers to some ports only', resource: of(...narrow, into(90, { ...answers, ports: { from: 40_000, to: 40_010 }, ...deny })), world, reports: { severity: 'high' } },
    { name: 'other ICMPv6 only', resource: of(...narrow.slice(0, 3), into(110, { ...icmp, icmp: { type: 128, code: 0 } })), world, reports: { severity: 'medium' } },
    { name: 'an address within beside everything else denied', resource: of(...narrow.slice(1), out(100, { ...https, ipv6Cidr: 'fd00::/8' })), world, reports: { actual: { denied: [calls] } } },
    { name: 'nothing for the load balancer', resource: of(...narrow), world: behind({ services: [served(), served({ name: 'other' })] }), reports: { severity: 'high', message: `acl-1 denies ${fromFront} and ${toFront}.`, fix: [
      create(`--ingress --rule-number 111 --rule-action allow --protocol 6 --ipv6-cidr-block ${FRONT} --port-range From=80,To=80`),
      create(`--egress --rule-number 111 --rule-action allow --protocol 6 --ipv6-cidr-block ${FRONT} --port-range From=1024,To=65535`),
    ] } },
    { name: 'nothing at either end', resource: atBothEnds(...narrow.slice(0, 1), into(100, { ...answers, ports: { from: 32_768, to: 60_999 } }), ...narrow.slice(2)), world: behind(), reports: { actual: { denied: [
      fromFront,
      'TCP port 80 out to subnet-1 for load balancer front',
      'TCP ports 1024-65535 in from subnet-1 for answers to load balancer front',
      toFront,
    ] } } },
    { name: 'neither of two blocks', resource: of(...narrow), world: behind({ subnets: [aSubnet(), { ...front, ipv6Cidrs: [FRONT, '2001:db8:0:a::/64'] }] }), reports: { actual: { denied: [fromFront, toFront] } } },
    { name: 'subnets in any order', resource: of(...narrow), world: behind({ services: [served({ subnetIds: ['subnet-3', 'subnet-1'] })], subnets: [aSubnet(), front, aSubnet({ id: 'subnet-3' })] }), reports: { actual: { denied: [fromFront, toFront] } } },
    { name: 'wanted dual-stack', resource: of(), world, posture: 'dual-stack', reports: { messageId: 'denied' } },
    { name: 'for several subnets, as far as they are known', resource: { ...of(), subnetIds: ['subnet-1', 'subnet-9'] }, world, reports: { related: ['arn:aws:ec2:eu-west-2:111122223333:subnet/subnet-1'] } },
  ],
  unknown: [
    { name: 'answers to Linux, where it could not be read whether anything else runs', resource: of(out(100, https), into(100, { protocol: '6', ports: { from: 49_152, to: 65_535 } }), out(110, icmp), into(110, icmp)), world: { ...windows, services: [aService({ taskDefinitionArn: 'arn:windows' })], taskDefinitions: [], gaps: [aGap({ collection: 'taskDefinitions', resources: ['arn:windows'] })] }, because: 'AccessDenied' },
    { name: 'answers, where it could not be read whether Windows asks', resource: of(out(100, https), into(100, { protocol: '6', ports: { from: 32_768, to: 60_999 } }), out(110, icmp), into(110, icmp)), world: { ...windows, taskDefinitions: [aTaskDefinition()], gaps: [aGap({ collection: 'taskDefinitions', resources: ['arn:windows'] })] }, because: 'AccessDenied' },
    { name: 'some addresses are let through', resource: of(...narrow.slice(1), out(100, { ...https, ipv6Cidr: '2600::/16' })), world, because: 'some addresses' },
    { name: 'some addresses are denied first', resource: of(...narrow, out(90, { ipv6Cidr: '2600::/16', ...deny })), world, because: 'some addresses' },
    { name: 'one of two blocks of the load balancer', resource: of(...narrow, into(120, { ...port, ipv6Cidr: FRONT }), out(120, answers)), world: behind({ subnets: [aSubnet(), { ...front, ipv6Cidrs: [FRONT, '2001:db8:0:a::/64'] }] }), because: 'some addresses' },
  ],
  apply(desired, { resource, world: around }) {
    const entries = desired['entries'] as readonly NetworkAclEntry[];
    return { world: around, resource: { ...resource, entries: [...resource.entries, ...entries] } };
  },
}); // prettier-ignore
