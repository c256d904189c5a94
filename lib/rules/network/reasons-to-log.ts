import type { Snapshot, Subnet } from '../../snapshot/snapshot';
import { isNat64Meant } from './nat64';
import { isRouteTable, routeTableOf } from './routing';
import { subnetsInUse } from './subnets-in-use';

function usesNat64(snapshot: Snapshot, subnet: Subnet, prefix: string): boolean {
  const table = routeTableOf(snapshot, subnet);
  return subnet.dns64 || (isRouteTable(table) && isNat64Meant(table, prefix));
}

const postureOf = ({ ipv6Native, ipv6Cidrs }: Subnet): string =>
  ipv6Native ? 'IPv6-only' : ipv6Cidrs.length > 0 ? 'dual-stack' : 'IPv4-only';

/** What makes flow logs worth their price in a VPC, as what the VPC does; nothing: nothing of it. */
export function reasonsToLog(snapshot: Snapshot, vpcId: string, nat64: string): readonly string[] {
  const subnets = subnetsInUse(snapshot, vpcId);
  const postures = [...new Set(subnets.map(postureOf))].sort();
  return [
    ...(subnets.some((subnet) => usesNat64(snapshot, subnet, nat64)) ? ['uses NAT64'] : []),
    ...(postures.length > 1 ? [`is in migration (${postures.join(', ')} subnets)`] : []),
  ];
}
