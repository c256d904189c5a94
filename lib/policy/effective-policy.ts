/** A policy with everything filled in that it leaves out, in the form in which policies are written. */
import { remedyInForce, type Remedy, type Severity } from '../evaluate/finding';
import { overriddenFacts } from '../facts/overridden-facts';
import type { Policy, PolicyScope, RuleSetting } from './policy';
import type { KnownRule } from './rule-schema';

export interface EffectiveRule {
  readonly severity: Severity;
  readonly remedy: Remedy;
  readonly options: Readonly<Record<string, unknown>>;
}

export interface EffectivePolicy extends Omit<Policy, 'rules' | 'facts' | 'scopes'> {
  readonly scopes: readonly Required<PolicyScope>[];
  readonly rules: Readonly<Record<string, EffectiveRule | 'off'>>;
  readonly facts: Readonly<
    Record<string, { readonly value: unknown; readonly checked: string; readonly recheck: string }>
  >;
}

function effectiveRule({ meta, defaults }: KnownRule, setting: RuleSetting | undefined): EffectiveRule | 'off' {
  if (setting?.off) return 'off';
  return {
    severity: setting?.severity ?? meta.severity,
    remedy: remedyInForce(meta, setting?.remedy),
    options: { ...defaults, ...setting?.options },
  };
}

export function effectivePolicy(policy: Policy, rules: readonly KnownRule[]): EffectivePolicy {
  const { version, mode, scopes, exemptions, guard, alerts, tags, facts } = policy;
  return {
    version,
    mode,
    scopes: scopes.map(({ name, match, posture, mode: own = mode, deploymentGraceMinutes }) => {
      return { name, match, posture, mode: own, deploymentGraceMinutes };
    }),
    rules: Object.fromEntries(rules.map((rule) => [rule.meta.id, effectiveRule(rule, policy.rules[rule.meta.id])])),
    exemptions,
    guard,
    alerts,
    tags,
    facts: Object.fromEntries(
      overriddenFacts(facts).map(({ id, value, checked, recheck }) => [id, { value, checked, recheck }]),
    ),
  };
}
