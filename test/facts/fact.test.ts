import { describe, expect, it } from '@jest/globals';
import { isStale } from '../../lib/facts/fact';
import { rules } from '../../lib/rules/registry';

const fact = { value: 1, url: 'https://docs.aws.amazon.com/', checked: '2026-11-21', recheck: '2027-05-21' };

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

describe('facts that rules rest on', () => {
  const facts = [...new Set(rules.flatMap(({ meta }) => meta.facts))];
  it.each(facts)('$url has days of the calendar, in order, and a secure source', ({ url, checked, recheck }) => {
    const days = [checked, recheck].map((day) => new Date(`${day}T00:00:00Z`).toISOString().slice(0, 10));
    expect(days).toEqual([checked, recheck]);
    expect(recheck > checked).toBe(true);
    expect(url).toMatch(/^https:\/\//);
  });
});
