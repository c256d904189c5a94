import ipaddr from 'ipaddr.js';

/** A block of addresses. Addresses are numbers here, so that one arithmetic serves both families. */
export interface Cidr {
  readonly family: 4 | 6;
  /** First address of the block. */
  readonly base: bigint;
  readonly prefix: number;
  /** Canonical text: host bits cleared, IPv6 compressed as RFC 5952 says. */
  readonly text: string;
}

const BITS = { 4: 32, 6: 128 } as const;

/**
 * Eight groups, none of them zero, in their shortest spelling: such an address is canonical as it stands. Nearly all are
 * of this kind, and reading any other takes ten times as long, which an account with 100,000 of them would feel.
 */
const PLAIN_IPV6 = /^(?:[1-9a-f][0-9a-f]{0,3}:){7}[1-9a-f][0-9a-f]{0,3}$/;

function toBits(address: ipaddr.IPv4 | ipaddr.IPv6): bigint {
  return address.toByteArray().reduce((bits, byte) => (bits << 8n) | BigInt(byte), 0n);
}

/** @param address a valid one */
function bitsOf(address: string): bigint {
  if (!PLAIN_IPV6.test(address)) return toBits(ipaddr.parse(address));
  const digits = address.split(':').map((group) => group.padStart(4, '0'));
  return BigInt(`0x${digits.join('')}`);
}

function toText(family: 4 | 6, bits: bigint): string {
  return (family === 6 ? toPlainIpv6(bits) : undefined) ?? toCompressed(family, bits);
}

/** Undefined if the address has a group that is zero. */
function toPlainIpv6(bits: bigint): string | undefined {
  const groups = bits.toString(16).padStart(32, '0').match(/.{4}/g) ?? [];
  const text = groups.map((group) => group.replace(/^0+/, '')).join(':');
  return PLAIN_IPV6.test(text) ? text : undefined;
}

function toCompressed(family: 4 | 6, bits: bigint): string {
  const bytes = Array.from({ length: BITS[family] / 8 }, (_, index) =>
    Number((bits >> BigInt(BITS[family] - 8 * (index + 1))) & 0xffn),
  );
  return ipaddr.fromByteArray(bytes).toString();
}

/** Undefined if the text is no CIDR. Host bits are cleared, as EC2 does. */
export function parseCidr(text: string): Cidr | undefined {
  if (!ipaddr.isValidCIDR(text)) return undefined;
  const [address, prefix] = ipaddr.parseCIDR(text);
  const family = address.kind() === 'ipv4' ? 4 : 6;
  const hostBits = BigInt(BITS[family] - prefix);
  const base = (toBits(address) >> hostBits) << hostBits;
  return { family, base, prefix, text: `${toText(family, base)}/${String(prefix)}` };
}

/** Family of an address; undefined if the text is no address. Short forms of IPv4 (`10.1`) are none. */
export function familyOf(address: string): 4 | 6 | undefined {
  // each test is slow on addresses of the other family
  if (!address.includes(':')) return ipaddr.IPv4.isValidFourPartDecimal(address) ? 4 : undefined;
  return PLAIN_IPV6.test(address) || ipaddr.IPv6.isValid(address) ? 6 : undefined;
}

/** The spelling in which addresses are kept and compared; undefined if the text is no address. */
export function canonicalAddress(address: string): string | undefined {
  if (PLAIN_IPV6.test(address)) return address;
  return familyOf(address) ? ipaddr.parse(address).toString() : undefined;
}

export function cidrContains(cidr: Cidr, address: string): boolean {
  if (familyOf(address) !== cidr.family) return false;
  return bitsOf(address) >> hostBitsOf(cidr) === cidr.base >> hostBitsOf(cidr);
}

export function cidrCovers(outer: Cidr, inner: Cidr): boolean {
  return (
    outer.family === inner.family &&
    outer.prefix <= inner.prefix &&
    inner.base >> hostBitsOf(outer) === outer.base >> hostBitsOf(outer)
  );
}

export function cidrsOverlap(one: Cidr, other: Cidr): boolean {
  return cidrCovers(one, other) || cidrCovers(other, one);
}

/** Number of addresses in the block. */
export function cidrSize(cidr: Cidr): bigint {
  return 1n << hostBitsOf(cidr);
}

/** The address `offset` places after the first of the block. */
export function addressAt(cidr: Cidr, offset: bigint): string {
  return toText(cidr.family, cidr.base + offset);
}

/** How many places after the first of the block the address lies; it must lie in the block. */
export function offsetOf(cidr: Cidr, address: string): bigint {
  return bitsOf(address) - cidr.base;
}

/** A global unicast address: the only kind that can be a primary IPv6 address. */
export function isGlobalUnicast(address: string): boolean {
  // ipaddr.js calls the documentation block 2001:db8::/32 reserved; 2000::/3 is what IANA gives out.
  return familyOf(address) === 6 && bitsOf(address) >> 125n === 0b001n;
}

function hostBitsOf(cidr: Cidr): bigint {
  return BigInt(BITS[cidr.family] - cidr.prefix);
}
