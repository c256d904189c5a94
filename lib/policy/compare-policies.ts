/** What changes when one policy takes the place of another, in the order of what can do harm. */
import { overriddenFacts } from '../facts/overridden-facts';
import { facts as registry } from '../facts/registry';
import { compareExemptions } from './compare-exemptions';
import { compareGuards } from './compare-guard';
import { compareRules } from './compare-rules';
import { compareScopes, modeChange } from './compare-scopes';
import { effectivePolicy } from './effective-policy';
import type { Policy } from './policy';
import { changedKeys, dangers, isSame, spelled, type PolicyChange } from './policy-change';
import type { KnownRule } from './rule-schema';

type Overrides = Policy['facts'];

/** Every fact with its value and where that comes from. */
function factsOf(overrides: Overrides): ReadonlyMap<string, string> {
  const builtIn = registry.map(({ id, value }) => [id, `${spelled(value)} (built in)`] as const);
  const written = overriddenFacts(overrides).map(
    ({ id, value, checked, recheck }) =>
      [id, `${spelled(value)} (checked ${checked}, stale from ${recheck} on)`] as const,
  );
  return new Map([...builtIn, ...written]);
}

function compareFacts(before: Overrides, after: Overrides): readonly PolicyChange[] {
  const was = factsOf(before);
  return [...factsOf(after)]
    .filter(([id, value]) => !isSame(was.get(id), value))
    .map(([id, value]) => ({ danger: 'other', what: `fact ${id}`, message: `was ${was.get(id) ?? ''}, is ${value}` }));
}

const others = (what: string, before: object, after: object): readonly PolicyChange[] =>
  changedKeys(before, after).map((message) => ({ danger: 'other', what, message }));

function byDanger(left: PolicyChange, right: PolicyChange): number {
  return dangers.indexOf(left.danger) - dangers.indexOf(right.danger);
}

/** Nothing: they mean the same, however they are written. */
export function comparePolicies(before: Policy, after: Policy, rules: readonly KnownRule[]): readonly PolicyChange[] {
  const [was, is] = [effectivePolicy(before, rules), effectivePolicy(after, rules)];
  return [
    ...modeChange('policy', was.mode, is.mode),
    ...compareScopes(was.scopes, is.scopes),
    ...compareRules(was.rules, is.rules),
    ...compareExemptions(was.exemptions, is.exemptions),
    ...compareGuards(was.guard, is.guard),
    ...others('alerts', was.alerts, is.alerts),
    ...others('tags', was.tags, is.tags),
    ...compareFacts(before.facts, after.facts),
  ].sort(byDanger);
}
