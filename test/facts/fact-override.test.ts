import { describe, expect, it } from '@jest/globals';
import { defineFact, isStale } from '../../lib/facts/fact';
import { factsInForce } from '../../lib/facts/fact-override';
import { listOf, text } from '../../lib/facts/fact-types';
import { aFact } from '../support/a-fact';

const fact = aFact();
const list = defineFact({ ...fact, id: 'invented-list', type: listOf(text), value: ['a', 'b'] });
const checked = '2027-01-10';

describe('facts in force', () => {
  it('are those that are built in', () => {
    expect(factsInForce({})(fact)).toBe(fact);
    expect(factsInForce({ 'other-fact': { value: '2.0.0', checked } })(fact)).toBe(fact);
  });

  it('have the value of the policy, checked on its day, and for as long as the built-in one', () => {
    const inForce = factsInForce({ [fact.id]: { value: '1.102.0', checked } })(fact);
    expect(inForce).toEqual({ ...fact, value: '1.102.0', checked, recheck: '2028-01-10' });
  });

  it('are the same each time they are asked for', () => {
    const inForce = factsInForce({ [fact.id]: { value: '1.102.0', checked } });
    expect(inForce(fact)).toBe(inForce(fact));
  });

  it('that are confirmed keep their value and are no longer stale', () => {
    const now = new Date('2027-01-11T00:00:00Z');
    expect(isStale(fact, now)).toBe(true);
    const confirmed = factsInForce({ [fact.id]: { checked } })(fact);
    expect(confirmed.value).toBe(fact.value);
    expect(isStale(confirmed, now)).toBe(false);
  });

  it('are stale from the day on that the policy names', () => {
    const { recheck } = factsInForce({ [fact.id]: { checked, recheck: '2027-02-01' } })(fact);
    expect(recheck).toBe('2027-02-01');
  });

  it('have more items, before those that are built in', () => {
    expect(factsInForce({ [list.id]: { add: ['c'], checked } })(list).value).toEqual(['c', 'a', 'b']);
    expect(factsInForce({ [list.id]: { value: ['c'], checked } })(list).value).toEqual(['c']);
  });

  it('are refused with a value of another type', () => {
    expect(() => factsInForce({ [fact.id]: { value: 'newer', checked } })(fact)).toThrow('three numbers');
  });
});
