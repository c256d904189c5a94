/**
 * Changes delivered twice, late, in any order and to several runs at once, through channels that fail now and then: each
 * channel accepts each change once.
 */
import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { idsOf } from '../../lib/report/alert';
import { ChannelBusy, type Channel } from '../../lib/report/channel';
import { CLAIM_MS } from '../../lib/report/claim';
import { toStateChange, type FindingStateChange } from '../../lib/report/events';
import { notify } from '../../lib/report/notify';
import type { ItemStore } from '../../lib/state/item-store';
import { findingKey, type ChannelName, type FindingRecord } from '../../lib/state/memory';
import { createMemoryStore } from '../../lib/state/memory-store';
import { findingPartition } from '../../lib/state/records';
import { aFinding, place } from '../support/action-builders';
import { adjustableClock } from '../support/adjustable-clock';
import { NOW } from '../support/builders';
import { aLoadedPolicy } from '../support/policy-builders';
import { aRecord } from './a-record';

const CHANGES = 6;
const RUNS = 20;

/** As a pass leaves it; two causes. */
const records: readonly FindingRecord[] = Array.from({ length: CHANGES }, (_, index) => ({
  ...aRecord({
    finding: aFinding({ resource: `r${String(index)}`, scope: index % 2 ? 'a' : 'b' }),
    announcedAt: undefined,
  }),
  transition: { id: `new r${String(index)}`, state: 'new', at: NOW.toISOString() },
}));
const changes = records.map((record) => toStateChange(record, place));

/** Several runs at once, each with what the queue gives it; duplicates are what SQS does. */
const wave = fc.array(fc.array(fc.nat(CHANGES - 1), { minLength: 1, maxLength: 9 }), { minLength: 1, maxLength: 4 });
const fate = fc.constantFrom('taken', 'taken', 'taken', 'refused', 'busy');

it('tells each change once in each channel', async () => {
  const waves = fc.array(wave, { minLength: 1, maxLength: 6 });
  const property = fc.asyncProperty(fc.scheduler(), waves, fc.infiniteStream(fate), async (scheduler, storm, fates) => {
    const clock = adjustableClock();
    const memory = createMemoryStore({ now: clock.now });
    for (const value of records) {
      const key = findingKey(value.finding);
      await memory.put({ partition: findingPartition(place), key, value, expected: undefined });
    }
    // another run's steps come before and after any of one run
    const step = async <Answer>(take: () => Promise<Answer>): Promise<Answer> => {
      await scheduler.schedule(Promise.resolve());
      return await scheduler.schedule(take());
    };
    const store: ItemStore = {
      get: (...key) => step(() => memory.get(...key)),
      list: (partition) => step(() => memory.list(partition)),
      put: (write) => step(() => memory.put(write)),
      remove: (...key) => step(() => memory.remove(...key)),
    };
    const told: string[] = [];
    let isFair = false;
    const accept = (ids: readonly string[]): Promise<void> => {
      const [next = 'taken'] = isFair ? [] : fates.take(1);
      if (next === 'busy') return Promise.reject(new ChannelBusy('slow down', 30));
      if (next === 'refused') return Promise.reject(new Error('no'));
      told.push(...ids);
      return Promise.resolve();
    };
    const channel = (name: ChannelName): Channel => ({
      name,
      pack: (alerts) =>
        alerts.map((alert) => ({
          ids: idsOf(alert),
          send: () => step(() => accept(idsOf(alert).map((id) => `${name} ${id}`))),
        })),
    });
    const channels = [channel('topic'), channel('slack')];
    const loadPolicy = () => Promise.resolve(aLoadedPolicy());
    let holders = 0;
    const run = (some: readonly FindingStateChange[]) =>
      notify(some, { store, now: clock.now, holder: `run ${String(holders++)}`, place, channels, loadPolicy });
    for (const runs of storm) {
      const all = Promise.all(runs.map((some) => run(some.flatMap((index) => changes[index] ?? []))));
      await scheduler.waitFor(all);
      clock.advance(10_000);
    }
    isFair = true;
    clock.advance(CLAIM_MS);
    expect((await scheduler.waitFor(run(changes))).size).toBe(0);
    const everything = ['topic', 'slack'].flatMap((name) => changes.map(({ id }) => `${name} ${id}`));
    expect(told.sort()).toEqual(everything.sort());
  });
  await fc.assert(property, { numRuns: RUNS });
});
