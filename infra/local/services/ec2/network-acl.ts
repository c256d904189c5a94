import type { Scope } from '../../kernel/scope';
import { defineReplicatedStore } from '../../kernel/scope';
import type { Cidr } from './cidr';
import { parseCidr } from './cidr';
import type { Kind } from './ec2-error';
import { found, idFormat } from './ec2-error';
import { resourceId } from './resource-id';
import { requireVpc } from './vpc';

/** One rule; an ACL's rules are asked in the order of their numbers, and the first that fits decides. */
export interface NetworkAclEntry {
  readonly egress: boolean;
  readonly ruleNumber: number;
  readonly action: 'allow' | 'deny';
  /** A protocol number as text, or `-1` for every protocol. */
  readonly protocol: string;
  readonly cidr: Cidr;
  /** For TCP and UDP only. */
  readonly ports: { readonly from: number; readonly to: number } | undefined;
  /** For ICMP, and for ICMPv6 with an IPv6 block; -1 stands for all. */
  readonly icmp: { readonly type: number; readonly code: number } | undefined;
}

export interface NetworkAcl {
  readonly id: string;
  readonly vpcId: string;
  readonly isDefault: boolean;
  entries: readonly NetworkAclEntry[];
}

/** Every subnet has exactly one. */
export interface NetworkAclAssociation {
  readonly id: string;
  readonly subnetId: string;
  readonly aclId: string;
}

export const NETWORK_ACL: Kind = {
  notFound: 'InvalidNetworkAclID.NotFound',
  noun: 'networkAcl ID',
  format: idFormat('acl', 'InvalidNetworkAclId.Malformed'),
};

/**
 * The rules shown as `*`, which nobody can change, and what lets everything pass in a default ACL:
 * https://docs.aws.amazon.com/vpc/latest/userguide/default-network-acl.html
 */
const LAST_RULE = { 4: 32_767, 6: 32_768 } as const;
const OPEN_RULE = { 4: 100, 6: 101 } as const;
const EVERYTHING = { 4: block('0.0.0.0/0'), 6: block('::/0') } as const;

const acls = defineReplicatedStore(() => new Map<string, NetworkAcl>());
/** By subnet. */
const associations = defineReplicatedStore(() => new Map<string, NetworkAclAssociation>());

export function allNetworkAcls(scope: Scope): readonly NetworkAcl[] {
  return [...acls(scope).values()];
}

export function findNetworkAcl(scope: Scope, id: string): NetworkAcl | undefined {
  return acls(scope).get(id);
}

/** The ACL, or `InvalidNetworkAclID.NotFound`. */
export function requireNetworkAcl(scope: Scope, id: string): NetworkAcl {
  return found(findNetworkAcl(scope, id), NETWORK_ACL, id);
}

/** An ACL of its own lets nothing pass until someone adds rules. */
export function createNetworkAcl(scope: Scope, vpcId: string): NetworkAcl {
  return add(scope, vpcId, { isDefault: false });
}

/** The ACL that comes with a VPC lets everything pass. */
export function createDefaultAcl(scope: Scope, vpcId: string): NetworkAcl {
  return add(scope, vpcId, { isDefault: true });
}

export function dropNetworkAcl(scope: Scope, id: string): void {
  acls(scope).delete(id);
}

/**
 * When a VPC gets its first IPv6 block, its ACLs get the rule that ends their IPv6 rules, and the default one lets
 * IPv6 pass in each direction whose rules nobody has touched.
 */
export function admitIpv6(scope: Scope, vpcId: string): void {
  for (const acl of allNetworkAcls(scope)) {
    if (acl.vpcId !== vpcId || acl.entries.some(({ ruleNumber }) => ruleNumber === LAST_RULE[6])) continue;
    const added = [true, false].flatMap((egress) => {
      const own = acl.entries.filter((entry) => entry.egress === egress);
      return initialEntries(egress, { family: 6, open: acl.isDefault && isUntouched(own) });
    });
    acl.entries = [...acl.entries, ...added];
  }
}

/** Puts a subnet under an ACL, in place of the one that it had; the association is a new one. */
export function associateAcl(scope: Scope, subnetId: string, aclId: string): NetworkAclAssociation {
  const association = { id: resourceId(scope, 'aclassoc'), subnetId, aclId };
  associations(scope).set(subnetId, association);
  return association;
}

/** Puts a new subnet under the default ACL of its VPC. */
export function associateDefaultAcl(scope: Scope, subnetId: string, vpcId: string): void {
  const acl = allNetworkAcls(scope).find((each) => each.vpcId === vpcId && each.isDefault);
  associateAcl(scope, subnetId, found(acl, NETWORK_ACL, 'default').id);
}

/** For a subnet that ceases to exist. */
export function dropAclAssociation(scope: Scope, subnetId: string): void {
  associations(scope).delete(subnetId);
}

export function aclAssociations(scope: Scope, aclId: string): readonly NetworkAclAssociation[] {
  return allAclAssociations(scope).filter((association) => association.aclId === aclId);
}

export function allAclAssociations(scope: Scope): readonly NetworkAclAssociation[] {
  return [...associations(scope).values()];
}

/** The ACL that a subnet is under. */
export function aclOfSubnet(scope: Scope, subnetId: string): NetworkAcl {
  return requireNetworkAcl(scope, associations(scope).get(subnetId)?.aclId ?? '');
}

function add(scope: Scope, vpcId: string, { isDefault }: Pick<NetworkAcl, 'isDefault'>): NetworkAcl {
  const families = requireVpc(scope, vpcId).ipv6.length > 0 ? ([4, 6] as const) : ([4] as const);
  const entries = [true, false].flatMap((egress) =>
    families.flatMap((family) => initialEntries(egress, { family, open: isDefault })),
  );
  const acl: NetworkAcl = { id: resourceId(scope, 'acl'), vpcId, isDefault, entries };
  acls(scope).set(acl.id, acl);
  return acl;
}

interface Start {
  readonly family: 4 | 6;
  readonly open: boolean;
}

function initialEntries(egress: boolean, { family, open }: Start): NetworkAclEntry[] {
  const shared = { egress, protocol: '-1', cidr: EVERYTHING[family], ports: undefined, icmp: undefined };
  const last = { ...shared, ruleNumber: LAST_RULE[family], action: 'deny' as const };
  return open ? [{ ...shared, ruleNumber: OPEN_RULE[family], action: 'allow' }, last] : [last];
}

/** Just the two rules with which a default ACL of a VPC without IPv6 begins, in one direction. */
function isUntouched(entries: readonly NetworkAclEntry[]): boolean {
  const [open, last, ...others] = [...entries].sort((one, other) => one.ruleNumber - other.ruleNumber);
  const numbers = open?.ruleNumber === OPEN_RULE[4] && last?.ruleNumber === LAST_RULE[4] && others.length === 0;
  return numbers && open.action === 'allow' && open.protocol === '-1' && open.cidr.text === EVERYTHING[4].text;
}

function block(text: string): Cidr {
  const cidr = parseCidr(text);
  if (!cidr) throw new Error(`${text} is no CIDR block`);
  return cidr;
}
