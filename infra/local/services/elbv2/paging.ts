import type { Page } from '../../kernel/page';
import { page } from '../../kernel/page';
import { validationError } from './errors';

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeTargetGroups.html */
const MAX_PAGE_SIZE = 400;

export interface ListRequest {
  readonly Marker?: string | undefined;
  readonly PageSize?: number | undefined;
}

/** Cuts one page out of a list of load balancers, target groups, listeners or rules. */
export function pageOf<Item>(items: readonly Item[], { Marker, PageSize }: ListRequest): Page<Item> {
  const size = PageSize ?? MAX_PAGE_SIZE;
  if (size < 1 || size > MAX_PAGE_SIZE) throw validationError(`PageSize must be from 1 to ${MAX_PAGE_SIZE}`);
  return page(items, { token: Marker, size, invalidToken: validationError('Invalid marker') });
}
