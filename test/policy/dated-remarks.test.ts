import { describe, expect, it } from '@jest/globals';
import { datedRemarks } from '../../lib/policy/dated-remarks';
import type { Policy } from '../../lib/policy/policy';
import { aPolicy } from '../support/policy-builders';

const now = new Date('2026-11-22T23:00:00Z');
const remarks = (over: Partial<Policy>): readonly string[] =>
  datedRemarks(aPolicy(over), now).map(({ path, message }) => `${path.join('.')} ${message}`);

const exemption = (until: string) => ({ rule: '*', resource: 'arn:x', reason: 'r', owner: 'o', until });

describe('the author should know', () => {
  it.each([
    ['2026-11-20', ['exemptions.0.until ended 2 days ago (2026-11-20): what it exempted is judged again']],
    ['2026-11-21', ['exemptions.0.until ended 1 day ago (2026-11-21): what it exempted is judged again']],
    ['2026-11-22', ['exemptions.0.until ends today (2026-11-22)']],
    ['2026-11-23', ['exemptions.0.until ends in 1 day (2026-11-23)']],
    ['2026-12-06', ['exemptions.0.until ends in 14 days (2026-12-06)']],
    ['2026-12-07', []],
  ])('of an exemption until %s', (until, told) => {
    expect(remarks({ exemptions: [exemption(until)] })).toEqual(told);
  });

  it('of rules that are off', () => {
    const setting = { off: false, options: {} };
    expect(remarks({ rules: { 'target-orphaned': { ...setting, off: true }, 'task-without-ipv6': setting } })).toEqual([
      'rules.target-orphaned is off: nothing is found by this rule',
    ]);
  });

  it.each([
    [{ checked: '2026-11-22' }, []],
    [{ checked: '2026-11-23' }, ['facts.minimum-agent.checked lies in the future (2026-11-23)']],
    [{ checked: '2026-01-01', recheck: '2026-11-23' }, []],
    [{ checked: '2026-01-01', recheck: '2026-11-22' }, ['facts.minimum-agent is stale since 2026-11-22: findings that rest on it are info at most, and nothing is done']],
  ])('of a fact %j', (override, told) => {
    expect(remarks({ facts: { 'minimum-agent': override } })).toEqual(told);
  }); // prettier-ignore
});
