import ipaddr from 'ipaddr.js';
import { InvalidPattern } from './invalid-pattern';
import type { ValueTest } from './value-test';

/** `10.0.0.0/24` or `2001:db8::/32` */
export function parseCidr(source: unknown): ValueTest {
  if (typeof source !== 'string') throw new InvalidPattern('cidr match pattern must be a string');
  if (!/\/\d+$/.test(source) || !ipaddr.isValidCIDR(source)) {
    throw new InvalidPattern(`Malformed CIDR, one '/' required: ${source}`);
  }
  const [network, prefix] = ipaddr.parseCIDR(source);
  // The matcher takes networks, no single addresses: those are plain values.
  const longest = network.kind() === 'ipv4' ? 31 : 127;
  if (prefix > longest) throw new InvalidPattern(`Malformed CIDR, mask must be at most ${longest}: ${source}`);
  return (value) => {
    const address = typeof value === 'string' ? parseAddress(value) : undefined;
    return address?.kind() === network.kind() && address.match(network, prefix);
  };
}

/** An address in full: neither `127.1` nor `::1%eth0`. */
export function parseAddress(text: string) {
  const isAddress = ipaddr.IPv4.isValidFourPartDecimal(text) || (text.includes(':') && !text.includes('%'));
  return isAddress && ipaddr.isValid(text) ? ipaddr.parse(text) : undefined;
}
