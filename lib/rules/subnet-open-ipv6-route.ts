import { ec2Arn } from '../trigger/ec2-arn';
import { defineRule } from './define-rule';
import { egressOnlyRoute } from './fix/egress-only-route';
import { isNamed } from './network/private-subnets';
import { isRouteTable, openRoute, routeTableOf } from './network/routing';

const url = 'https://docs.aws.amazon.com/vpc/latest/userguide/egress-only-internet-gateway.html';
const privateSubnets: readonly string[] = [];

/** Every IPv6 address is public: through an internet gateway it can be reached from everywhere. */
export const subnetOpenIpv6Route = defineRule({
  meta: {
    id: 'subnet-open-ipv6-route',
    title: 'Private subnet leads IPv6 through an internet gateway',
    kind: 'subnet',
    severity: 'high',
    remedy: 'suggest',
    sweepOnly: 'No event of ECS or EC2 tells of a change of routes.',
    source: { url, checked: '2026-11-21' },
    facts: [],
    reads: ['ec2:DescribeRouteTables', 'ec2:DescribeSubnets', 'ec2:GetManagedPrefixListEntries'],
    messages: {
      open: '{{id}} is private, and {{destination}} of {{table}} leads to the internet gateway {{target}}, by which it can be reached from outside.',
    },
  },
  defaults: { privateSubnets },
  check({ resource: subnet, snapshot, options }) {
    if (subnet.ipv6Cidrs.length === 0 || !isNamed(subnet, options.privateSubnets)) return [];
    const table = routeTableOf(snapshot, subnet);
    if (!isRouteTable(table)) return [{ gap: table }];
    const route = openRoute(snapshot, table);
    if (!route) return [];
    if ('reason' in route) return [{ gap: route }];
    const { destination: block, prefixListId: destination = block, target } = route;
    return [
      {
        messageId: 'open',
        values: { id: subnet.id, table: table.id, destination, target: target.id },
        desired: { target: 'egress-only-internet-gateway' },
        actual: { target: target.id },
        related: [ec2Arn(snapshot, 'route-table', table.id)],
        fix: [egressOnlyRoute(snapshot, 'replace-route', { table, destination })],
      },
    ];
  },
});
