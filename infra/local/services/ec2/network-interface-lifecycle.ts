import { ApiError } from '../../kernel/api-error';
import type { Scope } from '../../kernel/scope';
import { isGlobalUnicast } from './cidr';
import { invalidCombination, invalidValue } from './ec2-error';
import type { Attachment, Ipv6Assignment, NetworkInterface } from './network-interface';
import { addressesOf, attach, detach, forget, forgetAddresses, keep } from './network-interface';
import { giveBackPublicIpv4, takePublicIpv4 } from './public-address';
import { resourceId } from './resource-id';
import { defaultGroupOf, requireSecurityGroup } from './security-group';
import type { Subnet } from './subnet';
import { requireSubnet } from './subnet';
import { giveBack, takeIpv4, takeIpv6, takeIpv6Prefix } from './subnet-addresses';
import type { Tags } from './tag';
import { dropTags, writeTags } from './tag';

/** Which IPv6 addresses an interface is to get. */
export type Ipv6Request =
  { readonly count: number } | { readonly addresses: readonly string[] } | { readonly prefixCount: number };

export interface NetworkInterfaceRequest {
  readonly subnetId: string;
  /** Security group ids; the VPC's default group if absent. */
  readonly groups?: readonly string[];
  readonly description?: string;
  /** `interface` if absent. */
  readonly interfaceType?: string;
  /** The AWS service that makes it for itself; absent for an interface of the account's own. */
  readonly requesterId?: string;
  /** A private IPv4 address of the subnet; any if absent. */
  readonly ipv4?: string;
  /**
   * If absent, the subnet decides: one address where it assigns IPv6 on creation, and always one in an IPv6-only
   * subnet. A count of 0 in a dual-stack subnet gives an interface without IPv6.
   */
  readonly ipv6?: Ipv6Request;
  /** Makes the first global address the primary one. */
  readonly primaryIpv6?: boolean;
  readonly tags?: Tags;
}

/** https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html#vpc-limits-security-groups */
const MAX_GROUPS = 5;

/**
 * Makes a network interface with the addresses that its subnet allows.
 * @throws ApiError with EC2's code for an unknown subnet or group, no free address, no address to make primary
 */
export function createNetworkInterface(scope: Scope, request: NetworkInterfaceRequest): NetworkInterface {
  const subnet = requireSubnet(scope, request.subnetId);
  const groups = groupsOf(scope, subnet.vpcId, request.groups);
  const addresses = allocate(scope, subnet, request);
  const networkInterface: NetworkInterface = {
    id: resourceId(scope, 'eni'),
    vpcId: subnet.vpcId,
    subnetId: subnet.id,
    zone: subnet.zone,
    macAddress: `06:${(scope.ids.hex(10).match(/../g) ?? []).join(':')}`,
    interfaceType: request.interfaceType ?? 'interface',
    requesterId: request.requesterId ?? scope.account,
    requesterManaged: request.requesterId !== undefined,
    ipv6Native: subnet.ipv6Native,
    ...addresses,
    publicIpv4: undefined,
    description: request.description ?? '',
    groups,
    sourceDestCheck: true,
    attachment: undefined,
  };
  keep(scope, networkInterface);
  if (request.tags) writeTags(scope, networkInterface.id, request.tags);
  return networkInterface;
}

/** What the caller of `attachNetworkInterface` decides; the rest follows. */
export interface AttachmentRequest {
  readonly instanceId?: string;
  /** This account if absent. */
  readonly instanceOwnerId?: string;
  readonly deviceIndex: number;
  readonly deleteOnTermination: boolean;
  /** `attached` if absent. */
  readonly status?: Attachment['status'];
}

export function attachNetworkInterface(
  scope: Scope,
  networkInterface: NetworkInterface,
  request: AttachmentRequest,
): Attachment {
  const attachment: Attachment = {
    id: resourceId(scope, request.instanceId === undefined ? 'ela-attach' : 'eni-attach'),
    instanceId: request.instanceId,
    instanceOwnerId: request.instanceOwnerId ?? scope.account,
    deviceIndex: request.deviceIndex,
    attachTime: scope.clock.now(),
    deleteOnTermination: request.deleteOnTermination,
    status: request.status ?? 'attached',
  };
  attach(scope, networkInterface, attachment);
  return attachment;
}

/** Detaches and deletes the interface; its addresses go back to the subnet. */
export function releaseNetworkInterface(scope: Scope, networkInterface: NetworkInterface): void {
  const subnet = requireSubnet(scope, networkInterface.subnetId);
  detach(scope, networkInterface);
  dropPublicIpv4(scope, networkInterface);
  forget(scope, networkInterface);
  giveBack(scope, subnet, [...addressesOf(networkInterface), ...networkInterface.ipv6Prefixes]);
  dropTags(scope, networkInterface.id);
}

/** Gives the interface a public IPv4 address if it has a private one to map it to. */
export function givePublicIpv4(scope: Scope, networkInterface: NetworkInterface): void {
  if (networkInterface.ipv4.length > 0) networkInterface.publicIpv4 ??= takePublicIpv4(scope);
}

export function dropPublicIpv4(scope: Scope, networkInterface: NetworkInterface): void {
  if (networkInterface.publicIpv4 !== undefined) giveBackPublicIpv4(scope, networkInterface.publicIpv4);
  networkInterface.publicIpv4 = undefined;
}

