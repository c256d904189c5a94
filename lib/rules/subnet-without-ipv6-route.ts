import type { Severity } from '../evaluate/finding';
import { ec2Arn } from '../trigger/ec2-arn';
import { defineRule } from './define-rule';
import { egressOnlyRoute } from './fix/egress-only-route';
import { DEFAULT_ROUTE } from './network/anywhere';
import { isRouteTable, routeTableOf, wayOut, type NoWayOut } from './network/routing';

const url = 'https://docs.aws.amazon.com/vpc/latest/userguide/route-table-options.html';
const call = 'ec2:DescribeRouteTables';

function grade({ lost, isPart }: NoWayOut): {
  readonly messageId: 'none' | 'part' | 'blackhole';
  readonly severity: Severity;
} {
  if (isPart) return { messageId: lost ? 'blackhole' : 'part', severity: 'medium' };
  return { messageId: lost ? 'blackhole' : 'none', severity: 'high' };
}

/** Without a way out, tasks reach neither image registries nor the APIs of AWS over IPv6. */
export const subnetWithoutIpv6Route = defineRule({
  meta: {
    id: 'subnet-without-ipv6-route',
    title: 'Subnet has no active default route for IPv6',
    kind: 'subnet',
    severity: 'high',
    remedy: 'suggest',
    sweepOnly: 'No event of ECS or EC2 tells of a change of routes.',
    source: { url, checked: '2026-11-21' },
    facts: [],
    reads: [call, 'ec2:DescribeSubnets', 'ec2:GetManagedPrefixListEntries'],
    messages: {
      none: '{{id}} has no active route ::/0 in {{table}}: what runs in it reaches nothing outside its VPC over IPv6.',
      part: '{{id}} has no active route ::/0 in {{table}}, only routes to some addresses outside its VPC.',
      blackhole: '::/0 of {{id}} in {{table}} leads to {{target}}, which is gone.',
    },
  },
  defaults: {},
  check({ resource: subnet, snapshot }) {
    if (subnet.ipv6Cidrs.length === 0) return [];
    const table = routeTableOf(snapshot, subnet);
    if (!isRouteTable(table)) return [{ gap: table }];
    const way = wayOut(snapshot, table);
    if (way.kind === 'open') return [];
    if (way.kind === 'unclear') return [{ gap: way.cause }];
    const { lost } = way;
    return [
      {
        ...grade(way),
        values: { id: subnet.id, table: table.id, target: lost?.target.id ?? '' },
        desired: { route: DEFAULT_ROUTE },
        actual: {
          routes: table.routes.map(({ destination, target, state }) => `${destination} ${target.id} ${state}`),
        },
        related: [ec2Arn(snapshot, 'route-table', table.id)],
        fix: [
          egressOnlyRoute(snapshot, lost ? 'replace-route' : 'create-route', {
            table,
            destination: lost?.prefixListId ?? DEFAULT_ROUTE,
          }),
        ],
      },
    ];
  },
});
