import { matchesGlob } from '../../evaluate/glob';
import type { Cause } from '../../snapshot/gap';
import type { Snapshot, TaskDefinition } from '../../snapshot/snapshot';
import { usersOfTaskDefinition } from '../../snapshot/usage';
import type { FactReader } from '../rule';
import { listed } from '../wording/counted';
import { reachOf } from './registry';

/** What is known of how the images of a revision are pulled. */
export interface Pull {
  /** Containers whose image has a dual-stack name that is not used. */
  readonly ipv4Only: readonly { readonly container: string; readonly image: string; readonly rewritten: string }[];
  /** Registries of which it is not known whether they can be reached over IPv6. */
  readonly doubt?: Cause;
}

/**
 * A task of the revision runs in an IPv6-only subnet on Fargate, which keeps no images: all its registries were reached,
 * over IPv6 or through NAT64.
 */
function isPullProven(snapshot: Snapshot, { arn }: TaskDefinition): boolean {
  return usersOfTaskDefinition(snapshot, arn).tasks.some(
    ({ lastStatus, launchType, subnetId = '' }) =>
      lastStatus === 'RUNNING' && launchType === 'FARGATE' && snapshot.subnets.get(subnetId)?.ipv6Native === true,
  );
}

function doubtAbout(hosts: readonly string[]): Cause {
  const message = `no AWS API tells whether ${listed(hosts)} can be reached over IPv6; if so, add it to options.allowRegistries`;
  return { call: 'ecs:DescribeTaskDefinition', reason: 'registry unknown', message };
}

export interface KnownRegistries {
  /** Globs of registry hosts that are reached over IPv6. */
  readonly allowed: readonly string[];
  readonly fact: FactReader;
}

/** Sorts the images of a revision by what their host names tell. */
export function pullOf(snapshot: Snapshot, definition: TaskDefinition, { allowed, fact }: KnownRegistries): Pull {
  const images = definition.containers.flatMap(({ name, image }) =>
    image === undefined ? [] : [{ container: name, image, reach: reachOf(image, fact) }],
  );
  const ipv4Only = images.flatMap(({ container, image, reach }) =>
    reach.kind === 'ipv4-only' ? [{ container, image, rewritten: reach.rewritten }] : [],
  );
  const unknown = images
    .flatMap(({ reach }) => (reach.kind === 'unknown' ? [reach.host] : []))
    .filter((host) => !allowed.some((pattern) => matchesGlob(pattern, host)));
  if (unknown.length === 0 || isPullProven(snapshot, definition)) return { ipv4Only };
  return { ipv4Only, doubt: doubtAbout([...new Set(unknown)].sort()) };
}
