import { expect, it } from '@jest/globals';
import { seenInTime } from '../../lib/apply/seen-in-time';
import type { Conclusion } from '../../lib/state/ledger';

it.each([
  ['at once', 0, 'applied', 0],
  ['late', 2, 'applied', 2],
  ['in the last moment', 4, 'applied', 4],
  ['too late', 5, 'failed', 4],
] as const)('a change that shows %s', async (...[, looksBefore, status, waits]) => {
  let looks = 0;
  const slept: number[] = [];
  const look = (): Promise<Conclusion> =>
    Promise.resolve({ status: looks++ < looksBefore ? 'failed' : 'applied', reason: 'as read' });
  const sleep = (milliseconds: number) => Promise.resolve(void slept.push(milliseconds));
  expect(await seenInTime(look, sleep)).toEqual({ status, reason: 'as read' });
  expect(slept).toEqual(Array.from({ length: waits }, () => 2_000));
});
