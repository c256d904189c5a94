import { describe, expect, it } from '@jest/globals';
import { parsePolicy } from '../../lib/policy/parse-policy';
import { toSetting, type KnownRule } from '../../lib/policy/rule-schema';

const rule: KnownRule = {
  meta: { id: 'image-not-dual-stack', title: 'Image is odd', severity: 'high', remedy: 'suggest' },
  defaults: { allowRegistries: [], floor: 2, strict: false, name: 'a', odd: {} },
};

function parse(rest: object, known: KnownRule = rule) {
  const text = JSON.stringify({ version: 1, scopes: [{ name: 'all', posture: 'any' }], ...rest });
  return parsePolicy([{ place: 'policy.json', text }], [known]);
}

const problemsOf = (rest: object, known?: KnownRule): readonly string[] =>
  parse(rest, known).problems.map(({ path, message }) => `${path} ${message}`);

const set = (setting: unknown, id = rule.meta.id) => ({ rules: { [id]: setting } });
const option = (name: string, value: unknown) => set({ options: { [name]: value } });
const at = 'rules.image-not-dual-stack';

describe('what a policy may set of a rule', () => {
  it.each([
    ['a list of texts', option('allowRegistries', ['docker.io'])],
    ['an empty list', option('allowRegistries', [])],
    ['a number', option('floor', 3)],
    ['a switch', option('strict', true)],
    ['text', option('name', 'b')],
    ['a map', option('odd', { b: 1 })],
    ['the remedy that the rule has', set({ remedy: 'suggest' })],
    ['a lower one', set({ remedy: 'none' })],
    ['off', set('off')],
  ])('%s', (_, written) => {
    expect(problemsOf(written)).toEqual([]);
  });

  it.each([
    ['text for a list', option('allowRegistries', 'docker.io'), `${at}.options.allowRegistries must be a list of texts; found "docker.io"`],
    ['a list of numbers', option('allowRegistries', ['a', 5]), `${at}.options.allowRegistries[1] must be text; put numbers in quotes; found 5`],
    ['text for a number', option('floor', '3'), `${at}.options.floor must be a number; found "3"`],
    ['text for a switch', option('strict', 'on'), `${at}.options.strict must be true or false; found "on"`],
    ['a list for a map', option('odd', []), `${at}.options.odd must be a map; found Array`],
    ['an unknown option', option('flor', 3), `${at}.options.flor is no option of image-not-dual-stack (did you mean floor?); its options: allowRegistries, floor, strict, name, odd`],
    ['a remedy above the rule', set({ remedy: 'auto' }), `${at}.remedy must be one of none, suggest; found "auto"`],
    ['another switch', set('of'), `${at} must be one of off, on; found "of"`],
    ['a list of settings', set(['off']), `${at} must be a map; found Array`],
    ['a rule that does not exist', set('off', 'image-odd'), 'rules.image-odd is no rule; the rules are image-not-dual-stack'],
  ])('not %s', (_, written, problem) => {
    expect(problemsOf(written)).toEqual([problem]);
  }); // prettier-ignore

  it('exemptions from a rule, or from all', () => {
    const of = (id: unknown) =>
      problemsOf({ exemptions: [{ rule: id, resource: 'a', reason: 'b', owner: 'c', until: '2027-01-31' }] });
    expect([...of(rule.meta.id), ...of('*')]).toEqual([]);
    expect(of('image-not-dualstack')).toEqual([
      'exemptions[0].rule is no rule (did you mean image-not-dual-stack?); the rules are image-not-dual-stack; * stands for all; found "image-not-dualstack"',
    ]);
    expect(of(5)).toHaveLength(1);
  });

  it('no option of a rule that has none', () => {
    expect(problemsOf(option('floor', 3), { ...rule, defaults: {} })).toEqual([
      expect.stringMatching(/its options: none$/),
    ]);
  });

  it('fills in what is not written', () => {
    expect(parse(option('floor', 3)).policy?.rules).toEqual({
      [rule.meta.id]: { off: false, options: { ...rule.defaults, floor: 3 } },
    });
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
