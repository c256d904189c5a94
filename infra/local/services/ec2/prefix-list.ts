/** Managed prefix lists: https://docs.aws.amazon.com/vpc/latest/userguide/managed-prefix-lists.html */
import type { Scope } from '../../kernel/scope';
import { arn, defineReplicatedStore } from '../../kernel/scope';
import type { Kind } from './ec2-error';
import { found, idFormat } from './ec2-error';
import { resourceId } from './resource-id';

export interface PrefixListEntry {
  /** Canonical CIDR of the list's family. */
  readonly cidr: string;
  readonly description: string | undefined;
}

export interface PrefixList {
  readonly id: string;
  readonly arn: string;
  readonly name: string;
  readonly family: 'IPv4' | 'IPv6';
  /** `AWS` of its own lists. */
  readonly ownerId: string;
  /** Absent of AWS's own. */
  readonly maxEntries: number | undefined;
  readonly entries: readonly PrefixListEntry[];
}

/** AWS's pages show no id that cannot be one; the code of that refusal is a guess. */
export const PREFIX_LIST: Kind = {
  notFound: 'InvalidPrefixListID.NotFound',
  noun: 'prefix list ID',
  format: idFormat('pl', 'InvalidPrefixListId.Malformed'),
};

const lists = defineReplicatedStore(() => new Map<string, PrefixList>());

export function allPrefixLists(scope: Scope): readonly PrefixList[] {
  return [...lists(scope).values()];
}

export function findPrefixList(scope: Scope, id: string): PrefixList | undefined {
  return lists(scope).get(id);
}

/** The list, or `InvalidPrefixListID.NotFound`. */
export function requirePrefixList(scope: Scope, id: string): PrefixList {
  return found(findPrefixList(scope, id), PREFIX_LIST, id);
}

/** The blocks that a route is for: the one that it names, or those of its list. */
export function blocksOfRoute(scope: Scope, { destination }: { readonly destination: string }): readonly string[] {
  return findPrefixList(scope, destination)?.entries.map(({ cidr }) => cidr) ?? [destination];
}

export function createPrefixList(
  scope: Scope,
  request: Pick<PrefixList, 'name' | 'family' | 'maxEntries' | 'entries'>,
): PrefixList {
  const id = resourceId(scope, 'pl');
  const made = { id, arn: arn(scope, 'ec2', `prefix-list/${id}`), ownerId: scope.account, ...request };
  lists(scope).set(id, made);
  return made;
}

export function dropPrefixList(scope: Scope, id: string): void {
  lists(scope).delete(id);
}

/** Addresses of AWS's gateway services, made up: documentation blocks, where nothing else here has addresses. */
const SERVICE_BLOCKS = { IPv4: '198.51.100.0/24', IPv6: '2001:db8:1000::/36' } as const;

/** AWS's own list of a gateway service. */
export function prefixListOfService(scope: Scope, service: string, family: PrefixList['family']): PrefixList {
  const known = allPrefixLists(scope).find((each) => each.name === service && each.family === family);
  if (known) return known;
  const id = resourceId(scope, 'pl');
  const made: PrefixList = {
    ...{ id, name: service, family, ownerId: 'AWS', maxEntries: undefined },
    arn: arn({ ...scope, account: 'aws' }, 'ec2', `prefix-list/${id}`),
    entries: [{ cidr: SERVICE_BLOCKS[family], description: undefined }],
  };
  lists(scope).set(id, made);
  return made;
}
