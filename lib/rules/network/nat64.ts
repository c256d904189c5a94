import type { Cause } from '../../snapshot/gap';
import type { Route, RouteTable } from '../../snapshot/network-resources';
import { DEFAULT_ROUTE } from './anywhere';
import type { Snapshot } from '../../snapshot/snapshot';
import { isActive, isUnreadList, routeFor, routesWithin, unreadList } from './routing';

/** Whether a table leads the addresses that DNS64 makes to a NAT gateway; a cause: that cannot be told. */
export type Nat64Route = 'there' | 'missing' | Cause;

function unclear(tableId: string, { destination, target }: Route): Cause {
  const message = `${destination} of ${tableId} leads to ${target.id}, and whether NAT64 lies behind it is not known`;
  return { call: 'ec2:DescribeRouteTables', reason: 'route unclear', message };
}

export function nat64Route(snapshot: Snapshot, table: RouteTable, prefix: string): Nat64Route {
  const route = routeFor(table, prefix);
  const list = table.routes.find(isUnreadList);
  if (list) return unreadList(snapshot, table.id, list);
  const [within] = routesWithin(table, prefix).filter(isActive);
  if (within) return unclear(table.id, within);
  if (!route || route.state === 'blackhole') return 'missing';
  if (route.target.kind === 'nat-gateway' && isActive(route)) return 'there';
  // an internet gateway translates nothing
  return ['elsewhere', 'vpc-endpoint'].includes(route.target.kind) || route.state === 'filtered'
    ? unclear(table.id, route)
    : 'missing';
}

/** Someone made a route to NAT64 on purpose: not a default route that happens to hold its prefix. */
export function isNat64Meant(table: RouteTable, prefix: string): boolean {
  const route = routeFor(table, prefix);
  return route?.target.kind === 'nat-gateway' && route.destination !== DEFAULT_ROUTE && isActive(route);
}
