import { expect, it } from '@jest/globals';
import { overriddenFacts } from '../../lib/facts/overridden-facts';

it('are told in order, with value and days; others are not', () => {
  const overrides = {
    'windows-over-ipv6-only': { checked: '2027-01-10', recheck: '2027-02-01' },
    'minimum-agent': { value: '1.102.0', checked: '2027-01-10' },
  };
  expect(overriddenFacts(overrides)).toEqual([
    { id: 'minimum-agent', value: '1.102.0', checked: '2027-01-10', recheck: '2027-07-10' },
    { id: 'windows-over-ipv6-only', value: false, checked: '2027-01-10', recheck: '2027-02-01' },
  ]);
  expect(overriddenFacts({})).toEqual([]);
});
