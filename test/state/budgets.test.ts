import { beforeEach, describe, expect, it } from '@jest/globals';
import { createBudget, type Budget } from '../../lib/state/budgets';
import type { ItemStore } from '../../lib/state/item-store';
import { adjustableClock, MINUTE } from '../support/adjustable-clock';
import { stores } from './stores';

const HOUR = 60 * MINUTE;

describe.each(Object.entries(stores))('a budget in %s', (_, open) => {
  let clock: ReturnType<typeof adjustableClock>;
  let store: ItemStore;
  const budget = (perHour: number, place = '111122223333/eu-west-2'): Budget =>
    createBudget({ store, place, kind: 'deregister', perHour, now: clock.now });

  beforeEach(async () => {
    clock = adjustableClock();
    store = await open(clock.now);
  });

  it('gives exactly 20 of 50 racing reservations', async () => {
    const racing = Array.from({ length: 50 }, (_each, index) => budget(20).reserve(String(index)));
    expect((await Promise.all(racing)).filter(Boolean)).toHaveLength(20);
    expect(await budget(20).reserve('late')).toBe(false);
    // many hundred requests, on a machine that does other things too
  }, 240_000);

  it('slides: what was settled counts for an hour from then', async () => {
    const one = budget(2);
    expect(await one.reserve('a')).toBe(true);
    await one.settle('a');
    clock.advance(30 * MINUTE);
    expect(await one.reserve('b')).toBe(true);
    await one.settle('b');
    expect(await one.reserve('c')).toBe(false);
    clock.advance(30 * MINUTE - 1);
    expect(await one.reserve('c')).toBe(false);
    clock.advance(1);
    expect(await one.reserve('c')).toBe(true);
    expect(await one.reserve('d')).toBe(false);
  });

  it('takes back what is released', async () => {
    expect(await budget(1).reserve('a')).toBe(true);
    await budget(1).release('a');
    expect(await budget(1).reserve('b')).toBe(true);
  });

  it('goes on counting what was never settled, until its write can not come any more', async () => {
    expect(await budget(1).reserve('a')).toBe(true);
    clock.advance(HOUR + 15 * MINUTE - 1);
    expect(await budget(1).reserve('b')).toBe(false);
    clock.advance(1);
    expect(await budget(1).reserve('b')).toBe(true);
  });

  it('counts a settled write although its reservation was forgotten', async () => {
    await budget(1).settle('a');
    expect(await budget(1).reserve('b')).toBe(false);
  });

  it('allows nothing with perHour 0, and counts each place by itself', async () => {
    expect(await budget(0).reserve('a')).toBe(false);
    expect(await budget(1).reserve('a')).toBe(true);
    expect(await budget(1, '111122223333/us-east-1').reserve('a')).toBe(true);
  });
});
