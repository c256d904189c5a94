/** What IPv6 traffic of a workload passes on its way: routes, security groups, network ACLs, endpoints. IPv4 is left out. */
import type { Tags } from './snapshot';

export type RouteTargetKind =
  | 'local'
  | 'internet-gateway'
  | 'egress-only-internet-gateway'
  | 'nat-gateway'
  | 'vpc-endpoint'
  /** Somewhere else in the account's own network: a transit gateway, an interface, a peered VPC, ... */
  | 'elsewhere';

export interface Route {
  /** An IPv6 block, or the id of a prefix list, whose contents are not known. */
  readonly destination: string;
  /** The list that holds the block, where the route names the list. */
  readonly prefixListId?: string;
  readonly target: { readonly kind: RouteTargetKind; readonly id: string };
  /** AWS does not say what a `filtered` route does. */
  readonly state: 'active' | 'blackhole' | 'filtered';
}

export interface RouteTable {
  readonly id: string;
  readonly vpcId: string;
  /** Serves every subnet of its VPC that is associated with no other table. */
  readonly isMain: boolean;
  /** Associated explicitly. */
  readonly subnetIds: readonly string[];
  readonly routes: readonly Route[];
  readonly tags: Tags;
}

/** One permission of a security group, for everything it names together. */
export interface SecurityPermission {
  /** `tcp`, `icmpv6`, a protocol number, or `-1` for all. */
  readonly protocol: string;
  /** Both absent: every port. */
  readonly fromPort?: number;
  readonly toPort?: number;
  readonly ipv6Cidrs: readonly string[];
  /** Security groups whose members are meant. */
  readonly groupIds: readonly string[];
  /** Those whose contents are not known; the blocks of others are among the CIDRs. */
  readonly prefixListIds: readonly string[];
}

export interface SecurityGroup {
  readonly id: string;
  readonly name: string;
  readonly vpcId?: string;
  readonly ingress: readonly SecurityPermission[];
  readonly egress: readonly SecurityPermission[];
  readonly tags: Tags;
}

export interface PortRange {
  readonly from: number;
  readonly to: number;
}

export interface NetworkAclEntry {
  /** Asked in ascending order; the first that matches decides. */
  readonly ruleNumber: number;
  readonly egress: boolean;
  readonly action: 'allow' | 'deny';
  /** Protocol number, or `-1` for all: https://www.iana.org/assignments/protocol-numbers */
  readonly protocol: string;
  readonly ipv6Cidr: string;
  /** Of TCP and UDP; absent: every port. */
  readonly ports?: PortRange;
  /** Of ICMPv6; -1 stands for all; absent: every type and code. */
  readonly icmp?: { readonly type: number; readonly code: number };
}

export interface NetworkAcl {
  readonly id: string;
  readonly vpcId: string;
  readonly isDefault: boolean;
  readonly subnetIds: readonly string[];
  /** Entries for IPv6, by rule number. What none of them matches is denied. */
  readonly entries: readonly NetworkAclEntry[];
  /** Rule numbers in use, those of entries for IPv4 included: each direction has its own. */
  readonly takenNumbers: { readonly in: readonly number[]; readonly out: readonly number[] };
  readonly tags: Tags;
}

export interface VpcEndpoint {
  readonly id: string;
  readonly vpcId: string;
  /** `com.amazonaws.eu-west-2.ecr.dkr` */
  readonly serviceName: string;
  readonly type: string;
  readonly ipAddressType: 'ipv4' | 'dualstack' | 'ipv6';
  readonly privateDns: boolean;
  /** In lower case; AWS's pages and its answers differ. */
  readonly state: string;
  readonly tags: Tags;
}

export interface FlowLog {
  readonly id: string;
  /** A VPC, a subnet or a network interface. */
  readonly resourceId: string;
  readonly isActive: boolean;
  /** AWS reports no failure of its delivery. */
  readonly isDelivered: boolean;
}

/** By id; of the VPCs, subnets, services and hosts that are judged. */
export interface NetworkCollections {
  readonly routeTables: ReadonlyMap<string, RouteTable>;
  readonly securityGroups: ReadonlyMap<string, SecurityGroup>;
  readonly networkAcls: ReadonlyMap<string, NetworkAcl>;
  readonly vpcEndpoints: ReadonlyMap<string, VpcEndpoint>;
  readonly flowLogs: ReadonlyMap<string, FlowLog>;
}

/** Those of them that are judged by themselves. */
export interface NetworkResources {
  readonly 'security-group': SecurityGroup;
  readonly 'network-acl': NetworkAcl;
  readonly 'vpc-endpoint': VpcEndpoint;
}
