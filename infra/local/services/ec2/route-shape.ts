import type {
  Route as RouteShape,
  RouteTable as RouteTableShape,
  RouteTableAssociation as AssociationShape,
} from '@aws-sdk/client-ec2';
import type { Scope } from '../../kernel/scope';
import { allEgressOnlyGateways, allInternetGateways } from './internet-gateway';
import type { Listing } from './listing';
import { findNatGateway } from './nat-gateway';
import { findNetworkInterface } from './network-interface';
import type { Route, RouteTable, RouteTableAssociation, RouteTarget } from './route-table';
import { allRouteTables, ROUTE_TABLE } from './route-table';
import { tagList } from './tag-shape';
import { requireVpc } from './vpc';

export const ROUTE_TABLES: Listing<RouteTable> = {
  all: allRouteTables,
  id: (table) => table.id,
  kind: ROUTE_TABLE,
  taggable: true,
  pageSize: { min: 5, max: 100 },
  filters: {
    'route-table-id': (table) => table.id,
    'vpc-id': (table) => table.vpcId,
    'owner-id': (_, scope) => scope.account,
    'association.main': (table) => table.associations.map(({ subnetId }) => subnetId === undefined),
    'association.subnet-id': (table) => table.associations.map(({ subnetId }) => subnetId),
    'association.route-table-association-id': (table) => table.associations.map(({ id }) => id),
    'association.route-table-id': (table) => table.associations.map(() => table.id),
    'route.destination-cidr-block': (table, scope) => routes(scope, table).map((route) => route.DestinationCidrBlock),
    'route.destination-ipv6-cidr-block': (table, scope) =>
      routes(scope, table).map((route) => route.DestinationIpv6CidrBlock),
    'route.destination-prefix-list-id': (table, scope) =>
      routes(scope, table).map((route) => route.DestinationPrefixListId),
    'route.gateway-id': (table, scope) => routes(scope, table).map((route) => route.GatewayId),
    'route.egress-only-internet-gateway-id': (table, scope) =>
      routes(scope, table).map((route) => route.EgressOnlyInternetGatewayId),
    'route.nat-gateway-id': (table, scope) => routes(scope, table).map((route) => route.NatGatewayId),
    'route.origin': (table, scope) => routes(scope, table).map((route) => route.Origin),
    'route.state': (table, scope) => routes(scope, table).map((route) => route.State),
  },
};

export function routeTableShape(scope: Scope, table: RouteTable): RouteTableShape {
  return {
    RouteTableId: table.id,
    VpcId: table.vpcId,
    OwnerId: scope.account,
    Routes: routes(scope, table),
    Associations: table.associations.map((association) => associationShape(table, association)),
    PropagatingVgws: [],
    Tags: tagList(scope, table.id),
  };
}

function associationShape({ id: tableId }: RouteTable, { id, subnetId }: RouteTableAssociation): AssociationShape {
  return {
    Main: subnetId === undefined,
    RouteTableAssociationId: id,
    RouteTableId: tableId,
    SubnetId: subnetId,
    AssociationState: { State: 'associated' },
  };
}

/** The VPC's own blocks first, then what was added. */
function routes(scope: Scope, table: RouteTable): RouteShape[] {
  const { ipv4, ipv6 } = requireVpc(scope, table.vpcId);
  const local = [...ipv4, ...ipv6].map(({ cidr }) => ({
    ...destination(cidr.text),
    GatewayId: 'local',
    Origin: 'CreateRouteTable' as const,
    State: 'active' as const,
  }));
  return [...local, ...table.routes.map((route) => routeShape(scope, table, route))];
}

function routeShape(scope: Scope, table: RouteTable, { destination: to, target }: Route): RouteShape {
  return {
    ...destination(to),
    ...targetShape(scope, target),
    Origin: 'CreateRoute',
    State: leads(scope, table, target) ? 'active' : 'blackhole',
  };
}

function destination(cidr: string): RouteShape {
  if (cidr.startsWith('pl-')) return { DestinationPrefixListId: cidr };
  return cidr.includes(':') ? { DestinationIpv6CidrBlock: cidr } : { DestinationCidrBlock: cidr };
}

function targetShape(scope: Scope, { kind, id }: RouteTarget): RouteShape {
  switch (kind) {
    case 'internet-gateway':
    case 'vpc-endpoint':
      return { GatewayId: id };
    case 'egress-only-internet-gateway':
      return { EgressOnlyInternetGatewayId: id };
    case 'nat-gateway':
      return { NatGatewayId: id };
    case 'network-interface': {
      const instanceId = findNetworkInterface(scope, id)?.attachment?.instanceId;
      return { NetworkInterfaceId: id, InstanceId: instanceId, InstanceOwnerId: instanceId && scope.account };
    }
  }
}

/** Whether the target is still there; a route to nowhere is a black hole. */
function leads(scope: Scope, { vpcId }: RouteTable, { kind, id }: RouteTarget): boolean {
  switch (kind) {
    case 'internet-gateway':
      return allInternetGateways(scope).some((each) => each.id === id && each.vpcId === vpcId);
    case 'egress-only-internet-gateway':
      return allEgressOnlyGateways(scope).some((each) => each.id === id);
    case 'nat-gateway':
      return ['pending', 'available'].includes(findNatGateway(scope, id)?.state ?? 'deleted');
    case 'network-interface':
      return findNetworkInterface(scope, id)?.attachment !== undefined;
    case 'vpc-endpoint':
      return true;
  }
}
