import type { ActualPosture, Mode } from '../policy/policy';
import type { CollectedKind } from '../snapshot/snapshot';
import type { Finding } from './finding';

/** What the rules say of one judged resource, all rules taken together. */
export interface Judgement {
  /** As in `Finding.resource`. */
  readonly resource: string;
  readonly kind: CollectedKind;
  /** Key in the snapshot's collection. */
  readonly key: string;
  /** Policy scope that matched first; of several, the strictest posture and the lowest mode count. */
  readonly scope: string;
  readonly mode: Mode;
  /** `undefined`: it could not be told, and no finding of the resource is open. */
  readonly posture?: ActualPosture;
  /** violation: an open finding; unknown: none open, but a check could not tell; compliant: all checks passed. */
  readonly status: 'compliant' | 'violation' | 'unknown';
  /** Ids of rules about its kind that only passes with surroundings run, in a pass without: what they say still holds. */
  readonly unasked: readonly string[];
}

export interface Evaluation {
  /** Sorted by severity, rule, resource. */
  readonly findings: readonly Finding[];
  /** By `Judgement.resource`, in no order; resources outside every scope are not here. */
  readonly judgements: ReadonlyMap<string, Judgement>;
}
