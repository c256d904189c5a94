import { ecrPrivateHosts, ecrPublicHosts, type EcrSuffix } from '../../facts/ecr-hosts';
import type { FactReader } from '../rule';

/** How an image is reached, by its registry's host name. */
export type Reach =
  | { readonly kind: 'dual-stack' }
  /** The same image by the registry's dual-stack host name. */
  | { readonly kind: 'ipv4-only'; readonly rewritten: string }
  /** AWS does not say by which name the registry is reached over IPv6, or it is not AWS's. */
  | { readonly kind: 'unknown'; readonly host: string };

/** What stands in an image without a host: https://pkg.go.dev/github.com/distribution/reference */
const DOCKER_HUB = 'docker.io';
/** `111122223333.dkr.ecr-fips.us-east-1` */
const IPV4_PREFIX = /^\d{12}\.dkr\.ecr(-fips)?\.[a-z0-9-]+$/;
const DUAL_STACK_PREFIX = /^\d{12}\.dkr-ecr(-fips)?\.[a-z0-9-]+$/;

/** Host, with its port; `undefined`: the image names none. */
function hostOf(image: string): string | undefined {
  const slash = image.indexOf('/');
  const first = slash < 0 ? '' : image.slice(0, slash);
  return /[.:]/.test(first) || first === 'localhost' ? first : undefined;
}

function splitPort(host: string): { readonly name: string; readonly port: string } {
  const colon = host.indexOf(':');
  const name = (colon < 0 ? host : host.slice(0, colon)).toLowerCase();
  return { name: name === 'index.docker.io' ? DOCKER_HUB : name, port: colon < 0 ? '' : host.slice(colon) };
}

/** What stands before the suffix; `undefined`: the name ends otherwise. */
function before(suffix: string, name: string): string | undefined {
  return name.endsWith(`.${suffix}`) ? name.slice(0, -suffix.length - 1) : undefined;
}

function dualStackBy({ ipv4, dualStack, hasFips }: EcrSuffix, name: string): string | undefined {
  if (dualStack === undefined || (name.includes('-fips.') && !hasFips)) return undefined;
  if (DUAL_STACK_PREFIX.test(before(dualStack, name) ?? '')) return name;
  const prefix = before(ipv4, name) ?? '';
  return IPV4_PREFIX.test(prefix) ? `${prefix.replace('.dkr.ecr', '.dkr-ecr')}.${dualStack}` : undefined;
}

/** Host name of an ECR private registry in its dual-stack form; `undefined`: it is none, or AWS names no such form. */
function privateDualStack(name: string, fact: FactReader): string | undefined {
  return fact(ecrPrivateHosts)
    .map((suffix) => dualStackBy(suffix, name))
    .find((found) => found !== undefined);
}

function dualStackName(name: string, fact: FactReader): string | undefined {
  const { ipv4, dualStack } = fact(ecrPublicHosts);
  return name === ipv4 || name === dualStack ? dualStack : privateDualStack(name, fact);
}

/** Tells how an image is pulled, from its name alone. Port, path, tag and digest stay as they are. */
export function reachOf(image: string, fact: FactReader): Reach {
  const host = hostOf(image);
  if (host === undefined) return { kind: 'unknown', host: DOCKER_HUB };
  const { name, port } = splitPort(host);
  const dualStack = dualStackName(name, fact);
  if (dualStack === undefined) return { kind: 'unknown', host: name };
  if (dualStack === name) return { kind: 'dual-stack' };
  return { kind: 'ipv4-only', rewritten: `${dualStack}${port}${image.slice(host.length)}` };
}
