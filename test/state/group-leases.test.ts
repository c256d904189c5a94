import { beforeEach, describe, expect, it } from '@jest/globals';
import { acquireLease, LEASE_MS } from '../../lib/state/group-leases';
import type { ItemStore } from '../../lib/state/item-store';
import { createMemoryStore } from '../../lib/state/memory-store';
import { adjustableClock, MINUTE } from '../support/adjustable-clock';

let clock: ReturnType<typeof adjustableClock>;
let store: ItemStore;
const take = (holder: string, resource = 'group') =>
  acquireLease({ store, place: 'here', resource, holder, now: clock.now });
async function must(holder: string) {
  const lease = await take(holder);
  if (!lease) throw new Error(`${holder} did not get the lease`);
  return lease;
}

beforeEach(() => {
  clock = adjustableClock();
  store = createMemoryStore({ now: clock.now });
});

describe('acquireLease', () => {
  it('gives a group to one of many', async () => {
    const racing = Array.from({ length: 20 }, (_, index) => take(String(index)));
    expect((await Promise.all(racing)).filter(Boolean)).toHaveLength(1);
    expect(await take('late')).toBeUndefined();
    expect(await take('late', 'other group')).toBeDefined();
  });

  it('gives it again once released', async () => {
    await (await must('a')).release(false);
    expect(await take('b')).toBeDefined();
  });

  it('takes over a lease that ran out, which its holder can tell and not free', async () => {
    const late = await must('a');
    clock.advance(LEASE_MS - 1);
    expect(await take('b')).toBeUndefined();
    clock.advance(1);
    const taken = await must('b');
    expect(await late.renew()).toBe(false);
    await late.release(true);
    expect(await take('c')).toBeUndefined();
    expect(await taken.renew()).toBe(true);
  });

  it('lasts for its full time again once renewed, also after it ran out and nobody came', async () => {
    const late = await must('a');
    clock.advance(LEASE_MS);
    expect(await late.renew()).toBe(true);
    clock.advance(LEASE_MS - 1);
    expect(await take('b')).toBeUndefined();
    await late.release(true);
    expect(await take('b')).toBeDefined();
  });

  it('knows who took over from the item, whatever the clocks say', async () => {
    const slow = await must('a');
    // the clock of the other process is ahead by the length of the lease
    clock.advance(LEASE_MS);
    const fast = await must('b');
    clock.advance(-LEASE_MS);
    expect([await slow.renew(), await fast.renew()]).toEqual([false, true]);
  });
});

describe('baseline', () => {
  const removed = async (present: number): Promise<number> => {
    const lease = await must('any');
    const baseline = lease.baseline(present);
    await lease.renew();
    await lease.release(true);
    return baseline;
  };

  it('slides: it is what was healthy at the first removal of the last hour, whenever one looks', async () => {
    expect(await removed(10)).toBe(10);
    clock.advance(59 * MINUTE);
    expect([await removed(10), await removed(9), await removed(8)]).toEqual([10, 10, 10]);
    clock.advance(MINUTE);
    // the first of all is an hour old, and those a minute ago began with ten
    expect([await removed(7), await removed(6)]).toEqual([10, 10]);
    clock.advance(59 * MINUTE);
    expect([await removed(5), await removed(5)]).toEqual([7, 7]);
    clock.advance(MINUTE);
    expect(await removed(5)).toBe(5);
  });

  it('is what was healthy at the first removal of the window, an hour long', async () => {
    const first = await must('a');
    expect(first.baseline(4)).toBe(4);
    await first.release(true);
    clock.advance(59 * MINUTE);
    const second = await must('b');
    expect(second.baseline(3)).toBe(4);
    await second.release(true);
    clock.advance(MINUTE);
    expect((await must('c')).baseline(3)).toBe(3);
  });

  it('begins with a removal only', async () => {
    const first = await must('a');
    first.baseline(4);
    await first.release(false);
    expect((await must('b')).baseline(3)).toBe(3);
  });

  it('survives a run that removes nothing', async () => {
    const first = await must('a');
    first.baseline(4);
    await first.release(true);
    await (await must('b')).release(false);
    expect((await must('c')).baseline(3)).toBe(4);
  });

  it('survives a run that died', async () => {
    const first = await must('a');
    first.baseline(4);
    await first.release(true);
    await must('b');
    clock.advance(LEASE_MS);
    expect((await must('c')).baseline(3)).toBe(4);
  });

  it('survives a run that died right after its write', async () => {
    const first = await must('a');
    first.baseline(4);
    await first.renew();
    clock.advance(LEASE_MS);
    expect((await must('c')).baseline(3)).toBe(4);
  });
});
