import { subnetNat64Incomplete } from '../../lib/rules/subnet-nat64-incomplete';
import type { Route } from '../../lib/snapshot/network-resources';
import { aSubnet } from '../support/builders';
import { aRoute, aRouteTable } from '../support/network-builders';
import { aGap, type Contents } from '../support/snapshot-builder';
import { testRule } from '../support/test-rule';

const PREFIX = '64:ff9b::/96';
const on = aSubnet({ dns64: true });
const off = aSubnet({ dns64: false });
const nat = (over: Partial<Route> = {}): Route =>
  aRoute({ destination: PREFIX, target: { kind: 'nat-gateway', id: 'nat-1' }, ...over });
const tgw = (destination: string): Route => aRoute({ destination, target: { kind: 'elsewhere', id: 'tgw-1' } });
const world = (...routes: Route[]): Contents => ({ routeTables: [aRouteTable({ routes })] });
const route = (operation: string, gateway: string): string =>
  `aws ec2 ${operation} --region eu-west-2 --route-table-id rtb-1 --destination-ipv6-cidr-block ${PREFIX} --nat-gateway-id ${gateway}`;
const found =
  '"$(aws ec2 describe-nat-gateways --region eu-west-2 --filter Name=vpc-id,Values=vpc-1 Name=state,Values=available --query \'NatGateways[0].NatGatewayId\' --output text)"';

testRule(subnetNat64Incomplete, {
  valid: [
    { name: 'neither', resource: off, world: world(aRoute()) },
    { name: 'both', resource: on, world: world(aRoute(), nat()) },
    { name: 'both, by a prefix list', resource: on, world: world(aRoute(), nat({ prefixListId: 'pl-1' })) },
    { name: 'both, by a wider route', resource: on, world: world(nat({ destination: '::/0' })) },
    { name: 'both, wanted dual-stack', resource: on, world: world(nat()), posture: 'dual-stack' },
    { name: 'neither, and all leads to a NAT gateway', resource: off, world: world(nat({ destination: '::/0' })) },
    { name: 'neither, and the prefix leads elsewhere', resource: off, world: world(tgw(PREFIX)) },
    { name: 'neither, and the route leads nowhere', resource: off, world: world(nat({ state: 'blackhole' })) },
    { name: 'neither, and nothing leads anywhere', resource: off, world: world() },
    { name: 'both, and a part of the prefix had a route of its own', resource: on, world: world(nat(), { ...tgw('64:ff9b::a00:0/104'), state: 'blackhole' }) },
    { name: 'neither, tables were not read', resource: off, world: { gaps: [aGap({ collection: 'routeTables' })] } },
    { name: 'no IPv6', resource: { ...on, ipv6Cidrs: [] }, world: world() },
    { name: 'nobody wants IPv6 there', resource: on, world: world(), posture: 'ipv4' },
  ],
  invalid: [
    { name: 'DNS64 and no route', resource: on, world: world(aRoute()), reports: {
      message: 'subnet-1 has DNS64 on, and rtb-1 leads 64:ff9b::/96 to no NAT gateway: names without IPv6 addresses time out.',
      severity: 'high', desired: { dns64: true, nat64Route: true }, actual: { dns64: true, nat64Route: false },
      related: ['arn:aws:ec2:eu-west-2:111122223333:route-table/rtb-1'], fix: [route('create-route', found)],
    } },
    { name: 'DNS64 and no route at all', resource: on, world: world(), reports: { messageId: 'noRoute' } },
    { name: 'DNS64, and another subnet has the route', resource: on, reports: { fix: [route('create-route', 'nat-1')] },
      world: { routeTables: [aRouteTable(), aRouteTable({ id: 'rtb-2', isMain: false, routes: [nat()] })] } },
    { name: 'DNS64, and what the prefix led to elsewhere is gone', resource: on, world: world({ ...tgw(PREFIX), state: 'blackhole' }), reports: { messageId: 'noRoute' } },
    { name: 'DNS64, and the NAT gateway is gone', resource: on, world: world(aRoute(), nat({ state: 'blackhole' })), reports: { messageId: 'noRoute', fix: [route('replace-route', found)] } },
    { name: 'DNS64, and the prefix leads to an internet gateway', resource: on, world: world(aRoute({ destination: PREFIX })), reports: { messageId: 'noRoute', fix: [route('replace-route', found)] } },
    { name: 'DNS64, and a prefix list leads to a NAT gateway that is gone', resource: on, world: world(aRoute(), nat({ state: 'blackhole', prefixListId: 'pl-1' })), reports: { messageId: 'noRoute', fix: [route('create-route', found)] } },
    { name: 'a wider route to NAT, and the prefix leads into the internet', resource: on, world: world(nat({ destination: '64:ff9b::/32' }), aRoute({ destination: PREFIX })), reports: { messageId: 'noRoute' } },
    { name: 'a route and no DNS64', resource: off, world: world(aRoute(), nat()), reports: {
      message: 'subnet-1 has a route to NAT64 in rtb-1, and DNS64 is off: names without IPv6 addresses are not reached.',
      severity: 'medium', actual: { dns64: false, nat64Route: true },
      fix: ['aws ec2 modify-subnet-attribute --region eu-west-2 --subnet-id subnet-1 --enable-dns64'],
    } },
  ],
  unknown: [
    { name: 'DNS64, and NAT64 may be behind a transit gateway', resource: on, world: world(tgw(PREFIX)), because: 'tgw-1' },
    { name: 'DNS64, and NAT64 may be behind an endpoint', resource: on, world: world(aRoute({ destination: PREFIX, target: { kind: 'vpc-endpoint', id: 'vpce-1' } })), because: 'vpce-1' },
    { name: 'DNS64, and everything leads to a transit gateway', resource: on, world: world(tgw('::/0')), because: 'tgw-1' },
    { name: 'DNS64, and a part of the prefix has a route of its own', resource: on, world: world(nat(), tgw('64:ff9b::a00:0/104')), because: 'tgw-1' },
    { name: 'DNS64, and the route is filtered', resource: on, world: world(nat({ state: 'filtered' })), because: 'nat-1' },
    { name: 'DNS64, and a prefix list may name the prefix', resource: on, world: world(aRoute(), nat({ destination: 'pl-1' })), because: 'pl-1' },
    { name: 'DNS64, and tables were not read', resource: on, world: { gaps: [aGap({ collection: 'routeTables' })] }, because: 'AccessDenied' },
  ],
  apply: (_, { resource }) => ({ resource: { ...resource, dns64: true }, world: world(aRoute(), nat()) }),
}); // prettier-ignore
