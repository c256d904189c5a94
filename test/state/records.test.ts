import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Judgement } from '../../lib/evaluate/judgement';
import type { RunSettings } from '../../lib/stages';
import type { ItemStore } from '../../lib/state/item-store';
import type { Memory } from '../../lib/state/memory';
import { createMemoryStore } from '../../lib/state/memory-store';
import { createRecall, findingPartition } from '../../lib/state/records';
import { aFinding, aJudgement, anEvaluation, ORPHAN_KEY, place } from '../support/action-builders';
import { adjustableClock, MINUTE } from '../support/adjustable-clock';
import { NOW, TARGET_GROUP_ARN } from '../support/builders';
import { aSnapshot, type Contents } from '../support/snapshot-builder';

const orphaned = anEvaluation([aFinding()], [aJudgement()]);
const judged = (status: Judgement['status']) => anEvaluation([], [aJudgement({ status })]);
const unjudged = anEvaluation([], []);

let clock: ReturnType<typeof adjustableClock>;
let store: ItemStore;

beforeEach(() => {
  clock = adjustableClock();
  store = createMemoryStore({ now: clock.now });
});

interface Look {
  readonly contents?: Contents;
  readonly settings?: RunSettings;
}

const recall = (evaluation: typeof orphaned, { contents, settings = { dryRun: false } }: Look = {}): Promise<Memory> =>
  createRecall({ store, now: clock.now })(aSnapshot(contents), evaluation, settings);
const since = async (): Promise<string | undefined> => (await recall(unjudged)).sightings.get(ORPHAN_KEY)?.firstSeenAt;

describe('sightings', () => {
  it('are known to the next pass, not to the one that made them', async () => {
    expect((await recall(orphaned)).sightings.size).toBe(0);
    clock.advance(15 * MINUTE);
    const again = await recall(orphaned);
    expect(again.sightings.get(ORPHAN_KEY)).toMatchObject({ firstSeenAt: NOW.toISOString() });
    expect(await since()).toBe(NOW.toISOString());
  });

  it.each<[string, typeof orphaned, Look, boolean]>([
    ['while it can not be told', judged('unknown'), {}, true],
    ['while nobody looked', unjudged, {}, true],
    ['in a run of other rules', judged('compliant'), { settings: { dryRun: false, onlyRules: ['x'] } }, true],
    ['not when somebody owns it now', judged('compliant'), {}, false],
    ['not when its group was listed without it', unjudged, { contents: { covered: [TARGET_GROUP_ARN] } }, false],
    ['not when its group is gone', unjudged, { contents: { gone: [TARGET_GROUP_ARN] } }, false],
  ])('stay %s', async (...[, evaluation, look, stays]) => {
    await recall(orphaned);
    await recall(evaluation, look);
    expect(await since()).toBe(stays ? NOW.toISOString() : undefined);
  });

  it('are not made by a dry run, nor of what is exempt or unknown', async () => {
    await recall(orphaned, { settings: { dryRun: true } });
    await recall(anEvaluation([aFinding({ status: 'exempt' })], [aJudgement()]));
    await recall(anEvaluation([aFinding({ status: 'unknown' })], [aJudgement()]));
    expect(await since()).toBeUndefined();
  });

  it('start anew when no pass looked for a day', async () => {
    await recall(orphaned);
    clock.advance(24 * 60 * MINUTE);
    expect((await recall(orphaned)).sightings.size).toBe(0);
  });
});

describe('records', () => {
  it('are given by rule and resource', async () => {
    const transition = { id: 'x', state: 'new', at: NOW.toISOString() };
    const value = { finding: aFinding(), firstSeenAt: 'f', lastSeenAt: 'l', parents: [], transition };
    await store.put({ partition: findingPartition(place), key: 'any', value, expected: undefined });
    const { records } = await recall(unjudged);
    expect(records.get(`target-orphaned|${ORPHAN_KEY}`)).toEqual({ value, version: 1 });
  });

  it('that something else wrote are refused, not guessed at', async () => {
    await store.put({ partition: findingPartition(place), key: 'any', value: { a: 1 }, expected: undefined });
    await expect(recall(unjudged)).rejects.toThrow();
  });
});
