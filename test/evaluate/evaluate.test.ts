import { describe, expect, it } from '@jest/globals';
import type { Finding } from '../../lib/evaluate/finding';
import type { Policy } from '../../lib/policy/policy';
import { defineRule } from '../../lib/rules/define-rule';
import { aFact } from '../support/a-fact';
import { aService, aTarget, aTargetGroup, SERVICE_ARN } from '../support/builders';
import { aScope } from '../support/policy-builders';
import { aGap } from '../support/snapshot-builder';
import { meta, only, ruleOf, run, world, wrong } from './an-evaluation';

const settings = (over: Partial<Policy['rules'][string]>): Partial<Policy> => ({
  rules: { [meta.id]: { off: false, options: {}, ...over } },
});

describe('a violation', () => {
  it('becomes an open finding', () => {
    const violation = { ...wrong, related: ['arn:b', 'arn:a'], fix: ['aws ecs help'] };
    expect(only(run([ruleOf([violation])]))).toEqual({
      rule: meta.id,
      resource: SERVICE_ARN,
      kind: 'service',
      severity: 'high',
      status: 'open',
      verify: false,
      message: 'api is wrong.',
      desired: { right: true },
      actual: { right: false },
      remedy: 'suggest',
      fix: ['aws ecs help'],
      source: meta.source,
      scope: 'all',
      related: ['arn:a', 'arn:b'],
    });
  });

  it('makes its resource a violation, and others stay compliant', () => {
    const { judgements } = run([ruleOf([wrong])]);
    expect([...judgements.values()].map(({ kind, status }) => `${kind} ${status}`).sort()).toEqual([
      'service violation',
      'subnet compliant',
    ]);
    expect(judgements.get(SERVICE_ARN)).toEqual({
      resource: SERVICE_ARN,
      kind: 'service',
      key: SERVICE_ARN,
      scope: 'all',
      mode: 'observe',
      posture: 'ipv6-only',
      status: 'violation',
      unasked: [],
    });
  });

  it.each([
    { name: 'the rule says nothing else', is: 'high' },
    { name: 'the check grades it lower', check: 'low', is: 'low' },
    { name: 'the policy raises it', policy: 'critical', is: 'critical' },
    { name: 'the policy lowers it', policy: 'medium', is: 'medium' },
    { name: 'the policy raises it and the check grades it lower', policy: 'critical', check: 'low', is: 'low' },
    { name: 'the policy lowers it further', policy: 'info', check: 'low', is: 'info' },
  ] as const)('has severity $is: $name', ({ check, policy, is }: { check?: 'low'; policy?: Finding['severity']; is: string }) => {
    const rule = ruleOf([{ ...wrong, severity: check }]);
    expect(only(run([rule], settings({ severity: policy }))).severity).toBe(is);
  }); // prettier-ignore

  it.each([
    { name: 'as the rule says', is: 'suggest' },
    { name: 'the policy lowers it', policy: 'none', is: 'none' },
    { name: 'the policy cannot raise it', policy: 'auto', is: 'suggest' },
    { name: 'the check lowers it', check: 'none', is: 'none' },
    { name: 'the check cannot raise it', check: 'auto', is: 'suggest' },
  ] as const)('has remedy $is: $name', ({ check, policy, is }: { check?: Finding['remedy']; policy?: Finding['remedy']; is: string }) => {
    const rule = ruleOf([{ ...wrong, remedy: check }]);
    expect(only(run([rule], settings({ remedy: policy }))).remedy).toBe(is);
  }); // prettier-ignore

  it('is not looked for when the rule is off', () => {
    expect(run([ruleOf([wrong])], settings({ off: true })).findings).toEqual([]);
  });

  it('that rests on a stale fact is to be verified and no more than information', () => {
    const stale = run(
      [ruleOf([wrong], { facts: [aFact({ recheck: '2026-11-30' })] })],
      settings({ severity: 'critical' }),
    );
    expect(only(stale)).toMatchObject({ status: 'open', verify: true, severity: 'info' });
    const fresh = run([ruleOf([wrong], { facts: [aFact({ recheck: '2026-12-01' })] })]);
    expect(only(fresh)).toMatchObject({ verify: false, severity: 'high' });
  });

  it('refuses a message that is not there', () => {
    expect(() => run([ruleOf([{ ...wrong, messageId: 'right' }])])).toThrow('service-invented has no message right');
  });
});

it('is a violation of what one rule finds, whatever another cannot tell', () => {
  const silent = ruleOf([{ gap: { call: 'ec2:DescribeVpcs', reason: 'AccessDenied', message: 'no' } }], {
    id: 'service-unsure',
    severity: 'low',
  });
  const { judgements } = run([ruleOf([wrong]), silent]);
  expect(judgements.get(SERVICE_ARN)?.status).toBe('violation');
});

it('is no rule without a row in the table of applicability', () => {
  const define = () => defineRule({ meta: { ...meta, id: 'service-unheard-of' }, defaults: {}, check: () => [] });
  expect(define).toThrow('Rule service-unheard-of has no row in lib/rules/applicability/table.ts.');
});

