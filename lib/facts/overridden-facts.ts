import { factsInForce, type FactOverrides } from './fact-override';
import { facts } from './registry';

/** A fact as a policy has it. */
export interface OverriddenFact {
  readonly id: string;
  readonly value: unknown;
  /** YYYY-MM-DD */
  readonly checked: string;
  /** YYYY-MM-DD */
  readonly recheck: string;
}

/** The facts that a policy overrides or confirms, in alphabetical order. */
export function overriddenFacts(overrides: FactOverrides): readonly OverriddenFact[] {
  const inForce = factsInForce(overrides);
  return facts
    .filter(({ id }) => overrides[id] !== undefined)
    .map((fact) => inForce(fact))
    .map(({ id, value, checked, recheck }) => ({ id, value, checked, recheck }));
}
