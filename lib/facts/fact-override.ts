/** What a policy says of facts, in place of what is written here. */
import * as v from 'valibot';
import type { Fact } from './fact';

/** With neither `value` nor `add` it confirms what is written here. */
export interface FactOverride {
  readonly value?: unknown;
  /** Lists only: items that hold besides, and before, those that are written here. */
  readonly add?: unknown;
  /** YYYY-MM-DD, the day on which someone read it. */
  readonly checked: string;
  /** YYYY-MM-DD; as long after `checked` as the fact's own if absent. */
  readonly recheck?: string | undefined;
}

/** By id of the fact. */
export type FactOverrides = Readonly<Record<string, FactOverride>>;

/** The same fact as it holds under a policy. */
export type FactsInForce = <Value>(fact: Fact<Value>) => Fact<Value>;

/**
 * Facts as they hold under a policy.
 * @throws valibot's error when an override has no value of the fact's type: such a policy is refused before
 */
export function factsInForce(overrides: FactOverrides): FactsInForce {
  const known = new Map<string, Fact<unknown>>();
  return (fact) => {
    const override = overrides[fact.id];
    if (!override) return fact;
    const before = known.get(fact.id);
    if (before && isOfType(before, fact)) return before;
    const overridden = overriddenFact(fact, override);
    known.set(fact.id, overridden);
    return overridden;
  };
}

function isOfType<Value>(known: Fact<unknown>, fact: Fact<Value>): known is Fact<Value> {
  return known.type === fact.type;
}

function overriddenFact<Value>(fact: Fact<Value>, override: FactOverride): Fact<Value> {
  const { checked, recheck = recheckAfter(fact, checked) } = override;
  return { ...fact, value: overriddenValue(fact, override), checked, recheck };
}

function overriddenValue<Value>({ type, value }: Fact<Value>, override: FactOverride): Value {
  if (override.value !== undefined) return v.parse(type, override.value);
  if (override.add === undefined) return value;
  const lists: readonly unknown[] = [override.add, value];
  return v.parse(type, lists.flat());
}

/** The day that lies as long after `checked` as the fact's own day of rechecking after its own reading. */
function recheckAfter(fact: Fact<unknown>, checked: string): string {
  const span = Date.parse(fact.recheck) - Date.parse(fact.checked);
  return new Date(Date.parse(checked) + span).toISOString().slice(0, 10);
}
