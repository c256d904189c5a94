import { describe, expect, it } from '@jest/globals';
import { missingEntries } from '../../../lib/rules/fix/network-acl';
import { anywhere, type Crossing } from '../../../lib/rules/network/acl';
import { aNetworkAcl, anEntry } from '../../support/network-builders';

const tcp = { peer: anywhere, protocol: 'tcp', purpose: 'calls' } as const;
const https: Crossing = { ...tcp, egress: true, ports: { from: 443, to: 443 } };
const answers: Crossing = { ...tcp, egress: false, ports: { from: 32_768, to: 60_999 } };
const denying = (ruleNumber: number) => anEntry({ egress: true, ruleNumber, action: 'deny' });

/** Numbers of the entries that let https out and its answers in. */
function numbers(out: readonly number[], denied?: number): readonly number[] {
  const entries = denied === undefined ? [] : [denying(denied)];
  const acl = aNetworkAcl({ entries, takenNumbers: { in: [100], out } });
  return missingEntries(acl, [https, answers]).map(({ ruleNumber }) => ruleNumber);
}

describe('missingEntries', () => {
  it.each([
    { name: 'after the last', out: [100, 110], expected: [111, 101] },
    { name: 'the first there is', out: [], expected: [1, 101] },
    { name: 'before what denies', out: [90], denied: 90, expected: [89, 101] },
    { name: 'before what denies, beside those that are taken', out: [88, 89, 90], denied: 90, expected: [87, 101] },
    { name: 'below the largest, where that is taken', out: [32_765, 32_766], expected: [32_764, 101] },
    { name: 'none, where the first number of all denies', out: [1], denied: 1, expected: [101] },
    { name: 'none, where all before it are taken', out: [1, 2, 3], denied: 3, expected: [101] },
  ])('numbers its entries $name', ({ out, denied, expected }) => {
    expect(numbers(out, denied)).toEqual(expected);
  });

  it('makes one for each block of the peer', () => {
    const cidrs = ['2001:db8::/64', '2001:db8:1::/64'];
    const crossing = { ...https, peer: { name: 'subnet-1', cidrs, opened: cidrs } };
    const made = missingEntries(aNetworkAcl(), [crossing]);
    expect(made.map(({ ipv6Cidr, ruleNumber }) => [ipv6Cidr, ruleNumber])).toEqual([
      ['2001:db8::/64', 102],
      ['2001:db8:1::/64', 103],
    ]);
  });
});
