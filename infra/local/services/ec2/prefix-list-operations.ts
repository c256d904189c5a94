import type {
  AddPrefixListEntry,
  CreateManagedPrefixListRequest,
  CreateManagedPrefixListResult,
  DeleteManagedPrefixListRequest,
  DeleteManagedPrefixListResult,
  DescribeManagedPrefixListsRequest,
  DescribeManagedPrefixListsResult,
  GetManagedPrefixListEntriesRequest,
  GetManagedPrefixListEntriesResult,
  ManagedPrefixList,
} from '@aws-sdk/client-ec2';
import type { Authorization, Call, Operations } from '../../kernel/operation';
import { operation } from '../../kernel/operation';
import { page } from '../../kernel/page';
import type { Scope } from '../../kernel/scope';
import { arn } from '../../kernel/scope';
import { parseCidr } from './cidr';
import { dependencyViolation, invalidValue, missingParameter } from './ec2-error';
import { once } from './idempotency';
import type { Listing } from './listing';
import { list } from './listing';
import type { PrefixList, PrefixListEntry } from './prefix-list';
import {
  allPrefixLists,
  createPrefixList,
  dropPrefixList,
  findPrefixList,
  PREFIX_LIST,
  requirePrefixList,
} from './prefix-list';
import { allRouteTables } from './route-table';
import { allSecurityGroups } from './security-group';
import { dropTags, writeTags } from './tag';
import { tagList, tagsFor } from './tag-shape';

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetManagedPrefixListEntries.html */
const PAGE = { min: 1, max: 100 };
/** Nothing changes a list here, so it stays at its first version. */
const VERSION = 1;
/** https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html#vpc-limits-prefix-lists */
const MOST_ENTRIES = 1_000;

const PREFIX_LISTS: Listing<PrefixList> = {
  all: allPrefixLists,
  id: ({ id }) => id,
  kind: PREFIX_LIST,
  taggable: true,
  pageSize: PAGE,
  filters: {
    'owner-id': ({ ownerId }) => ownerId,
    'prefix-list-id': ({ id }) => id,
    'prefix-list-name': ({ name }) => name,
  },
};

function shape(scope: Scope, made: PrefixList): ManagedPrefixList {
  const isOwn = made.ownerId === scope.account;
  return {
    PrefixListId: made.id,
    AddressFamily: made.family,
    State: 'create-complete',
    PrefixListArn: made.arn,
    PrefixListName: made.name,
    MaxEntries: made.maxEntries,
    Version: isOwn ? VERSION : undefined,
    Tags: tagList(scope, made.id),
    OwnerId: made.ownerId,
  };
}

function familyOf(text: string | undefined): PrefixList['family'] {
  if (text === undefined) throw missingParameter('addressFamily');
  if (text === 'IPv4' || text === 'IPv6') return text;
  throw invalidValue(`Invalid value '${text}' for addressFamily. Valid values are IPv4 and IPv6.`);
}

function entry(family: PrefixList['family'], { Cidr = '', Description }: AddPrefixListEntry): PrefixListEntry {
  const cidr = parseCidr(Cidr);
  if (cidr?.family === (family === 'IPv4' ? 4 : 6)) return { cidr: cidr.text, description: Description };
  throw invalidValue(`The CIDR '${Cidr}' is not valid for a prefix list of the address family ${family}.`);
}

function request(input: CreateManagedPrefixListRequest): Parameters<typeof createPrefixList>[1] {
  const { PrefixListName: name, MaxEntries: maxEntries, AddressFamily, Entries = [] } = input;
  if (name === undefined) throw missingParameter('prefixListName');
  if (name.startsWith('com.amazonaws')) throw invalidValue(`The name '${name}' is reserved.`);
  if (maxEntries === undefined) throw missingParameter('maxEntries');
  if (maxEntries < 1 || maxEntries > MOST_ENTRIES) {
    throw invalidValue(`maxEntries must be between 1 and ${String(MOST_ENTRIES)}.`);
  }
  if (Entries.length > maxEntries) throw invalidValue('There are more entries than maxEntries.');
  const family = familyOf(AddressFamily);
  return { name, maxEntries, family, entries: Entries.map((each) => entry(family, each)) };
}

