/** Evaluations of invented rules. */
import { evaluate } from '../../lib/evaluate/evaluate';
import type { Finding } from '../../lib/evaluate/finding';
import type { Evaluation } from '../../lib/evaluate/judgement';
import type { Policy } from '../../lib/policy/policy';
import type { CheckResult, Rule, RuleMeta } from '../../lib/rules/rule';
import { aService, aSubnet, NOW } from '../support/builders';
import { aPolicy } from '../support/policy-builders';
import { aSnapshot, type Contents } from '../support/snapshot-builder';

export const meta = {
  id: 'service-invented',
  title: 'Service is invented',
  kind: 'service',
  severity: 'high',
  remedy: 'suggest',
  applies: { postures: ['ipv6-only'] },
  source: { url: 'https://docs.aws.amazon.com/x', checked: '2026-11-21' },
  facts: [],
  reads: [],
  messages: { wrong: '{{name}} is wrong.' },
} as const satisfies RuleMeta;

export const wrong = {
  messageId: 'wrong',
  values: { name: 'api' },
  desired: { right: true },
  actual: { right: false },
};

/** A rule about services that answers as told. */
export function ruleOf(results: readonly CheckResult[], over: Partial<RuleMeta> = {}): Rule {
  return { meta: { ...meta, ...over }, defaults: {}, under: () => ({ check: () => results }) };
}

export const world: Contents = { services: [aService()], subnets: [aSubnet()] };

export function run(rules: readonly Rule[], policy: Partial<Policy> = {}, contents: Contents = world): Evaluation {
  return evaluate({ snapshot: aSnapshot(contents), policy: aPolicy(policy), rules, now: NOW });
}

export function only(evaluation: Evaluation): Finding {
  const [finding, ...more] = evaluation.findings;
  if (!finding || more.length > 0) throw new Error(`Expected one finding, got ${evaluation.findings.length}.`);
  return finding;
}
