import { describe, expect, it } from '@jest/globals';
import { parseEventPattern } from '../../../../../../infra/local/services/eventbridge/pattern/event-pattern';
import { InvalidPattern } from '../../../../../../infra/local/services/eventbridge/pattern/invalid-pattern';
import { matchesEventPattern } from '../../../../../../infra/local/services/eventbridge/pattern/matches-pattern';
import { invalidPatterns, patternCases } from './pattern-cases';

describe('event patterns', () => {
  it.each(patternCases)('$name', ({ pattern, event, matches }) => {
    expect(matchesEventPattern(parseEventPattern(JSON.stringify(pattern)), event)).toBe(matches);
  });

  it.each(invalidPatterns)('refuses %s', (_, text) => {
    expect(() => parseEventPattern(text)).toThrow(InvalidPattern);
  });

  // The matcher would take it; the documentation of EventBridge sets this limit.
  it('refuses a number beyond five billion', () => {
    expect(() => parseEventPattern('{"a":[{"numeric":["=",5000000001]}]}')).toThrow(/between/);
  });

  it('refuses a pattern that multiplies into too many alternatives', () => {
    const two = (name: string) => [{ [name]: [1] }, { [name]: [2] }];
    const fields = Array.from({ length: 10 }, (_, index) => `f${String(index)}`);
    const nested = Object.fromEntries(fields.map((name) => [name, { $or: two('x') }]));
    expect(() => parseEventPattern(JSON.stringify(nested))).toThrow(/too complex/);
  });
});
