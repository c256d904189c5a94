/** Every address that the internet has: global unicast. https://www.iana.org/assignments/ipv6-address-space */
export const ANYWHERE = '2000::/3';

/** The default route of IPv6. */
export const DEFAULT_ROUTE = '::/0';

/** Addresses that NAT64 translates: https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-nat64-dns64.html */
export const NAT64_PREFIX = '64:ff9b::/96';
