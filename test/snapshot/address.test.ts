import { expect, it } from '@jest/globals';
import { canonicalAddress, isInside } from '../../lib/snapshot/address';

it.each([
  ['2001:0DB8:0000::000a', '2001:db8::a'],
  ['10.0.0.1', '10.0.0.1'],
  ['i-0abc', 'i-0abc'],
])('%s is %s', (text, canonical) => {
  expect(canonicalAddress(text)).toBe(canonical);
});

it.each([
  ['2001:db8::a', ['10.0.0.0/8', '2001:db8::/64'], true],
  ['2001:db8:0:1::a', ['10.0.0.0/8', '2001:db8::/64'], false],
  ['10.255.0.1', ['2001:db8::/64', '10.0.0.0/8'], true],
  ['11.0.0.1', ['10.0.0.0/8'], false],
  ['10.0.0.1', [], false],
])('%s in %j: %s', (address, cidrs, expected) => {
  expect(isInside(address, cidrs)).toBe(expected);
});
