/** One element of the list at a leaf of a pattern: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html */
import { parseAddress, parseCidr } from './address';
import { parseAnythingBut } from './anything-but';
import { InvalidPattern } from './invalid-pattern';
import { parseNumeric } from './numeric';
import type { Scalar, ValueTest } from './value-test';
import { onlyMember } from './value-test';
import { parseWildcard } from './wildcard';

/** `absent` is the one pattern that wants no value at all. */
export type ValuePattern = ValueTest | 'absent';

function isScalar(value: unknown): value is Scalar {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}

export function parseValuePattern(source: unknown): ValuePattern {
  if (isScalar(source)) return parseExact(source);
  const [operator, operand] = onlyMember(source) ?? [];
  if (operator === undefined) throw new InvalidPattern('Only one key allowed in match expression');
  const parse = operators[operator];
  if (!parse) throw new InvalidPattern(`Unrecognized match type ${operator}`);
  return parse(operand);
}

function parseExact(wanted: Scalar): ValueTest {
  const address = typeof wanted === 'string' ? parseAddress(wanted)?.toNormalizedString() : undefined;
  if (address === undefined) return (value) => value === wanted;
  // An address matches however it is spelled.
  return (value) =>
    typeof value === 'string' && (value === wanted || parseAddress(value)?.toNormalizedString() === address);
}

function text(operator: string, source: unknown): string {
  if (typeof source === 'string') return source;
  throw new InvalidPattern(`${operator} match pattern must be a string`);
}

type Compare = (value: string, wanted: string) => boolean;

/** `"prefix": "a"`, or `"prefix": { "equals-ignore-case": "A" }` */
function affix(operator: string, compare: Compare): (source: unknown) => ValueTest {
  return (source) => {
    const [nested, operand] = onlyMember(source) ?? [];
    if (nested === undefined) {
      const wanted = text(operator, source);
      return (value) => typeof value === 'string' && compare(value, wanted);
    }
    if (nested !== 'equals-ignore-case') throw new InvalidPattern(`Unsupported ${operator} pattern: ${nested}`);
    const wanted = text(operator, operand).toLowerCase();
    return (value) => typeof value === 'string' && compare(value.toLowerCase(), wanted);
  };
}

const operators: Readonly<Record<string, (source: unknown) => ValuePattern>> = {
  exactly: (source) => parseExact(text('exact', source)),
  prefix: affix('prefix', (value, wanted) => value.startsWith(wanted)),
  suffix: affix('suffix', (value, wanted) => value.endsWith(wanted)),
  'equals-ignore-case': (source) => {
    const wanted = text('equals-ignore-case', source).toLowerCase();
    return (value) => typeof value === 'string' && value.toLowerCase() === wanted;
  },
  wildcard: (source) => {
    const fits = parseWildcard(text('wildcard', source));
    return (value) => typeof value === 'string' && fits(value);
  },
  numeric: parseNumeric,
  cidr: parseCidr,
  'anything-but': parseAnythingBut,
  exists: (source) => {
    if (source === true) return () => true;
    if (source === false) return 'absent';
    throw new InvalidPattern('exists match pattern must be either true or false.');
  },
};

/** Names of the operators: `$or` lists no objects that use one as a field. */
export const OPERATOR_NAMES: ReadonlySet<string> = new Set(Object.keys(operators));
