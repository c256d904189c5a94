/** Whether one network interface can open a TCP connection to another of its VPC. */
import type { Scope } from '../../kernel/scope';
import type { Cidr } from './cidr';
import { cidrContains, parseCidr } from './cidr';
import { aclOfSubnet } from './network-acl';
import type { NetworkInterface } from './network-interface';
import type { PortRange } from './packet-filter';
import { aclAdmits, groupsAdmit } from './packet-filter';
import { blocksOfRoute } from './prefix-list';
import { routeTableOf } from './route-table';
import { findVpc } from './vpc';

export interface End {
  readonly networkInterface: NetworkInterface;
  /** The address that it uses, in canonical spelling. */
  readonly address: string;
}

export interface Connection {
  readonly from: End;
  readonly to: End;
  /** Of the end that is connected to. */
  readonly port: number;
}

/** Ports to which answers go: https://docs.aws.amazon.com/vpc/latest/userguide/custom-network-acl.html#nacl-ephemeral-ports */
const EPHEMERAL: PortRange = { from: 1_024, to: 65_535 };

/**
 * Asks the security groups of both ends and, between two subnets, their routes and their network ACLs, there and back.
 * ACLs must let answers pass to every ephemeral port: with less, a connection may work or not, as chance has it.
 */
export function canConnect(scope: Scope, connection: Connection): boolean {
  const { from, to } = connection;
  if (from.networkInterface.vpcId !== to.networkInterface.vpcId) return false;
  if (!passesGroups(scope, connection)) return false;
  if (from.networkInterface.subnetId === to.networkInterface.subnetId) return true;
  return isRouted(scope, from, to) && isRouted(scope, to, from) && passesAcls(scope, connection);
}

/** An interface without security groups lets everything out: a Network Load Balancer may have none. */
function passesGroups(scope: Scope, { from, to, port }: Connection): boolean {
  const [near, far] = [from.networkInterface.groups, to.networkInterface.groups];
  const leaving = { egress: true, address: to.address, groups: far, port };
  const arriving = { egress: false, address: from.address, groups: near, port };
  return (near.length === 0 || groupsAdmit(scope, near, leaving)) && groupsAdmit(scope, far, arriving);
}

function passesAcls(scope: Scope, { from, to, port }: Connection): boolean {
  const near = aclOfSubnet(scope, from.networkInterface.subnetId);
  const far = aclOfSubnet(scope, to.networkInterface.subnetId);
  const asked = { from: port, to: port };
  return (
    aclAdmits(near, { egress: true, address: to.address }, asked) &&
    aclAdmits(far, { egress: false, address: from.address }, asked) &&
    aclAdmits(far, { egress: true, address: from.address }, EPHEMERAL) &&
    aclAdmits(near, { egress: false, address: to.address }, EPHEMERAL)
  );
}

/** The VPC's own route has to be the closest one: a closer one leads through something else. */
function isRouted(scope: Scope, { networkInterface }: End, { address }: End): boolean {
  const blocks = blocksOf(scope, networkInterface.vpcId, address.includes(':') ? 6 : 4);
  const widest = Math.min(...blocks.map(({ prefix }) => prefix));
  const closer = routeTableOf(scope, networkInterface)
    .routes.flatMap((route) => blocksOfRoute(scope, route))
    .filter((destination) => prefixOf(destination) > widest);
  // Both ends are in the VPC, so its own route holds; few tables have closer ones.
  if (closer.length === 0) return blocks.length > 0;
  const local = blocks.find((cidr) => cidrContains(cidr, address));
  return (
    local !== undefined &&
    !closer.some((destination) => {
      const cidr = parseCidr(destination);
      return cidr !== undefined && cidr.prefix > local.prefix && cidrContains(cidr, address);
    })
  );
}

function blocksOf(scope: Scope, vpcId: string, family: 4 | 6): readonly Cidr[] {
  const vpc = findVpc(scope, vpcId);
  return ((family === 6 ? vpc?.ipv6 : vpc?.ipv4) ?? []).map(({ cidr }) => cidr);
}

function prefixOf(cidr: string): number {
  return Number(cidr.split('/')[1]);
}
