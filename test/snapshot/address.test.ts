import { expect, it } from '@jest/globals';
import { canonicalAddress } from '../../lib/snapshot/address';

it.each([
  ['2001:0DB8:0000::000a', '2001:db8::a'],
  ['10.0.0.1', '10.0.0.1'],
  ['i-0abc', 'i-0abc'],
])('%s is %s', (text, canonical) => {
  expect(canonicalAddress(text)).toBe(canonical);
});
