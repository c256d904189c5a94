import ipaddr from 'ipaddr.js';
import { partitionOf } from '../../trigger/arn';

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
  /** Partitions whose regions they stand after; absent: any. */
  readonly partitions?: readonly string[] | undefined;
}

/** What AWS states of the names of its APIs. */
export interface EndpointNames {
  readonly suffixes: readonly ApiSuffix[];
  /** CloudWatch Logs has a dual-stack FIPS endpoint. */
  readonly fipsLogsDualStack: boolean;
}

/** `logs.eu-west-2`: the name of an API and a region. Load balancers, interface endpoints and buckets look otherwise. */
const API_OF_REGION = /^([a-z][a-z0-9-]*)\.([a-z]{2,4}(?:-[a-z]+)+-\d+)$/;
/** `logs-fips`: an API by its FIPS endpoint. */
const FIPS = '-fips';
const FIPS_LOGS = 'logs-fips';
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

interface ApiHost {
  readonly api: string;
  readonly suffix: ApiSuffix;
  readonly ending: 'ipv4' | 'dualStack';
}

/** The API that the host belongs to; a region of another partition is none of AWS's names. */
function apiHost(host: string, suffix: ApiSuffix, ending: ApiHost['ending']): readonly ApiHost[] {
  const end = `.${suffix[ending]}`;
  const [, api, region] = API_OF_REGION.exec(host.endsWith(end) ? host.slice(0, -end.length) : '') ?? [];
  if (api === undefined || region === undefined) return [];
  return suffix.partitions?.includes(partitionOf(region)) === false ? [] : [{ api, suffix, ending }];
}

/** The dual-stack name of an API; that of a FIPS endpoint only where it is known to be there. */
function dualStackName(host: string, { api, suffix: { ipv4, dualStack } }: ApiHost, fipsLogsDualStack: boolean) {
  if (api.endsWith(FIPS) && !(api === FIPS_LOGS && fipsLogsDualStack)) return undefined;
  return `${host.slice(0, -ipv4.length)}${dualStack}`;
}

function isDualStack(host: string, { ipv4, dualStack }: ApiSuffix): boolean {
  return host.endsWith(`.${dualStack}`) || (host.endsWith(`.${ipv4}`) && DUAL_STACK_LABEL.test(host));
}

function reachOfName(host: string, { suffixes, fipsLogsDualStack }: EndpointNames): Reach & { readonly name?: string } {
  const [dualStack] = suffixes.flatMap((suffix) => apiHost(host, suffix, 'dualStack'));
  // AWS says that there is none: what the name stands for is not known
  if (dualStack?.api === FIPS_LOGS && !fipsLogsDualStack) return { kind: 'unknown', host };
  if (suffixes.some((suffix) => isDualStack(host, suffix))) return { kind: 'ipv6' };
  const [old] = suffixes.flatMap((suffix) => apiHost(host, suffix, 'ipv4'));
  if (!old) return { kind: 'unknown', host };
  return { kind: 'ipv4-only', host, name: dualStackName(host, old, fipsLogsDualStack) };
}

/** Tells from an option of a log driver how its endpoint is reached. */
export function reachOf(endpoint: string, names: EndpointNames): Reach {
  const host = hostOf(endpoint);
  if (host === undefined || host === 'localhost') return { kind: 'ipv6' };
  if (ipaddr.IPv6.isValid(host) || ipaddr.IPv4.isValidFourPartDecimal(host)) {
    return reachOfAddress(ipaddr.parse(host), host);
  }
  const { name, ...reach } = reachOfName(host, names);
  if (name === undefined || reach.kind !== 'ipv4-only') return reach;
  const at = endpoint.toLowerCase().indexOf(host);
  return { ...reach, rewritten: endpoint.slice(0, at) + name + endpoint.slice(at + host.length) };
}
