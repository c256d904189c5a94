import { groupedBy, indexed } from '../../snapshot/indexed';
import type { NetworkAcl, PortRange } from '../../snapshot/network-resources';
import type { Snapshot, Subnet } from '../../snapshot/snapshot';
import { balancersOf } from '../../snapshot/usage';
import { anywhere, type Crossing, type Peer } from './acl';
import { systemsIn, type SystemsIn } from './systems-in';
import { EPHEMERAL } from './ephemeral-ports';
import { portsBehind } from './ports-behind';
import type { OperatingSystem } from '../applicability/table';
import { subnetsInUse } from './subnets-in-use';

/** Ports to which answers go that load balancers ask for: https://docs.aws.amazon.com/vpc/latest/userguide/custom-network-acl.html#nacl-ephemeral-ports */
const BALANCER_EPHEMERAL = { from: 1_024, to: 65_535 };

const HTTPS = { from: 443, to: 443 };

/** "Packet Too Big", without which large packets vanish: https://datatracker.ietf.org/doc/html/rfc4890#section-4.3.1 */
const PACKET_TOO_BIG = 2;

const calls = 'image pulls and AWS APIs';
const sizes = 'sizes of packets (ICMPv6 "Packet Too Big")';

/** In to the ports from which that system asks, if it runs there or may do so. */
function answersTo({ known, unread }: SystemsIn, system: OperatingSystem): readonly Crossing[] {
  const doubt = known.has(system) ? undefined : unread;
  if (!known.has(system) && !doubt) return [];
  const purpose = `answers to ${calls}`;
  return [{ egress: false, peer: anywhere, protocol: 'tcp', ports: EPHEMERAL[system], purpose, doubt }];
}

/** What everything that ECS runs in a subnet has to send and receive over IPv6. */
const needsOfTasks = (systems: SystemsIn): readonly Crossing[] => [
  { egress: true, peer: anywhere, protocol: 'tcp', ports: HTTPS, purpose: calls },
  ...answersTo(systems, 'linux'),
  ...answersTo(systems, 'windows'),
  { egress: true, peer: anywhere, protocol: 'icmpv6', icmpType: PACKET_TOO_BIG, purpose: sizes },
  { egress: false, peer: anywhere, protocol: 'icmpv6', icmpType: PACKET_TOO_BIG, purpose: sizes },
];

const portsText = ({ from, to }: PortRange): string => (from === to ? `port ${from}` : `ports ${from}-${to}`);

/** `TCP port 443 out to anywhere for image pulls and AWS APIs` */
export function describeCrossing(crossing: Crossing): string {
  const { egress, peer, purpose } = crossing;
  const what = crossing.protocol === 'tcp' ? `TCP ${portsText(crossing.ports)}` : 'ICMPv6';
  return `${what} ${egress ? 'out to' : 'in from'} ${peer.name} for ${purpose}`;
}

/** A load balancer that connects to tasks over IPv6. */
interface Balanced {
  /** Of the load balancer. */
  readonly name: string;
  readonly near: readonly Subnet[];
  /** Of the tasks. */
  readonly far: readonly Subnet[];
  readonly ports: readonly number[];
}

function withIpv6({ subnets }: Snapshot, ids: readonly string[]): readonly Subnet[] {
  return ids.flatMap((id) => subnets.get(id) ?? []).filter(({ ipv6Cidrs }) => ipv6Cidrs.length > 0);
}

/** By the VPC of the tasks. */
const balanced = indexed((snapshot) => {
  const active = [...snapshot.services.values()].filter(({ status }) => status === 'ACTIVE');
  const found = active.flatMap((service) => {
    const far = withIpv6(snapshot, service.subnetIds);
    return balancersOf(snapshot, service).map((balancer): Balanced => {
      const ports = portsBehind(snapshot, service, balancer);
      return { name: balancer.name, near: withIpv6(snapshot, balancer.subnetIds), far, ports };
    });
  });
  return groupedBy(found, ({ far }) => far.map(({ vpcId }) => vpcId));
});

const toPeer = ({ id, ipv6Cidrs }: Subnet): Peer => ({ name: id, cidrs: ipv6Cidrs, opened: ipv6Cidrs });

interface Side {
  /** Subnets of the ACL. */
  readonly own: readonly Subnet[];
  readonly others: readonly Subnet[];
  /** It is the load balancer's. */
  readonly asks: boolean;
}

/** Within a subnet no ACL is asked. */
function crossingsTo({ own, others, asks }: Side, { name, ports }: Balanced): readonly Crossing[] {
  const peers = others.filter((other) => own.some(({ id }) => id !== other.id)).map(toPeer);
  const balancer = `load balancer ${name}`;
  return peers.flatMap((peer) => [
    ...ports.map((port): Crossing => {
      return { egress: asks, peer, protocol: 'tcp', ports: { from: port, to: port }, purpose: balancer };
    }),
    { egress: !asks, peer, protocol: 'tcp', ports: BALANCER_EPHEMERAL, purpose: `answers to ${balancer}` },
  ]);
}

/** Between load balancers and tasks, at both ends. */
function needsOfBalancers(snapshot: Snapshot, { vpcId, subnetIds }: NetworkAcl): readonly Crossing[] {
  const isOwn = ({ id }: Subnet): boolean => subnetIds.includes(id);
  const all = (balanced(snapshot).get(vpcId) ?? [])
    .filter(({ ports }) => ports.length > 0)
    .flatMap((one) => [
      ...crossingsTo({ own: one.far.filter(isOwn), others: one.near, asks: false }, one),
      ...crossingsTo({ own: one.near.filter(isOwn), others: one.far, asks: true }, one),
    ]);
  const byText = new Map(all.map((crossing) => [describeCrossing(crossing), crossing]));
  return [...byText].sort(([one], [other]) => one.localeCompare(other)).map(([, crossing]) => crossing);
}

/** What has to cross the edge of the ACL's subnets: nothing where none with IPv6 is in use. */
export function crossingsOf(snapshot: Snapshot, acl: NetworkAcl): readonly Crossing[] {
  const own = new Set(acl.subnetIds);
  const used = subnetsInUse(snapshot, acl.vpcId).filter(({ id, ipv6Cidrs }) => own.has(id) && ipv6Cidrs.length > 0);
  return used.length > 0 ? [...needsOfTasks(systemsIn(snapshot, acl)), ...needsOfBalancers(snapshot, acl)] : [];
}
