/**
 * Counts writes that come back, and breakers that are open because something came back too often. A counter is one item,
 * changed on condition of its version; of runs that open the same breaker one does, and the others find it open.
 */
import * as v from 'valibot';
import { resourceKinds } from '../trigger/request';
import type { ItemStore } from './item-store';
import type { Breaker } from './memory';
import { parseItem } from './parse-item';
import type { Place } from './records';

/** Begins the rule of the notice by which people are told that one is open. */
export const BREAKER_NOTICE = 'breaker-opened-';

/** Lost races before giving up: a write that is not counted lets one more through, no more than that. */
const MAX_ATTEMPTS = 20;
/** ECS and EC2 may show tags as they were a little longer than that they were written. */
const SETTLING_MS = 60_000;

const counterSchema = v.object({
  signature: v.string(),
  /** When each round of writes began, the latest last. */
  rounds: v.array(v.string()),
  /** Writes of the latest round. */
  writes: v.array(v.object({ id: v.string(), resource: v.string(), at: v.string() })),
});
type Counter = v.InferOutput<typeof counterSchema>;

const breakerSchema = v.object({
  key: v.string(),
  resource: v.string(),
  kind: v.picklist(resourceKinds),
  counter: v.string(),
  rules: v.array(v.string()),
  since: v.string(),
  until: v.string(),
  reason: v.string(),
});

const counterPartition = ({ account, region }: Place): string => `flap#${account}#${region}`;
const breakerPartition = ({ account, region }: Place): string => `breaker#${account}#${region}`;

export interface CountOptions {
  readonly store: ItemStore;
  readonly place: Place;
  readonly now: () => Date;
  /** What is counted together, and what was written. */
  readonly fight: { readonly key: string; readonly signature: string };
  readonly windowMs: number;
}

/** A write that was made, or that is about to be. */
export interface CountedWrite {
  /** A repeated note of the same write counts once. */
  readonly id: string;
  readonly resource: string;
  /** When the world was read that asks for it: what was written after that is not seen in it. */
  readonly readAt: Date;
  /** When it was first seen there; absent: not known. */
  readonly appearedAt?: Date;
}

/** Takes note of a write that took effect. */
export async function countWrite(write: CountedWrite, options: CountOptions): Promise<void> {
  const { store, place, now, fight, windowMs } = options;
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const { counter, version } = await readCounter(options);
    if (counter.writes.some(({ id }) => id === write.id)) return;
    const at = now().toISOString();
    const { id, resource } = write;
    const isNew = beginsRound(counter, write);
    // what other runs write at the same time is the same write
    if (!isNew && counter.writes.some((one) => one.resource === resource)) return;
    const value: Counter = {
      signature: fight.signature,
      rounds: isNew ? [...counter.rounds, at] : counter.rounds,
      writes: [...(isNew ? [] : counter.writes), { id, resource, at }],
    };
    const item = { partition: counterPartition(place), key: fight.key, value };
    if (await store.put({ ...item, expiresAt: new Date(now().getTime() + windowMs), expected: version })) return;
  }
}

/** Rounds of the same writes in the window that the next one would add to; 0 if it belongs to the latest round. */
export async function roundsBefore(write: Omit<CountedWrite, 'id'>, options: CountOptions): Promise<number> {
  const { counter } = await readCounter(options);
  return beginsRound(counter, write) ? counter.rounds.length : 0;
}

async function readCounter({ store, place, now, fight, windowMs }: CountOptions) {
  const item = await store.get(counterPartition(place), fight.key);
  const stored = item && parseItem(counterSchema, item);
  const version = item?.version;
  if (stored?.signature !== fight.signature) return { counter: { ...fight, rounds: [], writes: [] }, version };
  const begin = now().getTime() - windowMs;
  return { counter: { ...stored, rounds: stored.rounds.filter((at) => new Date(at).getTime() > begin) }, version };
}

/** The same thing once more, or what came after the latest round began. */
function beginsRound({ rounds, writes }: Counter, write: Omit<CountedWrite, 'id'>): boolean {
  const [began, last] = [rounds.at(-1), writes.find(({ resource }) => resource === write.resource)];
  if (began === undefined) return true;
  if (last) return write.readAt.getTime() > new Date(last.at).getTime() + SETTLING_MS;
  return write.appearedAt !== undefined && write.appearedAt > new Date(began);
}

/** Opens it; false if another run has done so. */
export async function openBreaker(store: ItemStore, place: Place, breaker: Breaker): Promise<boolean> {
  const item = { partition: breakerPartition(place), key: breaker.key, value: breaker };
  return await store.put({ ...item, expiresAt: new Date(breaker.until), expected: undefined });
}

/** Those that are open, by key. */
export async function listBreakers(store: ItemStore, place: Place): Promise<ReadonlyMap<string, Breaker>> {
  const items = await store.list(breakerPartition(place));
  return new Map(items.map((item) => parseItem(breakerSchema, item)).map((breaker) => [breaker.key, breaker]));
}

export async function findBreaker(store: ItemStore, place: Place, key: string): Promise<Breaker | undefined> {
  const item = await store.get(breakerPartition(place), key);
  return item && parseItem(breakerSchema, item);
}
