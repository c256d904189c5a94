import { subnetOpenIpv6Route } from '../../lib/rules/subnet-open-ipv6-route';
import type { Route } from '../../lib/snapshot/network-resources';
import { aSubnet } from '../support/builders';
import { aRoute, aRouteTable } from '../support/network-builders';
import { aGap, type Contents } from '../support/snapshot-builder';
import { testRule } from '../support/test-rule';

const subnet = aSubnet({ tags: { tier: 'private' } });
const igw = aRoute();
const eigw = aRoute({ target: { kind: 'egress-only-internet-gateway', id: 'eigw-1' } });
const world = (...routes: Route[]): Contents => ({ routeTables: [aRouteTable({ routes })] });
const options = { privateSubnets: ['tier=private'] };
const replace = (destination: string, gateway: string): string =>
  `aws ec2 replace-route --region eu-west-2 --route-table-id rtb-1 --destination-ipv6-cidr-block ${destination} --egress-only-internet-gateway-id ${gateway}`;
const made =
  '"$(aws ec2 create-egress-only-internet-gateway --region eu-west-2 --vpc-id vpc-1 --query EgressOnlyInternetGateway.EgressOnlyInternetGatewayId --output text)"';

testRule(subnetOpenIpv6Route, {
  valid: [
    { name: 'nothing is named private', resource: subnet, world: world(igw) },
    { name: 'another subnet is', resource: subnet, world: world(igw), options: { privateSubnets: ['subnet-2', 'tier=public', 'private'] } },
    { name: 'by an egress-only gateway', resource: subnet, world: world(eigw), options },
    { name: 'nowhere', resource: subnet, world: world(), options },
    { name: 'the gateway is gone', resource: subnet, world: world(aRoute({ state: 'blackhole' })), options },
    { name: 'to some addresses only', resource: subnet, world: world(eigw, aRoute({ destination: '2600:1f00::/24' })), options },
    { name: 'a prefix list to an endpoint', resource: subnet, world: world(eigw, aRoute({ destination: 'pl-1', target: { kind: 'vpc-endpoint', id: 'vpce-1' } })), options },
    { name: 'no IPv6', resource: { ...subnet, ipv6Cidrs: [] }, world: world(igw), options },
    { name: 'nobody wants IPv6 there', resource: subnet, world: world(igw), options, posture: 'ipv4' },
  ],
  invalid: [
    { name: 'by an internet gateway, named by a tag', resource: subnet, world: world(igw), options, reports: {
      message: 'subnet-1 is private, and ::/0 of rtb-1 leads to the internet gateway igw-1, by which it can be reached from outside.',
      desired: { target: 'egress-only-internet-gateway' }, actual: { target: 'igw-1' },
      related: ['arn:aws:ec2:eu-west-2:111122223333:route-table/rtb-1'], fix: [replace('::/0', made)],
    } },
    { name: 'named by its id', resource: subnet, world: world(igw), options: { privateSubnets: ['subnet-1'] }, reports: { messageId: 'open' } },
    { name: 'named by a pattern', resource: subnet, world: world(igw), options: { privateSubnets: ['tier=priv*'] }, reports: { messageId: 'open' } },
    { name: 'all addresses of the internet', resource: subnet, world: world(aRoute({ destination: '2000::/3' })), options, reports: { fix: [replace('2000::/3', made)] } },
    { name: 'there is an egress-only gateway', resource: subnet, options, reports: { fix: [replace('::/0', 'eigw-1')] },
      world: { routeTables: [aRouteTable({ routes: [igw] }), aRouteTable({ id: 'rtb-2', isMain: false, routes: [eigw] })] } },
    { name: 'a prefix list that holds everything', resource: subnet, world: world(aRoute({ prefixListId: 'pl-1' })), options, reports: { values: { id: 'subnet-1', table: 'rtb-1', destination: 'pl-1', target: 'igw-1' }, fix: [replace('pl-1', made).replace('ipv6-cidr-block', 'prefix-list-id')] } },
    { name: 'beside a prefix list', resource: subnet, world: world(aRoute({ destination: 'pl-1' }), igw), options, reports: { values: { id: 'subnet-1', table: 'rtb-1', destination: '::/0', target: 'igw-1' } } },
    { name: 'wanted dual-stack', resource: subnet, world: world(igw), options, posture: 'dual-stack', reports: { messageId: 'open' } },
  ],
  unknown: [
    { name: 'a prefix list that may not be read', resource: subnet, world: { ...world(eigw, aRoute({ destination: 'pl-1' })), gaps: [aGap({ call: 'ec2:GetManagedPrefixListEntries', collection: 'prefixLists', resources: ['pl-1'] })] }, options, because: 'AccessDenied' },
    { name: 'a prefix list by an internet gateway', resource: subnet, world: world(eigw, aRoute({ destination: 'pl-1' })), options, because: 'pl-1' },
    { name: 'tables that were not read', resource: subnet, world: { gaps: [aGap({ collection: 'routeTables' })] }, options, because: 'AccessDenied' },
  ],
  apply: (_, { resource }) => ({ resource, world: world(eigw) }),
}); // prettier-ignore
