import ipaddr from 'ipaddr.js';

/** A block of IPv6 addresses. */
export interface Block {
  /** Its first address, as a number. */
  readonly first: bigint;
  readonly prefix: number;
}

const BITS = 128;

/** The block that the text names; `undefined`: none of IPv6, such as a prefix list. */
export function parseBlock(text: string): Block | undefined {
  if (!ipaddr.IPv6.isValidCIDR(text)) return undefined;
  const [address, prefix] = ipaddr.IPv6.parseCIDR(text);
  const number = address.toByteArray().reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  const rest = BigInt(BITS - prefix);
  return { first: (number >> rest) << rest, prefix };
}

export function containsBlock(outer: Block, inner: Block): boolean {
  const rest = BigInt(BITS - outer.prefix);
  return outer.prefix <= inner.prefix && outer.first >> rest === inner.first >> rest;
}

export const overlap = (one: Block, other: Block): boolean => containsBlock(one, other) || containsBlock(other, one);

const sizeOf = ({ prefix }: Block): bigint => 1n << BigInt(BITS - prefix);

/** Whether the parts, each within the whole and none of them twice, leave nothing of it. */
export function fill(whole: Block, parts: readonly Block[]): boolean {
  const outermost = parts.filter(
    (part) => !parts.some((other) => other.prefix < part.prefix && containsBlock(other, part)),
  );
  return outermost.reduce((sum, part) => sum + sizeOf(part), 0n) === sizeOf(whole);
}
