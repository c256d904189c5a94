import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  addressAt,
  canonicalAddress,
  cidrContains,
  cidrCovers,
  cidrSize,
  cidrsOverlap,
  familyOf,
  isGlobalUnicast,
  offsetOf,
  parseCidr,
} from '../../../../../infra/local/services/ec2/cidr';
import type { Cidr } from '../../../../../infra/local/services/ec2/cidr';

function cidr(text: string): Cidr {
  const parsed = parseCidr(text);
  if (!parsed) throw new Error(`${text} is no CIDR`);
  return parsed;
}

describe('CIDR blocks', () => {
  it.each([
    ['10.1.2.3/16', '10.1.0.0/16'],
    ['2600:1F00:0:0:5::/56', '2600:1f00::/56'],
    ['::/0', '::/0'],
    ['64:ff9b::/96', '64:ff9b::/96'],
  ])('%s is kept as %s', (text, canonical) => {
    expect(cidr(text).text).toBe(canonical);
  });

  it.each(['10.0.0.0', '10.0.0.0/33', '2600::/129', 'prod', ''])('%j is none', (text) => {
    expect(parseCidr(text)).toBeUndefined();
  });

  it.each([
    ['10.0.0.0/16', '10.0.255.255', true],
    ['10.0.0.0/16', '10.1.0.0', false],
    ['2600:1f00::/56', '2600:1f00:0:00ff::1', true],
    ['2600:1f00::/56', '2600:1f00:0:0100::1', false],
    ['::/0', '10.0.0.1', false],
  ])('%s contains %s: %s', (block, address, contained) => {
    expect(cidrContains(cidr(block), address)).toBe(contained);
  });

  it('covers blocks within it and overlaps in both directions', () => {
    expect(cidrCovers(cidr('10.0.0.0/16'), cidr('10.0.5.0/24'))).toBe(true);
    expect(cidrCovers(cidr('10.0.5.0/24'), cidr('10.0.0.0/16'))).toBe(false);
    expect(cidrsOverlap(cidr('10.0.5.0/24'), cidr('10.0.0.0/16'))).toBe(true);
    expect(cidrsOverlap(cidr('10.0.5.0/24'), cidr('10.0.6.0/24'))).toBe(false);
    expect(cidrsOverlap(cidr('0.0.0.0/0'), cidr('::/0'))).toBe(false);
  });

  it('every address that it counts lies in it, at its own place', () => {
    const blocks = fc.constantFrom('10.0.4.0/22', '2600:1f00:0:5::/64', '2a05:d018::/56', '2600:1f93:8294:9b01::/64');
    fc.assert(
      fc.property(blocks, fc.bigInt({ min: 0n, max: 1n << 72n }), (text, number) => {
        const block = cidr(text);
        const offset = number % cidrSize(block);
        const address = addressAt(block, offset);
        expect(cidrContains(block, address)).toBe(true);
        expect(offsetOf(block, address)).toBe(offset);
        expect(canonicalAddress(address)).toBe(address);
      }),
    );
  });
});

describe('addresses', () => {
  it('are spelled as browsers spell them, however they were written', () => {
    const group = fc.oneof(
      fc.constantFrom('0', '0000', '1', '0ABC', 'abc0', 'FFFF'),
      fc.integer({ min: 0, max: 0xffff }).map((number) => number.toString(16)),
    );
    fc.assert(
      fc.property(fc.array(group, { minLength: 8, maxLength: 8 }), (groups) => {
        const address = groups.join(':');
        expect(`[${String(canonicalAddress(address))}]`).toBe(new URL(`http://[${address}]`).hostname);
        expect(familyOf(address)).toBe(6);
        expect(cidrContains(cidr(`${address}/128`), address)).toBe(true);
        expect(addressAt(cidr(`${address}/128`), 0n)).toBe(canonicalAddress(address));
      }),
    );
  });

  it.each([
    ['10.0.0.1', 4],
    ['2600::1', 6],
    ['10.1', undefined],
    ['i-0abc', undefined],
  ])('%s is of family %s', (address, family) => {
    expect(familyOf(address)).toBe(family);
  });

  it.each([
    ['2600:1f00::5', true],
    ['2a05:d018::5', true],
    ['2001:db8::5', true],
    ['fd00:ec2::254', false],
    ['fe80::1', false],
    ['10.0.0.1', false],
  ])('%s is global unicast: %s', (address, global) => {
    expect(isGlobalUnicast(address)).toBe(global);
  });
});
