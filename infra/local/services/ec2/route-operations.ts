import type {
  AssociateRouteTableRequest,
  AssociateRouteTableResult,
  CreateRouteRequest,
  CreateRouteResult,
  CreateRouteTableRequest,
  CreateRouteTableResult,
  DeleteRouteRequest,
  DeleteRouteTableRequest,
  DescribeRouteTablesRequest,
  DescribeRouteTablesResult,
  DisassociateRouteTableRequest,
  ReplaceRouteRequest,
  ReplaceRouteTableAssociationRequest,
  ReplaceRouteTableAssociationResult,
} from '@aws-sdk/client-ec2';
import { ApiError } from '../../kernel/api-error';
import type { Operations } from '../../kernel/operation';
import { operation } from '../../kernel/operation';
import type { Scope } from '../../kernel/scope';
import { dependencyViolation } from './ec2-error';
import { once } from './idempotency';
import { list } from './listing';
import { routeDestination, routeTarget } from './route-request';
import { ROUTE_TABLES, routeTableShape } from './route-shape';
import type { Route, RouteTable } from './route-table';
import {
  allRouteTables,
  associateSubnet,
  createRouteTable as makeRouteTable,
  dropRouteTable,
  isMain,
  moveAssociation,
  requireRouteTable,
} from './route-table';
import { requireSubnet } from './subnet';
import { dropTags, writeTags } from './tag';
import { tagsFor } from './tag-shape';
import { requireVpc } from './vpc';

const createOnce = once<RouteTable>();

const createRouteTable = operation<CreateRouteTableRequest, CreateRouteTableResult>({
  accepts: ['VpcId', 'TagSpecifications', 'ClientToken'],
  run(input, { scope }) {
    const tags = tagsFor('route-table', input.TagSpecifications);
    const table = createOnce(scope, input, () => makeRouteTable(scope, requireVpc(scope, input.VpcId ?? '').id));
    writeTags(scope, table.id, tags);
    return { RouteTable: routeTableShape(scope, table), ClientToken: input.ClientToken };
  },
});

const describeRouteTables = operation<DescribeRouteTablesRequest, DescribeRouteTablesResult>({
  accepts: ['RouteTableIds', 'Filters', 'MaxResults', 'NextToken'],
  run(input, { scope }) {
    const { items, token } = list(scope, ROUTE_TABLES, {
      ids: input.RouteTableIds,
      filters: input.Filters,
      maxResults: input.MaxResults,
      nextToken: input.NextToken,
    });
    return { RouteTables: items.map((table) => routeTableShape(scope, table)), NextToken: token };
  },
});

const deleteRouteTable = operation<DeleteRouteTableRequest, undefined>({
  accepts: ['RouteTableId'],
  run(input, { scope }) {
    const table = requireRouteTable(scope, input.RouteTableId ?? '');
    if (isMain(table) || table.associations.length > 0) {
      throw dependencyViolation(`The routeTable '${table.id}' has dependencies and cannot be deleted.`);
    }
    dropRouteTable(scope, table.id);
    dropTags(scope, table.id);
  },
});

const associateRouteTable = operation<AssociateRouteTableRequest, AssociateRouteTableResult>({
  accepts: ['RouteTableId', 'SubnetId'],
  run(input, { scope }) {
    const table = requireRouteTable(scope, input.RouteTableId ?? '');
    const subnet = requireSubnet(scope, input.SubnetId ?? '');
    if (table.vpcId !== subnet.vpcId) {
      const message = `Route table ${table.id} and network ${subnet.id} belong to different networks`;
      throw new ApiError('InvalidParameterValue', message);
    }
    const { id } = associateSubnet(scope, table, subnet.id);
    return { AssociationId: id, AssociationState: { State: 'associated' } };
  },
});

const disassociateRouteTable = operation<DisassociateRouteTableRequest, undefined>({
  accepts: ['AssociationId'],
  run({ AssociationId = '' }, { scope }) {
    const table = tableWith(scope, AssociationId);
    const kept = table.associations.filter(({ id, subnetId }) => id !== AssociationId || subnetId === undefined);
    if (kept.length === table.associations.length) {
      throw new ApiError(
        'InvalidParameterValue',
        `cannot disassociate the main route table association ${AssociationId}`,
      );
    }
    table.associations = kept;
  },
});

