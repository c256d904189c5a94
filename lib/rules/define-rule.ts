import { perObject } from '../snapshot/indexed';
import { resourceOf } from '../snapshot/resource-of';
import type { CollectedKind } from '../snapshot/snapshot';
import { applicability, type Applicability } from './applicability/table';
import type { FactReader, Rule, RuleDefinition, RuleMeta } from './rule';

export type DefinedRule<
  Kind extends CollectedKind,
  MessageId extends string,
  Options extends Readonly<Record<string, unknown>>,
> = Rule &
  Omit<RuleDefinition<Kind, MessageId, Options>, 'meta'> & {
    readonly meta: RuleMeta<MessageId> & { readonly kind: Kind };
  };

/** As AWS states it. */
const stated: FactReader = (fact) => fact.value;

function rowOf(id: string): Applicability {
  const row = applicability[id];
  if (!row) throw new Error(`Rule ${id} has no row in lib/rules/applicability/table.ts.`);
  return row;
}

/** Turns a definition, with types of its own kind and options, into a rule that the registry can hold. */
export function defineRule<
  Kind extends CollectedKind,
  MessageId extends string,
  Options extends Readonly<Record<string, unknown>>,
>(definition: RuleDefinition<Kind, MessageId, Options>): DefinedRule<Kind, MessageId, Options> {
  const { defaults } = definition;
  const meta = { ...definition.meta, applies: rowOf(definition.meta.id) };
  // the policy was refused if an option's name or type is not the default's
  const wholeOptions = perObject((options: Readonly<Record<string, unknown>>): Options => ({
    ...defaults,
    ...options,
  }));
  return {
    ...definition,
    meta,
    run({ key, snapshot, options, posture, fact = stated, mayTakeOwned = false }) {
      const resource = resourceOf(snapshot, meta.kind, key);
      if (!resource) return [];
      return definition.check({ resource, snapshot, options: wholeOptions(options), posture, fact, mayTakeOwned });
    },
  };
}
