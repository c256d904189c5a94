import { factsInForce } from '../facts/fact-override';
import { takesOwned, type ActualPosture, type Policy } from '../policy/policy';
import { underFacts } from '../rules/applicability/under-facts';
import type { CheckResult, FactReader, Rule } from '../rules/rule';
import { groupedBy, perObject } from '../snapshot/indexed';
import { resourceOf } from '../snapshot/resource-of';
import type { CollectedKind, Snapshot } from '../snapshot/snapshot';
import { assignmentOf, type Assignment } from './assignment';
import type { Finding } from './finding';
import type { Evaluation, Judgement } from './judgement';
import { possiblePostures, type Postures } from './possible-postures';
import { precedences, precedencesUnder, withoutMoot } from './precedence';
import { replacementOf } from './replacement';
import { resourceName } from './resource-name';
import { sortedByUrgency } from './sorted-by-urgency';
import { isAbout, traitsOf, type Traits } from './traits';
import { isUnknown, toFinding, unknownFinding, verdictOf, type FindingContext, type RuleVerdict } from './to-finding';

export interface EvaluateInput {
  readonly snapshot: Snapshot;
  readonly policy: Policy;
  readonly rules: readonly Rule[];
  readonly now: Date;
}

/** An input with the facts that its policy leaves in force. */
interface Run extends EvaluateInput {
  readonly fact: FactReader;
  readonly verdict: (rule: Rule) => RuleVerdict;
}

export type Evaluate = (input: EvaluateInput) => Evaluation;

/** A judged resource and what the policy wants of it. */
interface Candidate {
  readonly kind: CollectedKind;
  readonly key: string;
  readonly name: string;
  readonly assignment: Assignment;
  readonly postures: Postures;
  readonly traits: Traits;
}

/**
 * Runs the rules over every judged resource that a policy scope matches. Pure: the same input gives the same findings,
 * in the same order, whatever the order of the snapshot's maps.
 */
export const evaluate: Evaluate = (input) => {
  const facts = factsInForce(input.policy.facts);
  const fact: FactReader = (one) => facts(one).value;
  const rules = input.rules
    .filter(({ meta }) => !input.policy.rules[meta.id]?.off)
    .map((rule) => underFacts(rule, fact));
  const byKind = groupedBy(
    rules.filter((rule) => isAsked(rule, input)),
    ({ meta }) => meta.kind,
  );
  const unasked = unaskedIds(rules, input);
  const verdict = perObject((rule: Rule) => verdictOf(rule, { ...input, facts }));
  const run: Run = { ...input, rules, fact, verdict };
  const judgements = new Map<string, Draft>();
  const found: Finding[] = [];
  // loops, not flatMap: a fleet has a million checks, and most of them find nothing
  for (const [kind, keys] of input.snapshot.judged) {
    const [asked, others] = [byKind.get(kind) ?? NOTHING, unasked.get(kind) ?? NOTHING];
    for (const key of keys) {
      const candidate = toCandidate(input, kind, key);
      if (!candidate) continue;
      judgements.set(candidate.name, compliant(candidate, others));
      for (const rule of asked) {
        const findings = judge(rule, candidate, run);
        if (findings.length > 0) found.push(...findings);
      }
    }
  }
  const heard = sortedByUrgency(withoutMoot(found, causesBeside(found, run), precedencesUnder(input.policy)));
  judgeBy(judgements, heard, found);
  return { findings: heard, judgements };
};

/** A pass without surroundings sees too little for some rules: what they would say there, a sweep might take back. */
function isAsked({ meta }: Rule, { snapshot }: EvaluateInput): boolean {
  return meta.sweepOnly === undefined || snapshot.hasSurroundings;
}

/** By the kind that the rules are about. */
function unaskedIds(rules: readonly Rule[], input: EvaluateInput): ReadonlyMap<string, readonly string[]> {
  const unasked = rules.filter((rule) => !isAsked(rule, input));
  const byKind = groupedBy(unasked, ({ meta }) => meta.kind);
  return new Map([...byKind].map(([kind, some]) => [kind, some.map(({ meta }) => meta.id)]));
}

function toCandidate({ snapshot, policy }: EvaluateInput, kind: CollectedKind, key: string): Candidate | undefined {
  const resource = resourceOf(snapshot, kind, key);
  const assignment = resource && assignmentOf(policy, snapshot, { kind, resource });
  if (!assignment) return undefined;
  const postures = possiblePostures(assignment, snapshot, { kind, resource });
  const traits = traitsOf(snapshot, kind, resource);
  return { kind, key, name: resourceName(snapshot, kind, resource), assignment, postures, traits };
}

const NOTHING: readonly never[] = [];
const NO_OPTIONS: Readonly<Record<string, unknown>> = {};

const causesOf = groupedBy(precedences, ({ moot }) => moot);

