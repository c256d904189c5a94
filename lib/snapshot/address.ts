import ipaddr from 'ipaddr.js';

/** One spelling for each address (RFC 5952 for IPv6), so that addresses from different calls compare; other text stays as it is. */
export function canonicalAddress(text: string): string {
  return ipaddr.isValid(text) ? ipaddr.parse(text).toString() : text;
}

/** Whether the address, which must be one, lies in any of the blocks. */
export function isInside(address: string, cidrs: readonly string[]): boolean {
  const parsed = ipaddr.parse(address);
  return cidrs
    .map((cidr) => ipaddr.parseCIDR(cidr))
    .some((range) => range[0].kind() === parsed.kind() && parsed.match(range));
}
