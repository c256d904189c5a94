import type { Policy } from '../policy/policy';
import type { Rule } from '../rules/rule';
import type { Snapshot } from '../snapshot/snapshot';
import type { Evaluation } from './judgement';

export interface EvaluateInput {
  readonly snapshot: Snapshot;
  readonly policy: Policy;
  readonly rules: readonly Rule[];
  readonly now: Date;
}

export type Evaluate = (input: EvaluateInput) => Evaluation;
