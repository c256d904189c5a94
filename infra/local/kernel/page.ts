import type { ApiError } from './api-error';

export interface PageRequest<Item> {
  /** As the client sent it; absent or empty for the first page. */
  readonly token: string | undefined;
  /** Items on a page. */
  readonly size: number;
  /** Error for a token that this list never gave. */
  readonly invalidToken: ApiError;
  /**
   * Place of an item in an order that never changes, rising along the list. With it a page starts after the last item
   * that was given, whatever came or went meanwhile; without it, at its index.
   */
  readonly position?: (item: Item) => number;
}

export interface Page<Item> {
  readonly items: Item[];
  /** Absent on the last page. */
  readonly token: string | undefined;
}

/** Cuts one page out of a list in stable order. The token is opaque to clients, as AWS's are. */
export function page<Item>(items: readonly Item[], request: PageRequest<Item>): Page<Item> {
  const { token, size, position } = request;
  const mark = token ? readToken(token) : 0;
  if (!Number.isInteger(mark) || (!position && mark > items.length)) throw request.invalidToken;
  const left = position ? items.filter((item) => position(item) > mark) : items.slice(mark);
  const shown = left.slice(0, size);
  const last = shown.at(-1);
  if (shown.length === left.length || last === undefined) return { items: shown, token: undefined };
  return { items: shown, token: writeToken(position ? position(last) : mark + size) };
}

function readToken(token: string): number {
  return Number(/^page:(\d+)$/.exec(Buffer.from(token, 'base64url').toString())?.[1] ?? NaN);
}

function writeToken(mark: number): string {
  return Buffer.from(`page:${String(mark)}`).toString('base64url');
}
