import type { Filter } from '@aws-sdk/client-ec2';
import { ApiError } from '../../kernel/api-error';
import type { Page } from '../../kernel/page';
import { page } from '../../kernel/page';
import type { Scope } from '../../kernel/scope';
import type { Kind } from './ec2-error';
import { invalidCombination, invalidValue, malformedId, notFound } from './ec2-error';
import type { FilterFields } from './filter';
import { createFilter } from './filter';
import type { Tags } from './tag';
import { tagsOf } from './tag';

/** How a Describe operation finds, filters and pages its items. */
export interface Listing<Item> {
  /** Every item in stable order. */
  readonly all: (scope: Scope) => readonly Item[];
  readonly id: (item: Item) => string;
  readonly kind: Kind;
  readonly filters: FilterFields<Item>;
  /** `tag:KEY` and `tag-key` look at the tags that hang on the item's id. */
  readonly taggable: boolean;
  /** Where they look at something else. */
  readonly tags?: (item: Item) => Tags;
  readonly pageSize: PageSize;
  /** Names in AWS's message if ids and MaxResults may not come together. */
  readonly exclusive?: { readonly ids: string; readonly maxResults: string };
}

export interface PageSize {
  readonly min: number;
  readonly max: number;
}

/** The parameters that Describe operations share; some spell the names of ids and filters in their own way. */
export interface Query {
  readonly ids?: readonly string[];
  readonly filters?: readonly Filter[];
  readonly maxResults?: number;
  readonly nextToken?: string;
}

/** https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-pagination.html */
export const PAGE_5_TO_1000: PageSize = { min: 5, max: 1000 };

/** One page of what the query asks for; everything if it sets no MaxResults. */
export function list<Item>(scope: Scope, listing: Listing<Item>, query: Query): Page<Item> {
  checkPage(listing, query);
  const tagsById = listing.taggable ? (item: Item): Tags => tagsOf(scope, listing.id(item)) : undefined;
  const tagsOfItem = listing.tags ?? tagsById;
  const passes = createFilter(query.filters ?? [], listing.filters, tagsOfItem);
  const named = query.ids?.length ? pick(scope, listing, query.ids) : listing.all(scope);
  const items = named.filter((item) => passes(item, scope));
  return page(items, {
    token: query.nextToken,
    size: query.maxResults ?? Math.max(items.length, 1),
    invalidToken: new ApiError('InvalidNextToken', 'The specified NextToken is not valid.'),
  });
}

function pick<Item>(scope: Scope, listing: Listing<Item>, ids: readonly string[]): readonly Item[] {
  const { id, kind } = listing;
  const wanted = new Set(ids);
  for (const each of wanted) checkId(kind, each);
  const items = listing.all(scope).filter((item) => wanted.has(id(item)));
  const known = new Set(items.map(id));
  const unknown = [...wanted].filter((each) => !known.has(each));
  if (unknown.length > 0) throw notFound(kind, unknown);
  return items;
}

/** Refuses an id that cannot be one, for the kinds for which AWS has an error of its own. */
export function checkId(kind: Kind, id: string): void {
  if (kind.format && !kind.format.pattern.test(id)) throw malformedId(kind.format, id);
}

function checkPage<Item>({ pageSize, exclusive }: Listing<Item>, { ids, maxResults }: Query): void {
  if (maxResults === undefined) return;
  if (exclusive && ids?.length) {
    throw invalidCombination(
      `The parameter ${exclusive.ids} cannot be used with the parameter ${exclusive.maxResults}`,
    );
  }
  if (maxResults < pageSize.min || maxResults > pageSize.max) {
    const bound = maxResults < pageSize.min ? `greater than ${pageSize.min}` : `less than ${pageSize.max}`;
    throw invalidValue(
      `Value ( ${String(maxResults)} ) for parameter maxResults is invalid. Expecting a value ${bound}.`,
    );
  }
}
