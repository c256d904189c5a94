/** Holds: what a person restored is left alone until they end. */
import * as v from 'valibot';
import type { ItemStore } from './item-store';
import type { Hold } from './memory';
import { parseItem } from './parse-item';
import type { Place } from './records';

/** Lost races before giving up: two people who hold the same thing at once are rare. */
const MAX_ATTEMPTS = 5;

const holdSchema = v.object({ resource: v.string(), until: v.string(), by: v.string(), undoes: v.string() });

const holdPartition = ({ account, region }: Place): string => `hold#${account}#${region}`;

/** Holds that have not ended, by resource. */
export async function listHolds(store: ItemStore, place: Place): Promise<ReadonlyMap<string, Hold>> {
  const items = await store.list(holdPartition(place));
  return new Map(items.map((item) => parseItem(holdSchema, item)).map((hold) => [hold.resource, hold]));
}

export async function findHold(store: ItemStore, place: Place, resource: string): Promise<Hold | undefined> {
  const item = await store.get(holdPartition(place), resource);
  return item && parseItem(holdSchema, item);
}

/**
 * Takes the place of an earlier hold on the same resource.
 * @throws when others keep writing it at the same time
 */
export async function placeHold(store: ItemStore, place: Place, hold: Hold): Promise<void> {
  const partition = holdPartition(place);
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const before = await store.get(partition, hold.resource);
    const write = { partition, key: hold.resource, value: hold, expiresAt: new Date(hold.until) };
    if (await store.put({ ...write, expected: before?.version })) return;
  }
  throw new Error(`the hold on ${hold.resource} is being changed by somebody else; try again`);
}
