import { expect, it } from '@jest/globals';
import { matchesGlob } from '../../lib/evaluate/glob';

it.each([
  ['a*b', 'ab', true],
  ['a*b', 'a\nb', true],
  ['a?b', 'a\nb', true],
  ['a?b', 'ab', false],
  ['a.b', 'axb', false],
  ['a', 'ab', false],
])('%j and %j: %s', (pattern, text, is) => {
  expect(matchesGlob(pattern, text)).toBe(is);
});
