/** `${aws:PrincipalTag/team}` in resources and conditions: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html */
import type { PatternPart } from './wildcard';
import { parsePattern } from './wildcard';

/** Values that a request has for condition keys, keys in lower case. */
export type Context = Readonly<Record<string, readonly string[]>>;

const VARIABLE = /\$\{([^}]*)\}/;
const WITH_DEFAULT = /^\s*([^,]+?)\s*,\s*'([^']*)'\s*$/;

/**
 * The pattern with its variables replaced; what a variable brings in is text, never a wildcard.
 * undefined if a variable has no single value: such a pattern matches nothing.
 */
export function resolvePattern(pattern: string, context: Context): readonly PatternPart[] | undefined {
  const pieces = pattern.split(VARIABLE);
  const parts = pieces.map((piece, index) => {
    if (index % 2 === 0) return parsePattern(piece);
    const value = valueOf(piece, context);
    return value === undefined ? undefined : [value];
  });
  const known = parts.filter((part) => part !== undefined);
  return known.length === parts.length ? known.flat() : undefined;
}

function valueOf(name: string, context: Context): string | undefined {
  if (name === '*' || name === '?' || name === '$') return name;
  const [, key = name, fallback] = WITH_DEFAULT.exec(name) ?? [];
  const values = context[key.trim().toLowerCase()] ?? [];
  return values.length === 1 ? values[0] : fallback;
}
