import type { Fact } from '../../facts/fact';
import type { FactReader, Rule } from '../rule';
import type { Applicability } from './table';

/** The facts of a row that say something else under the policy than the row itself. */
function changed({ systemsBy, launchTypesBy }: Applicability, fact: FactReader): readonly Fact<unknown>[] {
  const bySystems = systemsBy && fact(systemsBy) ? [systemsBy] : [];
  const byTypes = launchTypesBy && fact(launchTypesBy) !== launchTypesBy.value ? [launchTypesBy] : [];
  return [...bySystems, ...byTypes];
}

function rowUnder(row: Applicability, fact: FactReader): Applicability {
  const { systems, launchTypes, systemsBy, launchTypesBy, ...rest } = row;
  const isEverySystem = systemsBy !== undefined && fact(systemsBy);
  const types = launchTypesBy ? ([...fact(launchTypesBy), 'absent'] as const) : launchTypes;
  return { ...rest, ...(!isEverySystem && { systems }), ...(types && { launchTypes: types }) };
}

/** The rule where a policy's facts say that it applies; its findings then rest on those facts, too. */
export function underFacts(rule: Rule, fact: FactReader): Rule {
  const { applies, facts } = rule.meta;
  const others = changed(applies, fact);
  if (others.length === 0) return rule;
  return { ...rule, meta: { ...rule.meta, applies: rowUnder(applies, fact), facts: [...facts, ...others] } };
}
