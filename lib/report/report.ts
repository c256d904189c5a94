import type { Outcome } from '../apply/outcome';
import type { Finding } from '../evaluate/finding';
import type { OverriddenFact } from '../facts/overridden-facts';
import type { Mode, PolicyProblem } from '../policy/policy';
import type { Origin } from '../trigger/origin';

export interface ReportGap {
  /** IAM action of the call that failed. */
  readonly call: string;
  readonly reason: string;
  /** What could not be read; empty: all of it. */
  readonly resources: readonly string[];
}

/** The outcome of one run: `--format json`, the answer of a manual reconcile, and what the logs carry. */
export interface Report {
  readonly schema: 'ecs-ipv6/report/v1';
  readonly account: string;
  readonly regions: readonly string[];
  readonly mode: Mode;
  readonly policyVersion: string;
  readonly policyOrigin: string;
  readonly policyProblems: readonly PolicyProblem[];
  /** Settings that have no effect. */
  readonly policyWarnings: readonly PolicyProblem[];
  /** The AWS facts that the policy has in place of those that are built in. */
  readonly overriddenFacts: readonly OverriddenFact[];
  readonly startedAt: string;
  readonly durationMs: number;
  /** Judged resources by kind. */
  readonly scanned: Readonly<Record<string, number>>;
  /** API calls by IAM action. */
  readonly apiCalls: Readonly<Record<string, number>>;
  readonly throttled: number;
  readonly findings: readonly Finding[];
  /** Every action of the run with what became of it. */
  readonly actions: readonly Outcome[];
  readonly gaps: readonly ReportGap[];
  /** Who asked, and the id of the function's invocation, where the run has them. */
  readonly origin?: Origin;
  /** What a function's answer has no room for. */
  readonly omitted?: Omitted;
}

/** How much is left out of a report, and where it is to be had. */
export interface Omitted {
  readonly findings: number;
  readonly actions: number;
  readonly gaps: number;
  readonly rest: string;
}
