import type { CollectedKind, Resources } from '../snapshot/snapshot';
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
  return {
    ...definition,
    meta,
    under({ snapshot, options, fact = stated, mayTakeOwned = false }) {
      // the policy was refused if an option's name or type is not the default's
      const whole: Options = { ...defaults, ...options };
      return {
        check: (resource: Resources[Kind], posture) =>
          definition.check({ resource, snapshot, options: whole, posture, fact, mayTakeOwned }),
      };
    },
  };
}
