import type { Scope } from '../../kernel/scope';
import { admitIpv6, createDefaultAcl } from './network-acl';
import { createMainRouteTable } from './route-table';
import { createDefaultGroup, openIpv6Egress } from './security-group';
import type { CidrAssociation, Vpc, VpcRequest } from './vpc';
import { addAmazonIpv6, addVpc } from './vpc';

/** A VPC with what AWS puts into every new one: main route table, default network ACL, default security group. */
export function createNetwork(scope: Scope, request: VpcRequest): Vpc {
  const vpc = addVpc(scope, request);
  createMainRouteTable(scope, vpc.id);
  createDefaultAcl(scope, vpc.id);
  createDefaultGroup(scope, vpc.id);
  return vpc;
}

/** A further IPv6 block; the first one lets IPv6 through what nobody has touched: default ACL, outbound rules of groups. */
export function giveIpv6(scope: Scope, vpc: Vpc): CidrAssociation {
  const association = addAmazonIpv6(scope, vpc);
  if (vpc.ipv6.length === 1) {
    openIpv6Egress(scope, vpc.id);
    admitIpv6(scope, vpc.id);
  }
  return association;
}
