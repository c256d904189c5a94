/** Where the route table of a subnet leads. */
import { gapFor, type Cause } from '../../snapshot/gap';
import { groupedBy, indexed } from '../../snapshot/indexed';
import type { Route, RouteTable, RouteTargetKind } from '../../snapshot/network-resources';
import { isPrefixList } from '../../snapshot/prefix-lists';
import type { Snapshot, Subnet } from '../../snapshot/snapshot';
import { ANYWHERE, DEFAULT_ROUTE } from './anywhere';
import { containsBlock, parseBlock } from './block';
import { coverageOf } from './coverage';

const tables = indexed(({ routeTables }) => {
  const inOrder = [...routeTables.values()].sort((one, other) => (one.id < other.id ? -1 : 1));
  return {
    bySubnet: groupedBy(inOrder, ({ subnetIds }) => subnetIds),
    byVpc: groupedBy(inOrder, ({ vpcId }) => vpcId),
  };
});

/** An active route of the VPC to a gateway of that kind, which tells that there is one. */
export function knownGateway(snapshot: Snapshot, vpcId: string, kind: RouteTargetKind): string | undefined {
  const routes = tables(snapshot)
    .byVpc.get(vpcId)
    ?.flatMap((table) => table.routes);
  return routes?.find((route) => isActive(route) && route.target.kind === kind)?.target.id;
}

/** The table that serves the subnet: its own, else its VPC's main table; a cause: it was not read. */
export function routeTableOf(snapshot: Snapshot, { id, vpcId }: Subnet): RouteTable | Cause {
  const { bySubnet, byVpc } = tables(snapshot);
  const [own] = bySubnet.get(id) ?? [];
  if (own) return own;
  // a table that was not read could be its own
  const main = byVpc.get(vpcId)?.find(({ isMain }) => isMain);
  return gapFor(snapshot, 'routeTables') ?? main ?? notRead(id);
}

function notRead(subnetId: string): Cause {
  const message = `no route table of ${subnetId} was read`;
  return { call: 'ec2:DescribeRouteTables', reason: 'not read', message };
}

export function isRouteTable(found: RouteTable | Cause): found is RouteTable {
  return 'routes' in found;
}

/** Gateways through which IPv6 leaves a VPC for the internet. */
const internet = new Set<Route['target']['kind']>(['internet-gateway', 'egress-only-internet-gateway']);

export const isActive = ({ state }: Route): boolean => state === 'active';
const leadsToInternet = (route: Route): boolean => isActive(route) && internet.has(route.target.kind);

/** Whether a route may lead out, without the table saying where it ends. */
const isUnclear = ({ state, target }: Route): boolean =>
  state === 'filtered' || (state === 'active' && ['nat-gateway', 'vpc-endpoint', 'elsewhere'].includes(target.kind));

/** How the closest route decides: by the longest prefix. */
function covered(routes: readonly Route[], leads: (route: Route) => boolean) {
  const byLength = routes
    .flatMap((route) => {
      const block = parseBlock(route.destination);
      return block ? [{ cidr: route.destination, allows: leads(route), prefix: block.prefix }] : [];
    })
    .sort((one, other) => other.prefix - one.prefix);
  return coverageOf(byLength, { cidr: ANYWHERE });
}

const isLocal = ({ target }: Route): boolean => target.kind === 'local';

/** A prefix list that was not read may hold any block; those of gateway endpoints hold a service's. */
export const isUnreadList = (route: Route): boolean =>
  isPrefixList(route.destination) && isActive(route) && route.target.kind !== 'vpc-endpoint';

export interface NoWayOut {
  readonly kind: 'none';
  /** Some addresses are led out all the same. */
  readonly isPart: boolean;
  /** The default route, whose gateway is gone. */
  readonly lost?: Route;
}

/** How a table leads to the internet over IPv6. */
export type WayOut = { readonly kind: 'open' } | NoWayOut | { readonly kind: 'unclear'; readonly cause: Cause };

/** Why it is not known what the list holds. */
export function unreadList(snapshot: Snapshot, tableId: string, { destination, target }: Route): Cause {
  const message = `${tableId} leads ${destination} to ${target.id}, and what the prefix list holds is not known`;
  const unread = { call: 'ec2:GetManagedPrefixListEntries', reason: 'route unclear', message };
  return gapFor(snapshot, 'prefixLists', destination) ?? unread;
}

function unclear(snapshot: Snapshot, tableId: string, route: Route): Cause {
  if (isUnreadList(route)) return unreadList(snapshot, tableId, route);
  const { destination, target, state } = route;
  const message = `${destination} of ${tableId} (${state}) leads to ${target.id}, and what lies behind it is not known`;
  return { call: 'ec2:DescribeRouteTables', reason: 'route unclear', message };
}

export function wayOut(snapshot: Snapshot, { id, routes }: RouteTable): WayOut {
  const standard = routes.find(({ destination }) => destination === DEFAULT_ROUTE);
  if (standard && leadsToInternet(standard)) return { kind: 'open' };
  const direct = covered(routes, (route) => leadsToInternet(route) || isLocal(route));
  if (direct === 'whole') return { kind: 'open' };
  const via = routes.find(isUnreadList) ?? routes.find(isUnclear);
  const perhaps = covered(routes, (route) => leadsToInternet(route) || isLocal(route) || isUnclear(route));
  if (via && (perhaps === 'whole' || isUnreadList(via))) return { kind: 'unclear', cause: unclear(snapshot, id, via) };
  const lost = standard?.state === 'blackhole' ? standard : undefined;
  return { kind: 'none', isPart: routes.some(leadsToInternet), lost };
}

/** The route that a packet to any address of the block takes: the one with the longest prefix that holds it all. */
export function routeFor({ routes }: RouteTable, cidr: string): Route | undefined {
  const wanted = parseBlock(cidr);
  if (!wanted) return undefined;
  return routes
    .flatMap((route) => {
      const block = parseBlock(route.destination);
      return block && containsBlock(block, wanted) ? [{ route, prefix: block.prefix }] : [];
    })
    .sort((one, other) => other.prefix - one.prefix)[0]?.route;
}

/** Routes to a part of the block only. */
export function routesWithin({ routes }: RouteTable, cidr: string): readonly Route[] {
  const whole = parseBlock(cidr);
  return routes.filter(({ destination }) => {
    const block = parseBlock(destination);
    return whole && block && block.prefix > whole.prefix && containsBlock(whole, block);
  });
}

/** An active route that opens the internet's addresses to a subnet; a cause: a prefix list, which may name them. */
export function openRoute(snapshot: Snapshot, { id, routes }: RouteTable): Route | Cause | undefined {
  const open = routes.filter((route) => isActive(route) && route.target.kind === 'internet-gateway');
  const wide = open.find(({ destination }) => {
    const block = parseBlock(destination);
    const whole = parseBlock(ANYWHERE);
    return block && whole && containsBlock(block, whole);
  });
  const list = open.find(isUnreadList);
  return wide ?? (list && unreadList(snapshot, id, list));
}
