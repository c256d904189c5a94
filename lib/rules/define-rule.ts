import { resourceOf } from '../snapshot/resource-of';
import type { CollectedKind } from '../snapshot/snapshot';
import type { Rule, RuleDefinition } from './rule';

export type DefinedRule<
  Kind extends CollectedKind,
  MessageId extends string,
  Options extends Readonly<Record<string, unknown>>,
> = Rule & RuleDefinition<Kind, MessageId, Options>;

/** Turns a definition, with types of its own kind and options, into a rule that the registry can hold. */
export function defineRule<
  Kind extends CollectedKind,
  MessageId extends string,
  Options extends Readonly<Record<string, unknown>>,
>(definition: RuleDefinition<Kind, MessageId, Options>): DefinedRule<Kind, MessageId, Options> {
  const { meta, defaults } = definition;
  return {
    ...definition,
    run({ key, snapshot, options, posture }) {
      const resource = resourceOf(snapshot, meta.kind, key);
      if (!resource) return [];
      // the policy was refused if an option's name or type is not the default's
      return definition.check({ resource, snapshot, options: { ...defaults, ...options }, posture });
    },
  };
}
