import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createTokenBucket } from '../../lib/aws/token-bucket';
import { aTimer } from '../support/fake-timer';

describe('createTokenBucket', () => {
  it('lets a burst through at once and the rest at the rate', async () => {
    const timer = aTimer();
    const bucket = createTokenBucket({ capacity: 3, refillPerSecond: 2 }, timer);
    const times = await Promise.all(Array.from({ length: 6 }, async () => (await bucket.take(), timer.now())));
    expect(times).toEqual([0, 0, 0, 500, 1000, 1500]);
  });

  it('fills again, but never above its capacity', async () => {
    const timer = aTimer();
    const bucket = createTokenBucket({ capacity: 2, refillPerSecond: 1 }, timer);
    await timer.sleep(3_600_000);
    const start = timer.now();
    const times = await Promise.all([1, 2, 3].map(async () => (await bucket.take(), timer.now() - start)));
    expect(times).toEqual([0, 0, 1000]);
  });

  it('has to fill from nothing once AWS says it is empty', async () => {
    const timer = aTimer();
    const bucket = createTokenBucket({ capacity: 10, refillPerSecond: 10 }, timer);
    bucket.drain();
    await bucket.take();
    expect(timer.now()).toBe(100);
    bucket.drain();
    bucket.drain();
    await bucket.take();
    expect(timer.now()).toBe(200);
  });

  it('never gives more than capacity plus refill in any time', async () => {
    const cases = fc.record({
      capacity: fc.integer({ min: 1, max: 20 }),
      refillPerSecond: fc.integer({ min: 1, max: 50 }),
      gaps: fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 60 }),
    });
    await fc.assert(
      fc.asyncProperty(cases, async ({ capacity, refillPerSecond, gaps }) => {
        const timer = aTimer();
        const bucket = createTokenBucket({ capacity, refillPerSecond }, timer);
        const taken: number[] = [];
        for (const gap of gaps) {
          await timer.sleep(gap);
          await bucket.take();
          taken.push(timer.now());
        }
        for (const [index, from] of taken.entries()) {
          const until = taken.at(-1) ?? 0;
          const most = capacity + ((until - from) / 1000) * refillPerSecond;
          expect(taken.length - index).toBeLessThanOrEqual(most + 1 + 1e-6);
        }
      }),
    );
  });
});
