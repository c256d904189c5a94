import { page, type Page } from '../../kernel/page';
import { invalid } from './scheduler-error';

/** https://docs.aws.amazon.com/scheduler/latest/APIReference/API_ListSchedules.html */
const MAX_PAGE = 100;

interface PagedRequest {
  readonly NextToken?: string | undefined;
  readonly MaxResults?: number | undefined;
}

/** @throws ApiError ValidationException for a token that no list gave */
export function schedulerPage<Item extends { readonly serial: number }>(
  items: readonly Item[],
  { NextToken, MaxResults = MAX_PAGE }: PagedRequest,
): Page<Item> {
  const invalidToken = invalid('Invalid pagination token provided.');
  return page(items, { token: NextToken, size: MaxResults, invalidToken, position: ({ serial }) => serial });
}
