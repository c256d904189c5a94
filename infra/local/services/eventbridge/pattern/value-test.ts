/** What stands at a leaf of an event. */
import { isRecord } from '../../../kernel/json';

export type Scalar = string | number | boolean | null;

/** Whether a leaf fits one element of a pattern's list. */
export type ValueTest = (value: Scalar) => boolean;

/** The value of an operator that takes a string or a list of them. */
export function stringsOf(value: unknown): readonly string[] | undefined {
  const items: readonly unknown[] = Array.isArray(value) ? value : [value];
  const strings = items.filter((item) => typeof item === 'string');
  return strings.length === items.length && items.length > 0 ? strings : undefined;
}

/** A value that must be an object with exactly one member; undefined if it is not. */
export function onlyMember(value: unknown): readonly [name: string, value: unknown] | undefined {
  if (!isRecord(value)) return undefined;
  const [entry, ...others] = Object.entries(value);
  return others.length === 0 ? entry : undefined;
}
