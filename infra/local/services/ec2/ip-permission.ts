import type { IpPermission } from '@aws-sdk/client-ec2';
import type { Scope } from '../../kernel/scope';
import { parseCidr } from './cidr';
import { invalidValue, missingParameter } from './ec2-error';
import { requirePrefixList } from './prefix-list';
import type { Peer, RuleRequest, SecurityGroupRule } from './security-group';
import { requireSecurityGroup } from './security-group';

/** Protocol numbers that AWS shows by name. */
const NAMES: Readonly<Record<string, string>> = { 1: 'icmp', 6: 'tcp', 17: 'udp', 58: 'icmpv6' };
const ALL = '-1';
const MAX_PORT = 65_535;

/** Everything that the two Authorize and Revoke calls accept besides the group. */
export interface PermissionParameters {
  readonly IpPermissions?: readonly IpPermission[];
  readonly IpProtocol?: string;
  readonly FromPort?: number;
  readonly ToPort?: number;
  readonly CidrIp?: string;
}

export const PERMISSION_PARAMETERS = [
  'IpPermissions.IpProtocol',
  'IpPermissions.FromPort',
  'IpPermissions.ToPort',
  'IpPermissions.IpRanges',
  'IpPermissions.Ipv6Ranges',
  'IpPermissions.PrefixListIds',
  'IpPermissions.UserIdGroupPairs.GroupId',
  'IpPermissions.UserIdGroupPairs.UserId',
  'IpPermissions.UserIdGroupPairs.Description',
  'IpProtocol',
  'FromPort',
  'ToPort',
  'CidrIp',
];

/** The rules that a request spells out, checked. */
export function ruleRequests(scope: Scope, parameters: PermissionParameters, egress: boolean): RuleRequest[] {
  const permissions = parameters.IpPermissions ?? [flat(parameters)];
  const requests = permissions.flatMap((permission) => {
    const { protocol, fromPort, toPort } = portsOf(permission);
    return peersOf(scope, permission).map(({ peer, description }) => ({
      egress,
      protocol,
      fromPort,
      toPort,
      peer,
      description,
    }));
  });
  if (requests.length === 0) throw missingParameter('ipPermissions');
  return requests;
}

/** Rules the way DescribeSecurityGroups shows them: peers of the same protocol and ports together. */
export function permissionShapes(scope: Scope, rules: readonly SecurityGroupRule[]): IpPermission[] {
  const bySpan = new Map<string, SecurityGroupRule[]>();
  for (const rule of rules) {
    const span = [rule.protocol, rule.fromPort, rule.toPort].join('/');
    bySpan.set(span, [...(bySpan.get(span) ?? []), rule]);
  }
  return [...bySpan.values()].map((together) => permissionShape(scope, together));
}

function permissionShape(scope: Scope, rules: readonly SecurityGroupRule[]): IpPermission {
  const [first] = rules;
  return {
    IpProtocol: first?.protocol,
    FromPort: first?.fromPort,
    ToPort: first?.toPort,
    IpRanges: rules.flatMap(({ peer, description: Description }) =>
      peer.kind === 'ipv4' ? [{ CidrIp: peer.cidr, Description }] : [],
    ),
    Ipv6Ranges: rules.flatMap(({ peer, description: Description }) =>
      peer.kind === 'ipv6' ? [{ CidrIpv6: peer.cidr, Description }] : [],
    ),
    UserIdGroupPairs: rules.flatMap(({ peer, description: Description }) =>
      peer.kind === 'group' ? [{ GroupId: peer.groupId, UserId: scope.account, Description }] : [],
    ),
    PrefixListIds: rules.flatMap(({ peer, description: Description }) =>
      peer.kind === 'prefix-list' ? [{ PrefixListId: peer.prefixListId, Description }] : [],
    ),
  };
}

function flat({ IpProtocol, FromPort, ToPort, CidrIp }: PermissionParameters): IpPermission {
  return { IpProtocol, FromPort, ToPort, IpRanges: CidrIp === undefined ? [] : [{ CidrIp }] };
}

function portsOf({
  IpProtocol,
  FromPort,
  ToPort,
}: IpPermission): Pick<RuleRequest, 'protocol' | 'fromPort' | 'toPort'> {
  if (IpProtocol === undefined) throw missingParameter('ipProtocol');
  const protocol = NAMES[IpProtocol] ?? IpProtocol.toLowerCase();
  if (protocol === ALL) return { protocol, fromPort: undefined, toPort: undefined };
  if (!/^(tcp|udp|icmp|icmpv6|\d{1,3})$/.test(protocol)) {
    throw invalidValue(`Invalid value '${IpProtocol}' for IP protocol. Unknown protocol.`);
  }
  if (protocol === 'tcp' || protocol === 'udp') checkPorts(FromPort, ToPort);
  return { protocol, fromPort: FromPort, toPort: ToPort };
}

function checkPorts(from: number | undefined, to: number | undefined): void {
  if (from === undefined || to === undefined) {
    throw invalidValue("Invalid value 'Must specify both from and to ports with TCP/UDP.' for portRange.");
  }
  if (from < 0 || to > MAX_PORT || from > to) {
    throw invalidValue(`Invalid TCP/UDP port range (${String(from)}:${String(to)})`);
  }
}

interface Described {
  readonly peer: Peer;
  readonly description: string | undefined;
}

function peersOf(scope: Scope, permission: IpPermission): Described[] {
  const { IpRanges = [], Ipv6Ranges = [], UserIdGroupPairs = [], PrefixListIds = [] } = permission;
  return [
    ...IpRanges.map(({ CidrIp, Description: description }) => ({ peer: block('ipv4', CidrIp), description })),
    ...Ipv6Ranges.map(({ CidrIpv6, Description: description }) => ({ peer: block('ipv6', CidrIpv6), description })),
    ...UserIdGroupPairs.map(({ GroupId, Description: description }) => ({
      peer: { kind: 'group' as const, groupId: requireSecurityGroup(scope, GroupId ?? '').id },
      description,
    })),
    ...PrefixListIds.map(({ PrefixListId = '', Description: description }) => ({
      peer: { kind: 'prefix-list' as const, prefixListId: requirePrefixList(scope, PrefixListId).id },
      description,
    })),
  ];
}

function block(kind: 'ipv4' | 'ipv6', text = ''): Peer {
  const cidr = parseCidr(text);
  if (cidr?.family !== (kind === 'ipv4' ? 4 : 6)) throw invalidValue(`CIDR block ${text} is malformed`);
  return { kind, cidr: cidr.text };
}
