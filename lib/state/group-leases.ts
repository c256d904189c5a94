/**
 * One removal at a time in a target group: an expiring lease that covers counting, the last look, the write and reading
 * back. The same item remembers how many targets were healthy when the window's first removal began, so that many
 * small removals can not add up to an empty group.
 */
import * as v from 'valibot';
import { WINDOW_MS } from './budgets';
import type { ItemStore } from './item-store';

/** Longer than a removal with its reads takes; a process that died blocks the group no longer than this. */
export const LEASE_MS = 60_000;

const healthyCounts = v.object({ total: v.number(), zones: v.record(v.string(), v.number()) });
/** Healthy targets of a group, in all and by Availability Zone. */
export type HealthyCounts = v.InferOutput<typeof healthyCounts>;

const leaseValue = v.object({
  holder: v.string(),
  until: v.string(),
  baseline: v.optional(v.object({ at: v.string(), healthy: healthyCounts })),
});

export interface Lease {
  /** Healthy targets at the window's first removal; the present counts, which begin a window, if there was none. */
  baseline(present: HealthyCounts): HealthyCounts;
  /**
   * Takes the lease for its full time again, right before the write, and notes the baseline: a process that dies after
   * the write leaves it to the next. False: somebody else has it. Decided by the item's version, not by anyone's clock.
   */
  renew(): Promise<boolean>;
  /** Ends the lease; `removed`: a removal was made, which begins or continues the window. */
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
  const before = item ? v.parse(leaseValue, item.value) : { holder: '', until: '' };
  if (before.holder !== '' && new Date(before.until) > now()) return undefined;

  const kept = liveBaseline(before, now());
  const expiresAt = (): Date => new Date(now().getTime() + WINDOW_MS);
  const value = { holder, until: untilFrom(now()), baseline: kept };
  const taken = await store.put({ partition, key: resource, value, expiresAt: expiresAt(), expected: item?.version });
  if (!taken) return undefined;

  let version = (item?.version ?? 0) + 1;
  let started = kept;
  const change = (next: v.InferInput<typeof leaseValue>): Promise<boolean> =>
    store.put({ partition, key: resource, value: next, expiresAt: expiresAt(), expected: version });
  return {
    baseline(present) {
      started ??= { at: now().toISOString(), healthy: present };
      return started.healthy;
    },
    async renew() {
      const renewed = await change({ holder, until: untilFrom(now()), baseline: started });
      if (renewed) version++;
      return renewed;
    },
    async release(removed) {
      // a lease that ran out and was taken over is not ours to free
      await change({ holder: '', until: now().toISOString(), baseline: removed ? started : kept });
    },
  };
}

const untilFrom = (now: Date): string => new Date(now.getTime() + LEASE_MS).toISOString();

function liveBaseline({ baseline }: v.InferOutput<typeof leaseValue>, now: Date) {
  return baseline && new Date(baseline.at).getTime() > now.getTime() - WINDOW_MS ? baseline : undefined;
}
