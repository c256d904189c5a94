import type { Page } from '../../kernel/page';
import { page } from '../../kernel/page';
import { invalidParameter } from './ecs-error';

/** What every List operation of ECS takes. */
interface ListRequest {
  readonly nextToken?: string | undefined;
  readonly maxResults?: number | undefined;
}

export interface PageSize {
  readonly standard: number;
  readonly max: number;
}

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListTasks.html and its like */
const HUNDRED: PageSize = { standard: 100, max: 100 };

/** Something that has its number in the order in which it was made. */
interface Numbered {
  readonly sequence: number;
}

/** One page of resources: none is passed over while others come and go between two pages. */
export function listNumbered<Item extends Numbered>(items: readonly Item[], request: ListRequest, size = HUNDRED) {
  return cut(items, request, { size, position: ({ sequence }) => sequence });
}

/** One page of any other listing. Both throw `InvalidParameterException` for a size or token that ECS refuses. */
export function listPage<Item>(items: readonly Item[], request: ListRequest, size = HUNDRED): Page<Item> {
  return cut(items, request, { size });
}

interface Cut<Item> {
  readonly size: PageSize;
  readonly position?: (item: Item) => number;
}

function cut<Item>(items: readonly Item[], request: ListRequest, { size, position }: Cut<Item>): Page<Item> {
  const wanted = request.maxResults ?? size.standard;
  if (wanted < 1 || wanted > size.max) {
    throw invalidParameter(`maxResults must be between 1 and ${String(size.max)}.`);
  }
  return page(items, {
    token: request.nextToken,
    size: wanted,
    invalidToken: invalidParameter('Invalid token in the request: nextToken was not given by this listing.'),
    position,
  });
}
