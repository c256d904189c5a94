/**
 * A run dies at every point between two of its steps: each read and each write of the state, and each message, before
 * and after it takes effect. Whatever is delivered again ends the work.
 */
import { describe, expect, it } from '@jest/globals';
import { idsOf } from '../../lib/report/alert';
import type { Channel } from '../../lib/report/channel';
import { CLAIM_MS } from '../../lib/report/claim';
import { toStateChange } from '../../lib/report/events';
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

type Moment = 'before' | 'after';
interface Death {
  readonly step: number;
  readonly when: Moment;
}

/** Counts steps and dies at one of them; a process that is dead does nothing any more. */
function aLife(death?: Death) {
  const steps: string[] = [];
  const dead = new Error('killed');
  let isDead = false;
  const step = async <Answer>(name: string, take: () => Promise<Answer>): Promise<Answer> => {
    if (isDead) throw dead;
    steps.push(name);
    const strikes = death?.step === steps.length;
    if (strikes && death.when === 'before') isDead = true;
    if (isDead) throw dead;
    const answer = await take();
    if (strikes) isDead = true;
    if (isDead) throw dead;
    return answer;
  };
  return { steps, step };
}

/** `<channel> <change>` for each channel that a record says to have told. */
function recordedIn(value: unknown): readonly string[] {
  const { transition } = value as FindingRecord;
  return Object.keys(transition.toldAt ?? {}).map((name) => `${name} ${transition.id}`);
}

/** Three changes in two messages, through two channels, in a run that may die and in those after it. */
async function tellStory(death?: Death) {
  const clock = adjustableClock();
  const store = createMemoryStore({ now: clock.now });
  const findings = ['one', 'two', 'three'].map((resource, index) =>
    aFinding({ resource, scope: index < 2 ? 'a' : 'b' }),
  );
  const records = findings.map((finding) => ({
    ...aRecord({ finding, announcedAt: undefined }),
    transition: { id: `new ${finding.resource}`, state: 'new' as const, at: NOW.toISOString() },
  }));
  for (const value of records) {
    await store.put({ partition: findingPartition(place), key: findingKey(value.finding), value, expected: undefined });
  }
  const changes = records.map((record) => toStateChange(record, place));
  const told: string[] = [];
  // what a channel took and no record says, as long as the first run lives
  const unrecorded = new Set<string>();
  const run = async (holder: string, life: ReturnType<typeof aLife>): Promise<ReadonlyMap<string, Error>> => {
    const { step } = life;
    const watched: ItemStore = {
      get: (...key) => step('get', () => store.get(...key)),
      list: (...key) => step('list', () => store.list(...key)),
      put: (write) =>
        step('put', async () => {
          const isDone = await store.put(write);
          if (isDone && holder === 'first') for (const one of recordedIn(write.value)) unrecorded.delete(one);
          return isDone;
        }),
      remove: (...key) => step('remove', () => store.remove(...key)),
    };
    const channel = (name: ChannelName): Channel => ({
      name,
      pack: (alerts) =>
        alerts.map((alert) => ({
          ids: idsOf(alert),
          send: () =>
            step(`send ${name}`, () => {
              const sent = idsOf(alert).map((id) => `${name} ${id}`);
              told.push(...sent);
              if (holder === 'first') for (const one of sent) unrecorded.add(one);
              return Promise.resolve();
            }),
        })),
    });
    const loadPolicy = () => Promise.resolve(aLoadedPolicy());
    const channels = [channel('topic'), channel('slack')];
    return await notify(changes, { store: watched, now: clock.now, holder, place, channels, loadPolicy });
  };
  const first = aLife(death);
  // a run that dies answers nothing; one whose channel seems to fail is not dead yet
  await run('first', first).catch(() => undefined);
  for (let again = 1; again <= 3; again++) {
    clock.advance(CLAIM_MS);
    await run(`again ${String(again)}`, aLife());
  }
  return { steps: first.steps, told: told.sort(), unrecorded: [...unrecorded].sort() };
}

const EVERYTHING = ['slack', 'topic'].flatMap((name) =>
  ['new one', 'new three', 'new two'].map((id) => `${name} ${id}`),
);

describe('notify, killed at any step', () => {
  it('tells of everything once when nothing happens', async () => {
    const { steps, told } = await tellStory();
    expect(told).toEqual(EVERYTHING);
    expect(steps.filter((step) => step.startsWith('send'))).toHaveLength(4);
  });

  it('loses nothing, and repeats only what a channel took and no record says', async () => {
    const { steps } = await tellStory();
    let repeats = 0;
    for (const index of steps.keys()) {
      for (const when of ['before', 'after'] as const) {
        const { told, unrecorded } = await tellStory({ step: index + 1, when });
        expect(told).toEqual([...EVERYTHING, ...unrecorded].sort());
        repeats += Number(unrecorded.length > 0);
      }
    }
    expect(steps.length).toBeGreaterThan(20);
    expect(repeats).toBeGreaterThan(4);
    expect(repeats).toBeLessThan(steps.length);
  });
});
