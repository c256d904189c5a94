import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { composePolicy, type PolicyPart } from '../../../../../infra/local/seed/demo/part';

const bakery: PolicyPart = {
  scopes: [{ name: 'bakery', match: { clusters: ['bakery'] }, posture: 'ipv6-only' }],
  rules: { 'flow-logs-off': { options: { always: true } } },
};
const exemption = { rule: 'flow-logs-off', resource: '*', reason: 'known', owner: 'ovens', until: '2099-12-31' };
const mill: PolicyPart = {
  scopes: [{ name: 'mill', match: { clusters: ['mill'] }, posture: 'any' }],
  exemptions: [exemption],
};

describe('the policy of several parts', () => {
  it('has what each of them says, in their order, and observes', () => {
    expect(parse(composePolicy([mill, bakery]))).toEqual({
      ...{ version: 1, mode: 'observe' },
      scopes: [...mill.scopes, ...bakery.scopes],
      rules: bakery.rules,
      exemptions: [exemption],
    });
  });

  it('has nothing that no part says', () => {
    expect(Object.keys(parse(composePolicy([{ scopes: mill.scopes }])) as object)).toEqual([
      'version',
      'mode',
      'scopes',
    ]);
  });

  it('is refused where two parts set the same rule', () => {
    expect(() => composePolicy([bakery, mill, bakery])).toThrow('two parts of the demo set flow-logs-off');
  });
});
