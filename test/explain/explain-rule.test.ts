import { expect, it } from '@jest/globals';
import { explainRule, type RuleQuestion } from '../../lib/explain/explain-rule';
import { imageNotDualStack } from '../../lib/rules/image-not-dual-stack';
import { taskWithoutIpv6 } from '../../lib/rules/task-without-ipv6';
import { NOW } from '../support/builders';

const question: RuleQuestion = {
  rule: imageNotDualStack,
  page: '# image-not-dual-stack\n\n> head\n\n## Why\n\nBecause.\n\n## Example\n\n```\n## no heading\n```\n',
  overrides: {},
  now: NOW,
};
const [fact] = imageNotDualStack.meta.facts;

it('has the metadata, and the sections of the page', () => {
  const { rule, options, sections, setting, reads } = explainRule({ ...question, page: '# a\n## Why\n\nSo.\n' });
  expect({ rule, options, sections, setting }).toEqual({
    rule: 'image-not-dual-stack',
    options: { allowRegistries: [] },
    sections: [{ title: 'Why', text: 'So.' }],
    setting: undefined,
  });
  expect(reads).toEqual([...reads].sort());
});

it('says what the policy sets', () => {
  const setting = { off: true, options: {} };
  expect(explainRule({ ...question, setting, policy: 'policy.yaml' })).toMatchObject({
    setting,
    policy: 'policy.yaml',
  });
  expect(explainRule(question)).not.toHaveProperty('policy');
});

it('says which facts are stale', () => {
  const stale = (now: Date) => explainRule({ ...question, now }).facts.map((one) => one.stale);
  expect(stale(NOW)).toEqual(imageNotDualStack.meta.facts.map(() => false));
  expect(stale(new Date('2099-01-01'))).toEqual(imageNotDualStack.meta.facts.map(() => true));
});

it('says which facts the policy overrides', () => {
  const overridden = explainRule({
    ...question,
    overrides: { [fact?.id ?? '']: { checked: '2099-01-01' } },
    now: new Date('2099-01-02'),
  }).facts;
  expect(overridden[0]).toMatchObject({
    id: fact?.id,
    value: fact?.value,
    overriddenBy: fact?.value,
    checked: '2099-01-01',
    stale: false,
  });
  expect(overridden[1]).not.toHaveProperty('overriddenBy');
});

it('says what is silent beside what, and what sweeps alone find', () => {
  const { silentBeside, silences } = explainRule({ ...question, rule: taskWithoutIpv6 });
  expect(silentBeside).toContain('task-platform-too-old');
  expect(silences).toContain('task-with-ipv4');
  const sweepOnly = 'Events do not read it.';
  const rule = { ...taskWithoutIpv6, meta: { ...taskWithoutIpv6.meta, sweepOnly } };
  expect(explainRule({ ...question, rule })).toMatchObject({ sweepOnly });
  expect(explainRule(question)).not.toHaveProperty('sweepOnly');
});
