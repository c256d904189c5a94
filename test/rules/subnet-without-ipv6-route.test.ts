import { subnetWithoutIpv6Route } from '../../lib/rules/subnet-without-ipv6-route';
import type { Route } from '../../lib/snapshot/network-resources';
import { aSubnet } from '../support/builders';
import { aRoute, aRouteTable } from '../support/network-builders';
import { aGap, type Contents } from '../support/snapshot-builder';
import { testRule } from '../support/test-rule';

const subnet = aSubnet();
const to = (kind: Route['target']['kind'], id: string, over: Partial<Route> = {}): Route =>
  aRoute({ target: { kind, id }, ...over });
const local = to('local', 'local', { destination: '2001:db8::/56' });
const world = (...routes: Route[]): Contents => ({ routeTables: [aRouteTable({ routes: [local, ...routes] })] });
const igw = aRoute();
const eigw = to('egress-only-internet-gateway', 'eigw-1');
const gone = to('internet-gateway', 'igw-0', { state: 'blackhole' });
const via = (destination: string, route: Route = igw): Route => ({ ...route, destination });
const own = aRouteTable({ id: 'rtb-own', isMain: false, subnetIds: ['subnet-1'], routes: [local] });
const create = (suffix: string): string =>
  `aws ec2 create-route --region eu-west-2 --route-table-id rtb-1 --destination-ipv6-cidr-block ::/0 --egress-only-internet-gateway-id ${suffix}`;
const made =
  '"$(aws ec2 create-egress-only-internet-gateway --region eu-west-2 --vpc-id vpc-1 --query EgressOnlyInternetGateway.EgressOnlyInternetGatewayId --output text)"';

