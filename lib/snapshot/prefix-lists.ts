/** What security groups and route tables name by prefix lists, put in the place of the lists. */
import type { Route, RouteTable, SecurityGroup, SecurityPermission } from './network-resources';

/** IPv6 blocks by the id of the list; without those that could not be read or are gone. */
export type PrefixLists = ReadonlyMap<string, readonly string[]>;

export interface ListUsers {
  readonly groups: readonly SecurityGroup[];
  readonly tables: readonly RouteTable[];
}

/** Every prefix list has an id of this kind. */
export const isPrefixList = (destination: string): boolean => destination.startsWith('pl-');

/** A gateway endpoint leads to a service of AWS, whatever its addresses are. */
const isAsked = ({ destination, target }: Route): boolean =>
  isPrefixList(destination) && target.kind !== 'vpc-endpoint';

/** Ids of the lists of which something depends on what they hold. */
export function prefixListsOf({ groups, tables }: ListUsers): readonly string[] {
  const permissions = groups.flatMap(({ ingress, egress }) => [...ingress, ...egress]);
  const routes = tables.flatMap((table) => table.routes.filter(isAsked));
  const named = permissions.flatMap(({ prefixListIds }) => prefixListIds);
  return [...new Set([...named, ...routes.map(({ destination }) => destination)])].sort();
}

function inPermission(permission: SecurityPermission, lists: PrefixLists): readonly SecurityPermission[] {
  const { ipv6Cidrs, prefixListIds, groupIds } = permission;
  if (prefixListIds.length === 0) return [permission];
  const listed = prefixListIds.flatMap((id) => lists.get(id) ?? []);
  const known = {
    ipv6Cidrs: [...new Set([...ipv6Cidrs, ...listed])],
    prefixListIds: prefixListIds.filter((id) => !lists.has(id)),
  };
  // a list of IPv4 blocks lets nobody in over IPv6
  const isEmpty = known.ipv6Cidrs.length + known.prefixListIds.length + groupIds.length === 0;
  return isEmpty ? [] : [{ ...permission, ...known }];
}

/** The group with the blocks of the lists that it names; lists that are not known stay. */
export function withListsOfGroup(group: SecurityGroup, lists: PrefixLists): SecurityGroup {
  const resolved = (permissions: readonly SecurityPermission[]) =>
    permissions.flatMap((permission) => inPermission(permission, lists));
  return { ...group, ingress: resolved(group.ingress), egress: resolved(group.egress) };
}

function inRoute(route: Route, lists: PrefixLists): readonly Route[] {
  const { destination: prefixListId } = route;
  return (lists.get(prefixListId) ?? []).map((destination) => ({ ...route, destination, prefixListId }));
}

/**
 * The table with a route for each block of the lists that it names. Of two routes to one block the one that names it
 * itself counts, and so comes first: https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html#route-tables-priority
 */
export function withListsOfTable(table: RouteTable, lists: PrefixLists): RouteTable {
  const [named, rest] = [
    table.routes.filter(({ destination }) => lists.has(destination)),
    table.routes.filter(({ destination }) => !lists.has(destination)),
  ];
  return { ...table, routes: [...rest, ...named.flatMap((route) => inRoute(route, lists))] };
}
