import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import ipaddr from 'ipaddr.js';
import { canonicalAddress, familyOf, isInside } from '../../lib/snapshot/address';

it.each([
  ['2001:0DB8:0000::000a', '2001:db8::a'],
  ['10.0.0.1', '10.0.0.1'],
  ['i-0abc', 'i-0abc'],
])('%s is %s', (text, canonical) => {
  expect(canonicalAddress(text)).toBe(canonical);
});

it.each([
  ['2001:db8::a', 'ipv6'],
  ['2001:DB8:0::A', 'ipv6'],
  ['10.0.0.1', 'ipv4'],
  ['255.249.199.99', 'ipv4'],
  ['256.0.0.1', undefined],
  ['i-0abc', undefined],
  ['arn:aws:elasticloadbalancing:eu-west-2:111122223333:loadbalancer/app/shop/1', undefined],
])('the family of %s is %s', (text, family) => {
  expect(familyOf(text)).toBe(family);
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

describe('any IPv6 address', () => {
  const group = fc.oneof(fc.constantFrom(0, 0, 0, 1, 0xff9b, 0x2600), fc.nat({ max: 0xffff }));
  const groups = fc.array(group, { minLength: 8, maxLength: 8 });
  const parsed = (parts: readonly number[]) => new ipaddr.IPv6([...parts]);

  it('has one spelling, whichever it came in', () => {
    fc.assert(
      fc.property(groups, (parts) => {
        const canonical = parsed(parts).toRFC5952String();
        const spellings = [
          canonical,
          parsed(parts).toNormalizedString(),
          parts.map((part) => part.toString(16).padStart(4, '0')).join(':'),
        ];
        for (const spelling of [...spellings, ...spellings.map((text) => text.toUpperCase())]) {
          expect(canonicalAddress(spelling)).toBe(canonical);
        }
      }),
    );
  });

  it.each(['1:2:3:4:5:6:7::8', '1::2::3', '1:2:3:4:5:6:7', '1:2:3:4:5:6:7:8:9', 'abc'])('%s stays as it is or is parsed', (text) => {
    expect(canonicalAddress(text)).toBe(ipaddr.isValid(text) ? ipaddr.parse(text).toString() : text);
  }); // prettier-ignore
});
