/** What the author of a valid policy should know today, and would not expect. */
import { isStale } from '../facts/fact';
import { factsInForce } from '../facts/fact-override';
import { facts } from '../facts/registry';
import type { Policy } from './policy';

/** Exemptions that end so soon are told. */
export const SOON_DAYS = 14;
const DAY_MS = 24 * 60 * 60_000;

export interface Remark {
  readonly path: readonly string[];
  readonly message: string;
}

const days = (count: number): string => (count === 1 ? '1 day' : `${String(count)} days`);

function exemptionRemark(until: string, today: string): string | undefined {
  const left = Math.round((Date.parse(until) - Date.parse(today)) / DAY_MS);
  if (left < 0) return `ended ${days(-left)} ago (${until}): what it exempted is judged again`;
  if (left > SOON_DAYS) return undefined;
  return left === 0 ? `ends today (${until})` : `ends in ${days(left)} (${until})`;
}

function ofExemptions({ exemptions }: Policy, today: string): readonly Remark[] {
  return exemptions.flatMap(({ until }, index) => {
    const message = exemptionRemark(until, today);
    return message === undefined ? [] : [{ path: ['exemptions', String(index), 'until'], message }];
  });
}

function ofRules({ rules }: Policy): readonly Remark[] {
  return Object.entries(rules)
    .filter(([, { off }]) => off)
    .map(([id]) => ({ path: ['rules', id], message: 'is off: nothing is found by this rule' }));
}

function ofFacts({ facts: overrides }: Policy, now: Date): readonly Remark[] {
  const today = now.toISOString().slice(0, 10);
  const inForce = factsInForce(overrides);
  return facts.flatMap((fact) => {
    if (!overrides[fact.id]) return [];
    const { checked, recheck } = inForce(fact);
    const path = ['facts', fact.id];
    if (checked > today) return [{ path: [...path, 'checked'], message: `lies in the future (${checked})` }];
    const stale = `is stale since ${recheck}: findings that rest on it are info at most, and nothing is done`;
    return isStale({ recheck }, now) ? [{ path, message: stale }] : [];
  });
}

/** Exemptions that ended or end soon, rules that are off, facts that are stale or checked in the future. */
export function datedRemarks(policy: Policy, now: Date): readonly Remark[] {
  return [...ofRules(policy), ...ofExemptions(policy, now.toISOString().slice(0, 10)), ...ofFacts(policy, now)];
}
