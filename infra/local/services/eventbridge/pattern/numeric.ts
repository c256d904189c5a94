import { InvalidPattern } from './invalid-pattern';
import type { ValueTest } from './value-test';

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html#filtering-numeric-matching */
const MAX_NUMBER = 5_000_000_000;

type Compare = (value: number) => boolean;

const comparisons: Readonly<Record<string, (limit: number) => Compare>> = {
  '=': (limit) => (value) => value === limit,
  '<': (limit) => (value) => value < limit,
  '<=': (limit) => (value) => value <= limit,
  '>': (limit) => (value) => value > limit,
  '>=': (limit) => (value) => value >= limit,
};

/** `[">", 0, "<=", 5]`: a lower limit may be followed by an upper one. */
export function parseNumeric(source: unknown): ValueTest {
  if (!Array.isArray(source)) throw new InvalidPattern('Value of numeric must be an array.');
  const terms: readonly unknown[] = source;
  const [operator, limit, upperOperator, upperLimit] = terms;
  const tests = [comparison(operator, limit)];
  if (terms.length > 2) {
    const isRange = String(operator).startsWith('>') && String(upperOperator).startsWith('<');
    if (!isRange || terms.length > 4) throw new InvalidPattern('Too many elements in numeric expression');
    tests.push(comparison(upperOperator, upperLimit));
    if (Number(limit) >= Number(upperLimit)) throw new InvalidPattern('Bottom must be less than top');
  }
  return (value) => typeof value === 'number' && tests.every((test) => test(value));
}

function comparison(operator: unknown, limit: unknown): Compare {
  const create = typeof operator === 'string' ? comparisons[operator] : undefined;
  if (!create) throw new InvalidPattern(`Unrecognized numeric range operator: ${String(operator)}`);
  if (typeof limit !== 'number') throw new InvalidPattern(`Value of ${String(operator)} must be numeric`);
  if (Math.abs(limit) > MAX_NUMBER) {
    throw new InvalidPattern(`Value must be between ${-MAX_NUMBER} and ${MAX_NUMBER}, inclusive`);
  }
  return create(limit);
}