/** Adds IPv6 addresses or prefixes; answers what was added. */
export function assignIpv6(
  scope: Scope,
  networkInterface: NetworkInterface,
  request: Ipv6Request,
): { readonly addresses: readonly string[]; readonly prefixes: readonly string[] } {
  const subnet = requireSubnet(scope, networkInterface.subnetId);
  const { ipv6, ipv6Prefixes } = taking(scope, subnet, (taken) => allocateIpv6(scope, subnet, { request, taken }));
  networkInterface.ipv6.push(...ipv6);
  networkInterface.ipv6Prefixes.push(...ipv6Prefixes);
  keep(scope, networkInterface);
  return { addresses: ipv6.map(({ address }) => address), prefixes: ipv6Prefixes };
}

/** Takes addresses and prefixes away that the interface holds. */
export function unassignIpv6(scope: Scope, networkInterface: NetworkInterface, gone: readonly string[]): void {
  const subnet = requireSubnet(scope, networkInterface.subnetId);
  networkInterface.ipv6 = networkInterface.ipv6.filter(({ address }) => !gone.includes(address));
  networkInterface.ipv6Prefixes = networkInterface.ipv6Prefixes.filter((prefix) => !gone.includes(prefix));
  forgetAddresses(scope, networkInterface, gone);
  giveBack(scope, subnet, gone);
}

/**
 * Makes the first global address of the interface its primary one. Repeating it changes nothing; nothing but
 * detaching undoes it: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-instance-addressing.html
 */
export function enablePrimaryIpv6(ipv6: readonly Ipv6Assignment[]): void {
  if (ipv6.some(({ isPrimary }) => isPrimary)) return;
  const first = ipv6.find(({ address }) => isGlobalUnicast(address));
  if (!first) {
    throw invalidCombination(
      'A primary IPv6 address cannot be enabled: the network interface has no IPv6 global unicast address.',
    );
  }
  first.isPrimary = true;
}

/** Checks security groups: they exist and belong to the VPC. */
export function groupsOf(scope: Scope, vpcId: string, ids: readonly string[] | undefined): readonly string[] {
  if (ids === undefined || ids.length === 0) return [defaultGroupOf(scope, vpcId).id];
  if (ids.length > MAX_GROUPS) {
    throw new ApiError(
      'SecurityGroupsPerInterfaceLimitExceeded',
      `The maximum number of security groups per interface has been reached.`,
    );
  }
  for (const id of ids) {
    const group = requireSecurityGroup(scope, id);
    if (group.vpcId === vpcId) continue;
    throw new ApiError('InvalidGroup.NotFound', `The security group '${id}' does not exist in VPC '${vpcId}'`);
  }
  return ids;
}

type Addresses = Pick<NetworkInterface, 'ipv4' | 'ipv6' | 'ipv6Prefixes'>;

function allocate(scope: Scope, subnet: Subnet, request: NetworkInterfaceRequest): Addresses {
  return taking(scope, subnet, (taken) => {
    const wantsIpv4 = !subnet.ipv6Native || request.ipv4 !== undefined;
    const ipv4 = wantsIpv4 ? [takeIpv4(scope, subnet, request.ipv4)] : [];
    taken.push(...ipv4);
    const ipv6Request = request.ipv6 ?? { count: subnet.ipv6Native || subnet.assignIpv6OnCreation ? 1 : 0 };
    const { ipv6, ipv6Prefixes } = allocateIpv6(scope, subnet, { request: ipv6Request, taken });
    if (subnet.ipv6Native && ipv6.length === 0 && ipv6Prefixes.length === 0) {
      throw invalidValue(`An interface in the IPv6-only subnet '${subnet.id}' needs an IPv6 address.`);
    }
    if (request.primaryIpv6) enablePrimaryIpv6(ipv6);
    return { ipv4, ipv6, ipv6Prefixes };
  });
}

/** `taken` collects what was taken so far, for the case that the rest fails. */
function allocateIpv6(
  scope: Scope,
  subnet: Subnet,
  { request, taken }: { readonly request: Ipv6Request; readonly taken: string[] },
): Pick<Addresses, 'ipv6' | 'ipv6Prefixes'> {
  if ('prefixCount' in request) {
    const ipv6Prefixes = Array.from({ length: request.prefixCount }, () => noted(taken, takeIpv6Prefix(scope, subnet)));
    return { ipv6: [], ipv6Prefixes };
  }
  const wanted = 'count' in request ? Array.from({ length: request.count }, () => undefined) : request.addresses;
  const ipv6 = wanted.map((each) => ({ address: noted(taken, takeIpv6(scope, subnet, each)), isPrimary: false }));
  return { ipv6, ipv6Prefixes: [] };
}

/** Runs `take`; if it fails midway, what it noted as taken goes back. */
function taking<Result>(scope: Scope, subnet: Subnet, take: (taken: string[]) => Result): Result {
  const taken: string[] = [];
  try {
    return take(taken);
  } catch (error) {
    giveBack(scope, subnet, taken);
    throw error;
  }
}

function noted(taken: string[], address: string): string {
  taken.push(address);
  return address;
}
