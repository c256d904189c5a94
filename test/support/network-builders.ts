/**
 * Parts of a network with sensible values, for tests: everything around the subnet `subnet-1` of `vpc-1` that IPv6-only
 * tasks need. Name only what the test is about.
 */
import type {
  FlowLog,
  NetworkAcl,
  NetworkAclEntry,
  Route,
  RouteTable,
  SecurityGroup,
  SecurityPermission,
  VpcEndpoint,
} from '../../lib/snapshot/network-resources';
import { REGION } from './builders';

/** `::/0` through the internet gateway `igw-1`. */
export function aRoute(over: Partial<Route> = {}): Route {
  return { destination: '::/0', target: { kind: 'internet-gateway', id: 'igw-1' }, state: 'active', ...over };
}

/** The main table of `vpc-1`, with a default route. */
export function aRouteTable(over: Partial<RouteTable> = {}): RouteTable {
  return { id: 'rtb-1', vpcId: 'vpc-1', isMain: true, subnetIds: [], routes: [aRoute()], tags: {}, ...over };
}

/** Everything to and from everywhere over IPv6. */
export function aPermission(over: Partial<SecurityPermission> = {}): SecurityPermission {
  return { protocol: '-1', ipv6Cidrs: ['::/0'], groupIds: [], prefixListIds: [], ...over };
}

/** `sg-1`, which lets everything through. */
export function aSecurityGroup(over: Partial<SecurityGroup> = {}): SecurityGroup {
  const open = [aPermission()];
  return { id: 'sg-1', name: 'tasks', vpcId: 'vpc-1', ingress: open, egress: open, tags: {}, ...over };
}

/** An entry that allows everything in. */
export function anEntry(over: Partial<NetworkAclEntry> = {}): NetworkAclEntry {
  return { ruleNumber: 101, egress: false, action: 'allow', protocol: '-1', ipv6Cidr: '::/0', ...over };
}

/** The default ACL of `vpc-1`, which lets everything through. */
export function aNetworkAcl(over: Partial<NetworkAcl> = {}): NetworkAcl {
  return {
    ...{ id: 'acl-1', vpcId: 'vpc-1', isDefault: true, subnetIds: ['subnet-1'] },
    entries: [anEntry(), anEntry({ egress: true })],
    takenNumbers: { in: [100, 101], out: [100, 101] },
    tags: {},
    ...over,
  };
}

/** A dual-stack endpoint of ECR in `vpc-1`. */
export function aVpcEndpoint(over: Partial<VpcEndpoint> = {}): VpcEndpoint {
  return {
    ...{ id: 'vpce-1', vpcId: 'vpc-1', serviceName: `com.amazonaws.${REGION}.ecr.dkr`, type: 'Interface' },
    ...{ ipAddressType: 'dualstack', privateDns: true, state: 'available' },
    tags: {},
    ...over,
  };
}

/** On `vpc-1`. */
export function aFlowLog(over: Partial<FlowLog> = {}): FlowLog {
  return { id: 'fl-1', resourceId: 'vpc-1', isActive: true, isDelivered: true, ...over };
}
