/**
 * Something that could not be read. Absence of evidence is never a finding: whatever depends on a gap is `unknown`,
 * and no action that needs it is taken.
 */
import type { Collection, Snapshot } from './snapshot';

export type GapReason = 'AccessDenied' | 'Throttled' | 'Timeout' | 'ServiceError' | 'Partial' | 'Unsupported';

export interface Gap {
  /** The IAM action of the call that failed, e.g. `elasticloadbalancing:DescribeTargetHealth`. */
  readonly call: string;
  readonly reason: GapReason;
  /** What AWS said, without request ids or credentials. */
  readonly message: string;
  /** Which part of the snapshot is incomplete. */
  readonly collection: Collection;
  /** Keys of that collection that are missing; empty: any key may be missing. */
  readonly resources: readonly string[];
}

/** Why a check cannot tell: a gap, or something that AWS does not say (yet). Every gap is one. */
export interface Cause {
  /** The IAM action whose answer is missing or says too little. */
  readonly call: string;
  /** A gap's reason, or a few words such as `registering`. */
  readonly reason: string;
  readonly message: string;
}

/** The gap that explains why `key` is not in `collection`; undefined: it was read, and does not exist. */
export function gapFor(snapshot: Snapshot, collection: Collection, key?: string): Gap | undefined {
  return snapshot.gaps.find(
    (gap) =>
      gap.collection === collection && (gap.resources.length === 0 || key === undefined || gap.resources.includes(key)),
  );
}
