/** What a policy may say of the dated AWS facts: another value, more items of a list, or that it still holds. */
import * as v from 'valibot';
import type { Fact } from '../facts/fact';
import type { FactOverride } from '../facts/fact-override';
import { didYouMean } from './nearest-name';
import { noted } from './schema-notes';
import { day, described, mapOf } from './schema-parts';

const checked = described('The day on which someone read it.', day);
const recheck = v.optional(described('The day from which on it is stale; must lie after checked.', day));

function valueOf({ type }: Fact<unknown>) {
  return v.optional(described('In place of what is built in.', type));
}

/** What is fixed has a day, and nothing else. */
function fixedEntries(why: string): v.GenericSchema<unknown, FactOverride> {
  const unknownKey = (key: string): string =>
    `"${key}" is not allowed: the fact can be confirmed (checked, recheck), not overridden: ${why}`;
  return noted({ unknownKey }, mapOf({ checked, recheck }));
}

function entriesOf(fact: Fact<unknown>): v.GenericSchema<unknown, FactOverride> {
  if (fact.fixed !== undefined) return fixedEntries(fact.fixed);
  const value = valueOf(fact);
  if (!Array.isArray(fact.value)) return mapOf({ value, checked, recheck });
  return mapOf({
    value,
    add: v.optional(described('Items besides those that are built in.', fact.type)),
    checked,
    recheck,
  });
}

const isOneOfBoth = ({ value, add }: FactOverride): boolean => value === undefined || add === undefined;
const isInOrder = (override: FactOverride): boolean =>
  override.recheck === undefined || override.recheck > override.checked;

function override(fact: Fact<unknown>) {
  const { title, value, checked: own } = fact;
  return described(
    `${title}. Built in: ${JSON.stringify(value)}, checked ${own}.`,
    v.pipe(
      entriesOf(fact),
      v.check(isOneOfBoth, 'has value and add: value stands for the whole list, add for more items'),
      v.check(isInOrder, 'recheck must lie after checked'),
    ),
  );
}

/** The map of fact id to override. */
export function factOverrides(facts: readonly Fact<unknown>[]) {
  const ids = facts.map(({ id }) => id);
  const entries = facts.map((fact) => [fact.id, v.optional(override(fact))] as const);
  const map = v.strictObject(Object.fromEntries(entries), 'must be a map of fact id to value');
  const unknownKey = (id: string): string => `is no fact${didYouMean(id, ids)}; the facts are ${ids.join(', ')}`;
  return noted({ unknownKey }, map);
}
