import { ApiError } from '../../kernel/api-error';
import type { Scope } from '../../kernel/scope';
import { arn, defineReplicatedStore } from '../../kernel/scope';
import type { Kind } from './ec2-error';
import { found, idFormat } from './ec2-error';
import { resourceId } from './resource-id';
import { requireVpc } from './vpc';

/** Whom a rule admits: one of an IPv4 block, an IPv6 block, another group or a prefix list. */
export type Peer =
  | { readonly kind: 'ipv4'; readonly cidr: string }
  | { readonly kind: 'ipv6'; readonly cidr: string }
  | { readonly kind: 'group'; readonly groupId: string }
  | { readonly kind: 'prefix-list'; readonly prefixListId: string };

export interface SecurityGroupRule {
  readonly id: string;
  readonly egress: boolean;
  /** `tcp`, `udp`, `icmp`, `icmpv6`, a protocol number as text, or `-1` for every protocol. */
  readonly protocol: string;
  /** Absent where the protocol is `-1`. For ICMP: type and code. */
  readonly fromPort: number | undefined;
  readonly toPort: number | undefined;
  readonly peer: Peer;
  readonly description: string | undefined;
}

export type RuleRequest = Omit<SecurityGroupRule, 'id'>;

export interface SecurityGroup {
  readonly id: string;
  readonly arn: string;
  readonly vpcId: string;
  readonly name: string;
  readonly description: string;
  rules: SecurityGroupRule[];
}

export interface SecurityGroupRequest {
  readonly vpcId: string;
  readonly name: string;
  readonly description: string;
}

export const SECURITY_GROUP: Kind = {
  notFound: 'InvalidGroup.NotFound',
  noun: 'security group',
  format: idFormat('sg', 'InvalidGroupId.Malformed'),
};

export const DEFAULT_GROUP = 'default';

const groups = defineReplicatedStore(() => new Map<string, SecurityGroup>());

export function allSecurityGroups(scope: Scope): readonly SecurityGroup[] {
  return [...groups(scope).values()];
}

export function findSecurityGroup(scope: Scope, id: string): SecurityGroup | undefined {
  return groups(scope).get(id);
}

/** The group, or `InvalidGroup.NotFound`. */
export function requireSecurityGroup(scope: Scope, id: string): SecurityGroup {
  return found(findSecurityGroup(scope, id), SECURITY_GROUP, id);
}

/** The group that a network interface gets if it asks for none. */
export function defaultGroupOf(scope: Scope, vpcId: string): SecurityGroup {
  const group = allSecurityGroups(scope).find((each) => each.vpcId === vpcId && each.name === DEFAULT_GROUP);
  return found(group, SECURITY_GROUP, DEFAULT_GROUP);
}

/** A new group lets everything out, over IPv6 only if its VPC has an IPv6 block, and nothing in. */
export function createSecurityGroup(scope: Scope, request: SecurityGroupRequest): SecurityGroup {
  const vpc = requireVpc(scope, request.vpcId);
  const twin = allSecurityGroups(scope).find((each) => each.vpcId === vpc.id && each.name === request.name);
  if (twin) {
    throw new ApiError(
      'InvalidGroup.Duplicate',
      `The security group '${request.name}' already exists for VPC '${vpc.id}'`,
    );
  }
  const id = resourceId(scope, 'sg');
  const group: SecurityGroup = { id, arn: arn(scope, 'ec2', `security-group/${id}`), ...request, rules: [] };
  groups(scope).set(id, group);
  addRules(scope, group, [everythingOut({ kind: 'ipv4', cidr: '0.0.0.0/0' })]);
  if (vpc.ipv6.length > 0) addRules(scope, group, [everythingOut({ kind: 'ipv6', cidr: '::/0' })]);
  return group;
}

/** The group `default` of a VPC: its members may reach each other. */
export function createDefaultGroup(scope: Scope, vpcId: string): SecurityGroup {
  const group = createSecurityGroup(scope, {
    vpcId,
    name: DEFAULT_GROUP,
    description: 'default VPC security group',
  });
  addRules(scope, group, [{ ...everythingOut({ kind: 'group', groupId: group.id }), egress: false }]);
  return group;
}

export function dropSecurityGroup(scope: Scope, id: string): void {
  groups(scope).delete(id);
}

/**
 * When a VPC gets its first IPv6 block, AWS lets IPv6 out of every group whose outbound rules nobody has touched:
 * https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html
 */
export function openIpv6Egress(scope: Scope, vpcId: string): void {
  for (const group of allSecurityGroups(scope)) {
    const [only, ...others] = group.rules.filter((rule) => rule.egress);
    const untouched = others.length === 0 && only?.protocol === '-1' && only.peer.kind === 'ipv4';
    if (group.vpcId === vpcId && untouched) addRules(scope, group, [everythingOut({ kind: 'ipv6', cidr: '::/0' })]);
  }
}

export function addRules(
  scope: Scope,
  group: SecurityGroup,
  requests: readonly RuleRequest[],
): readonly SecurityGroupRule[] {
  const twin = requests.find((request) => group.rules.some((rule) => sameRule(rule, request)));
  if (twin) {
    throw new ApiError('InvalidPermission.Duplicate', `the specified rule "${describeRule(twin)}" already exists`);
  }
  const rules = requests.map((request) => ({ ...request, id: resourceId(scope, 'sgr') }));
  group.rules.push(...rules);
  return rules;
}

/** Takes away the rules that match; gives back what was taken. */
export function removeRules(group: SecurityGroup, requests: readonly RuleRequest[]): readonly SecurityGroupRule[] {
  const removed = requests.map((request) => {
    const rule = group.rules.find((each) => sameRule(each, request));
    if (rule) return rule;
    throw new ApiError('InvalidPermission.NotFound', 'The specified rule does not exist in this security group.');
  });
  group.rules = group.rules.filter((rule) => !removed.includes(rule));
  return removed;
}

export function hasRule(scope: Scope, ruleId: string): boolean {
  return allSecurityGroups(scope).some(({ rules }) => rules.some(({ id }) => id === ruleId));
}

/** Identity of a rule is everything but its description. */
function sameRule(one: RuleRequest, other: RuleRequest): boolean {
  return one.egress === other.egress && describeRule(one) === describeRule(other);
}

function describeRule({ peer, protocol, fromPort, toPort }: RuleRequest): string {
  const whom = peer.kind === 'group' ? peer.groupId : peer.kind === 'prefix-list' ? peer.prefixListId : peer.cidr;
  const ports = fromPort === undefined ? 'ALL' : `from port: ${fromPort}, to port: ${toPort ?? fromPort}`;
  return `peer: ${whom}, ${protocol === '-1' ? 'ALL' : protocol.toUpperCase()}, ${ports}, ALLOW`;
}

function everythingOut(peer: Peer): RuleRequest {
  return { egress: true, protocol: '-1', fromPort: undefined, toPort: undefined, peer, description: undefined };
}
