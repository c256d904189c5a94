import type { NetworkAcl, PortRange } from '../../snapshot/network-resources';
import type { Snapshot } from '../../snapshot/snapshot';
import { subnetsInUse } from './subnets-in-use';
import type { Crossing } from './acl';

/**
 * Ports to which answers go that Linux asks for:
 * https://docs.aws.amazon.com/vpc/latest/userguide/custom-network-acl.html#nacl-ephemeral-ports
 */
const LINUX_EPHEMERAL = { from: 32_768, to: 60_999 };

const HTTPS = { from: 443, to: 443 };

/** "Packet Too Big", without which large packets vanish: https://datatracker.ietf.org/doc/html/rfc4890#section-4.3.1 */
const PACKET_TOO_BIG = 2;

const calls = 'image pulls and AWS APIs';
const sizes = 'sizes of packets (ICMPv6 "Packet Too Big")';

/** What everything that ECS runs in a subnet has to send and receive over IPv6. */
const needsOfTasks: readonly Crossing[] = [
  { egress: true, protocol: 'tcp', ports: HTTPS, purpose: calls },
  { egress: false, protocol: 'tcp', ports: LINUX_EPHEMERAL, purpose: `answers to ${calls}` },
  { egress: true, protocol: 'icmpv6', icmpType: PACKET_TOO_BIG, purpose: sizes },
  { egress: false, protocol: 'icmpv6', icmpType: PACKET_TOO_BIG, purpose: sizes },
];

const portsText = ({ from, to }: PortRange): string => (from === to ? `port ${from}` : `ports ${from}-${to}`);

/** `TCP port 443 out to anywhere for image pulls and AWS APIs` */
export function describeCrossing(crossing: Crossing): string {
  const what = crossing.protocol === 'tcp' ? `TCP ${portsText(crossing.ports)}` : 'ICMPv6';
  return `${what} ${crossing.egress ? 'out to' : 'in from'} anywhere for ${crossing.purpose}`;
}

/** What has to cross the edge of the ACL's subnets: nothing where none with IPv6 is in use. */
export function crossingsOf(snapshot: Snapshot, { vpcId, subnetIds }: NetworkAcl): readonly Crossing[] {
  const own = new Set(subnetIds);
  const used = subnetsInUse(snapshot, vpcId).filter(({ id, ipv6Cidrs }) => own.has(id) && ipv6Cidrs.length > 0);
  return used.length > 0 ? needsOfTasks : [];
}
