/** Reading some of many by name: a few are named in one call, of more of them all are listed and looked through. */
import { describeInBatches, listPages, type Batch, type Page, type Read } from './read';

/** How one kind of thing is read. */
export interface Listing<Item> {
  /** IAM action of both calls. */
  readonly action: string;
  /** Named in one call; more than these are listed. */
  readonly perCall: number;
  readonly keyOf: (item: Item) => string;
  readonly describe: (keys: readonly string[]) => Promise<readonly Item[]>;
  readonly page: (token: string | undefined) => Promise<Page<Item>>;
  /** The error of a call that names something that does not exist. */
  readonly isGone: (error: unknown) => boolean;
}

/** One that is gone fails the call, and the error does not say which: then each is asked for by itself. */
async function describeNamed<Item>(listing: Listing<Item>, keys: readonly string[]): Promise<Batch<Item>> {
  try {
    return { items: await listing.describe(keys) };
  } catch (error) {
    if (!listing.isGone(error)) throw error;
    if (keys.length === 1) return { items: [], missing: keys };
    const singly = await Promise.all(keys.map((key) => describeNamed(listing, [key])));
    return { items: singly.flatMap(({ items }) => items), missing: singly.flatMap(({ missing = [] }) => missing) };
  }
}

async function findInList<Item>({ action, page, keyOf }: Listing<Item>, keys: readonly string[]): Promise<Read<Item>> {
  const { items, failures } = await listPages({ action, page });
  const wanted = new Set(keys);
  const found = items.filter((item) => wanted.delete(keyOf(item)));
  return { items: found, missing: failures.length === 0 ? [...wanted] : [], failures };
}

/** The things of these keys, in as few calls as it takes. */
export function namedOrListed<Item>(listing: Listing<Item>, keys: readonly string[]): Promise<Read<Item>> {
  const { action, perCall: size } = listing;
  if (keys.length > size) return findInList(listing, keys);
  return describeInBatches({ action, keys, size, describe: (batch) => describeNamed(listing, batch) });
}