/** Puts another table in the place of the one that a subnet has, or of the main one of the VPC. */
const replaceAssociation = operation<ReplaceRouteTableAssociationRequest, ReplaceRouteTableAssociationResult>({
  accepts: ['AssociationId', 'RouteTableId'],
  run({ AssociationId = '', RouteTableId = '' }, { scope }) {
    const former = tableWith(scope, AssociationId);
    const table = requireRouteTable(scope, RouteTableId);
    if (former.vpcId !== table.vpcId) {
      const message = `Route table ${table.id} and association ${AssociationId} belong to different networks`;
      throw new ApiError('InvalidParameterValue', message);
    }
    const moved = moveAssociation(scope, { id: AssociationId, from: former, to: table });
    return { NewAssociationId: moved.id, AssociationState: { State: 'associated' } };
  },
});

function tableWith(scope: Scope, associationId: string): RouteTable {
  const table = allRouteTables(scope).find(({ associations }) => associations.some(({ id }) => id === associationId));
  if (table) return table;
  throw new ApiError('InvalidAssociationID.NotFound', `The association ID '${associationId}' does not exist`);
}

const createRoute = operation<CreateRouteRequest, CreateRouteResult>({
  accepts: [
    'RouteTableId',
    'DestinationCidrBlock',
    'DestinationIpv6CidrBlock',
    'DestinationPrefixListId',
    'GatewayId',
    'EgressOnlyInternetGatewayId',
    'NatGatewayId',
    'NetworkInterfaceId',
  ],
  run(input, { scope }) {
    const table = requireRouteTable(scope, input.RouteTableId ?? '');
    const route = { destination: routeDestination(scope, input), target: routeTarget(scope, input) };
    if (findRoute(table, route.destination)) {
      throw new ApiError('RouteAlreadyExists', `The route identified by ${route.destination} already exists.`);
    }
    table.routes.push(route);
    return { Return: true };
  },
});

const replaceRoute = operation<ReplaceRouteRequest, undefined>({
  accepts: [
    'RouteTableId',
    'DestinationCidrBlock',
    'DestinationIpv6CidrBlock',
    'DestinationPrefixListId',
    'GatewayId',
    'EgressOnlyInternetGatewayId',
    'NatGatewayId',
    'NetworkInterfaceId',
  ],
  run(input, { scope }) {
    const table = requireRouteTable(scope, input.RouteTableId ?? '');
    requireRoute(table, routeDestination(scope, input)).target = routeTarget(scope, input);
  },
});

const deleteRoute = operation<DeleteRouteRequest, undefined>({
  accepts: ['RouteTableId', 'DestinationCidrBlock', 'DestinationIpv6CidrBlock', 'DestinationPrefixListId'],
  run(input, { scope }) {
    const table = requireRouteTable(scope, input.RouteTableId ?? '');
    const gone = requireRoute(table, routeDestination(scope, input));
    table.routes = table.routes.filter((route) => route !== gone);
  },
});

function findRoute(table: RouteTable, destination: string): Route | undefined {
  return table.routes.find((route) => route.destination === destination);
}

function requireRoute(table: RouteTable, destination: string): Route {
  const route = findRoute(table, destination);
  if (route) return route;
  const message = `no route with destination-cidr-block ${destination} in route table ${table.id}`;
  throw new ApiError('InvalidRoute.NotFound', message);
}

export const routeOperations: Operations = {
  AssociateRouteTable: associateRouteTable,
  CreateRoute: createRoute,
  CreateRouteTable: createRouteTable,
  DeleteRoute: deleteRoute,
  DeleteRouteTable: deleteRouteTable,
  DescribeRouteTables: describeRouteTables,
  DisassociateRouteTable: disassociateRouteTable,
  ReplaceRoute: replaceRoute,
  ReplaceRouteTableAssociation: replaceAssociation,
};
