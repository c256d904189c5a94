/** Reads of many things, in batches or page by page, that keep what they got when a part fails. */
import pMap from 'p-map';
import { failureKind, failureMessage, type FailureKind } from './failure';

export interface ReadFailure {
  /** IAM action of the call, e.g. `ecs:DescribeTasks`. */
  readonly action: string;
  readonly kind: FailureKind | 'Partial';
  readonly message: string;
  /** What could not be read; empty: any of it. */
  readonly keys: readonly string[];
}

export interface Read<Item> {
  readonly items: readonly Item[];
  /** Asked for, and AWS says that it does not exist. */
  readonly missing: readonly string[];
  readonly failures: readonly ReadFailure[];
}

const emptyRead: Read<never> = { items: [], missing: [], failures: [] };

function mergeReads<Item>(reads: readonly Read<Item>[]): Read<Item> {
  return {
    items: reads.flatMap((read) => read.items),
    missing: reads.flatMap((read) => read.missing),
    failures: reads.flatMap((read) => read.failures),
  };
}

/** How many calls of one kind are under way at a time; the pace is set elsewhere, by the API's rate. */
export const CONCURRENCY = 8;

/** Runs `read` for each key, a few at a time, and puts the answers together. */
async function readEach<Key, Item>(keys: readonly Key[], read: (key: Key) => Promise<Read<Item>>): Promise<Read<Item>> {
  return mergeReads(await pMap(keys, read, { concurrency: CONCURRENCY }));
}

export function chunk<Item>(items: readonly Item[], size: number): readonly (readonly Item[])[] {
  const chunks: (readonly Item[])[] = [];
  for (let start = 0; start < items.length; start += size) chunks.push(items.slice(start, start + size));
  return chunks;
}

/** The failure as data, if the rest of the pass can stand beside it; else it is thrown. */
function toFailure(error: unknown, action: string, keys: readonly string[]): ReadFailure {
  const kind = failureKind(error);
  if (kind === undefined) throw error;
  return { action, kind, message: failureMessage(error), keys };
}

export interface Batch<Item> {
  readonly items: readonly (Item | undefined)[];
  readonly missing?: readonly string[];
  /** Of those, AWS gave neither the thing nor word that it does not exist. */
  readonly unexplained?: readonly { readonly key: string; readonly message: string }[];
}

export interface BatchRead<Item> {
  readonly action: string;
  readonly keys: readonly string[];
  readonly size: number;
  readonly describe: (keys: readonly string[]) => Promise<Batch<Item>>;
}

function fromBatch<Item>({ items, missing = [], unexplained = [] }: Batch<Item>, action: string): Read<Item> {
  return {
    items: items.filter((item) => item !== undefined),
    missing,
    failures: unexplained.map(({ key, message }) => ({ action, kind: 'Partial', message, keys: [key] })),
  };
}

/** Describes each key once, `size` to a call. A failed call leaves its own keys unread and no others. */
export async function describeInBatches<Item>({ action, keys, size, describe }: BatchRead<Item>): Promise<Read<Item>> {
  return readEach(chunk([...new Set(keys)], size), async (batch) => {
    try {
      return fromBatch(await describe(batch), action);
    } catch (error) {
      return { ...emptyRead, failures: [toFailure(error, action, batch)] };
    }
  });
}

export interface Page<Item> {
  readonly items: readonly Item[];
  readonly token: string | undefined;
}

export interface PagedRead<Item> {
  readonly action: string;
  /** What the list belongs to, e.g. its cluster: this is what stays incomplete when a page fails. */
  readonly keys?: readonly string[];
  readonly page: (token: string | undefined) => Promise<Page<Item>>;
}

/** All pages; a page may be empty and still not be the last. Pages before a failed one are kept. */
export async function listPages<Item>({ action, keys = [], page }: PagedRead<Item>): Promise<Read<Item>> {
  const items: Item[] = [];
  let token: string | undefined;
  try {
    do {
      const { items: some, token: next } = await page(token);
      items.push(...some);
      token = next === '' ? undefined : next;
    } while (token !== undefined);
    return { ...emptyRead, items };
  } catch (error) {
    return { ...emptyRead, items, failures: [toFailure(error, action, keys)] };
  }
}
