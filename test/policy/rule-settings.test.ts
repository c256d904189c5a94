import { describe, expect, it } from '@jest/globals';
import { ruleProblems, toSetting, type KnownRule } from '../../lib/policy/rule-settings';
import type { PolicyDocument } from '../../lib/policy/schema';

const rule: KnownRule = {
  meta: { id: 'image-not-dual-stack', remedy: 'suggest' },
  defaults: { allowRegistries: [], floor: 2, strict: false },
};

function problemsOf(written: PolicyDocument['rules'][string], id = rule.meta.id): readonly string[] {
  const document = { rules: { [id]: written }, exemptions: [] } as unknown as PolicyDocument;
  return ruleProblems(document, [rule]).map(({ path, message }) => `${path.join('.')} ${message}`);
}

const option = (name: string, value: unknown) => ({ options: { [name]: value } });
const at = 'rules.image-not-dual-stack';

describe('what a policy may set of a rule', () => {
  it.each([
    ['a list of texts', option('allowRegistries', ['docker.io'])],
    ['an empty list', option('allowRegistries', [])],
    ['a number', option('floor', 3)],
    ['a switch', option('strict', true)],
    ['the remedy that the rule has', { remedy: 'suggest' as const, options: {} }],
    ['off', 'off' as const],
  ])('%s', (_, written) => {
    expect(problemsOf(written)).toEqual([]);
  });

  it.each([
    ['text for a list', option('allowRegistries', 'docker.io'), `${at}.options.allowRegistries must be a list of texts`],
    ['a list of numbers', option('allowRegistries', ['a', 5]), `${at}.options.allowRegistries must be a list of texts`],
    ['text for a number', option('floor', '3'), `${at}.options.floor must be a number`],
    ['an unknown option', option('ceiling', 3), `${at}.options.ceiling is no option of image-not-dual-stack; its options: allowRegistries, floor, strict`],
    ['a remedy above the rule', { remedy: 'auto' as const, options: {} }, `${at}.remedy must be one of none, suggest`],
  ])('not %s', (_, written, problem) => {
    expect(problemsOf(written)).toEqual([problem]);
  }); // prettier-ignore

  it('exemptions from a rule, or from all', () => {
    const of = (one: string) =>
      ruleProblems({ rules: {}, exemptions: [{ rule: one }] } as unknown as PolicyDocument, [rule]);
    expect([...of(rule.meta.id), ...of('*')]).toEqual([]);
    expect(of('image-*')).toEqual([
      {
        path: ['exemptions', '0', 'rule'],
        message: 'image-* is no rule; the rules are image-not-dual-stack; * stands for all',
      },
    ]);
  });

  it('no option of a rule that has none', () => {
    const plain: KnownRule = { ...rule, defaults: {} };
    const document = { rules: { [rule.meta.id]: option('floor', 3) }, exemptions: [] } as unknown as PolicyDocument;
    expect(ruleProblems(document, [plain])).toMatchObject([{ message: expect.stringMatching(/its options: none$/) }]);
  });

  it('not of a rule that does not exist', () => {
    expect(problemsOf('off', 'image-odd')).toEqual(['rules.image-odd is no rule; the rules are image-not-dual-stack']);
  });
});

it.each([
  ['off' as const, { off: true, options: {} }],
  ['on' as const, { off: false, options: {} }],
  [
    { severity: 'low' as const, options: {} },
    { off: false, severity: 'low', options: {} },
  ],
])('reads %j', (written, setting) => {
  expect(toSetting(written)).toEqual(setting);
});
