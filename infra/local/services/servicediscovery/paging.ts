import type { Page } from '../../kernel/page';
import { page } from '../../kernel/page';
import { invalidInput } from './invalid-input';

/** Most items on a page of any list, and the number when none is asked for: https://docs.aws.amazon.com/cloud-map/latest/api/API_ListInstances.html */
const MAX_RESULTS = 100;

export interface ListRequest {
  readonly NextToken?: string | undefined;
  readonly MaxResults?: number | undefined;
}

/** Cuts one page out of a list of Cloud Map. */
export function pageOf<Item>(items: readonly Item[], { NextToken, MaxResults }: ListRequest): Page<Item> {
  const size = MaxResults ?? MAX_RESULTS;
  if (size < 1 || size > MAX_RESULTS) throw invalidInput(`MaxResults must be from 1 to ${MAX_RESULTS}.`);
  return page(items, { token: NextToken, size, invalidToken: invalidInput('The token is not valid.') });
}

export interface ListFilter {
  readonly Name: string | undefined;
  readonly Values: readonly string[] | undefined;
  readonly Condition?: string | undefined;
}

export interface Filter<Item> {
  /** Conditions that the filter allows; EQ is the default of all. */
  readonly conditions: readonly string[];
  test(item: Item, values: readonly string[], condition: string): boolean;
}

/** The items that pass every filter; `filters` holds what may be asked, by name. */
export function select<Item>(
  items: readonly Item[],
  asked: readonly ListFilter[] | undefined,
  filters: Readonly<Record<string, Filter<Item>>>,
): Item[] {
  const tests = (asked ?? []).map((filter) => testOf(filter, filters));
  return items.filter((item) => tests.every((test) => test(item)));
}

function testOf<Item>(
  { Name = '', Values = [], Condition = 'EQ' }: ListFilter,
  filters: Readonly<Record<string, Filter<Item>>>,
): (item: Item) => boolean {
  const filter = filters[Name];
  if (!filter) throw invalidInput(`Filter name ${Name} is not valid.`);
  if (!filter.conditions.includes(Condition)) throw invalidInput(`Condition ${Condition} is not valid for ${Name}.`);
  if (Values.length === 0) throw invalidInput(`Filter ${Name} needs a value.`);
  if (Values.length > 1 && (Condition === 'EQ' || Condition === 'BEGINS_WITH')) {
    throw invalidInput(`Filter ${Name} takes one value with condition ${Condition}.`);
  }
  return (item) => filter.test(item, Values, Condition);
}