describe('options', () => {
  const rule = defineRule({
    // the table of applicability has a row for permanent ids only
    meta: { ...meta, id: 'service-exec-enabled', messages: { floor: 'Floor is {{floor}}.' } },
    defaults: { floor: 2, names: ['a'] },
    check: ({ options: { floor, names } }) => [{ messageId: 'floor', values: { floor }, desired: { names }, actual: {} }],
  }); // prettier-ignore

  it('are the defaults', () => {
    expect(only(run([rule]))).toMatchObject({ message: 'Floor is 2.', desired: { names: ['a'] } });
  });

  it('are what the policy sets above the defaults', () => {
    const found = only(run([rule], { rules: { 'service-exec-enabled': { off: false, options: { floor: 3 } } } }));
    expect(found).toMatchObject({ message: 'Floor is 3.', desired: { names: ['a'] } });
  });
});

describe('an exemption', () => {
  const exemption = { rule: meta.id, resource: 'arn:*:service/prod/a?i', reason: 'old', owner: 'team-x', until: '2026-11-30' }; // prettier-ignore
  it('holds on its last day', () => {
    const evaluation = run([ruleOf([wrong])], { exemptions: [exemption] });
    expect(only(evaluation)).toMatchObject({
      status: 'exempt',
      severity: 'high',
      exemption: { reason: 'old', owner: 'team-x', until: '2026-11-30' },
    });
    expect(evaluation.judgements.get(SERVICE_ARN)?.status).toBe('compliant');
  });

  it.each([
    ['that is over', { until: '2026-11-29' }],
    ['for another rule', { rule: 'service-other' }],
    ['for another resource', { resource: 'arn:*:service/dev/*' }],
  ])('%s does not hold', (_, over) => {
    const found = only(run([ruleOf([wrong])], { exemptions: [{ ...exemption, ...over }] }));
    expect(found).toMatchObject({ status: 'open' });
    expect(found).not.toHaveProperty('exemption');
  });

  it('may be of every rule', () => {
    const found = only(run([ruleOf([wrong])], { exemptions: [{ ...exemption, rule: '*' }] }));
    expect(found).toMatchObject({ status: 'exempt', exemption: { owner: 'team-x' } });
  });

  it('changes nothing about what is not known', () => {
    expect(only(run([ruleOf([{ gap: aGap() }])], { exemptions: [exemption] })).status).toBe('unknown');
  });
});

describe('what is judged', () => {
  it('is what the snapshot was made to judge', () => {
    const judged = new Map([['service', new Set(['arn:gone'])]] as const);
    const evaluation = run([ruleOf([wrong])], {}, { ...world, judged });
    expect([evaluation.findings, evaluation.judgements.size]).toEqual([[], 0]);
  });

  it('leaves out what no scope matches', () => {
    const scopes = [aScope({ match: { ...aScope().match, services: ['web'] } })];
    const evaluation = run([ruleOf([wrong])], { scopes });
    expect([evaluation.findings, evaluation.judgements.size]).toEqual([[], 0]);
  });
});

it('sorts by severity, rule and resource', () => {
  const services = ['b', 'a'].map((name) => aService({ name }));
  const rules = [
    ruleOf([wrong], { id: 'z', severity: 'critical' }),
    ruleOf([wrong], { id: 'y' }),
    ruleOf([wrong], { id: 'x' }),
  ];
  const { findings } = run(rules, {}, { ...world, services });
  const order = findings.map(({ rule, resource }) => `${rule} ${resource.slice(-1)}`);
  expect(order).toEqual(['z a', 'z b', 'x a', 'x b', 'y a', 'y b']);
});

it('keeps what is silent in favour of another rule apart from what is compliant', () => {
  const contents = { ...world, targets: [aTarget()], targetGroups: [aTargetGroup()] };
  const exempted = { rule: 'target-orphaned', resource: '*', reason: '', owner: '', until: '2027-01-01' };
  const rules = ['target-orphaned', 'target-family-mismatch'].map((id) => ruleOf([wrong], { id, kind: 'target' }));
  const { findings, judgements } = run(rules, {}, contents);
  expect(findings.map(({ rule }) => rule)).toEqual(['target-orphaned']);
  expect(judgements.get(aTarget().key)?.status).toBe('violation');
  expect(run(rules, { exemptions: [exempted] }, contents).findings).toHaveLength(2);
});

describe('a rule that only sweeps ask', () => {
  const sweepOnly = ruleOf([wrong], { sweepOnly: 'Nobody tells of it.' });
  const always = ruleOf([], { id: 'service-always' });

  it('is asked with surroundings', () => {
    const { findings, judgements } = run([sweepOnly, always]);
    expect(findings).toHaveLength(1);
    expect(judgements.get(SERVICE_ARN)).toMatchObject({ status: 'violation', unasked: [] });
  });

  it('is not asked without, and the judgement says so of the kind that it is about', () => {
    const { findings, judgements } = run([sweepOnly, always], {}, { ...world, hasSurroundings: false });
    expect(findings).toEqual([]);
    expect(judgements.get(SERVICE_ARN)).toMatchObject({ status: 'compliant', unasked: [meta.id] });
    const others = [...judgements.values()].filter(({ kind }) => kind !== 'service');
    expect(others.map(({ unasked }) => unasked)).toEqual([[]]);
  });

  it('that is off is not missed', () => {
    const { judgements } = run([sweepOnly], settings({ off: true }), { ...world, hasSurroundings: false });
    expect(judgements.get(SERVICE_ARN)).toMatchObject({ unasked: [] });
  });
});
