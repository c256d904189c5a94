/**
 * One removal at a time in a target group: an expiring lease that covers counting, the last look, the write and reading
 * back. The same item remembers how many targets were healthy before each removal of the last hour, so that many small
 * removals can not add up to an empty group, in whichever hour one looks.
 */
import * as v from 'valibot';
import { WINDOW_MS } from './budgets';
import type { ItemStore } from './item-store';
import { parseItem } from './parse-item';

/** Longer than a removal with its reads takes; a process that died blocks the group no longer than this. */
export const LEASE_MS = 60_000;

/** What was there right before a removal. */
const removal = v.object({ at: v.string(), healthy: v.number() });
type Removal = v.InferOutput<typeof removal>;

const leaseValue = v.object({
  holder: v.string(),
  until: v.string(),
  /** Those of the last hour, the oldest first. */
  removals: v.optional(v.array(removal), []),
});

export interface Lease {
  /** Healthy targets before the first removal of the last hour; those of now, before this one, if there was none. */
  baseline(present: number): number;
  /**
   * Takes the lease for its full time again, right before the write, and notes the removal: a process that dies after
   * the write leaves it to the next. False: somebody else has it. Decided by the item's version, not by anyone's clock.
   */
  renew(): Promise<boolean>;
  /** Ends the lease; `removed`: the removal was made, and counts for an hour. */
  release(removed: boolean): Promise<void>;
}

export interface LeaseOptions {
  readonly store: ItemStore;
  readonly place: string;
  /** What is leased: a target group's or Cloud Map service's ARN. */
  readonly resource: string;
  readonly holder: string;
  readonly now: () => Date;
}

/** `undefined`: someone else is at work on the resource. */
export async function acquireLease({ store, place, resource, holder, now }: LeaseOptions): Promise<Lease | undefined> {
  const partition = `lease#${place}`;
  const item = await store.get(partition, resource);
  const before = item ? parseItem(leaseValue, item) : { holder: '', until: '', removals: [] };
  if (before.holder !== '' && new Date(before.until) > now()) return undefined;

  const kept = before.removals.filter(isRecent(now()));
  const expiresAt = (): Date => new Date(now().getTime() + WINDOW_MS);
  const value = { holder, until: untilFrom(now()), removals: kept };
  const taken = await store.put({ partition, key: resource, value, expiresAt: expiresAt(), expected: item?.version });
  if (!taken) return undefined;

  let version = (item?.version ?? 0) + 1;
  let noted = kept;
  const change = (next: v.InferInput<typeof leaseValue>): Promise<boolean> =>
    store.put({ partition, key: resource, value: next, expiresAt: expiresAt(), expected: version });
  return {
    baseline(present) {
      noted = withRemoval(kept, { at: now().toISOString(), healthy: present });
      return noted.find(isRecent(now()))?.healthy ?? present;
    },
    async renew() {
      const renewed = await change({ holder, until: untilFrom(now()), removals: noted });
      if (renewed) version++;
      return renewed;
    },
    async release(removed) {
      // a lease that ran out and was taken over is not ours to free
      await change({ holder: '', until: now().toISOString(), removals: removed ? noted : kept });
    },
  };
}

const untilFrom = (now: Date): string => new Date(now.getTime() + LEASE_MS).toISOString();

const isRecent =
  (now: Date) =>
  ({ at }: Removal): boolean =>
    new Date(at).getTime() > now.getTime() - WINDOW_MS;

/** Of those in a row that found as many, the last tells all. */
function withRemoval(before: readonly Removal[], next: Removal): Removal[] {
  const isSame = before.at(-1)?.healthy === next.healthy;
  return [...(isSame ? before.slice(0, -1) : before), next];
}
