import type { Outcome } from '../apply/outcome';
import type { Evaluation } from '../evaluate/judgement';
import type { Action } from '../plan/action';
import type { LoadedPolicy } from '../policy/policy';
import type { Snapshot } from '../snapshot/snapshot';
import type { Memory } from '../state/memory';

export interface GuardInput {
  readonly actions: readonly Action[];
  readonly evaluation: Evaluation;
  readonly snapshot: Snapshot;
  readonly policy: LoadedPolicy;
  readonly memory: Memory;
  readonly settings: { readonly dryRun: boolean };
  readonly now: Date;
}

export interface Guarded {
  readonly allowed: readonly Action[];
  /** `planned` on a dry run, `withheld` otherwise, each with its reason. */
  readonly withheld: readonly Outcome[];
}

export type Guard = (input: GuardInput) => Guarded;