/**
 * What makes a finding moot may lie on something that this pass does not judge: the service of a task that an event was
 * about. It is asked all the same, so that no finding is told that the next sweep would take back.
 */
function causesBeside(found: readonly Finding[], run: Run): readonly Finding[] {
  return [...mayCause(found, run)].flatMap(([cause, names]) =>
    [...names].flatMap((name) => askBeside(cause, name, run)),
  );
}

/** The names that findings relate to, by the rules that may make them moot. */
function mayCause(found: readonly Finding[], { rules }: Run): ReadonlyMap<Rule, ReadonlySet<string>> {
  const byId = new Map(rules.map((rule) => [rule.meta.id, rule]));
  const names = new Map(rules.map((rule) => [rule, new Set<string>()]));
  for (const { rule, related } of found) {
    for (const { because } of causesOf.get(rule) ?? NOTHING) {
      const cause = byId.get(because);
      const beside = cause && names.get(cause);
      if (beside) for (const name of related) beside.add(name);
    }
  }
  return names;
}

function askBeside(rule: Rule, name: string, run: Run): readonly Finding[] {
  const { kind } = rule.meta;
  const key = kind === 'instance' ? name.slice(name.lastIndexOf('/') + 1) : name;
  const isJudged = run.snapshot.judged.get(kind)?.has(key) === true && isAsked(rule, run);
  const candidate = isJudged ? undefined : toCandidate(run, kind, key);
  return candidate ? judge(rule, candidate, run) : NOTHING;
}

function judge(rule: Rule, candidate: Candidate, input: Run): readonly Finding[] {
  const results = check(rule, candidate, input);
  const [first] = results;
  if (!first) return NOTHING;
  const { kind, key, name, assignment } = candidate;
  const grace = { now: input.now, minutes: assignment.graceMinutes };
  const replacement = replacementOf(input.snapshot, { kind, key }, grace);
  if (replacement === true) return [];
  const stuck = typeof replacement === 'object' && 'deployment' in replacement ? replacement : undefined;
  const context: FindingContext = {
    verdict: input.verdict(rule),
    resource: name,
    kind,
    scope: assignment.scope,
    stuck,
  };
  if (typeof replacement === 'object' && 'call' in replacement && !isUnknown(first)) {
    return [unknownFinding(replacement, context)];
  }
  return results.map((result) => toFinding(result, context));
}

/** Without certainty about scope, posture and traits, what would be found in some case is unknown, never open. */
function check(rule: Rule, candidate: Candidate, run: Run): readonly CheckResult[] {
  const { possible, cause } = candidate.postures;
  const isApplicable = isAbout(rule.meta.applies, candidate.traits);
  if (isApplicable === false) return NOTHING;
  const [only] = possible;
  const results =
    only !== undefined && possible.length === 1
      ? checkAs(only, rule, { candidate, run })
      : possible.flatMap((posture) => checkAs(posture, rule, { candidate, run }));
  if (results.length === 0) return NOTHING;
  const doubt = isApplicable === true ? cause : isApplicable;
  return doubt ? [{ gap: doubt }] : results;
}

function checkAs(
  posture: ActualPosture,
  rule: Rule,
  { candidate: { key }, run: { snapshot, policy, fact } }: { readonly candidate: Candidate; readonly run: Run },
): readonly CheckResult[] {
  const { id, applies } = rule.meta;
  if (!applies.postures.includes(posture)) return NOTHING;
  const mayTakeOwned = takesOwned(policy);
  return rule.run({ key, snapshot, options: policy.rules[id]?.options ?? NO_OPTIONS, posture, fact, mayTakeOwned });
}

/** A judgement whose status is not settled yet. */
type Draft = { -readonly [Member in keyof Judgement]: Judgement[Member] };

/** Until a check says otherwise. */
function compliant(candidate: Candidate, unasked: readonly string[]): Draft {
  const { name, kind, key, assignment, postures } = candidate;
  const { scope, mode } = assignment;
  return { resource: name, kind, key, scope, mode, posture: certain(postures), status: 'compliant', unasked };
}

/** Says of each resource what was found there. */
function judgeBy(judgements: ReadonlyMap<string, Draft>, heard: readonly Finding[], found: readonly Finding[]): void {
  const say = (
    status: Judgement['status'],
    about: (finding: Finding) => boolean,
    findings: readonly Finding[],
  ): void => {
    for (const finding of findings) {
      const judgement = about(finding) ? judgements.get(finding.resource) : undefined;
      if (judgement) judgement.status = status;
    }
  };
  // one that is silent in favour of another is neither a violation nor compliant
  say('unknown', ({ status }) => status === 'open', found);
  say('unknown', ({ status }) => status === 'unknown', heard);
  say('violation', ({ status }) => status === 'open', heard);
}

function certain({ possible, cause }: Postures): ActualPosture | undefined {
  return cause ? undefined : possible[0];
}
