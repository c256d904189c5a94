import { beforeEach, describe, expect, it } from '@jest/globals';
import {
  countWrite,
  findBreaker,
  listBreakers,
  openBreaker,
  roundsBefore,
  type CountOptions,
  type CountedWrite,
} from '../../lib/state/breaker';
import type { Breaker } from '../../lib/state/memory';
import type { ItemStore } from '../../lib/state/item-store';
import { place } from '../support/action-builders';
import { adjustableClock, MINUTE } from '../support/adjustable-clock';
import { stores } from './stores';

const HOUR = 60 * MINUTE;
const fight = { key: 'deregister|r', signature: 'a' };
const RACERS = 50;

describe.each(Object.entries(stores))('writes that come back, in %s', (_, open) => {
  let clock: ReturnType<typeof adjustableClock>;
  let store: ItemStore;
  let id: number;

  beforeEach(async () => {
    clock = adjustableClock();
    store = await open(clock.now);
    id = 0;
  });

  const options = (over: Partial<CountOptions> = {}): CountOptions => ({
    ...{ store, place, now: clock.now, fight, windowMs: 24 * HOUR },
    ...over,
  });
  const write = (over: Partial<CountedWrite> = {}): CountedWrite => ({
    ...{ id: String(id++), resource: 'r', readAt: clock.now() },
    ...over,
  });
  const count = (over: Partial<CountedWrite> = {}, more: Partial<CountOptions> = {}) =>
    countWrite(write(over), options(more));
  const rounds = (over: Partial<CountedWrite> = {}, more: Partial<CountOptions> = {}) =>
    roundsBefore(write(over), options(more));

  it('each time that the same comes back is a round, for as long as the window', async () => {
    expect(await rounds()).toBe(0);
    for (const expected of [1, 2, 3]) {
      await count();
      clock.advance(HOUR);
      expect(await rounds()).toBe(expected);
    }
    clock.advance(21 * HOUR);
    expect(await rounds()).toBe(2);
    clock.advance(3 * HOUR);
    expect(await rounds()).toBe(0);
  });

  it('what runs write at the same time, after they read the same, is one round', async () => {
    const readAt = clock.now();
    await Promise.all(Array.from({ length: RACERS }, () => count({ readAt })));
    clock.advance(HOUR);
    expect(await rounds()).toBe(1);
  });

  it('a write that is noted twice, by who made it and by who settles it, counts once', async () => {
    const readAt = clock.now();
    await count({ id: 'entry' });
    clock.advance(10 * MINUTE);
    await count({ id: 'entry', readAt });
    await count({ id: 'entry' });
    expect(await rounds()).toBe(1);
  });

  it('several things of one holder are one round, until one of them comes back or a new one appears', async () => {
    const before = new Date(clock.now().getTime() - HOUR);
    for (const resource of ['a', 'b', 'c']) await count({ resource, appearedAt: before });
    clock.advance(HOUR);
    expect(await rounds({ resource: 'd', appearedAt: before })).toBe(0);
    expect(await rounds({ resource: 'e' })).toBe(0);
    expect(await rounds({ resource: 'f', appearedAt: clock.now() })).toBe(1);
    expect(await rounds({ resource: 'b', appearedAt: before })).toBe(1);
  });

  it('another thing that is written begins anew', async () => {
    await count();
    clock.advance(HOUR);
    await count();
    clock.advance(HOUR);
    expect(await rounds({}, { fight: { ...fight, signature: 'b' } })).toBe(0);
    await count({}, { fight: { ...fight, signature: 'b' } });
    clock.advance(HOUR);
    expect(await rounds()).toBe(0);
  });

  it('a breaker is opened by one of many, and is closed by time', async () => {
    const until = new Date(clock.now().getTime() + HOUR).toISOString();
    const breaker = (reason: string): Breaker => ({
      ...{ key: fight.key, resource: 'r', kind: 'target', counter: 'deregister', rules: ['x'] },
      ...{ since: clock.now().toISOString(), until, reason },
    });
    const racing = Array.from({ length: RACERS }, (_each, index) => openBreaker(store, place, breaker(String(index))));
    expect((await Promise.all(racing)).filter(Boolean)).toHaveLength(1);
    expect(await findBreaker(store, place, fight.key)).toMatchObject({ until, rules: ['x'] });
    expect([...(await listBreakers(store, place)).keys()]).toEqual([fight.key]);
    clock.advance(HOUR);
    expect(await findBreaker(store, place, fight.key)).toBeUndefined();
    expect(await openBreaker(store, place, breaker('again'))).toBe(true);
  });
});
