import type { ConditionOperator } from './condition-operator';
import { conditionOperator, parseOperator } from './condition-operator';
import type { Condition } from './policy-document';
import type { Context } from './policy-variable';
import { resolvePattern } from './policy-variable';
import type { PatternPart } from './wildcard';
import { parsePattern } from './wildcard';

/** Whether one condition of a statement holds for a request with this context. */
export function conditionHolds(condition: Condition, context: Context, hasVariables: boolean): boolean {
  const actual = context[condition.key];
  if (condition.operator === 'Null') {
    // a key without values is not there
    const isAbsent = actual === undefined || actual.length === 0;
    return condition.values.some((value) => (value.toLowerCase() === 'true') === isAbsent);
  }
  const { name, quantifier, ifExists } = parseOperator(condition.operator);
  const operator = conditionOperator(name);
  if (!operator) throw new Error(`${condition.operator} is no condition operator; the policy's parser refuses it.`);
  if (actual === undefined || actual.length === 0) return ifExists || holdsWithoutValue(operator, quantifier);
  const wanted = condition.values.flatMap((value) => {
    const pattern = hasVariables ? resolvePattern(value, context) : parsePattern(value);
    return pattern ? [pattern] : [];
  });
  const fits = (value: string): boolean => fitsAny(operator, value, wanted);
  // A negated operator on a key with several values holds only if none of them fits; with ForAnyValue one is enough.
  if (quantifier === 'ForAllValues') return actual.every(fits);
  if (quantifier === 'ForAnyValue') return actual.some(fits);
  return operator.negated ? actual.every(fits) : actual.some(fits);
}

function holdsWithoutValue({ negated }: ConditionOperator, quantifier: string | undefined): boolean {
  if (quantifier === 'ForAllValues') return true;
  return quantifier === undefined && negated;
}

function fitsAny(operator: ConditionOperator, value: string, wanted: readonly (readonly PatternPart[])[]): boolean {
  const found = wanted.some((pattern) => operator.matches(value, pattern));
  return operator.negated ? !found : found;
}
