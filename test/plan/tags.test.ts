import { describe, expect, it } from '@jest/globals';
import { ruleList } from '../../lib/plan/tags';

describe('ruleList', () => {
  const ids = Array.from({ length: 20 }, (_, index) => `rule-with-a-rather-long-name-${String(index + 10)}`);

  it.each([
    ['one', ['b'], 'b'],
    ['sorted, each once', ['b', 'a', 'b'], 'a b'],
    ['none', [], ''],
  ])('%s', (_, rules, value) => {
    expect(ruleList(rules)).toBe(value);
  });

  it('is empty when no name fits', () => {
    expect(ruleList(['x'.repeat(257)])).toBe('');
  });

  it('cuts at 256 characters and counts the rest', () => {
    const value = ruleList(ids);
    const shown = value.split(' ');
    expect(value.length).toBeLessThanOrEqual(256);
    expect(shown.at(-1)).toBe(`+${String(ids.length - (shown.length - 1))}`);
    expect(`${value} ${ids[0] ?? ''}`.length).toBeGreaterThan(256);
  });

  it('fills 256 characters exactly without a count', () => {
    const whole = ['a'.repeat(127), 'b'.repeat(128)];
    expect(ruleList(whole)).toBe(whole.join(' '));
    expect(ruleList(['a'.repeat(127), 'b'.repeat(129)])).toBe(`${'a'.repeat(127)} +1`);
  });
});
