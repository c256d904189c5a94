/** Every condition between one thing and "registered and healthy over IPv6", in the order in which things happen. */
import { severities, type Severity } from '../evaluate/finding';
import type { LoadedPolicy } from '../policy/policy';
import type { Rule } from '../rules/rule';
import type { Notices } from '../snapshot/notices';
import type { Snapshot } from '../snapshot/snapshot';
import { concernsOf, type Subject } from './concerns';
import { withSubject } from './look-around';
import { order, type Place, type StageId } from './order';
import { ownConditions } from './own-conditions';
import { ruleVerdicts } from './rule-verdicts';
import { worstOf, type Status, type Verdict } from './verdict';

export interface Condition {
  /** Rule id, or one of those that are no rule. */
  readonly id: string;
  readonly stage: StageId;
  /** What is so where it is green. */
  readonly holds: string;
  readonly isRule: boolean;
  readonly status: Status;
  /** The worst found. */
  readonly severity?: Severity;
  /** One for each resource that it is about. */
  readonly verdicts: readonly Verdict[];
}

/** `ecs-ipv6 explain --task X --format json`; docs/explain.md says what each member means. */
export interface Checklist {
  readonly schema: 'ecs-ipv6/checklist/v1';
  readonly subject: Subject;
  readonly account: string;
  readonly region: string;
  readonly policyVersion: string;
  /** Id of the first condition that fails, in order; null: none does. */
  readonly firstRed: string | null;
  readonly counts: Readonly<Record<Status, number>>;
  readonly conditions: readonly Condition[];
  /** What could not be read. */
  readonly gaps: readonly { readonly call: string; readonly reason: string }[];
}

export interface ChecklistInput {
  readonly snapshot: Snapshot;
  readonly loaded: LoadedPolicy;
  readonly rules: readonly Rule[];
  readonly now: Date;
  readonly subject: Subject;
  /** What ECS says of what is looked at; among its tasks is the subject, if that has stopped. */
  readonly notices: Notices;
}

function toCondition(place: Place, isRule: boolean, verdicts: readonly Verdict[]): Condition {
  const status = worstOf(verdicts.map((verdict) => verdict.status));
  const found = verdicts.filter((verdict) => verdict.status === status).map(({ severity }) => severity);
  const severity = severities.find((one) => found.includes(one));
  return { ...place, isRule, status, ...(severity && { severity }), verdicts };
}

function count(conditions: readonly Condition[]): Readonly<Record<Status, number>> {
  const counts = { red: 0, unknown: 0, advice: 0, exempt: 0, green: 0, 'not-applicable': 0 };
  for (const { status } of conditions) counts[status] += 1;
  return counts;
}

function distinctGaps(gaps: Snapshot['gaps']): Checklist['gaps'] {
  return [...new Map(gaps.map(({ call, reason }) => [`${call} ${reason}`, { call, reason }])).values()];
}

/** What is not on the way comes last, and is never the first that fails while something on the way does. */
export function checklist(input: ChecklistInput): Checklist {
  const { snapshot, loaded, rules, now, subject, notices } = input;
  const concerns = concernsOf(withSubject(snapshot, subject, notices), subject);
  const world = { snapshot: { ...snapshot, judged: concerns }, policy: loaded.policy, rules, now };
  const byRule = ruleVerdicts(world, concerns);
  const conditions = order.flatMap((place) => {
    const own = ownConditions[place.id];
    if (own) return [toCondition(place, false, own({ snapshot, concerns, subject, notices }))];
    const verdicts = byRule.get(place.id);
    return verdicts ? [toCondition(place, true, verdicts)] : [];
  });
  return {
    schema: 'ecs-ipv6/checklist/v1',
    subject,
    account: snapshot.account,
    region: snapshot.region,
    policyVersion: loaded.policyVersion,
    firstRed: conditions.find(({ status }) => status === 'red')?.id ?? null,
    counts: count(conditions),
    conditions,
    gaps: distinctGaps([...snapshot.gaps, ...notices.gaps]),
  };
}
