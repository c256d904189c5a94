import type { Principal } from '../../../infra/local/kernel/operation';

/** Parts of the functions' names. */
export const victims = ['ReconcileTasks', 'ReconcileInstances', 'Notify', 'Sweep'] as const;
export type Victim = (typeof victims)[number];

/** The function that calls; undefined for anyone else. The session of a function's credentials has its name. */
export function functionIn({ process, arn }: Principal): Victim | undefined {
  const name = arn.slice(arn.lastIndexOf('/') + 1);
  return process && victims.find((victim) => name.includes(`-${victim}`));
}

/** What weather rules call it. */
export const callerPattern = (victim: Victim): string => `*/*-${victim}*`;
