import { describe, expect, it } from '@jest/globals';
import { parsePolicy } from '../../lib/policy/parse-policy';
import { rules } from '../../lib/rules/registry';

function parse(facts: unknown) {
  const text = JSON.stringify({ version: 1, scopes: [{ name: 'all', posture: 'any' }], facts });
  return parsePolicy([{ place: 'policy.json', text }], rules);
}
const problemsOf = (facts: unknown): readonly string[] =>
  parse(facts).problems.map(({ path, message }) => `${path} ${message}`);

const checked = '2027-01-10';

describe('what a policy may say of a fact', () => {
  it.each([
    ['a version', { 'minimum-agent': { value: '1.102.0', checked } }],
    ['true or false', { 'exec-over-ipv6-only': { value: true, checked } }],
    ['a list of texts', { 'ipv6-only-regions': { value: ['eu-west-1'], checked } }],
    ['more of a list', { 'ipv6-only-regions': { add: ['eu-west-1'], checked } }],
    ['more forms of hosts', { 'ecr-private-hosts': { add: [{ ipv4: 'amazonaws.eu', dualStack: 'on.aws.eu' }], checked } }],
    ['which side of a conflict holds', { 'ecr-privatelink-dual-stack': { value: 'yes', checked } }],
    ['that it still holds', { 'minimum-agent': { checked } }],
    ['that what is fixed still holds', { 'nat64-prefix': { checked } }],
    ['for how long', { 'minimum-agent': { checked, recheck: '2028-01-01' } }],
  ])('%s', (_, facts) => {
    expect(problemsOf(facts)).toEqual([]);
    expect(parse(facts).policy?.facts).toMatchObject(facts);
  }); // prettier-ignore

  it.each([
    ['an unknown fact', { 'minimum-agnet': { checked } }, /^facts\.minimum-agnet is no fact \(did you mean minimum-agent\?\); the facts are agent-binds-ipv6-only, /],
    ['no version', { 'minimum-agent': { value: '1.102', checked } }, /^facts\.minimum-agent\.value must be a version of three numbers, such as 1\.99\.1; found "1\.102"/],
    ['a number for a version', { 'minimum-agent': { value: 1.1, checked } }, /value must be a version of three numbers, such as 1\.99\.1; found 1\.1/],
    ['text for true', { 'exec-over-ipv6-only': { value: 'yes', checked } }, /value must be true or false; found "yes"/],
    ['text for a list', { 'ipv6-only-regions': { value: 'eu-west-1', checked } }, /value must be a list; found "eu-west-1"/],
    ['an empty list', { 'ipv6-only-regions': { value: [], checked } }, /value is empty/],
    ['a third side', { 'ecr-privatelink-dual-stack': { value: 'maybe', checked } }, /value must be one of yes, no, conflict/],
    ['an unknown key of a form', { 'ecr-private-hosts': { add: [{ ipv6: 'x' }], checked } }, /add\[0\]\.ipv6 unknown key "ipv6" \(did you mean ipv4\?\)/],
    ['more of what is no list', { 'minimum-agent': { add: ['1.0.0'], checked } }, /unknown key "add"; allowed here: value, checked, recheck/],
    ['a whole list and more of it', { 'ipv6-only-regions': { value: ['a'], add: ['b'], checked } }, /has value and add/],
    ['what is fixed', { 'nat64-prefix': { value: '64:ff9c::/96', checked } }, /^facts\.nat64-prefix\.value "value" is not allowed: the fact can be confirmed \(checked, recheck\), not overridden: RFC 6052 fixes it/],
    ['no day', { 'minimum-agent': { value: '1.102.0' } }, /^facts\.minimum-agent\.checked is missing/],
    ['an odd day', { 'minimum-agent': { checked: '10.1.2027' } }, /checked must be a day/],
    ['a day of rechecking that is not after it', { 'minimum-agent': { checked, recheck: checked } }, /^facts\.minimum-agent recheck must lie after checked/],
    ['a bare value', { 'minimum-agent': '1.102.0' }, /^facts\.minimum-agent must be a map/],
    ['a list of facts', [], /^facts must be a map of fact id to value/],
  ])('not %s', (_, facts, problem) => {
    expect(problemsOf(facts)).toContainEqual(expect.stringMatching(problem));
  }); // prettier-ignore
});
