import type { ResourceKind } from '../trigger/request';

export const severities = ['critical', 'high', 'medium', 'low', 'info'] as const;
export type Severity = (typeof severities)[number];

/** The lower of two severities. */
export function lowerSeverity(left: Severity, right: Severity): Severity {
  return severities.indexOf(left) >= severities.indexOf(right) ? left : right;
}

export const remedies = ['none', 'suggest', 'auto'] as const;
/** What a rule may lead to. */
export type Remedy = (typeof remedies)[number];

/** The more cautious of two remedies. */
export function lowerRemedy(left: Remedy, right: Remedy): Remedy {
  return remedies.indexOf(left) <= remedies.indexOf(right) ? left : right;
}

/** What a rule may lead to by itself, and how far a policy that asks for it may go. */
export interface RemedyRange {
  readonly remedy: Remedy;
  /** Absent: as far as `remedy`. */
  readonly remedyOnRequest?: Remedy;
}

export function highestRemedy({ remedy, remedyOnRequest = remedy }: RemedyRange): Remedy {
  return remedyOnRequest;
}

/** What holds where the policy asks for a remedy, or for none in particular. */
export function remedyInForce(range: RemedyRange, asked: Remedy | undefined): Remedy {
  return asked === undefined ? range.remedy : lowerRemedy(highestRemedy(range), asked);
}

/** In words, for people: `suggest, auto on request`. */
export function remedyInWords({ remedy, remedyOnRequest }: RemedyRange): string {
  return remedyOnRequest === undefined ? remedy : `${remedy}, ${remedyOnRequest} on request`;
}

/** Where an AWS fact is written down, and when it was last read there (YYYY-MM-DD). */
export interface Source {
  readonly url: string;
  readonly checked: string;
}

/** A violation, or what is known of one. The JSON of every output; see docs/report.md for an example. */
export interface Finding {
  /** Permanent id of the rule. */
  readonly rule: string;
  /**
   * The thing a person would fix: its ARN. Without an ARN of its own, a target is
   * `<target-group-arn>#<target-id>:<port>`, a Cloud Map instance `<service-arn>#<instance-id>`, and the account in a
   * region `arn:<partition>:ecs:<region>:<account>:account`.
   */
  readonly resource: string;
  readonly kind: ResourceKind;
  readonly severity: Severity;
  readonly status: 'open' | 'exempt' | 'unknown';
  /** The AWS fact behind the rule is due for a new check: capped at `info`, no action follows. */
  readonly verify: boolean;
  readonly message: string;
  readonly desired: Readonly<Record<string, unknown>>;
  readonly actual: Readonly<Record<string, unknown>>;
  readonly remedy: Remedy;
  /** Shell commands that mend it. */
  readonly fix: readonly string[];
  readonly source: Source;
  /** Name of the policy scope that asked for it. */
  readonly scope: string;
  /** What it touches: ARNs. */
  readonly related: readonly string[];
  readonly exemption?: { readonly reason: string; readonly owner: string; readonly until: string };
  /** Set on `unknown`: the call that failed and why. */
  readonly gap?: { readonly call: string; readonly reason: string };
}
