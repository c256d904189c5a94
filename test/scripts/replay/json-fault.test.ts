import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { jsonFault } from '../../../scripts/replay/json-fault';

describe('jsonFault', () => {
  it.each([
    ['', { line: 1, column: 1, expected: 'a value' }],
    ['{"a": [1, 2,}', { line: 1, column: 13, expected: 'a value' }],
    ['{\r\n  "a": 1\r\n  "b": 2\r\n}', { line: 3, column: 3, expected: ', or }' }],
    ['{"a" 1}', { line: 1, column: 6, expected: ':' }],
    ["{'a': 1}", { line: 1, column: 2, expected: 'a key or }' }],
    ['{"a": 1,}', { line: 1, column: 9, expected: 'a key' }],
    ['[1 2]', { line: 1, column: 4, expected: ', or ]' }],
    ['{"a": 1}\n{"b": 2}', { line: 2, column: 1, expected: 'the end' }],
    ['{"a": undefined}', { line: 1, column: 7, expected: 'a value' }],
    ['{"a": 01}', { line: 1, column: 7, expected: 'a value' }],
    ['{"a": "\t"}', { line: 1, column: 7, expected: 'a value' }],
    ['[', { line: 1, column: 2, expected: 'a value or ]' }],
  ])('%j stops being JSON at %j', (text, fault) => expect(jsonFault(text)).toEqual(fault));

  it('finds a fault exactly where JSON.parse does', () => {
    const cut = fc.record({
      json: fc.json(),
      at: fc.nat(),
      insert: fc.constantFrom('', ',', '}', '"', '\u007f', ' ', 'x'),
    });
    fc.assert(
      fc.property(cut, ({ json, at, insert }) => {
        const text = json.slice(0, at % (json.length + 1)) + insert + json.slice((at + 1) % (json.length + 1));
        expect(jsonFault(text) === undefined).toBe(isJson(text));
      }),
      { numRuns: 2000 },
    );
  });
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
