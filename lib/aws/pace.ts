/** Keeps calls below a share of the account's rates, so that a sweep does not starve those who share the account. */
import { rateGroups, type RateGroup } from './api-rates';
import { createTokenBucket, type Timer, type TokenBucket } from './token-bucket';

export interface Pace {
  /** Waits until a call of this IAM action may be made. */
  wait(action: string): Promise<void>;
  /** AWS refused a call of this action for its rate. */
  throttled(action: string): void;
}

/** Half of the account's rate is left to others. */
const DEFAULT_SHARE = 0.5;

export interface PaceOptions {
  readonly timer: Timer;
  /** Above 0, at most 1. */
  readonly share?: number;
}

/** The smallest share of a bucket still lets single calls through. */
const scaled = ({ capacity, refillPerSecond }: RateGroup, share: number) => ({
  capacity: Math.max(1, Math.floor(capacity * share)),
  refillPerSecond: refillPerSecond * share,
});

export function createPace({ timer, share = DEFAULT_SHARE }: PaceOptions): Pace {
  const buckets = new Map<string, TokenBucket>();

  function bucketOf(group: RateGroup, action: string): TokenBucket {
    const name = group.each ? `${group.name} ${action}` : group.name;
    const known = buckets.get(name);
    if (known) return known;
    const bucket = createTokenBucket(scaled(group, share), timer);
    buckets.set(name, bucket);
    return bucket;
  }

  function bucketsOf(action: string): readonly TokenBucket[] {
    return rateGroups.filter(({ actions }) => actions.test(action)).map((group) => bucketOf(group, action));
  }

  return {
    async wait(action) {
      await Promise.all(bucketsOf(action).map((bucket) => bucket.take()));
    },
    throttled(action) {
      for (const bucket of bucketsOf(action)) bucket.drain();
    },
  };
}
