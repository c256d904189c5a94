import ipaddr from 'ipaddr.js';

const GROUP = '[1-9a-f][0-9a-f]{0,3}';
/** Spelled so already, as AWS nearly always does: no group of zeros beside the `::`, if there is one. */
const CANONICAL = new RegExp(
  `^${GROUP}(?::${GROUP}){7}$|^(?=(?:[^:]*:){2,6}[^:]*$)${GROUP}(?::${GROUP})*::${GROUP}(?::${GROUP})*$`,
);

const OCTET = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';
const CANONICAL_IPV4 = new RegExp(`^${OCTET}(?:\\.${OCTET}){3}$`);

/** One spelling for each address (RFC 5952 for IPv6), so that addresses from different calls compare; other text stays as it is. */
export function canonicalAddress(text: string): string {
  // parsing costs far more than looking, and a fleet has hundreds of thousands of them
  if (CANONICAL.test(text) || CANONICAL_IPV4.test(text)) return text;
  return ipaddr.isValid(text) ? ipaddr.parse(text).toString() : text;
}

export type Family = 'ipv4' | 'ipv6';

/** `undefined`: it is no address. */
export function familyOf(text: string): Family | undefined {
  if (CANONICAL.test(text)) return 'ipv6';
  if (CANONICAL_IPV4.test(text)) return 'ipv4';
  // an instance's id: the parser tells that it is no address by an exception, which costs more than a whole check
  if (!/[.:]/.test(text)) return undefined;
  return ipaddr.isValid(text) ? ipaddr.parse(text).kind() : undefined;
}

/** Whether the address, which must be one, lies in any of the blocks. */
export function isInside(address: string, cidrs: readonly string[]): boolean {
  const parsed = ipaddr.parse(address);
  return cidrs
    .map((cidr) => ipaddr.parseCIDR(cidr))
    .some((range) => range[0].kind() === parsed.kind() && parsed.match(range));
}

/** https://www.iana.org/assignments/ipv6-address-space */
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR('2000::/3');

/** The only kind of IPv6 address that can become the primary one of an interface. */
export function isGlobalUnicast(address: string): boolean {
  return ipaddr.IPv6.isValid(address) && ipaddr.IPv6.parse(address).match(GLOBAL_UNICAST);
}
