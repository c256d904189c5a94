import type { Applicability } from '../rules/applicability/table';

/** One column of a row of the table of applicability, in words. */
export interface Limit {
  readonly name: string;
  readonly values: readonly string[];
}

/** Where a rule applies; what a row says nothing of is not here. */
export function appliesTo({ postures, networkModes, systems, launchTypes }: Applicability): readonly Limit[] {
  const part = (name: string, values: readonly string[] | undefined): readonly Limit[] =>
    values ? [{ name, values }] : [];
  return [
    ...part('posture', postures),
    ...part('network mode', networkModes),
    ...part('operating system', systems),
    ...part('launch type', launchTypes),
  ];
}
