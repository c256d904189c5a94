import { expect, it } from '@jest/globals';
import { coverageOf } from '../../../lib/rules/network/coverage';

const everything = { cidr: '::/0', allows: true };

it.each([
  ['whole', '2000::/3', [everything]],
  ['part', '2000::/3', [{ cidr: '2600::/16', allows: false }, everything]],
  ['none', '2000::/3', [{ cidr: '::/0', allows: false }, everything]],
  ['none', '2000::/3', []],
  ['none', 'pl-1', [everything]],
  ['none', '10.0.0.0/8', [everything]],
] as const)('lets %s of %s through by %j', (expected, cidr, lines) => {
  expect(coverageOf(lines, { cidr })).toBe(expected);
});

it.each([
  ['none', 443, 445],
  ['whole', 443, 444],
] as const)('lets %s of ports %i to %i through by a line for the first two', (expected, from, to) => {
  const line = { ...everything, ports: { from: 443, to: 444 } };
  expect(coverageOf([line], { cidr: '2000::/3', ports: { from, to } })).toBe(expected);
});
