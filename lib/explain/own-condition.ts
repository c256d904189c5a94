import type { Notices } from '../snapshot/notices';
import type { Snapshot } from '../snapshot/snapshot';
import type { Concerns, Subject } from './concerns';
import type { Verdict } from './verdict';

/** What is looked at, for which subject, and what ECS says of it. */
export interface View {
  readonly snapshot: Snapshot;
  readonly concerns: Concerns;
  readonly subject: Subject;
  readonly notices: Notices;
}

export type OwnCondition = (view: View) => readonly Verdict[];
