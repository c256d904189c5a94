import { nat64Prefix } from '../facts/subnet-settings';
import { ec2Arn } from '../trigger/ec2-arn';
import { defineRule } from './define-rule';
import { completeNat64 } from './fix/nat64';
import { isNat64Meant, nat64Route } from './network/nat64';
import { isRouteTable, routeTableOf } from './network/routing';

/** DNS64 makes addresses that only NAT64 can reach; NAT64 is reached by such addresses only. */
export const subnetNat64Incomplete = defineRule({
  meta: {
    id: 'subnet-nat64-incomplete',
    title: 'Subnet has DNS64 without a route to NAT64, or the reverse',
    kind: 'subnet',
    severity: 'high',
    remedy: 'suggest',
    sweepOnly: 'No event of ECS or EC2 tells of a change of routes.',
    source: { url: nat64Prefix.url, checked: nat64Prefix.checked },
    facts: [nat64Prefix],
    reads: ['ec2:DescribeRouteTables', 'ec2:DescribeSubnets', 'ec2:GetManagedPrefixListEntries'],
    messages: {
      noRoute:
        '{{id}} has DNS64 on, and {{table}} leads {{prefix}} to no NAT gateway: names without IPv6 addresses time out.',
      noDns64:
        '{{id}} has a route to NAT64 in {{table}}, and DNS64 is off: names without IPv6 addresses are not reached.',
    },
  },
  defaults: {},
  check({ resource: subnet, snapshot, fact }) {
    const { id, dns64, ipv6Cidrs } = subnet;
    if (ipv6Cidrs.length === 0) return [];
    const prefix = fact(nat64Prefix);
    const table = routeTableOf(snapshot, subnet);
    if (!isRouteTable(table)) return dns64 ? [{ gap: table }] : [];
    const route = nat64Route(snapshot, table, prefix);
    if (dns64 && typeof route === 'object') return [{ gap: route }];
    if (dns64 ? route === 'there' : !isNat64Meant(table, prefix)) return [];
    return [
      {
        messageId: dns64 ? 'noRoute' : 'noDns64',
        severity: dns64 ? 'high' : 'medium',
        values: { id, prefix, table: table.id },
        desired: { dns64: true, nat64Route: true },
        actual: { dns64, nat64Route: !dns64 },
        related: [ec2Arn(snapshot, 'route-table', table.id)],
        fix: completeNat64(snapshot, subnet, { table, prefix }),
      },
    ];
  },
});
