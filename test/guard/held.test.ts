import { describe, expect, it } from '@jest/globals';
import { guard } from '../../lib/guard/guard';
import {
  aCloudMapRemoval,
  aHold,
  aMemory,
  aSighting,
  aTargetRemoval,
  ORPHAN_KEY,
  STRAY_KEY,
} from '../support/action-builders';
import { NOW } from '../support/builders';
import { input } from './guard-input';

/** A hold that ends so many minutes from now. */
const held = (resource: string, minutes: number) => ({
  ...aMemory([aSighting(ORPHAN_KEY, 60), aSighting(STRAY_KEY, 60)]),
  holds: new Map([[resource, aHold({ resource, until: new Date(NOW.getTime() + minutes * 60_000).toISOString() })]]),
});

describe('what a person took back', () => {
  it.each([
    [ORPHAN_KEY, aTargetRemoval()],
    [STRAY_KEY, aCloudMapRemoval()],
  ])('is not removed while the hold lasts, and is afterwards: %s', (resource, action) => {
    const verdict = (minutes: number) => guard(input({ actions: [action], memory: held(resource, minutes) }));
    expect(verdict(1)).toMatchObject({
      allowed: [],
      withheld: [
        { status: 'withheld', code: 'held', reason: expect.stringMatching(/until 2026-.*: anna took .* x back/) },
      ],
    });
    expect(verdict(0).withheld.map(({ code }) => code)).not.toContain('held');
  });

  it('holds nothing else', () => {
    expect(guard(input({ memory: held('another', 1) })).allowed).toHaveLength(1);
  });
});
