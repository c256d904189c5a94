import { describe, expect, it } from '@jest/globals';
import { isStale } from '../../lib/facts/fact';
import { aFact } from '../support/a-fact';

const fact = aFact({ recheck: '2027-05-21' });

describe('a fact', () => {
  it.each([
    ['2026-11-21T00:00:00Z', false],
    ['2027-05-20T23:59:59Z', false],
    ['2027-05-21T00:00:00Z', true],
    ['2030-01-01T00:00:00Z', true],
  ])('at %s is stale: %s', (now, stale) => {
    expect(isStale(fact, new Date(now))).toBe(stale);
  });
});
