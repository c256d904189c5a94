/** Time as a bucket needs it; tests bring their own. */
export interface Timer {
  /** Milliseconds that only ever grow. */
  now(): number;
  sleep(milliseconds: number): Promise<void>;
}

export interface Rate {
  /** Calls that may be made at once. */
  readonly capacity: number;
  readonly refillPerSecond: number;
}

export interface TokenBucket {
  /** Waits, in order of asking, until a token is there, and takes it. */
  take(): Promise<void>;
  /** AWS says its own bucket is empty: so is ours. */
  drain(): void;
}

const MS = 1000;

/**
 * Tokens are promised as they are asked for, so that any number of waiters get theirs in turn: a negative balance is
 * the queue. https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-throttling.html describes AWS's own.
 */
export function createTokenBucket({ capacity, refillPerSecond }: Rate, timer: Timer): TokenBucket {
  let tokens = capacity;
  let countedAt = timer.now();

  function refill(): void {
    const now = timer.now();
    tokens = Math.min(capacity, tokens + ((now - countedAt) / MS) * refillPerSecond);
    countedAt = now;
  }

  return {
    async take() {
      refill();
      tokens -= 1;
      if (tokens < 0) await timer.sleep((-tokens / refillPerSecond) * MS);
    },
    drain() {
      refill();
      tokens = Math.min(tokens, 0);
    },
  };
}
