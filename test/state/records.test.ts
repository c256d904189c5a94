import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Finding } from '../../lib/evaluate/finding';
import type { Action } from '../../lib/plan/action';
import type { RunSettings } from '../../lib/stages';
import type { ItemStore } from '../../lib/state/item-store';
import { findingKey, type Memory } from '../../lib/state/memory';
import { createMemoryStore } from '../../lib/state/memory-store';
import { createRecall, findingPartition } from '../../lib/state/records';
import {
  aFinding,
  aJudgement,
  anEvaluation,
  aSighting,
  aTargetRemoval,
  ORPHAN_KEY,
  place,
} from '../support/action-builders';
import { adjustableClock, MINUTE } from '../support/adjustable-clock';
import { NOW, TARGET_GROUP_ARN } from '../support/builders';
import { aSnapshot, type Contents } from '../support/snapshot-builder';

const orphaned = anEvaluation([aFinding()], [aJudgement()]);
const judged = (...findings: readonly Partial<Finding>[]) => anEvaluation(findings.map(aFinding), [aJudgement()]);
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
  createRecall({ store, now: clock.now })({ snapshot: aSnapshot(contents), evaluation, planned: [] }, settings);
const since = async (rule = 'target-orphaned'): Promise<string | undefined> =>
  (await recall(orphaned, { settings: { dryRun: true } })).sightings.get(findingKey({ rule, resource: ORPHAN_KEY }))
    ?.firstSeenAt;
const FAMILY = 'target-family-mismatch';

describe('sightings', () => {
  it('are known to the next pass, not to the one that made them', async () => {
    expect((await recall(orphaned)).sightings.size).toBe(0);
    clock.advance(15 * MINUTE);
    expect([...(await recall(orphaned)).sightings.values()]).toEqual([
      { ...aSighting(ORPHAN_KEY, 0), firstSeenAt: NOW.toISOString() },
    ]);
    expect(await since()).toBe(NOW.toISOString());
  });

  it.each<[string, typeof orphaned, Look, boolean]>([
    ['while it can not be told', judged({ status: 'unknown' }), {}, true],
    ['while nobody looked', unjudged, {}, true],
    ['in a run of other rules', judged(), { settings: { dryRun: false, onlyRules: ['x'] } }, true],
    ['not in a run of its rule', judged(), { settings: { dryRun: false, onlyRules: ['target-orphaned'] } }, false],
    ['not when somebody owns it now', judged(), {}, false],
    ['not when only another rule finds fault with it now', judged({ rule: FAMILY }), {}, false],
    ['not when something was seen that is left to people', judged({ remedy: 'suggest' }), {}, false],
    ['not when it is exempt', judged({ status: 'exempt' }), {}, false],
    ['not when its group was listed without it', unjudged, { contents: { covered: [TARGET_GROUP_ARN] } }, false],
    ['not when its group is gone', unjudged, { contents: { gone: [TARGET_GROUP_ARN] } }, false],
  ])('stay %s', async (...[, evaluation, look, stays]) => {
    await recall(orphaned);
    await recall(evaluation, look);
    expect(await since()).toBe(stays ? NOW.toISOString() : undefined);
  });

  it('are not even read by a pass that looked at nothing of the kind', async () => {
    await recall(orphaned);
    expect((await recall(unjudged)).sightings.size).toBe(0);
    expect(await since()).toBe(NOW.toISOString());
  });

  it('are counted for each rule by itself', async () => {
    await recall(orphaned);
    clock.advance(10 * MINUTE);
    await recall(judged({}, { rule: FAMILY }));
    expect(await since()).toBe(NOW.toISOString());
    expect(await since(FAMILY)).toBe(clock.now().toISOString());
  });

  it.each<[string, unknown]>([
    ['of a version that counted for all rules together', { resource: ORPHAN_KEY, firstSeenAt: 'a', lastSeenAt: 'b' }],
    ['of something else', 'odd'],
  ])('that are %s start anew', async (_, value) => {
    await store.put({
      partition: `sighting#${place.account}#${place.region}`,
      key: ORPHAN_KEY,
      value,
      expected: undefined,
    });
    expect((await recall(orphaned)).sightings.size).toBe(0);
    expect(await since()).toBe(NOW.toISOString());
  });

  it('are not made by a dry run, nor of what is exempt, unknown or left to people', async () => {
    await recall(orphaned, { settings: { dryRun: true } });
    await recall(judged({ status: 'exempt' }));
    await recall(judged({ status: 'unknown' }));
    await recall(judged({ remedy: 'suggest' }));
    expect(await since()).toBeUndefined();
  });

  it('last from one daily run to the next, whenever in the hour each comes', async () => {
    await recall(orphaned);
    clock.advance(25 * 60 * MINUTE);
    expect([...(await recall(orphaned)).sightings.values()]).toMatchObject([{ firstSeenAt: NOW.toISOString() }]);
  });

  it('start anew when no pass looked for a day and a half', async () => {
    await recall(orphaned);
    clock.advance(36 * 60 * MINUTE);
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

describe('a call saved', () => {
  const listed = async (planned: readonly Action[]): Promise<readonly string[]> => {
    const partitions: string[] = [];
    const watched: ItemStore = {
      ...store,
      list(partition) {
        partitions.push(partition.replace(/#.*/, ''));
        return store.list(partition);
      },
    };
    const snapshot = aSnapshot();
    await createRecall({ store: watched, now: clock.now })(
      { snapshot, evaluation: unjudged, planned },
      { dryRun: false },
    );
    return partitions.sort();
  };

  it('breakers are not asked for where nothing is to be written', async () => {
    expect(await listed([])).toEqual(['finding']);
    expect(await listed([aTargetRemoval()])).toEqual(['breaker', 'finding']);
  });
});
