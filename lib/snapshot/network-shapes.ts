/** EC2's answers about networks in our own terms. https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Types.html */
import type * as ec2 from '@aws-sdk/client-ec2';
import { toTags } from './ec2-shapes';
import type {
  FlowLog,
  NetworkAcl,
  NetworkAclEntry,
  PortRange,
  Route,
  RouteTable,
  SecurityGroup,
  SecurityPermission,
  VpcEndpoint,
} from './network-resources';
import { distinct, pick } from './pick';

type Target = Route['target'];

/** A gateway's id says what it is. */
const gatewayKinds: readonly (readonly [prefix: string, kind: Target['kind']])[] = [
  ['local', 'local'],
  ['igw-', 'internet-gateway'],
  ['eigw-', 'egress-only-internet-gateway'],
  ['vpce-', 'vpc-endpoint'],
];

function gatewayKind(id: string): Target['kind'] {
  return gatewayKinds.find(([prefix]) => id.startsWith(prefix))?.[1] ?? 'elsewhere';
}

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Route.html */
function toTarget(route: ec2.Route): Target {
  const { GatewayId, EgressOnlyInternetGatewayId, NatGatewayId } = route;
  if (EgressOnlyInternetGatewayId) return { kind: 'egress-only-internet-gateway', id: EgressOnlyInternetGatewayId };
  if (NatGatewayId) return { kind: 'nat-gateway', id: NatGatewayId };
  if (GatewayId) return { kind: gatewayKind(GatewayId), id: GatewayId };
  const [id = 'an unnamed target'] = distinct([
    route.TransitGatewayId,
    route.VpcPeeringConnectionId,
    route.NetworkInterfaceId,
    route.InstanceId,
    route.CoreNetworkArn,
    route.LocalGatewayId,
    route.CarrierGatewayId,
  ]);
  return { kind: 'elsewhere', id };
}

const routeStates: readonly Route['state'][] = ['active', 'blackhole', 'filtered'];

function toRoute(route: ec2.Route): readonly Route[] {
  const destination = route.DestinationIpv6CidrBlock ?? route.DestinationPrefixListId;
  if (!destination) return [];
  return [{ destination, target: toTarget(route), state: pick(routeStates, route.State) ?? 'filtered' }];
}

/** An association that is on its way out serves no longer. */
const isAssociated = ({ AssociationState }: ec2.RouteTableAssociation): boolean =>
  AssociationState?.State === undefined || AssociationState.State === 'associated';

export function toRouteTable(table: ec2.RouteTable): RouteTable {
  const associations = (table.Associations ?? []).filter(isAssociated);
  return {
    id: table.RouteTableId ?? '',
    vpcId: table.VpcId ?? '',
    isMain: associations.some(({ Main }) => Main === true),
    subnetIds: distinct(associations.map(({ SubnetId }) => SubnetId)),
    routes: (table.Routes ?? []).flatMap(toRoute),
    tags: toTags(table.Tags),
  };
}

function toPermission(permission: ec2.IpPermission): SecurityPermission {
  const {
    IpProtocol = '-1',
    FromPort,
    ToPort,
    Ipv6Ranges = [],
    UserIdGroupPairs = [],
    PrefixListIds = [],
  } = permission;
  const isEveryPort = FromPort === undefined || FromPort === -1;
  return {
    protocol: IpProtocol.toLowerCase(),
    fromPort: isEveryPort ? undefined : FromPort,
    toPort: isEveryPort ? undefined : (ToPort ?? FromPort),
    ipv6Cidrs: distinct(Ipv6Ranges.map(({ CidrIpv6 }) => CidrIpv6)),
    groupIds: distinct(UserIdGroupPairs.map(({ GroupId }) => GroupId)),
    prefixListIds: distinct(PrefixListIds.map(({ PrefixListId }) => PrefixListId)),
  };
}

const hasIpv6Peer = ({ ipv6Cidrs, groupIds, prefixListIds }: SecurityPermission): boolean =>
  ipv6Cidrs.length + groupIds.length + prefixListIds.length > 0;

