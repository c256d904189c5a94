import type { ApiError } from './api-error';

export interface PageRequest {
  /** As the client sent it; absent or empty for the first page. */
  readonly token: string | undefined;
  /** Items on a page. */
  readonly size: number;
  /** Error for a token that this list never gave. */
  readonly invalidToken: ApiError;
}

export interface Page<Item> {
  readonly items: Item[];
  /** Absent on the last page. */
  readonly token: string | undefined;
}

/** Cuts one page out of a list in stable order. The token is opaque to clients, as AWS's are. */
export function page<Item>(items: readonly Item[], { token, size, invalidToken }: PageRequest): Page<Item> {
  const start = token ? Number(/^page:(\d+)$/.exec(Buffer.from(token, 'base64url').toString())?.[1] ?? NaN) : 0;
  if (!Number.isInteger(start) || start > items.length) throw invalidToken;
  const end = start + size;
  return {
    items: items.slice(start, end),
    token: end < items.length ? Buffer.from(`page:${String(end)}`).toString('base64url') : undefined,
  };
}
