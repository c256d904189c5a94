import { describe, expect, it } from '@jest/globals';
import { inlineConstantKeys } from '../../../scripts/bundle/schema-shake';

describe('inlineConstantKeys', () => {
  it.each([
    ['a constant becomes a literal key', 'const _a = "A";\nx = { [_a]: 1 };', 'const _a = "A";\nx = { "A": 1 };'],
    ['an escape stays an escape', 'const _a = "\\"";\nx = { [_a]: 1 };', 'const _a = "\\"";\nx = { "\\"": 1 };'],
    ['a name that the file does not define is left', 'x = { [_b]: 1 };', 'x = { [_b]: 1 };'],
    ['an index access is left', 'const _a = "A";\nx = y[_a];', 'const _a = "A";\nx = y[_a];'],
  ])('%s', (_name, source, expected) => {
    expect(inlineConstantKeys(source)).toBe(expected);
  });
});
