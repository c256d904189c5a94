/**
 * One rule, one file. A rule is a pure check of one resource against the policy: it sees a snapshot, never AWS, and
 * says what it found as data. Metadata is the single source for docs, reports, the policy's schema and IAM.
 */
import type { Remedy, Severity, Source } from '../evaluate/finding';
import type { Fact } from '../facts/fact';
import type { ActualPosture } from '../policy/policy';
import type { Cause } from '../snapshot/gap';
import type { CollectedKind, Resources, Snapshot } from '../snapshot/snapshot';
import type { Applicability } from './applicability/table';

export interface RuleMeta<MessageId extends string = string> {
  /** `<resource>-<condition-that-is-wrong>`, kebab-case, permanent, equal to the file name. */
  readonly id: string;
  /** States the fault as a fact, at most 80 characters. */
  readonly title: string;
  readonly kind: CollectedKind;
  /**
   * The severity of the worst case, which a policy may replace. What a violation grades lower because of the facts found
   * stays lower.
   */
  readonly severity: Severity;
  readonly remedy: Remedy;
  /** What a policy may raise the remedy to, where what follows is too much for a default. */
  readonly remedyOnRequest?: Remedy;
  /** Its row of the table of applicability. */
  readonly applies: Applicability;
  /** Why only sweeps and people find it, in one sentence; absent: events do as well. */
  readonly sweepOnly?: string;
  readonly source: Source;
  /** The dated AWS facts that the check rests on. */
  readonly facts: readonly Fact<unknown>[];
  /** IAM actions of the reads it needs, e.g. `ec2:DescribeInstances`; on what they are allowed stands in lib/permissions. */
  readonly reads: readonly string[];
  /** Texts with `{{name}}` holes, filled from `Violation.values`. */
  readonly messages: Readonly<Record<MessageId, string>>;
}

export interface Violation<MessageId extends string = string> {
  readonly messageId: MessageId;
  readonly values: Readonly<Record<string, string | number>>;
  readonly desired: Readonly<Record<string, unknown>>;
  readonly actual: Readonly<Record<string, unknown>>;
  readonly severity?: Severity;
  /** May lower the rule's remedy for what must not be written automatically. */
  readonly remedy?: Remedy;
  /** ARNs of what it touches. */
  readonly related?: readonly string[];
  /** Commands that can be pasted into a shell. */
  readonly fix?: readonly string[];
}

/** The check cannot tell, because something could not be read or is not known to AWS yet. */
export interface Unknown {
  readonly gap: Cause;
}

export type CheckResult<MessageId extends string = string> = Violation<MessageId> | Unknown;

/** What AWS states, or what the policy says in its place. */
export type FactReader = <Value>(fact: Fact<Value>) => Value;

export interface CheckInput<Kind extends CollectedKind, Options> {
  readonly resource: Resources[Kind];
  readonly snapshot: Snapshot;
  readonly options: Options;
  /** The wanted posture, or the actual one where `any` is wanted. */
  readonly posture: ActualPosture;
  readonly fact: FactReader;
  /** The policy lets registrations go that ECS made for a task that runs: `guard.deregister.ecsManaged`. */
  readonly mayTakeOwned: boolean;
}

export interface RuleDefinition<Kind extends CollectedKind, MessageId extends string, Options> {
  /** Where it applies stands in the table of applicability. */
  readonly meta: Omit<RuleMeta<MessageId>, 'applies'> & { readonly kind: Kind };
  /** Options with their defaults; every option a policy may set is here. A list is a list of texts. */
  readonly defaults: Options;
  /** At most one result for a resource: several faults of one kind are one finding that names them all. */
  check(input: CheckInput<Kind, Options>): readonly CheckResult<MessageId>[];
}

/** What all checks of one rule over one snapshot have in common. Facts are by default as AWS states them, and what ECS registered stays. */
export interface Terms extends Partial<Pick<CheckInput<CollectedKind, unknown>, 'fact' | 'mayTakeOwned'>> {
  readonly snapshot: Snapshot;
  /** Those that the policy sets; the others take their defaults. */
  readonly options: Readonly<Record<string, unknown>>;
}

export interface Checker {
  /** @param resource of the rule's kind: a method, as the registry holds rules of any kind */
  check(resource: Resources[CollectedKind], posture: ActualPosture): readonly CheckResult[];
}

/** A rule of any kind, as the registry holds it. */
export interface Rule {
  readonly meta: RuleMeta;
  readonly defaults: Readonly<Record<string, unknown>>;
  /** Made once, asked for each resource: a fleet has half a million checks. */
  under(terms: Terms): Checker;
}
