/**
 * How many removals an hour may see, over all processes: a sliding window in one item, changed only on condition that
 * nobody changed it in between. A reservation counts from the moment it is made, and, once settled, for an hour from the
 * write. One that is never settled (its process died between the two) counts until its write can not come any more.
 */
import * as v from 'valibot';
import type { ItemStore } from './item-store';
import { parseItem } from './parse-item';

export const WINDOW_MS = 60 * 60_000;
/** Lost races before giving up; each means that another process got its turn. */
const MAX_ATTEMPTS = 20;

/** Longest time from a reservation to its write: the longest that a Lambda function runs. https://docs.aws.amazon.com/lambda/latest/dg/configuration-timeout.html */
const MAX_UNSETTLED_MS = 15 * 60_000;

const reservation = v.object({ id: v.string(), at: v.string(), settled: v.boolean() });
const budgetValue = v.object({ reservations: v.array(reservation) });
type Reservation = v.InferOutput<typeof budgetValue>['reservations'][number];

export interface Budget {
  /** True if one more fits in the window; it then counts. */
  reserve(id: string): Promise<boolean>;
  /** The write was made (or tried): it counts for an hour from now. */
  settle(id: string): Promise<void>;
  /** Gives a reservation back, because nothing was written. */
  release(id: string): Promise<void>;
}

export interface BudgetOptions {
  readonly store: ItemStore;
  /** `<account>/<region>` */
  readonly place: string;
  /** Kind of action that is counted together, e.g. `deregister`. */
  readonly kind: string;
  readonly perHour: number;
  readonly now: () => Date;
}

export function createBudget({ store, place, kind, perHour, now }: BudgetOptions): Budget {
  const partition = `budget#${place}`;

  const change = async (
    edit: (live: readonly Reservation[]) => readonly Reservation[] | undefined,
  ): Promise<boolean> => {
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      const item = await store.get(partition, kind);
      const stored = item ? parseItem(budgetValue, item).reservations : [];
      const edited = edit(stored.filter((one) => countsUntil(one) > now().getTime()));
      if (!edited) return false;
      const expiresAt = new Date(now().getTime() + WINDOW_MS + MAX_UNSETTLED_MS);
      const write = { partition, key: kind, value: { reservations: edited }, expiresAt, expected: item?.version };
      if (await store.put(write)) return true;
    }
    // contended beyond reason: not reserving is the safe answer
    return false;
  };

  return {
    reserve: (id) =>
      change((live) =>
        live.length < perHour ? [...live, { id, at: now().toISOString(), settled: false }] : undefined,
      ),
    settle: async (id) => {
      const settled = { id, at: now().toISOString(), settled: true };
      await change((live) => [...live.filter((one) => one.id !== id), settled]);
    },
    release: async (id) => {
      await change((live) => live.filter((one) => one.id !== id));
    },
  };
}

const countsUntil = ({ at, settled }: Reservation): number =>
  new Date(at).getTime() + WINDOW_MS + (settled ? 0 : MAX_UNSETTLED_MS);
