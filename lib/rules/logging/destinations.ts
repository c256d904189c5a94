import { matchesGlob } from '../../evaluate/glob';
import type { Cause } from '../../snapshot/gap';
import type { TaskDefinition } from '../../snapshot/snapshot';
import { listed } from '../wording/counted';
import { reachOf, type EndpointNames, type Reach } from './endpoint';

/** By container, then by option of its log driver. */
export type Endpoints = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Where the containers of a revision send their logs, as far as it is wrong or not known. */
export interface Destinations {
  /** Hosts without an IPv6 address. */
  readonly hosts: readonly string[];
  /** Their endpoints as they are. */
  readonly actual: Endpoints;
  /** The same by dual-stack names, for those that have one. */
  readonly rewritten: Endpoints;
  /** Hosts of which it is not known whether they can be reached over IPv6. */
  readonly doubt?: Cause;
}

interface Option {
  readonly container: string;
  readonly option: string;
  readonly endpoint: string;
  readonly reach: Reach;
}

type Wrong = Option & { readonly reach: Extract<Reach, { readonly kind: 'ipv4-only' }> };

const isWrong = (one: Option): one is Wrong => one.reach.kind === 'ipv4-only';

function optionsOf({ containers }: TaskDefinition, names: EndpointNames): readonly Option[] {
  return containers.flatMap(({ name: container, logging }) =>
    Object.entries(logging?.endpoints ?? {}).map(([option, endpoint]) => {
      return { container, option, endpoint, reach: reachOf(endpoint, names) };
    }),
  );
}

function together(options: readonly (readonly [container: string, option: string, endpoint: string])[]): Endpoints {
  const all: Record<string, Record<string, string>> = {};
  for (const [container, option, endpoint] of options) all[container] = { ...all[container], [option]: endpoint };
  return all;
}

function doubtAbout(hosts: readonly string[]): Cause {
  const message = `no AWS API tells whether ${listed(hosts)} can be reached over IPv6; if so, add it to options.allowHosts`;
  return { call: 'ecs:DescribeTaskDefinition', reason: 'log endpoint unknown', message };
}

/** Sorts the log endpoints of a revision by what their hosts tell; `allowed` are globs of hosts. */
export function destinationsOf(
  definition: TaskDefinition,
  names: EndpointNames,
  allowed: readonly string[],
): Destinations {
  const isAllowed = (host: string): boolean => allowed.some((pattern) => matchesGlob(pattern, host));
  const options = optionsOf(definition, names);
  const wrong = options.filter(isWrong).filter(({ reach }) => !isAllowed(reach.host));
  const unknown = options
    .flatMap(({ reach }) => (reach.kind === 'unknown' ? [reach.host] : []))
    .filter((host) => !isAllowed(host));
  return {
    hosts: [...new Set(wrong.map(({ reach }) => reach.host))].sort(),
    actual: together(wrong.map(({ container, option, endpoint }) => [container, option, endpoint])),
    rewritten: together(
      wrong.flatMap(({ container, option, reach: { rewritten } }) =>
        rewritten === undefined ? [] : [[container, option, rewritten]],
      ),
    ),
    doubt: unknown.length > 0 ? doubtAbout([...new Set(unknown)].sort()) : undefined,
  };
}
