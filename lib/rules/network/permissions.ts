/** What security groups let through. They know of connections: what may begin may be answered. */
import type { PortRange, SecurityPermission } from '../../snapshot/network-resources';
import { ANYWHERE, NAT64_PREFIX } from './anywhere';
import { containsBlock, overlap, parseBlock } from './block';
import { coverageOf } from './coverage';

/** `unclear`: it depends on what a prefix list holds, or on which of several addresses are meant. */
export type Admission = 'yes' | 'no' | 'unclear';

const TCP = new Set(['tcp', '6', '-1']);

const allowsTcp = ({ protocol }: SecurityPermission): boolean => TCP.has(protocol);

/** Addresses of other hosts: the internet's, NAT64's, and private ones. `::1/128` is used to allow nothing. */
const useful = [ANYWHERE, NAT64_PREFIX, 'fc00::/7']
  .map((cidr) => parseBlock(cidr))
  .filter((block) => block !== undefined);

function isUseful(cidr: string): boolean {
  const block = parseBlock(cidr);
  return block !== undefined && useful.some((other) => overlap(block, other));
}

/** Whether the permissions let TCP out to anyone at all over IPv6. Members of groups may have IPv6 addresses. */
export function anyIpv6(permissions: readonly SecurityPermission[]): Admission {
  const tcp = permissions.filter(allowsTcp);
  if (tcp.some(({ ipv6Cidrs, groupIds }) => groupIds.length > 0 || ipv6Cidrs.some(isUseful))) return 'yes';
  return tcp.some(({ prefixListIds }) => prefixListIds.length > 0) ? 'unclear' : 'no';
}

export interface Peer {
  readonly groupIds: readonly string[];
  /** Every address of these may be the other end. */
  readonly cidrs: readonly string[];
}

function namesPort({ fromPort, toPort }: SecurityPermission, port: number): boolean {
  return fromPort === undefined || (fromPort <= port && port <= (toPort ?? fromPort));
}

const toPort = (permissions: readonly SecurityPermission[], port: number): readonly SecurityPermission[] =>
  permissions.filter((permission) => allowsTcp(permission) && namesPort(permission, port));

/** Whether the permissions let TCP to that port through, from or to all of the peer. */
export function admits(permissions: readonly SecurityPermission[], port: number, peer: Peer): Admission {
  const asked = toPort(permissions, port);
  if (asked.some(({ groupIds }) => groupIds.some((id) => peer.groupIds.includes(id)))) return 'yes';
  const lines = asked.flatMap(({ ipv6Cidrs }) => ipv6Cidrs.map((cidr) => ({ cidr, allows: true })));
  const answers = peer.cidrs.map((cidr) => coverageOf(lines, { cidr }));
  if (answers.length > 0 && answers.every((answer) => answer === 'whole')) return 'yes';
  const isOpen = asked.some(({ prefixListIds }) => prefixListIds.length > 0) || !answers.includes('none');
  return isOpen ? 'unclear' : 'no';
}

/** The block lets in others than those whose addresses these are. */
function isBeyond(cidr: string, own: readonly string[]): boolean {
  return isUseful(cidr) && own.every((one) => !isPart(cidr, one));
}

function isPart(inner: string, outer: string): boolean {
  const [part, whole] = [parseBlock(inner), parseBlock(outer)];
  return part !== undefined && whole !== undefined && containsBlock(whole, part);
}

/**
 * Whether the permissions let TCP to that port in from clients of a balancer. Who they are is up to its owner: whoever
 * lets in its group, or blocks that are not its own, lets some in; whoever lets in nobody keeps them all out.
 */
export function admitsClients(permissions: readonly SecurityPermission[], port: number, balancer: Peer): Admission {
  const asked = toPort(permissions, port);
  if (asked.some(({ groupIds }) => groupIds.some((id) => balancer.groupIds.includes(id)))) return 'yes';
  if (asked.some(({ ipv6Cidrs }) => ipv6Cidrs.some((cidr) => isBeyond(cidr, balancer.cidrs)))) return 'yes';
  return anyIpv6(asked) === 'no' ? 'no' : 'unclear';
}

/** Several answers as one: all have to be yes; it is no only where all are. */
export function together(answers: readonly Admission[]): Admission {
  const [first = 'yes', ...others] = new Set(answers);
  return others.length > 0 ? 'unclear' : first;
}

/** The first ports of the ranges into which the permissions cut the range. */
export function cutsOf(permissions: readonly SecurityPermission[], { from, to }: PortRange): readonly number[] {
  const edges = permissions.flatMap(({ fromPort, toPort: last }) =>
    fromPort === undefined ? [] : [fromPort, (last ?? fromPort) + 1],
  );
  return [...new Set([from, ...edges])].filter((port) => from <= port && port <= to);
}
