import type { Scope } from '../../kernel/scope';
import { defineReplicatedStore } from '../../kernel/scope';
import { canonicalAddress } from './cidr';
import type { Kind } from './ec2-error';
import { found, idFormat } from './ec2-error';
import type { Zone } from './zone';

export interface Ipv6Assignment {
  readonly address: string;
  /** Set by `EnablePrimaryIpv6`; ends when the interface is detached or its instance terminated. */
  isPrimary: boolean;
}

export interface Attachment {
  /** `eni-attach-...`, or `ela-attach-...` for interfaces that a service attaches to what it hides. */
  readonly id: string;
  /** Absent where the thing it is attached to belongs to AWS (Fargate, load balancers). */
  readonly instanceId: string | undefined;
  /** Account of the instance, or the name of the service. */
  readonly instanceOwnerId: string;
  readonly deviceIndex: number;
  readonly attachTime: Date;
  deleteOnTermination: boolean;
  status: 'attaching' | 'attached';
}

export interface NetworkInterface {
  readonly id: string;
  readonly vpcId: string;
  readonly subnetId: string;
  readonly zone: Zone;
  readonly macAddress: string;
  /** As DescribeNetworkInterfaces says it: `interface`, `branch`, `network_load_balancer`, `nat_gateway`, ... */
  readonly interfaceType: string;
  /** Who made it: an account or principal id, `amazon-elb`, ... */
  readonly requesterId: string;
  /** Belongs to an AWS service: the account's own calls may not change or delete it. */
  readonly requesterManaged: boolean;
  /** Its subnet is IPv6-only. */
  readonly ipv6Native: boolean;
  /** Primary first; empty in an IPv6-only subnet. */
  readonly ipv4: string[];
  publicIpv4: string | undefined;
  ipv6: Ipv6Assignment[];
  ipv6Prefixes: string[];
  description: string;
  /** Security group ids. */
  groups: readonly string[];
  sourceDestCheck: boolean;
  attachment: Attachment | undefined;
}

export const NETWORK_INTERFACE: Kind = {
  notFound: 'InvalidNetworkInterfaceID.NotFound',
  noun: 'networkInterface ID',
  format: idFormat('eni', 'InvalidNetworkInterfaceId.Malformed'),
};

interface Interfaces {
  readonly byId: Map<string, NetworkInterface>;
  /** `<vpc id>/<address>` to the interface that holds the address. */
  readonly byAddress: Map<string, NetworkInterface>;
  readonly byInstance: Map<string, Set<NetworkInterface>>;
}

const interfaces = defineReplicatedStore<Interfaces>(() => ({
  byId: new Map(),
  byAddress: new Map(),
  byInstance: new Map(),
}));

export function allNetworkInterfaces(scope: Scope): readonly NetworkInterface[] {
  return [...interfaces(scope).byId.values()];
}

export function findNetworkInterface(scope: Scope, id: string): NetworkInterface | undefined {
  return interfaces(scope).byId.get(id);
}

/** The interface, or `InvalidNetworkInterfaceID.NotFound`. */
export function requireNetworkInterface(scope: Scope, id: string): NetworkInterface {
  return found(findNetworkInterface(scope, id), NETWORK_INTERFACE, id);
}

/** The interface that holds a private IPv4 or an IPv6 address in a VPC; any spelling of the address will do. */
export function findNetworkInterfaceByAddress(
  scope: Scope,
  vpcId: string,
  address: string,
): NetworkInterface | undefined {
  const { byAddress } = interfaces(scope);
  // Most callers spell it as it is kept, and reading an address is slow
  return byAddress.get(`${vpcId}/${address}`) ?? byAddress.get(`${vpcId}/${canonicalAddress(address) ?? address}`);
}

/** Interfaces attached to an instance, by device index. */
export function interfacesOfInstance(scope: Scope, instanceId: string): readonly NetworkInterface[] {
  const attached = interfaces(scope).byInstance.get(instanceId) ?? [];
  return [...attached].sort((one, other) => deviceIndexOf(one) - deviceIndexOf(other));
}

export function addressesOf(networkInterface: NetworkInterface): readonly string[] {
  return [...networkInterface.ipv4, ...networkInterface.ipv6.map(({ address }) => address)];
}

/** Puts the interface, as it is now, where it can be found by id and by each of its addresses. */
export function keep(scope: Scope, networkInterface: NetworkInterface): void {
  const { byId, byAddress } = interfaces(scope);
  byId.set(networkInterface.id, networkInterface);
  for (const address of addressesOf(networkInterface)) {
    byAddress.set(`${networkInterface.vpcId}/${address}`, networkInterface);
  }
}

/** The addresses no longer lead to the interface. */
export function forgetAddresses(scope: Scope, networkInterface: NetworkInterface, addresses: readonly string[]): void {
  for (const address of addresses) interfaces(scope).byAddress.delete(`${networkInterface.vpcId}/${address}`);
}

/** Notes what the interface is attached to. */
export function attach(scope: Scope, networkInterface: NetworkInterface, attachment: Attachment): void {
  networkInterface.attachment = attachment;
  const { instanceId } = attachment;
  if (instanceId === undefined) return;
  const { byInstance } = interfaces(scope);
  byInstance.set(instanceId, (byInstance.get(instanceId) ?? new Set()).add(networkInterface));
}

/** Ends the attachment, and with it the interface's primary IPv6 address. */
export function detach(scope: Scope, networkInterface: NetworkInterface): void {
  const instanceId = networkInterface.attachment?.instanceId;
  if (instanceId !== undefined) interfaces(scope).byInstance.get(instanceId)?.delete(networkInterface);
  networkInterface.attachment = undefined;
  for (const assignment of networkInterface.ipv6) assignment.isPrimary = false;
}

export function forget(scope: Scope, networkInterface: NetworkInterface): void {
  forgetAddresses(scope, networkInterface, addressesOf(networkInterface));
  interfaces(scope).byId.delete(networkInterface.id);
}

function deviceIndexOf(networkInterface: NetworkInterface): number {
  return networkInterface.attachment?.deviceIndex ?? 0;
}
