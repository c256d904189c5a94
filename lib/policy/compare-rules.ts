import { remedies, type Remedy } from '../evaluate/finding';
import type { EffectivePolicy, EffectiveRule } from './effective-policy';
import { changedKeys, type PolicyChange } from './policy-change';

function remedyChange(what: string, before: Remedy, after: Remedy): readonly PolicyChange[] {
  if (before === after) return [];
  const isRaised = remedies.indexOf(after) > remedies.indexOf(before);
  const danger = after === 'auto' ? 'remedy' : isRaised ? 'other' : 'safer';
  return [{ danger, what, message: `remedy ${isRaised ? 'raised' : 'lowered'} from ${before} to ${after}` }];
}

function switchedOn(what: string, { severity, remedy }: EffectiveRule): PolicyChange {
  const message = `switched on, with severity ${severity} and remedy ${remedy}`;
  return { danger: remedy === 'auto' ? 'remedy' : 'other', what, message };
}

type Setting = EffectiveRule | 'off';

function compareRule(what: string, before: Setting, after: Setting): readonly PolicyChange[] {
  if (before === 'off' && after === 'off') return [];
  if (after === 'off') return [{ danger: 'safer', what, message: 'switched off: nothing is found by this rule' }];
  if (before === 'off') return [switchedOn(what, after)];
  const others = [
    ...changedKeys({ severity: before.severity }, { severity: after.severity }),
    ...changedKeys(before.options, after.options).map((change) => `option ${change}`),
  ];
  return [
    ...remedyChange(what, before.remedy, after.remedy),
    ...others.map((message) => ({ danger: 'other' as const, what, message })),
  ];
}

type Rules = EffectivePolicy['rules'];

export function compareRules(before: Rules, after: Rules): readonly PolicyChange[] {
  return Object.entries(after).flatMap(([id, setting]) => compareRule(`rule ${id}`, before[id] ?? 'off', setting));
}
