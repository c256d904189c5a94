import { describe, expect, it } from '@jest/globals';
import * as v from 'valibot';
import { facts } from '../../lib/facts/registry';
import { rules } from '../../lib/rules/registry';

const ids = facts.map(({ id }) => id);

describe('the registry of facts', () => {
  it('is in alphabetical order and names each fact once', () => {
    expect(ids).toEqual([...new Set(ids)].sort());
  });

  it('lets a policy override only what something rests on', () => {
    const asked = rules.flatMap(({ meta: { facts: own, applies } }) => [
      ...own,
      applies.systemsBy,
      applies.launchTypesBy,
    ]);
    const idle = facts.filter((fact) => fact.fixed === undefined && !asked.includes(fact));
    expect(idle.map(({ id }) => id)).toEqual([]);
  });

  it('has every fact that a rule rests on', () => {
    for (const fact of rules.flatMap(({ meta }) => meta.facts)) expect(facts).toContain(fact);
  });
});

describe.each(facts)('the fact $id', ({ id, title, type, value, url, doubt, checked, recheck }) => {
  it('is told in words, under an id of small letters', () => {
    expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)+$/);
    expect(title).toMatch(/^[A-Z].{20,118}[^.]$/);
    if (doubt !== undefined) expect(doubt).toMatch(/^[A-Z].*\.$/);
  });

  it('has a value of its own type', () => {
    expect(v.parse(type, value)).toEqual(value);
  });

  it('says why where the value is that AWS disagrees with itself', () => {
    if (value === 'conflict') expect(doubt).toBeDefined();
  });

  it('has days of the calendar, in order, and a secure source', () => {
    const days = [checked, recheck].map((day) => new Date(`${day}T00:00:00Z`).toISOString().slice(0, 10));
    expect(days).toEqual([checked, recheck]);
    expect(recheck > checked).toBe(true);
    expect(url).toMatch(/^https:\/\//);
  });
});
