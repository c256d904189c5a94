import ipaddr from 'ipaddr.js';

/** How a log endpoint is reached, by its host alone. */
export type Reach =
  | { readonly kind: 'ipv6' }
  /** `rewritten`: the same endpoint by its dual-stack name; absent for an address. */
  | { readonly kind: 'ipv4-only'; readonly host: string; readonly rewritten?: string }
  | { readonly kind: 'unknown'; readonly host: string };

/** How the hosts of AWS's APIs end. */
export interface ApiSuffix {
  readonly ipv4: string;
  readonly dualStack: string;
}

/** `logs.eu-west-2`: the name of an API and a region. Load balancers, interface endpoints and buckets look otherwise. */
const API_OF_REGION = /^[a-z][a-z0-9-]*\.[a-z]{2,4}(-[a-z]+)+-\d+$/;
/** `s3.dualstack.eu-west-2`, by which S3 answers over IPv6 too. */
const DUAL_STACK_LABEL = /^[a-z0-9-]+\.dualstack\./;

/** Host name or address of `tcp://host:port/path`, `host:port`, `[::1]:514` and their like; `undefined`: there is none. */
function hostOf(endpoint: string): string | undefined {
  const text = endpoint.trim();
  const scheme = /^[a-z][a-z0-9+.-]*:\/\//i.exec(text)?.[0] ?? '';
  if (scheme.toLowerCase().startsWith('unix')) return undefined;
  const [authority = ''] = text.slice(scheme.length).split(/[/?#]/);
  const bracketed = /^\[([^\]]+)\]/.exec(authority)?.[1];
  const host = bracketed ?? (ipaddr.IPv6.isValid(authority) ? authority : authority.replace(/:\d*$/, ''));
  return host === '' ? undefined : host.toLowerCase();
}

function reachOfAddress(address: ipaddr.IPv4 | ipaddr.IPv6, host: string): Reach {
  if (address.kind() === 'ipv6' || address.range() === 'loopback') return { kind: 'ipv6' };
  // AWS does not say whether link-local IPv4 works on a host that has no other
  return { kind: address.range() === 'linkLocal' ? 'unknown' : 'ipv4-only', host };
}

function dualStackName(host: string, { ipv4, dualStack }: ApiSuffix): string | undefined {
  const api = host.endsWith(`.${ipv4}`) ? host.slice(0, -ipv4.length - 1) : '';
  return API_OF_REGION.test(api) ? `${api}.${dualStack}` : undefined;
}

function isDualStack(host: string, { ipv4, dualStack }: ApiSuffix): boolean {
  return host.endsWith(`.${dualStack}`) || (host.endsWith(`.${ipv4}`) && DUAL_STACK_LABEL.test(host));
}

/** Tells from an option of a log driver how its endpoint is reached. */
export function reachOf(endpoint: string, suffixes: readonly ApiSuffix[]): Reach {
  const host = hostOf(endpoint);
  if (host === undefined || host === 'localhost') return { kind: 'ipv6' };
  if (ipaddr.IPv6.isValid(host) || ipaddr.IPv4.isValidFourPartDecimal(host)) {
    return reachOfAddress(ipaddr.parse(host), host);
  }
  if (suffixes.some((suffix) => isDualStack(host, suffix))) return { kind: 'ipv6' };
  const [name] = suffixes.flatMap((suffix) => dualStackName(host, suffix) ?? []);
  if (name === undefined) return { kind: 'unknown', host };
  const at = endpoint.toLowerCase().indexOf(host);
  return { kind: 'ipv4-only', host, rewritten: endpoint.slice(0, at) + name + endpoint.slice(at + host.length) };
}
