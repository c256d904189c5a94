import { expect, it } from '@jest/globals';
import { lowerMode, lowerOf } from '../../lib/policy/mode';
import { modes } from '../../lib/policy/policy';
import { aLoadedPolicy, aScope } from '../support/policy-builders';

const pairs = modes.flatMap((left, low) =>
  modes.map((right, high) => [left, right, modes[Math.min(low, high)]] as const),
);

it.each(pairs)('of %s and %s the lower is %s', (left, right, lower) => {
  expect(lowerOf(left, right)).toBe(lower);
});

const loaded = aLoadedPolicy({ mode: 'tag', scopes: [aScope({ mode: 'enforce' }), aScope()] });
const modesBelow = (ceiling: (typeof modes)[number]) => {
  const { policy } = lowerMode(loaded, ceiling);
  return [policy.mode, ...policy.scopes.map(({ mode }) => mode)];
};

it('lowers the policy and every scope that has a mode of its own', () => {
  expect(modesBelow('observe')).toEqual(['observe', 'observe', undefined]);
  expect(modesBelow('tag')).toEqual(['tag', 'tag', undefined]);
});

it('raises nothing', () => {
  expect(modesBelow('enforce')).toEqual(['tag', 'enforce', undefined]);
  expect(lowerMode(loaded, undefined)).toBe(loaded);
});
