import type { Action } from '../plan/action';

/** Why an action was not carried out now; it is seen again next pass. */
export type WithheldReason =
  | 'dry-run'
  | 'over-budget'
  | 'kill-switch-off'
  | 'first-sighting'
  | 'held'
  | 'breaker-open'
  | 'not-orphan-for-sure'
  | 'unmet-condition'
  | 'min-healthy'
  | 'depends-on-gap'
  | 'exempt'
  | 'fact-to-verify'
  | 'policy-changed'
  | 'lease-held'
  | 'propagates-tags'
  | 'too-many-tags';

/** What became of one action. */
export interface Outcome {
  readonly action: Action;
  readonly status: 'planned' | 'applied' | 'unchanged' | 'withheld' | 'failed';
  /** A sentence for people; for `withheld` it begins with a `WithheldReason` in `code`. */
  readonly reason?: string;
  readonly code?: WithheldReason;
}