export function toSecurityGroup(group: ec2.SecurityGroup): SecurityGroup {
  return {
    id: group.GroupId ?? '',
    name: group.GroupName ?? '',
    vpcId: group.VpcId,
    ingress: (group.IpPermissions ?? []).map(toPermission).filter(hasIpv6Peer),
    egress: (group.IpPermissionsEgress ?? []).map(toPermission).filter(hasIpv6Peer),
    tags: toTags(group.Tags),
  };
}

const MAX_PORT = 65_535;

function toPorts(range: ec2.PortRange | undefined): PortRange | undefined {
  return range && { from: range.From ?? 0, to: range.To ?? MAX_PORT };
}

function toIcmp(icmp: ec2.IcmpTypeCode | undefined): NetworkAclEntry['icmp'] {
  return icmp && { type: icmp.Type ?? -1, code: icmp.Code ?? -1 };
}

function toEntry(entry: ec2.NetworkAclEntry): readonly NetworkAclEntry[] {
  const { Ipv6CidrBlock: ipv6Cidr, RuleNumber: ruleNumber = 0, Egress: egress = false, Protocol = '-1' } = entry;
  if (!ipv6Cidr) return [];
  return [
    {
      ruleNumber,
      ipv6Cidr,
      egress,
      action: entry.RuleAction === 'allow' ? 'allow' : 'deny',
      protocol: Protocol,
      ports: toPorts(entry.PortRange),
      icmp: toIcmp(entry.IcmpTypeCode),
    },
  ];
}

/**
 * From here on are the implicit denials, of IPv4 and of IPv6, and nothing else can be:
 * https://docs.aws.amazon.com/vpc/latest/userguide/default-network-acl.html
 */
const LAST_RULE = 32_767;

export function toNetworkAcl(acl: ec2.NetworkAcl): NetworkAcl {
  return {
    id: acl.NetworkAclId ?? '',
    vpcId: acl.VpcId ?? '',
    isDefault: acl.IsDefault ?? false,
    subnetIds: distinct((acl.Associations ?? []).map(({ SubnetId }) => SubnetId)),
    entries: (acl.Entries ?? [])
      .flatMap(toEntry)
      .filter(({ ruleNumber }) => ruleNumber < LAST_RULE)
      .sort((one, other) => one.ruleNumber - other.ruleNumber),
    takenNumbers: { in: taken(acl, false), out: taken(acl, true) },
    tags: toTags(acl.Tags),
  };
}

function taken({ Entries = [] }: ec2.NetworkAcl, egress: boolean): readonly number[] {
  const numbers = Entries.filter(({ Egress = false }) => Egress === egress).map(({ RuleNumber }) => RuleNumber);
  return distinct(numbers).filter((number) => number < LAST_RULE);
}

const addressTypes: readonly VpcEndpoint['ipAddressType'][] = ['ipv4', 'dualstack', 'ipv6'];

/** Its state is `Available` in AWS's model and `available` in its answers. */
export function toVpcEndpoint(endpoint: ec2.VpcEndpoint): VpcEndpoint {
  return {
    id: endpoint.VpcEndpointId ?? '',
    vpcId: endpoint.VpcId ?? '',
    serviceName: endpoint.ServiceName ?? '',
    type: endpoint.VpcEndpointType ?? '',
    ipAddressType: pick(addressTypes, endpoint.IpAddressType) ?? 'ipv4',
    privateDns: endpoint.PrivateDnsEnabled ?? false,
    state: (endpoint.State ?? '').toLowerCase(),
    tags: toTags(endpoint.Tags),
  };
}

export function toFlowLog(log: ec2.FlowLog): FlowLog {
  return {
    id: log.FlowLogId ?? '',
    resourceId: log.ResourceId ?? '',
    isActive: log.FlowLogStatus === 'ACTIVE',
    isDelivered: log.DeliverLogsStatus !== 'FAILED',
  };
}