testRule(subnetWithoutIpv6Route, {
  valid: [
    { name: 'through an internet gateway', resource: subnet, world: world(igw) },
    { name: 'through an egress-only gateway', resource: subnet, world: world(eigw) },
    { name: 'the main table, with a table of another subnet beside it', resource: subnet, world: { routeTables: [aRouteTable({ id: 'rtb-2', isMain: false, subnetIds: ['subnet-2'], routes: [] }), aRouteTable()] } },
    { name: 'a table of its own, the main one has no route', resource: subnet, world: { routeTables: [aRouteTable({ routes: [local] }), { ...own, routes: [igw] }] } },
    { name: 'a table of its own, another could not be read', resource: subnet, world: { routeTables: [{ ...own, routes: [igw] }], gaps: [aGap({ collection: 'routeTables' })] } },
    { name: 'a closer route leads nowhere', resource: subnet, world: world(igw, via('2600:1f00::/24', gone)) },
    { name: 'two halves', resource: subnet, world: world(via('::/1'), via('8000::/1', eigw)) },
    { name: 'all addresses of the internet', resource: subnet, world: world(via('2000::/3')) },
    { name: 'a default route that leads nowhere, and two halves', resource: subnet, world: world(gone, via('2000::/4'), via('3000::/4')) },
    { name: 'no IPv6 to route', resource: aSubnet({ ipv6Cidrs: [] }), world: world() },
    { name: 'wanted dual-stack', resource: subnet, world: world(igw), posture: 'dual-stack' },
    { name: 'nobody wants IPv6 there', resource: subnet, world: world(), posture: 'ipv4' },
  ],
  invalid: [
    { name: 'no route', resource: subnet, world: world(), reports: {
      message: 'subnet-1 has no active route ::/0 in rtb-1: what runs in it reaches nothing outside its VPC over IPv6.',
      severity: 'high', desired: { route: '::/0' }, actual: { routes: ['2001:db8::/56 local active'] },
      related: ['arn:aws:ec2:eu-west-2:111122223333:route-table/rtb-1'], fix: [create(made)],
    } },
    { name: 'a table of its own without, the main one has it', resource: subnet, world: { routeTables: [own, aRouteTable()] }, reports: { messageId: 'none' } },
    { name: 'an egress-only gateway is known', resource: subnet, world: { routeTables: [aRouteTable({ routes: [local] }), aRouteTable({ id: 'rtb-2', isMain: false, routes: [eigw] })] }, reports: { fix: [create('eigw-1')] } },
    { name: 'that of another VPC is not', resource: subnet, world: { routeTables: [aRouteTable({ routes: [local] }), aRouteTable({ id: 'rtb-2', vpcId: 'vpc-2', routes: [eigw] })] }, reports: { fix: [create(made)] } },
    { name: 'nor one that is gone', resource: subnet, world: { routeTables: [aRouteTable({ routes: [local] }), aRouteTable({ id: 'rtb-2', isMain: false, routes: [{ ...eigw, state: 'blackhole' }] })] }, reports: { fix: [create(made)] } },
    { name: 'a gateway that is gone', resource: subnet, world: world(gone), reports: {
      message: '::/0 of subnet-1 in rtb-1 leads to igw-0, which is gone.',
      fix: [create(made).replace('create-route', 'replace-route')],
    } },
    { name: 'a gateway that is gone, to which a prefix list led', resource: subnet, world: world({ ...gone, prefixListId: 'pl-1' }), reports: { fix: [create(made).replace('create-route', 'replace-route').replace('ipv6-cidr-block ::/0', 'prefix-list-id pl-1')] } },
    { name: 'a gateway that is gone, and elsewhere for some addresses', resource: subnet, world: world(gone, to('elsewhere', 'tgw-1', { destination: 'fd00::/8' })), reports: { messageId: 'blackhole' } },
    { name: 'a transit gateway that is gone', resource: subnet, world: world(to('elsewhere', 'tgw-1', { state: 'blackhole' })), reports: { messageId: 'blackhole' } },
    { name: 'a gateway that is gone, beside routes to some addresses', resource: subnet, world: world(gone, via('2600:1f00::/24')), reports: { messageId: 'blackhole', severity: 'medium' } },
    { name: 'to some addresses only', resource: subnet, world: world(via('2600:1f00::/24')), reports: { message: 'subnet-1 has no active route ::/0 in rtb-1, only routes to some addresses outside its VPC.', severity: 'medium' } },
    { name: 'to some addresses, and S3 by its gateway endpoint', resource: subnet, world: world(via('2600:1f00::/24'), to('vpc-endpoint', 'vpce-1', { destination: 'pl-1' })), reports: { messageId: 'part' } },
    { name: 'half of them', resource: subnet, world: world(via('2000::/4')), reports: { messageId: 'part' } },
    { name: 'to elsewhere, some addresses only', resource: subnet, world: world(to('elsewhere', 'tgw-1', { destination: 'fd00::/8' })), reports: { messageId: 'none' } },
    { name: 'S3 by its gateway endpoint', resource: subnet, world: world(to('vpc-endpoint', 'vpce-1', { destination: 'pl-1' })), reports: { messageId: 'none' } },
    { name: 'wanted dual-stack', resource: subnet, world: world(), posture: 'dual-stack', reports: { messageId: 'none' } },
  ],
  unknown: [
    { name: 'a transit gateway', resource: subnet, world: world(to('elsewhere', 'tgw-1')), because: 'tgw-1' },
    { name: 'a NAT gateway', resource: subnet, world: world(to('nat-gateway', 'nat-1')), because: 'nat-1' },
    { name: 'an endpoint', resource: subnet, world: world(to('vpc-endpoint', 'vpce-1')), because: 'vpce-1' },
    { name: 'a filtered route', resource: subnet, world: world({ ...igw, state: 'filtered' }), because: 'filtered' },
    { name: 'half by a gateway, half by elsewhere', resource: subnet, world: world(via('2000::/4'), to('elsewhere', 'tgw-1', { destination: '3000::/4' })), because: 'tgw-1' },
    { name: 'a prefix list that may not be read', resource: subnet, world: { ...world(via('pl-1')), gaps: [aGap({ call: 'ec2:GetManagedPrefixListEntries', collection: 'prefixLists', resources: ['pl-1'] })] }, because: 'AccessDenied' },
    { name: 'a prefix list, which may hold everything', resource: subnet, world: world(via('pl-1')), because: 'pl-1' },
    { name: 'tables that were not read', resource: subnet, world: { gaps: [aGap({ collection: 'routeTables' })] }, because: 'AccessDenied' },
    { name: 'a main table, where others were not read', resource: subnet, world: { ...world(), gaps: [aGap({ collection: 'routeTables' })] }, because: 'AccessDenied' },
    { name: 'no table at all', resource: subnet, world: {}, because: 'not read' },
  ],
  apply: (_, { resource }) => ({ resource, world: world(igw) }),
}); // prettier-ignore
