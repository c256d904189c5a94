/** What network ACLs let through. They know of packets only: whoever asks and whoever answers is asked for by itself. */
import type { NetworkAcl, NetworkAclEntry, PortRange } from '../../snapshot/network-resources';
import { coverageOf, type Coverage } from './coverage';

/** Packets of one direction and protocol; of ICMPv6 those of one type, code 0. */
export interface Crossing {
  readonly egress: boolean;
  readonly protocol: 'tcp' | 'icmpv6';
  /** The other end. */
  readonly cidr: string;
  /** Of TCP: ports to which the packets go; all have to be let through. */
  readonly ports?: PortRange;
  readonly icmpType?: number;
  /** `image pulls and calls of AWS APIs` */
  readonly purpose: string;
}

/** https://www.iana.org/assignments/protocol-numbers */
export const PROTOCOL_NUMBERS = { tcp: '6', icmpv6: '58' } as const;
const EVERY_PROTOCOL = '-1';
/** Stands for every type or code of ICMPv6. */
const EVERY = -1;

function isIcmp({ icmp }: NetworkAclEntry, wanted: number | undefined): boolean {
  if (!icmp || wanted === undefined) return true;
  return (icmp.type === EVERY || icmp.type === wanted) && (icmp.code === EVERY || icmp.code === 0);
}

/** Whether the entry speaks of the protocol; the addresses and ports are left aside. */
function speaksOf(entry: NetworkAclEntry, { egress, protocol, icmpType }: Crossing): boolean {
  if (entry.egress !== egress) return false;
  if (entry.protocol === EVERY_PROTOCOL) return true;
  return entry.protocol === PROTOCOL_NUMBERS[protocol] && (protocol === 'tcp' || isIcmp(entry, icmpType));
}

const portsOf = ({ protocol, ports }: NetworkAclEntry): PortRange | undefined =>
  protocol === PROTOCOL_NUMBERS.tcp ? ports : undefined;

/** In the order in which the ACL is asked, the entries that decide about the crossing. */
export function decidingEntries({ entries }: NetworkAcl, crossing: Crossing): readonly NetworkAclEntry[] {
  return entries.filter((entry) => speaksOf(entry, crossing)).sort((one, other) => one.ruleNumber - other.ruleNumber);
}

/** For how many addresses of the other end the ACL lets the crossing through. */
export function admitted(acl: NetworkAcl, crossing: Crossing): Coverage {
  const lines = decidingEntries(acl, crossing).map((entry) => ({
    cidr: entry.ipv6Cidr,
    allows: entry.action === 'allow',
    ports: portsOf(entry),
  }));
  return coverageOf(lines, crossing);
}
