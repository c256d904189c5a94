/** Waiting longer after each failure in a row: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-throttle-logic.html */
import type { Throttle } from './records';

/** AWS states the longest wait only. */
const FIRST_WAIT_MS = 10_000;
const LONGEST_WAIT_MS = 27 * 60 * 1_000;

export function newThrottle(): Throttle {
  return { failures: 0, notBefore: undefined };
}

export function backOff(throttle: Throttle, now: Date): void {
  const wait = Math.min(FIRST_WAIT_MS * 2 ** throttle.failures, LONGEST_WAIT_MS);
  throttle.failures += 1;
  throttle.notBefore = new Date(now.getTime() + wait);
}

export function relax(throttle: Throttle): void {
  throttle.failures = 0;
  throttle.notBefore = undefined;
}

/** Milliseconds until the next try; 0 when it may be now. */
export function waitOf({ notBefore }: Throttle, now: Date): number {
  return notBefore ? Math.max(0, notBefore.getTime() - now.getTime()) : 0;
}