const createOnce = once<PrefixList>();

const createManagedPrefixList = operation<CreateManagedPrefixListRequest, CreateManagedPrefixListResult>({
  accepts: ['PrefixListName', 'Entries', 'MaxEntries', 'AddressFamily', 'TagSpecifications', 'ClientToken'],
  run(input, { scope }) {
    const tags = tagsFor('prefix-list', input.TagSpecifications);
    const wanted = request(input);
    const made = createOnce(scope, input, () => createPrefixList(scope, wanted));
    writeTags(scope, made.id, tags);
    return { PrefixList: shape(scope, made) };
  },
});

const describeManagedPrefixLists = operation<DescribeManagedPrefixListsRequest, DescribeManagedPrefixListsResult>({
  accepts: ['PrefixListIds', 'Filters', 'MaxResults', 'NextToken'],
  run(input, { scope }) {
    const { items, token } = list(scope, PREFIX_LISTS, {
      ids: input.PrefixListIds,
      filters: input.Filters,
      maxResults: input.MaxResults,
      nextToken: input.NextToken,
    });
    return { PrefixLists: items.map((made) => shape(scope, made)), NextToken: token };
  },
});

/** AWS gives as many entries as it may where nobody says how many. */
const getManagedPrefixListEntries = operation<GetManagedPrefixListEntriesRequest, GetManagedPrefixListEntriesResult>({
  accepts: ['PrefixListId', 'MaxResults', 'NextToken'],
  run({ PrefixListId, MaxResults: size = PAGE.max, NextToken }, { scope }) {
    if (PrefixListId === undefined) throw missingParameter('prefixListId');
    if (size < PAGE.min || size > PAGE.max) {
      throw invalidValue(`Value (${String(size)}) for parameter maxResults is invalid. It must be from 1 to 100.`);
    }
    const { entries } = requirePrefixList(scope, PrefixListId);
    const invalidToken = invalidValue('The token is not valid.');
    const { items, token } = page(entries, { token: NextToken, size, invalidToken });
    return {
      Entries: items.map(({ cidr: Cidr, description: Description }) => ({ Cidr, Description })),
      NextToken: token,
    };
  },
  authorize: onList,
});

function refuseIfNamed(scope: Scope, { id }: PrefixList): void {
  const rules = allSecurityGroups(scope).flatMap((group) => group.rules);
  const isNamed =
    rules.some(({ peer }) => peer.kind === 'prefix-list' && peer.prefixListId === id) ||
    allRouteTables(scope).some(({ routes }) => routes.some(({ destination }) => destination === id));
  // AWS's pages name no code for it
  if (isNamed) throw dependencyViolation(`The prefix list '${id}' is referenced and cannot be deleted.`);
}

const deleteManagedPrefixList = operation<DeleteManagedPrefixListRequest, DeleteManagedPrefixListResult>({
  accepts: ['PrefixListId'],
  run({ PrefixListId }, { scope }) {
    if (PrefixListId === undefined) throw missingParameter('prefixListId');
    const gone = requirePrefixList(scope, PrefixListId);
    if (gone.ownerId !== scope.account) throw invalidValue(`The prefix list '${gone.id}' is AWS's own.`);
    refuseIfNamed(scope, gone);
    const last = shape(scope, gone);
    dropPrefixList(scope, gone.id);
    dropTags(scope, gone.id);
    return { PrefixList: { ...last, State: 'delete-complete' } };
  },
  authorize: onList,
});

function onList(
  { PrefixListId: id = '*' }: { readonly PrefixListId?: string },
  { scope, operation: action }: Call,
): Authorization[] {
  const named = findPrefixList(scope, id)?.arn ?? arn(scope, 'ec2', `prefix-list/${id}`);
  return [{ action: `ec2:${action}`, resource: named }];
}

export const prefixListOperations: Operations = {
  CreateManagedPrefixList: createManagedPrefixList,
  DeleteManagedPrefixList: deleteManagedPrefixList,
  DescribeManagedPrefixLists: describeManagedPrefixLists,
  GetManagedPrefixListEntries: getManagedPrefixListEntries,
};
