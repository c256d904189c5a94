import type { Evaluation } from '../evaluate/judgement';
import type { Policy } from '../policy/policy';
import type { Snapshot } from '../snapshot/snapshot';
import type { Action } from './action';

export interface PlanInput {
  readonly evaluation: Evaluation;
  readonly snapshot: Snapshot;
  readonly policy: Policy;
  readonly now: Date;
}

export type Plan = (input: PlanInput) => readonly Action[];
