import { expect, it } from '@jest/globals';
import { inStep } from '../../lib/snapshot/resource-of';

const numbers = new Map(['a', 'b', 'c', 'd'].map((letter, index) => [letter, index]));

it.each([
  ['in the order of the collection', ['a', 'b', 'c', 'd'], [0, 1, 2, 3]],
  ['backwards', ['d', 'c', 'b', 'a'], [3, 2, 1, 0]],
  ['twice each', ['a', 'a', 'b', 'b'], [0, 0, 1, 1]],
  ['with gaps', ['b', 'd'], [1, 3]],
  ['beyond the end', ['a', 'b', 'c', 'd', 'a'], [0, 1, 2, 3, 0]],
  ['for one that is not there', ['x', 'b'], [undefined, 1]],
])('finds what is under each key, asked %s', (_, keys, found) => {
  const find = inStep(numbers);
  expect(keys.map((key) => find(key))).toEqual(found);
});
