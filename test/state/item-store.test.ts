import { beforeEach, describe, expect, it } from '@jest/globals';
import type { ItemStore, Write } from '../../lib/state/item-store';
import { adjustableClock, MINUTE } from '../support/adjustable-clock';
import { stores } from './stores';

const write = (over: Partial<Write> = {}): Write => ({
  ...{ partition: 'p', key: 'k', value: { text: 'é', list: [1, null] }, expected: undefined },
  ...over,
});

describe.each(Object.entries(stores))('state in %s', (_, open) => {
  let clock: ReturnType<typeof adjustableClock>;
  let store: ItemStore;

  beforeEach(async () => {
    clock = adjustableClock();
    store = await open(clock.now);
  });

  it('gives back what was put, as version 1', async () => {
    expect(await store.get('p', 'k')).toBeUndefined();
    expect(await store.put(write())).toBe(true);
    expect(await store.get('p', 'k')).toEqual({ partition: 'p', key: 'k', version: 1, value: write().value });
  });

  it('puts only over the version that is expected', async () => {
    await store.put(write());
    expect(await store.put(write({ value: 'again' }))).toBe(false);
    expect(await store.put(write({ value: 'wrong', expected: 2 }))).toBe(false);
    expect(await store.put(write({ value: 'right', expected: 1 }))).toBe(true);
    expect(await store.get('p', 'k')).toMatchObject({ value: 'right', version: 2 });
  });

  it('puts no version over nothing', async () => {
    expect(await store.put(write({ expected: 1 }))).toBe(false);
    expect(await store.get('p', 'k')).toBeUndefined();
  });

  it('removes only the version that is expected, and what is gone already', async () => {
    await store.put(write());
    expect(await store.remove('p', 'k', 2)).toBe(false);
    expect(await store.get('p', 'k')).toMatchObject({ version: 1 });
    expect(await store.remove('p', 'k', 1)).toBe(true);
    expect(await store.get('p', 'k')).toBeUndefined();
    expect(await store.remove('p', 'k', 1)).toBe(true);
  });

  it('lists one partition and nothing of another', async () => {
    await store.put(write({ partition: 'finding#1', key: 'a' }));
    await store.put(write({ partition: 'finding#1', key: 'b' }));
    await store.put(write({ partition: 'finding#12', key: 'c' }));
    expect((await store.list('finding#1')).map(({ key }) => key).sort()).toEqual(['a', 'b']);
    expect(await store.list('finding#')).toEqual([]);
  });

  it('forgets what expired, and begins anew', async () => {
    const expiresAt = new Date(clock.now().getTime() + MINUTE);
    await store.put(write({ expiresAt }));
    clock.advance(MINUTE - 1);
    expect(await store.get('p', 'k')).toMatchObject({ version: 1, expiresAt });
    expect(await store.put(write())).toBe(false);
    clock.advance(1);
    expect(await store.get('p', 'k')).toBeUndefined();
    expect(await store.list('p')).toEqual([]);
    expect(await store.put(write({ value: 'new' }))).toBe(true);
    expect(await store.get('p', 'k')).toEqual({ partition: 'p', key: 'k', version: 1, value: 'new' });
  });

  it('takes what expired for absent, whatever version a writer remembers', async () => {
    const expiresAt = new Date(clock.now().getTime() + MINUTE);
    for (const key of ['put', 'removed', 'list']) await store.put(write({ key, expiresAt }));
    await store.put(write({ key: 'lasting' }));
    clock.advance(MINUTE);
    expect(await store.put(write({ key: 'put', value: 'late', expected: 1 }))).toBe(false);
    expect(await store.get('p', 'put')).toBeUndefined();
    expect(await store.remove('p', 'removed', 7)).toBe(true);
    expect(await store.put(write({ key: 'lasting', expected: 1 }))).toBe(true);
    expect((await store.list('p')).map(({ key }) => key)).toEqual(['lasting']);
  });

  it('shares nothing with what was put', async () => {
    const value = { list: [1] };
    await store.put(write({ value }));
    value.list.push(2);
    expect(await store.get('p', 'k')).toMatchObject({ value: { list: [1] } });
  });

  it('lets one of fifty racing writers through, each time', async () => {
    for (const expected of [undefined, 1]) {
      const racing = Array.from({ length: 50 }, (_each, value) => store.put(write({ value, expected })));
      expect((await Promise.all(racing)).filter(Boolean)).toHaveLength(1);
    }
    expect(await store.get('p', 'k')).toMatchObject({ version: 2 });
  });

  it('lists more than one page', async () => {
    const value = 'x'.repeat(100_000);
    for (let index = 0; index < 12; index += 1) await store.put(write({ key: String(index), value }));
    expect(await store.list('p')).toHaveLength(12);
  });
});
