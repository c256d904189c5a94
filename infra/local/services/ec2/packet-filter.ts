/** What security groups and network ACLs let through. */
import type { Scope } from '../../kernel/scope';
import type { Cidr } from './cidr';
import { cidrContains, parseCidr } from './cidr';
import type { NetworkAcl } from './network-acl';
import { findPrefixList } from './prefix-list';
import type { Peer, SecurityGroupRule } from './security-group';
import { findSecurityGroup } from './security-group';

/** A protocol as network ACLs number it and security groups name it. */
const TCP = { number: '6', name: 'tcp' } as const;
const ALL = '-1';

/** TCP traffic as seen from one of its ends. */
export interface Traffic {
  readonly egress: boolean;
  /** The other end, in canonical spelling. */
  readonly address: string;
}

export interface GroupTraffic extends Traffic {
  /** Security groups of the other end. */
  readonly groups: readonly string[];
  readonly port: number;
}

/** Groups know of connections: what may begin may be answered. Any rule of any group will do. */
export function groupsAdmit(scope: Scope, groupIds: readonly string[], traffic: GroupTraffic): boolean {
  return groupIds.some(
    (id) => findSecurityGroup(scope, id)?.rules.some((rule) => ruleAdmits(scope, rule, traffic)) ?? false,
  );
}

function ruleAdmits(scope: Scope, rule: SecurityGroupRule, traffic: GroupTraffic): boolean {
  const { egress, protocol, fromPort, toPort, peer } = rule;
  if (egress !== traffic.egress) return false;
  if (protocol !== ALL && protocol !== TCP.name) return false;
  const inRange = protocol === ALL || ((fromPort ?? 0) <= traffic.port && traffic.port <= (toPort ?? 0));
  return inRange && isPeer(scope, peer, traffic);
}

function isPeer(scope: Scope, peer: Peer, { address, groups }: GroupTraffic): boolean {
  if (peer.kind === 'group') return groups.includes(peer.groupId);
  if (peer.kind !== 'prefix-list') return holds(blockOf(peer), address);
  const { entries = [] } = findPrefixList(scope, peer.prefixListId) ?? {};
  return entries.some(({ cidr }) => holds(parseCidr(cidr), address));
}

/** Blocks of rules, read once: health checks ask a lot. */
const blocks = new WeakMap<Peer, Cidr>();

function blockOf(peer: Extract<Peer, { readonly cidr: string }>): Cidr | undefined {
  const known = blocks.get(peer) ?? parseCidr(peer.cidr);
  if (known) blocks.set(peer, known);
  return known;
}

export interface PortRange {
  readonly from: number;
  readonly to: number;
}

/** ACLs know of packets only: both directions are asked, and `ports` are those of the packets' destination. */
export function aclAdmits({ entries }: NetworkAcl, { egress, address }: Traffic, ports: PortRange): boolean {
  const asked = inOrder(entries, egress).filter(({ cidr }) => holds(cidr, address));
  let undecided: readonly PortRange[] = [ports];
  for (const { action, ports: named } of asked) {
    const left = undecided.flatMap((range) => without(range, named));
    const decidesSome = left.length !== undecided.length || left.some((range, index) => range !== undecided[index]);
    if (decidesSome && action === 'deny') return false;
    undecided = left;
  }
  return undecided.length === 0;
}

type Entries = NetworkAcl['entries'];

/** The rules of a direction that speak of TCP, in the order in which they are asked; sorted once for each change. */
const sorted = new WeakMap<Entries, Readonly<Record<'in' | 'out', Entries>>>();

function inOrder(entries: Entries, egress: boolean): Entries {
  const ofDirection = (wanted: boolean): Entries =>
    entries
      .filter((entry) => entry.egress === wanted && [ALL, TCP.number].includes(entry.protocol))
      .sort((one, other) => one.ruleNumber - other.ruleNumber);
  const both = sorted.get(entries) ?? { in: ofDirection(false), out: ofDirection(true) };
  sorted.set(entries, both);
  return egress ? both.out : both.in;
}

/** What a rule leaves of a range: the range itself if it says nothing of it. */
function without(range: PortRange, named: PortRange | undefined): readonly PortRange[] {
  if (!named) return [];
  if (named.to < range.from || named.from > range.to) return [range];
  const below = { from: range.from, to: named.from - 1 };
  const above = { from: named.to + 1, to: range.to };
  return [below, above].filter(({ from, to }) => from <= to);
}

/** Reading an address is slow, and most rules are for all of them. */
function holds(cidr: Cidr | undefined, address: string): boolean {
  if (!cidr) return false;
  if (cidr.prefix === 0) return (cidr.family === 6) === address.includes(':');
  return cidrContains(cidr, address);
}
