import type { Rate } from './rate-groups';

export interface TokenBucket {
  holds(tokens: number, now: Date): boolean;
  /** Only what the bucket holds. */
  take(tokens: number): void;
}

const MS = 1_000;

/** Full at first, refilled as time goes on, never above its capacity. */
export function createTokenBucket({ capacity, refillPerSecond }: Rate, start: Date): TokenBucket {
  let tokens = capacity;
  let countedAt = start.getTime();
  return {
    holds(wanted, now) {
      const passed = Math.max(0, now.getTime() - countedAt);
      tokens = Math.min(capacity, tokens + (passed / MS) * refillPerSecond);
      countedAt = now.getTime();
      return tokens >= wanted;
    },
    take(taken) {
      tokens -= taken;
    },
  };
}
