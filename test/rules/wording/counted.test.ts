import { expect, it } from '@jest/globals';
import { counted, listed } from '../../../lib/rules/wording/counted';

it.each([
  [0, '0 tasks'],
  [1, '1 task'],
  [2, '2 tasks'],
])('counts %s', (count, text) => {
  expect(counted(count, 'task')).toBe(text);
});

it.each([
  [[], ''],
  [['a'], 'a'],
  [['a', 'b'], 'a and b'],
  [['a', 'b', 'c'], 'a, b and c'],
  [['a', 'b', 'c', 'd', 'e'], 'a, b, c and 2 more'],
])('lists %j', (names: string[], text) => {
  expect(listed(names)).toBe(text);
});
