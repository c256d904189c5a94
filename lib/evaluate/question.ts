/** A rule, ready to be asked about any resource of its kind under one policy. */
import type { FactsInForce } from '../facts/fact-override';
import { takesOwned, type ActualPosture, type Policy } from '../policy/policy';
import type { Checker, CheckResult, FactReader, Rule, Terms } from '../rules/rule';
import type { Snapshot } from '../snapshot/snapshot';
import type { Candidate } from './candidate';
import type { Finding } from './finding';
import type { Postures } from './possible-postures';
import { replacementOf } from './replacement';
import { isUnknown, toFinding, unknownFinding, verdictOf, type FindingContext, type RuleVerdict } from './to-finding';
import { isAbout } from './traits';

/** What is the same for all rules of one evaluation. */
export interface Setting {
  readonly snapshot: Snapshot;
  readonly policy: Policy;
  readonly facts: FactsInForce;
  /** Values of the same. */
  readonly fact: FactReader;
  readonly now: Date;
}

export interface Question {
  readonly rule: Rule;
  readonly setting: Setting;
  readonly checker: Checker;
  readonly verdict: RuleVerdict;
  /** A pass without surroundings sees too little for some rules: what they would say there, a sweep might take back. */
  readonly isWhole: boolean;
}

const NOTHING: readonly never[] = [];

export function toQuestion(rule: Rule, setting: Setting): Question {
  const { snapshot, policy, fact } = setting;
  const options = policy.rules[rule.meta.id]?.options ?? {};
  const terms: Terms = { snapshot, options, fact, mayTakeOwned: takesOwned(policy) };
  const isWhole = rule.meta.sweepOnly === undefined || snapshot.hasSurroundings;
  return { rule, setting, checker: rule.under(terms), verdict: verdictOf(rule, setting), isWhole };
}

/** What the rule finds of a resource. */
export function askAbout(question: Question, candidate: Candidate): readonly Finding[] {
  const results = resultsOf(question, candidate);
  if (results.length === 0) return NOTHING;
  const { verdict, setting } = question;
  const { kind, resource, name, assignment } = candidate;
  const grace = { now: setting.now, minutes: assignment.graceMinutes };
  const replacement = replacementOf(setting.snapshot, { kind, resource }, grace);
  if (replacement === true) return NOTHING;
  const stuck = typeof replacement === 'object' && 'deployment' in replacement ? replacement : undefined;
  const context: FindingContext = { verdict, resource: name, kind, scope: assignment.scope, stuck };
  if (typeof replacement === 'object' && 'call' in replacement && !results.every(isUnknown)) {
    return [unknownFinding(replacement, context)];
  }
  return results.map((result) => toFinding(result, context));
}

/** Without certainty about scope, posture and traits, what would be found in some case is unknown, never open. */
function resultsOf(question: Question, { resource, postures, traits }: Candidate): readonly CheckResult[] {
  const { rule, checker } = question;
  const isApplicable = isAbout(rule.meta.applies, traits);
  if (isApplicable === false) return NOTHING;
  const asked = posturesFor(rule, postures);
  const only = asked.length === 1 ? asked[0] : undefined;
  const results = only ? checker.check(resource, only) : asked.flatMap((posture) => checker.check(resource, posture));
  if (results.length === 0) return NOTHING;
  const doubt = isApplicable === true ? postures.cause : isApplicable;
  return doubt ? [{ gap: doubt }] : results;
}

/** Those that the rule is about; most often there is one, and half a million checks make no list of their own of it. */
function posturesFor({ meta: { applies } }: Rule, { possible }: Postures): readonly ActualPosture[] {
  const only = possible.length === 1 ? possible[0] : undefined;
  if (only) return applies.postures.includes(only) ? possible : NOTHING;
  return possible.filter((posture) => applies.postures.includes(posture));
}
