/** Whether one network interface can open a TCP connection to another of its VPC. */
import type { Scope } from '../../kernel/scope';
import { cidrContains, parseCidr } from './cidr';
import { aclOfSubnet } from './network-acl';
import type { NetworkInterface } from './network-interface';
import type { PortRange } from './packet-filter';
import { aclAdmits, groupsAdmit } from './packet-filter';
import { routeTableOf } from './route-table';
import type { Vpc } from './vpc';
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
  const vpc = findVpc(scope, networkInterface.vpcId);
  const local = vpc ? localPrefix(vpc, address) : undefined;
  if (local === undefined) return false;
  const { routes } = routeTableOf(scope, networkInterface);
  return !routes.some(({ destination }) => {
    const cidr = parseCidr(destination);
    return cidr !== undefined && cidr.prefix > local && cidrContains(cidr, address);
  });
}

function localPrefix({ ipv4, ipv6 }: Vpc, address: string): number | undefined {
  const blocks = address.includes(':') ? ipv6 : ipv4;
  return blocks.find(({ cidr }) => cidrContains(cidr, address))?.cidr.prefix;
}
