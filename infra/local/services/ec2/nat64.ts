import type { Scope } from '../../kernel/scope';
import { blocksOfRoute } from './prefix-list';
import { routeTableOf } from './route-table';
import { requireSubnet } from './subnet';

/** https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-nat64-dns64.html */
const NAT64_PREFIX = '64:ff9b::/96';

/** From the subnet, names that have IPv4 addresses alone are reached over IPv6. */
export function hasNat64(scope: Scope, subnetId: string): boolean {
  const { dns64, vpcId } = requireSubnet(scope, subnetId);
  const { routes } = routeTableOf(scope, { subnetId, vpcId });
  const toNat = routes.filter(({ target }) => target.kind === 'nat-gateway');
  return dns64 && toNat.some((route) => blocksOfRoute(scope, route).includes(NAT64_PREFIX));
}
