/** The edges of a pass, as `reconcile` sees them; what lies between them is pure. */
import type { Outcome } from './apply/outcome';
import type { Evaluation } from './evaluate/judgement';
import type { Action } from './plan/action';
import type { LoadedPolicy, Mode } from './policy/policy';
import type { Report } from './report/report';
import type { Snapshot } from './snapshot/snapshot';
import type { Memory } from './state/memory';
import type { Origin } from './trigger/origin';
import type { Requeue } from './trigger/requeue';
import type { Request } from './trigger/request';

/** What the person or event that started the run may narrow; nothing here can widen the policy. */
export interface RunSettings {
  /** Plan and guard, but write nothing: neither workload nor findings. */
  readonly dryRun: boolean;
  /** May lower the policy's mode, never raise it. */
  readonly modeCeiling?: Mode;
  /** Only these rules run; all if absent. Findings of other rules are neither raised nor resolved. */
  readonly onlyRules?: readonly string[];
  /** Judge what the named things stand on as well: networks, launch templates, the account. Sweeps always do. */
  readonly withSurroundings?: boolean;
  readonly origin?: Origin;
}

/** Everything one pass came to know, for those that remember and tell. */
export interface Pass {
  readonly requests: readonly Request[];
  readonly settings: RunSettings;
  readonly policy: LoadedPolicy;
  readonly snapshot: Snapshot;
  readonly evaluation: Evaluation;
  readonly outcomes: readonly Outcome[];
  readonly startedAt: Date;
}

/** A pass up to the point where it writes. */
export interface Decided extends Omit<Pass, 'outcomes'> {
  readonly memory: Memory;
}

/** What a pass has seen and thought so far. */
export interface Judged {
  readonly snapshot: Snapshot;
  readonly evaluation: Evaluation;
  readonly planned: readonly Action[];
}

/** The edges of a pass; the stages between them are pure. */
export interface Stages {
  now(): Date;
  loadPolicy(requests: readonly Request[], settings: RunSettings): Promise<LoadedPolicy>;
  collect(requests: readonly Request[], policy: LoadedPolicy, settings: RunSettings): Promise<Snapshot>;
  /** Reads what is known of the judged resources, and records or ends the sightings of orphans. */
  recall(judged: Judged, settings: RunSettings): Promise<Memory>;
  /** Reserves budget, fences, writes and verifies, one outcome for each action. */
  apply(actions: readonly Action[], pass: Decided): Promise<readonly Outcome[]>;
  /** Remembers the findings and tells of their transitions. */
  report(pass: Pass, memory: Memory): Promise<Report>;
}

export interface Result {
  readonly report: Report;
  /** What to look at again later, before the next sweep does. */
  readonly requeue: readonly Requeue[];
}
