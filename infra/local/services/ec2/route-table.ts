import { ApiError } from '../../kernel/api-error';
import type { Scope } from '../../kernel/scope';
import { defineReplicatedStore } from '../../kernel/scope';
import type { Kind } from './ec2-error';
import { found } from './ec2-error';
import { resourceId } from './resource-id';

/** Where a route leads; the VPC's own `local` routes follow from its blocks and are not kept. */
export type RouteTarget =
  | { readonly kind: 'internet-gateway'; readonly id: string }
  | { readonly kind: 'egress-only-internet-gateway'; readonly id: string }
  | { readonly kind: 'nat-gateway'; readonly id: string }
  | { readonly kind: 'network-interface'; readonly id: string }
  /** Made by the endpoint, not by a request. */
  | { readonly kind: 'vpc-endpoint'; readonly id: string };

export interface Route {
  /** Canonical CIDR, of either family, or the id of a prefix list. */
  readonly destination: string;
  target: RouteTarget;
}

/** Absent subnet: the main table of its VPC. */
export interface RouteTableAssociation {
  readonly id: string;
  readonly subnetId: string | undefined;
}

export interface RouteTable {
  readonly id: string;
  readonly vpcId: string;
  routes: Route[];
  associations: RouteTableAssociation[];
}

export const ROUTE_TABLE: Kind = { notFound: 'InvalidRouteTableID.NotFound', noun: 'routeTable ID' };

const routeTables = defineReplicatedStore(() => new Map<string, RouteTable>());

export function allRouteTables(scope: Scope): readonly RouteTable[] {
  return [...routeTables(scope).values()];
}

export function findRouteTable(scope: Scope, id: string): RouteTable | undefined {
  return routeTables(scope).get(id);
}

/** The route table, or `InvalidRouteTableID.NotFound`. */
export function requireRouteTable(scope: Scope, id: string): RouteTable {
  return found(findRouteTable(scope, id), ROUTE_TABLE, id);
}

export function createRouteTable(scope: Scope, vpcId: string): RouteTable {
  const table: RouteTable = { id: resourceId(scope, 'rtb'), vpcId, routes: [], associations: [] };
  routeTables(scope).set(table.id, table);
  return table;
}

export function createMainRouteTable(scope: Scope, vpcId: string): RouteTable {
  const table = createRouteTable(scope, vpcId);
  table.associations.push({ id: resourceId(scope, 'rtbassoc'), subnetId: undefined });
  return table;
}

export function dropRouteTable(scope: Scope, id: string): void {
  routeTables(scope).delete(id);
}

export function isMain(table: RouteTable): boolean {
  return table.associations.some(({ subnetId }) => subnetId === undefined);
}

/** The table of a subnet: its own, or the main one of its VPC. */
export function routeTableOf(
  scope: Scope,
  { subnetId, vpcId }: { readonly subnetId: string; readonly vpcId: string },
): RouteTable {
  const own = allRouteTables(scope).find((table) => table.associations.some((each) => each.subnetId === subnetId));
  return found(
    own ?? allRouteTables(scope).find((table) => table.vpcId === vpcId && isMain(table)),
    ROUTE_TABLE,
    'main',
  );
}

/** A subnet has one table at a time. */
export function associateSubnet(scope: Scope, table: RouteTable, subnetId: string): RouteTableAssociation {
  const taken = allRouteTables(scope)
    .flatMap(({ associations }) => associations)
    .find((association) => association.subnetId === subnetId);
  if (taken) {
    throw new ApiError(
      'Resource.AlreadyAssociated',
      `the specified association for route table ${table.id} conflicts with an existing association`,
    );
  }
  const association = { id: resourceId(scope, 'rtbassoc'), subnetId };
  table.associations.push(association);
  return association;
}

/** The association of the same subnet, or of none, with another table; it is a new one. */
export function moveAssociation(
  scope: Scope,
  { id, from, to }: { readonly id: string; readonly from: RouteTable; readonly to: RouteTable },
): RouteTableAssociation {
  const former = from.associations.find((association) => association.id === id);
  const moved = { id: resourceId(scope, 'rtbassoc'), subnetId: former?.subnetId };
  from.associations = from.associations.filter((association) => association !== former);
  to.associations.push(moved);
  return moved;
}

/** The subnet goes back to the main table. */
export function disassociateSubnet(scope: Scope, subnetId: string): void {
  for (const table of allRouteTables(scope)) {
    table.associations = table.associations.filter((association) => association.subnetId !== subnetId);
  }
}
