import type { Severity } from '../evaluate/finding';
import type { CollectedKind } from '../snapshot/snapshot';
import type { Explanation } from './explain-error';

/** The worst first. advice: found, and worth no more than `info`. */
const statuses = ['red', 'unknown', 'advice', 'exempt', 'green', 'not-applicable'] as const;
export type Status = (typeof statuses)[number];

/** What one condition comes to for one resource. */
export interface Verdict {
  /** As in `Finding.resource`. */
  readonly resource: string;
  readonly kind: CollectedKind;
  readonly status: Status;
  readonly severity?: Severity;
  /** Why, wherever it is not green. */
  readonly message?: string;
  /** Commands that mend it. */
  readonly fix: readonly string[];
  /** What is known of the words in which AWS says it: the most specific first. */
  readonly explanations?: readonly Explanation[];
}

/** The worst of several; nothing to judge: not applicable. */
export function worstOf(all: readonly Status[]): Status {
  return statuses.find((status) => all.includes(status)) ?? 'not-applicable';
}
