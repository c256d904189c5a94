import { expect, it } from '@jest/globals';
import { prefixOf } from '../../../../../infra/local/seed/demo/network-parts';

it.each([
  ['2600:1f1c:12:3400::/56', '2600:1f1c:12:34'],
  ['2600:1f1c:12:a00::/56', '2600:1f1c:12:a'],
  ['2600:1f51:16b6::/56', '2600:1f51:16b6:00'],
  ['2600:1f51::/56', '2600:1f51:0000:00'],
])('subnets of %s begin with %s', (block, prefix) => {
  expect(prefixOf(block)).toBe(prefix);
});
