import { expect, it } from '@jest/globals';
import { labelled, textWidth, wrapped } from '../../../lib/cli/explain/layout';

it.each([
  ['', 10, []],
  ['one two  three', 7, ['one two', 'three']],
  ['one two\nthree', 99, ['one two three']],
  ['a averylongword b', 5, ['a', 'averylongword', 'b']],
])('wraps %j at %d', (prose, width, lines) => {
  expect(wrapped(prose, width)).toEqual(lines);
});

it.each([
  [undefined, 100],
  [80, 80],
  [250, 100],
  [10, 60],
])('takes %s columns as %d', (columns, width) => {
  expect(textWidth(columns)).toBe(width);
});

it('puts a label before the first line only', () => {
  expect(labelled('Why', ['a', 'b', ''], 5)).toEqual(['Why  a', '     b', '']);
});
