import ipaddr from 'ipaddr.js';

/** One spelling for each address (RFC 5952 for IPv6), so that addresses from different calls compare; other text stays as it is. */
export function canonicalAddress(text: string): string {
  return ipaddr.isValid(text) ? ipaddr.parse(text).toString() : text;
}
