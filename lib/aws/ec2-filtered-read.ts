/**
 * Reads of EC2 by filters: asked by id, one id that is gone fails the whole call, and an empty list of ids means
 * everything. https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-pagination.html
 */
import type { Filter } from '@aws-sdk/client-ec2';
import { EC2_FILTER_VALUES, EC2_PAGE } from './limits';
import { describeInBatches, type Batch, type Read } from './read';

/** What such a call is asked with. */
export interface FilterPage {
  readonly Filters: Filter[];
  readonly MaxResults: number;
  readonly NextToken: string | undefined;
}

export interface FilteredRead<Item> {
  readonly action: string;
  readonly filter: string;
  readonly values: readonly string[];
  /** Items that the call takes in a page, if fewer than usual. */
  readonly pageSize?: number;
  /** Undefined where one value may fit many items: then none is ever missing. */
  readonly keyOf?: (item: Item) => string | undefined;
  readonly page: (
    input: FilterPage,
  ) => Promise<{ readonly items: readonly Item[] | undefined; readonly token: string | undefined }>;
}

async function allPages<Item>(
  { filter, pageSize = EC2_PAGE, page }: FilteredRead<Item>,
  values: readonly string[],
): Promise<readonly Item[]> {
  const Filters = [{ Name: filter, Values: [...values] }];
  const items: Item[] = [];
  let NextToken: string | undefined;
  do {
    const answer = await page({ Filters, MaxResults: pageSize, NextToken });
    items.push(...(answer.items ?? []));
    NextToken = answer.token === '' ? undefined : answer.token;
  } while (NextToken !== undefined);
  return items;
}

/** Describes what has any of the values, 200 values to a call. */
export function describeFiltered<Item>(read: FilteredRead<Item>): Promise<Read<Item>> {
  const { action, values, keyOf } = read;
  return describeInBatches({
    action,
    keys: values,
    size: EC2_FILTER_VALUES,
    async describe(keys): Promise<Batch<Item>> {
      const items = await allPages(read, keys);
      const found = new Set(keyOf && items.map(keyOf));
      return { items, missing: keyOf ? keys.filter((key) => !found.has(key)) : [] };
    },
  });
}
