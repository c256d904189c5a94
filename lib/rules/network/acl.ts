/** What network ACLs let through. They know of packets only: whoever asks and whoever answers is asked for by itself. */
import type { Cause } from '../../snapshot/gap';
import type { NetworkAcl, NetworkAclEntry, PortRange } from '../../snapshot/network-resources';
import { ANYWHERE, DEFAULT_ROUTE } from './anywhere';
import { coverageOf, type Coverage } from './coverage';

/** Where packets go to or come from. */
export interface Peer {
  /** `anywhere`, or the id of a subnet */
  readonly name: string;
  /** Which of them it is, if there are several, is not known. */
  readonly cidrs: readonly string[];
  /** What an entry names to let them all through. */
  readonly opened: readonly string[];
}

/** Any address of the internet. */
export const anywhere: Peer = { name: 'anywhere', cidrs: [ANYWHERE], opened: [DEFAULT_ROUTE] };

/** Packets of one direction and protocol. */
export type Crossing = {
  readonly egress: boolean;
  readonly peer: Peer;
  /** `image pulls and calls of AWS APIs` */
  readonly purpose: string;
  /** Why it may be of no use to anyone there. */
  readonly doubt?: Cause | undefined;
} & (
  | {
      readonly protocol: 'tcp';
      /** To which the packets go; all have to be let through. */
      readonly ports: PortRange;
      readonly icmpType?: undefined;
    }
  | {
      readonly protocol: 'icmpv6';
      readonly ports?: undefined;
      /** Code 0 of it. */
      readonly icmpType: number;
    }
);

/** https://www.iana.org/assignments/protocol-numbers */
export const PROTOCOL_NUMBERS = { tcp: '6', icmpv6: '58' } as const;
const EVERY_PROTOCOL = '-1';
/** Stands for every type or code of ICMPv6. */
const EVERY = -1;

/** Only entries of ICMPv6 name a type. */
function isOfType({ icmp }: NetworkAclEntry, wanted: number | undefined): boolean {
  if (!icmp) return true;
  return (icmp.type === EVERY || icmp.type === wanted) && (icmp.code === EVERY || icmp.code === 0);
}

/** Whether the entry speaks of the protocol; the addresses and ports are left aside. */
function speaksOf(entry: NetworkAclEntry, crossing: Crossing): boolean {
  if (entry.egress !== crossing.egress) return false;
  if (entry.protocol === EVERY_PROTOCOL) return true;
  return entry.protocol === PROTOCOL_NUMBERS[crossing.protocol] && isOfType(entry, crossing.icmpType);
}

const portsOf = ({ protocol, ports }: NetworkAclEntry): PortRange | undefined =>
  protocol === PROTOCOL_NUMBERS.tcp ? ports : undefined;

/** In the order in which the ACL is asked, the entries that decide about the crossing. */
export function decidingEntries({ entries }: NetworkAcl, crossing: Crossing): readonly NetworkAclEntry[] {
  return entries.filter((entry) => speaksOf(entry, crossing)).sort((one, other) => one.ruleNumber - other.ruleNumber);
}

/** For how many addresses of the peer the ACL lets the crossing through. */
export function admitted(acl: NetworkAcl, crossing: Crossing): Coverage {
  const lines = decidingEntries(acl, crossing).map((entry) => ({
    cidr: entry.ipv6Cidr,
    allows: entry.action === 'allow',
    ports: portsOf(entry),
  }));
  const { peer, ports } = crossing;
  const answers = peer.cidrs.map((cidr) => coverageOf(lines, { cidr, ports }));
  if (answers.every((answer) => answer === 'whole')) return 'whole';
  return answers.every((answer) => answer === 'none') ? 'none' : 'part';
}
