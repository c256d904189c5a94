/**
 * Something happens between any two calls of the controller: what is written was true by all that it could know.
 */
import { beforeAll, describe, expect, it } from '@jest/globals';
import { race, type Change } from './a-race';
import { hostsGoOn, lifeGoesOn, neighboursGoOn, plansGoStale } from './race-changes';
import { addressSite, hostSite, peeredSite, type RaceSite } from './race-sites';

/** Moments of each change, the sharpest first, the others spread over all of a run; `RACES=1000` tries every one. */
const SAMPLE = Number(process.env['RACES'] ?? 1);
/** What a busy machine takes for one. */
const MOMENT_MS = 60_000;

/** The last call before the removal that can still show it. */
function sharpestIn(calls: readonly string[], { shownBy, about }: Change): readonly number[] {
  if (!shownBy) return [];
  const removal = about === 'orphan' ? 'DeregisterTargets' : 'Deregister';
  const before = calls.slice(
    0,
    calls.findLastIndex((call) => call.startsWith(removal)),
  );
  return [before.findLastIndex((call) => shownBy.test(call))];
}

/** Indices of calls right before which something happens; each change begins elsewhere. */
function momentsIn(calls: readonly string[], change: Change, index: number): readonly number[] {
  const step = Math.max(1, Math.floor(calls.length / SAMPLE));
  // a prime, so that changes that stand side by side are far apart
  const first = (index * 37) % step;
  const spread = calls.flatMap((_, at) => (at % step === first ? [at] : []));
  return [...new Set([...sharpestIn(calls, change), ...spread])].slice(0, SAMPLE);
}

interface Ground {
  readonly name: string;
  readonly aRaceSite: () => Promise<RaceSite>;
  readonly changes: readonly Change[];
  /** What goes if nothing happens. */
  readonly removable: readonly string[];
}

const addresses = [...plansGoStale, ...lifeGoesOn];

describe.each<Ground>([
  { name: 'addresses', aRaceSite: addressSite, changes: addresses, removable: ['orphan', 'stray'] },
  { name: 'IPv4 addresses', aRaceSite: peeredSite, changes: neighboursGoOn, removable: ['orphan'] },
  { name: 'hosts', aRaceSite: hostSite, changes: hostsGoOn, removable: ['orphan'] },
])('$name', ({ aRaceSite, changes, removable }) => {
  let calls: readonly string[];
  beforeAll(async () => {
    const fair = await race(await aRaceSite());
    expect([[...fair.removed].sort(), fair.wrong]).toEqual([removable, []]);
    // later, nothing is left that could be removed
    calls = fair.calls.slice(0, fair.calls.findLastIndex((call) => call.startsWith('Deregister')) + 1);
  }, MOMENT_MS);

  it.each(changes.map((change, index) => [change.name, change, index] as const))(
    '%s',
    async (...[, change, index]) => {
      for (const moment of momentsIn(calls, change, index)) {
        const { wrong } = await race(await aRaceSite(), change, moment);
        expect({ moment, before: calls[moment], wrong }).toEqual({ moment, before: calls[moment], wrong: [] });
      }
    },
    SAMPLE * MOMENT_MS,
  );
});
