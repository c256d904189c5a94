import type { Scope } from '../../kernel/scope';
import type { NetworkInterface } from './network-interface';
import {
  assignIpv6,
  attachNetworkInterface,
  createNetworkInterface,
  releaseNetworkInterface,
  unassignIpv6,
} from './network-interface-lifecycle';
import { prefixListOfService } from './prefix-list';
import type { RouteTable } from './route-table';
import { allRouteTables } from './route-table';
import { dropTags } from './tag';
import type { VpcEndpoint } from './vpc-endpoint';
import { dropVpcEndpoint, findVpcEndpoint } from './vpc-endpoint';

/** How long the states in between last here; AWS takes minutes. */
const PENDING_MS = 5_000;
const DELETING_MS = 5_000;

const REQUESTER = 'amazon-vpce';

/** An interface endpoint takes a while, a gateway endpoint none. */
export function beginLife(scope: Scope, endpoint: VpcEndpoint): void {
  if (endpoint.service.type === 'Gateway') {
    endpoint.state = 'available';
    return;
  }
  scope.clock.after(PENDING_MS, () => {
    if (endpoint.state === 'pending') endpoint.state = 'available';
  });
}

/** The endpoint leaves its routes and interfaces at once, and is shown as `deleting` for a while. */
export function endLife(scope: Scope, endpoint: VpcEndpoint): void {
  if (endpoint.state === 'deleting') return;
  endpoint.state = 'deleting';
  endpoint.privateDns = false;
  leaveTables(scope, endpoint, endpoint.routeTableIds);
  leaveSubnets(
    scope,
    endpoint,
    endpoint.interfaces.map(({ subnetId }) => subnetId),
  );
  scope.clock.after(DELETING_MS, () => {
    if (findVpcEndpoint(scope, endpoint.id) !== endpoint) return;
    dropVpcEndpoint(scope, endpoint.id);
    dropTags(scope, endpoint.id);
  });
}

/** Puts an interface of the endpoint's own into each subnet; if one is refused, into none. */
export function joinSubnets(scope: Scope, endpoint: VpcEndpoint, subnetIds: readonly string[]): void {
  try {
    for (const subnetId of subnetIds) endpoint.interfaces = [...endpoint.interfaces, plug(scope, endpoint, subnetId)];
  } catch (error) {
    leaveSubnets(scope, endpoint, subnetIds);
    throw error;
  }
}

function plug(scope: Scope, { id, groups, addressType }: VpcEndpoint, subnetId: string): NetworkInterface {
  const made = createNetworkInterface(scope, {
    ...{ subnetId, groups, interfaceType: 'vpc_endpoint', requesterId: REQUESTER },
    description: `VPC Endpoint Interface ${id}`,
    ipv6: { count: addressType === 'ipv4' ? 0 : 1 },
  });
  attachNetworkInterface(scope, made, { instanceOwnerId: REQUESTER, deviceIndex: 1, deleteOnTermination: false });
  return made;
}

export function leaveSubnets(scope: Scope, endpoint: VpcEndpoint, subnetIds: readonly string[]): void {
  const goes = ({ subnetId }: NetworkInterface): boolean => subnetIds.includes(subnetId);
  for (const each of endpoint.interfaces.filter(goes)) releaseNetworkInterface(scope, each);
  endpoint.interfaces = endpoint.interfaces.filter((each) => !goes(each));
}

/** Gives each interface its IPv6 address, or takes it away, when the endpoint's address type changes. */
export function adaptInterfaces(scope: Scope, endpoint: VpcEndpoint): void {
  for (const each of endpoint.interfaces) {
    const held = each.ipv6.map(({ address }) => address);
    if (endpoint.addressType === 'ipv4') unassignIpv6(scope, each, held);
    else if (held.length === 0) assignIpv6(scope, each, { count: 1 });
  }
}

/** Routes the service's addresses, of the families that the endpoint has, through it. */
export function joinTables(scope: Scope, endpoint: VpcEndpoint, tableIds: readonly string[]): void {
  endpoint.routeTableIds = [...new Set([...endpoint.routeTableIds, ...tableIds])];
  for (const table of tables(scope, endpoint.routeTableIds)) {
    const kept = table.routes.filter(({ target }) => target.id !== endpoint.id);
    const routes = destinationsOf(scope, endpoint).map((destination) => ({
      destination,
      target: { kind: 'vpc-endpoint' as const, id: endpoint.id },
    }));
    table.routes = [...kept, ...routes];
  }
}

export function leaveTables(scope: Scope, endpoint: VpcEndpoint, tableIds: readonly string[]): void {
  endpoint.routeTableIds = endpoint.routeTableIds.filter((id) => !tableIds.includes(id));
  for (const table of tables(scope, tableIds)) {
    table.routes = table.routes.filter(({ target }) => target.id !== endpoint.id);
  }
}

/** Ids of the prefix lists that stand for the service's addresses. */
function destinationsOf(scope: Scope, { service, addressType }: VpcEndpoint): readonly string[] {
  const families = addressType === 'dualstack' ? ['ipv4', 'ipv6'] : [addressType];
  return families.map((family) => prefixListOfService(scope, service.name, family === 'ipv4' ? 'IPv4' : 'IPv6').id);
}

function tables(scope: Scope, ids: readonly string[]): readonly RouteTable[] {
  return allRouteTables(scope).filter(({ id }) => ids.includes(id));
}
