import { isRecord } from '../../../kernel/json';
import { InvalidPattern } from './invalid-pattern';
import type { ValueTest } from './value-test';
import { onlyMember, stringsOf } from './value-test';
import { parseWildcard } from './wildcard';

type TextTest = (text: string) => boolean;

const textTests: Readonly<Record<string, (wanted: string) => TextTest>> = {
  prefix: (wanted) => (text) => text.startsWith(wanted),
  suffix: (wanted) => (text) => text.endsWith(wanted),
  'equals-ignore-case': (wanted) => (text) => text.toLowerCase() === wanted.toLowerCase(),
  wildcard: parseWildcard,
};

/** Holds for every value of another type as well, null included; for a missing field nothing holds. */
export function parseAnythingBut(source: unknown): ValueTest {
  return isRecord(source) ? parseNested(source) : parseValues(source);
}

function parseValues(source: unknown): ValueTest {
  const values: readonly unknown[] = Array.isArray(source) ? source : [source];
  const types = new Set(values.map((value) => typeof value));
  if (types.size !== 1 || !(types.has('string') || types.has('number'))) {
    throw new InvalidPattern(
      'Inside anything but list, either all values are number or string, mixed type is not supported',
    );
  }
  return (value) => !values.includes(value);
}

function parseNested(source: Readonly<Record<string, unknown>>): ValueTest {
  const [operator, operand] = onlyMember(source) ?? [];
  const create = operator === undefined ? undefined : textTests[operator];
  if (operator === undefined || !create) {
    throw new InvalidPattern(`Unsupported anything-but pattern: ${Object.keys(source).join(', ')}`);
  }
  const wanted = stringsOf(operand);
  if (!wanted) throw new InvalidPattern(`${operator} match pattern must be a string or a list of strings`);
  const isAffix = operator === 'prefix' || operator === 'suffix';
  if (isAffix && wanted.includes('')) throw new InvalidPattern('Null prefix/suffix not allowed');
  const tests = wanted.map(create);
  return (value) => typeof value !== 'string' || !tests.some((test) => test(value));
}
