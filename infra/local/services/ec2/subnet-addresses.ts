import { ApiError } from '../../kernel/api-error';
import type { Scope } from '../../kernel/scope';
import { defineReplicatedStore } from '../../kernel/scope';
import type { Cidr } from './cidr';
import { addressAt, canonicalAddress, cidrContains, cidrSize, offsetOf, parseCidr } from './cidr';
import { invalidValue } from './ec2-error';
import type { Subnet } from './subnet';

/** The first four addresses of a block and its last one: https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html */
const RESERVED_FIRST = 4n;
const RESERVED_LAST = 1n;
const RESERVED = RESERVED_FIRST + RESERVED_LAST;

/** Prefix that a network interface can hold: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-prefix-eni.html */
const DELEGATED_PREFIX = 80;

interface Taken {
  readonly ipv4: Set<string>;
  readonly ipv6: Set<string>;
  readonly ipv6Prefixes: Set<string>;
}

const taken = defineReplicatedStore(() => new Map<string, Taken>());

function takenIn(scope: Scope, subnet: Subnet): Taken {
  const known = taken(scope).get(subnet.id);
  if (known) return known;
  const fresh = { ipv4: new Set<string>(), ipv6: new Set<string>(), ipv6Prefixes: new Set<string>() };
  taken(scope).set(subnet.id, fresh);
  return fresh;
}

/** IPv4 addresses that are left; 0 in an IPv6-only subnet. */
export function freeIpv4Count(scope: Scope, subnet: Subnet): number {
  if (!subnet.ipv4) return 0;
  return Number(cidrSize(subnet.ipv4) - RESERVED) - takenIn(scope, subnet).ipv4.size;
}

/** Takes an IPv4 address of the subnet: the one asked for, or any. */
export function takeIpv4(scope: Scope, subnet: Subnet, wanted?: string): string {
  if (!subnet.ipv4) throw invalidValue(`The subnet '${subnet.id}' is IPv6-only and has no IPv4 addresses.`);
  const { ipv4 } = takenIn(scope, subnet);
  const address =
    wanted === undefined
      ? anyAddress(scope, subnet.ipv4, (each) => !ipv4.has(each))
      : thisAddress(wanted, subnet.ipv4, (each) => !ipv4.has(each));
  ipv4.add(address);
  return address;
}

/** Takes an IPv6 address of the subnet: the one asked for, or any. */
export function takeIpv6(scope: Scope, subnet: Subnet, wanted?: string): string {
  const block = ipv6BlockOf(subnet);
  const { ipv6, ipv6Prefixes } = takenIn(scope, subnet);
  // few subnets have prefixes, and finding the one around an address is slow
  const inPrefix = (each: string): boolean => ipv6Prefixes.size > 0 && ipv6Prefixes.has(prefixAround(each));
  const isFree = (each: string): boolean => !ipv6.has(each) && !inPrefix(each);
  const address = wanted === undefined ? anyAddress(scope, block, isFree) : thisAddress(wanted, block, isFree);
  ipv6.add(address);
  return address;
}

/** Takes a /80 of the subnet; its text is the CIDR. */
export function takeIpv6Prefix(scope: Scope, subnet: Subnet): string {
  const block = ipv6BlockOf(subnet);
  const { ipv6, ipv6Prefixes } = takenIn(scope, subnet);
  const inUse = new Set([...ipv6].map(prefixAround));
  const step = 1n << BigInt(128 - DELEGATED_PREFIX);
  // Prefix 0 holds the block's reserved addresses.
  const prefix = firstFree(scope, cidrSize(block) / step - 1n, (place) => {
    const candidate = prefixAround(addressAt(block, (place + 1n) * step));
    return ipv6Prefixes.has(candidate) || inUse.has(candidate) ? undefined : candidate;
  });
  ipv6Prefixes.add(prefix);
  return prefix;
}

/** Gives addresses and prefixes back. */
export function giveBack(scope: Scope, subnet: Subnet, addresses: readonly string[]): void {
  const { ipv4, ipv6, ipv6Prefixes } = takenIn(scope, subnet);
  for (const pool of [ipv4, ipv6, ipv6Prefixes]) for (const address of addresses) pool.delete(address);
}

function ipv6BlockOf(subnet: Subnet): Cidr {
  const [association] = subnet.ipv6;
  if (association) return association.cidr;
  throw invalidValue(`The subnet '${subnet.id}' does not have an IPv6 CIDR block associated with it.`);
}

function anyAddress(scope: Scope, block: Cidr, isFree: (address: string) => boolean): string {
  return firstFree(scope, cidrSize(block) - RESERVED, (place) => {
    const address = addressAt(block, RESERVED_FIRST + place);
    return isFree(address) ? address : undefined;
  });
}

function thisAddress(wanted: string, block: Cidr, isFree: (address: string) => boolean): string {
  const address = canonicalAddress(wanted);
  if (address === undefined) throw invalidValue(`invalid value for parameter address: ${wanted}`);
  if (!cidrContains(block, address)) {
    throw invalidValue(`Address ${wanted} does not fall within the subnet's address range`);
  }
  const place = offsetOf(block, address);
  if (place < RESERVED_FIRST || place >= cidrSize(block) - RESERVED_LAST) {
    throw invalidValue(`Address ${wanted} is in subnet's reserved address range`);
  }
  if (!isFree(address)) throw new ApiError('InvalidIPAddress.InUse', `Address ${wanted} is in use.`);
  return address;
}

function prefixAround(address: string): string {
  return parseCidr(`${address}/${String(DELEGATED_PREFIX)}`)?.text ?? address;
}

/** Tries every place below `count` once, from a chance one on (the same chance for the same seed). */
function firstFree(scope: Scope, count: bigint, freeAt: (place: bigint) => string | undefined): string {
  const start = BigInt(`0x${scope.ids.hex(32)}`);
  for (let tries = 0n; tries < count; tries++) {
    const result = freeAt((start + tries) % count);
    if (result !== undefined) return result;
  }
  throw new ApiError(
    'InsufficientFreeAddressesInSubnet',
    'The specified subnet does not have enough free addresses to satisfy the request.',
  );
}
