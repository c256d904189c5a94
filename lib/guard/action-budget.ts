/** Which actions are counted together, and where the policy says how many there may be. */
import type { DestructiveAction } from '../plan/action';
import type { Guard } from '../policy/policy';

interface Counted {
  /** Key of the count that all processes share. */
  readonly counter: string;
  readonly setting: keyof Guard;
  /** What is counted, in words. */
  readonly noun: string;
}

const removals: Counted = { counter: 'deregister', setting: 'deregister', noun: 'removals' };

const counted: Readonly<Record<DestructiveAction['kind'], Counted>> = {
  'deregister-target': removals,
  'deregister-cloudmap-instance': removals,
  'enable-primary-ipv6': { counter: 'heal', setting: 'heal', noun: 'changes' },
  'disable-exec': { counter: 'disable-exec', setting: 'disableExec', noun: 'changes' },
};

export interface ActionBudget {
  readonly counter: string;
  readonly perRun: number;
  readonly perHour: number;
  /** Why one more in this pass is too many. */
  readonly overRun: string;
  /** Why one more in this hour is too many. */
  readonly overHour: string;
}

export function budgetOf({ kind }: DestructiveAction, guard: Guard): ActionBudget {
  const { counter, setting, noun } = counted[kind];
  const { perRun, perHour } = guard[setting];
  return {
    ...{ counter, perRun, perHour },
    overRun: `guard.${setting}.perRun allows ${String(perRun)} ${noun} a run`,
    overHour: `guard.${setting}.perHour allows ${String(perHour)} ${noun} an hour`,
  };
}
