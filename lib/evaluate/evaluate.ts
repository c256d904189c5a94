import { factsInForce } from '../facts/fact-override';
import type { ActualPosture, Policy } from '../policy/policy';
import { underFacts } from '../rules/applicability/under-facts';
import type { FactReader, Rule } from '../rules/rule';
import { groupedBy } from '../snapshot/indexed';
import { collectionOf, inStep } from '../snapshot/resource-of';
import type { Snapshot } from '../snapshot/snapshot';
import { toCandidate, type Candidate } from './candidate';
import { causesBeside } from './causes-beside';
import type { Finding } from './finding';
import type { Evaluation, Judgement } from './judgement';
import type { Postures } from './possible-postures';
import { precedencesUnder, withoutMoot } from './precedence';
import { askAbout, toQuestion, type Question } from './question';
import { sortedByUrgency } from './sorted-by-urgency';

export interface EvaluateInput {
  readonly snapshot: Snapshot;
  readonly policy: Policy;
  readonly rules: readonly Rule[];
  readonly now: Date;
}

export type Evaluate = (input: EvaluateInput) => Evaluation;

/**
 * Runs the rules over every judged resource that a policy scope matches. Pure: the same input gives the same findings,
 * in the same order, whatever the order of the snapshot's maps.
 */
export const evaluate: Evaluate = (input) => {
  const questions = questionsOf(input);
  const { found, judgements } = ask(questions, input);
  const heard = withoutMoot(found, causesBeside(found, questions), precedencesUnder(input.policy));
  // in the order in which they were found, which is that of the judgements
  settle(judgements, heard);
  return { findings: sortedByUrgency(heard), judgements };
};

function questionsOf({ snapshot, policy, rules, now }: EvaluateInput): readonly Question[] {
  const facts = factsInForce(policy.facts);
  const fact: FactReader = (one) => facts(one).value;
  const setting = { snapshot, policy, facts, fact, now };
  return rules
    .filter(({ meta }) => !policy.rules[meta.id]?.off)
    .map((rule) => toQuestion(underFacts(rule, fact), setting));
}

interface Answers {
  readonly found: readonly Finding[];
  /** Open findings are in doubt until it is clear which of them are moot. */
  readonly judgements: ReadonlyMap<string, Draft>;
}

const NOTHING: readonly never[] = [];

function ask(questions: readonly Question[], input: EvaluateInput): Answers {
  const asked = byKind(questions.filter(({ isWhole }) => isWhole));
  const unasked = byKind(questions.filter(({ isWhole }) => !isWhole));
  const drafts: Draft[] = [];
  const found: Finding[] = [];
  // loops, not flatMap: a fleet has a million checks, and most of them find nothing
  for (const [kind, keys] of input.snapshot.judged) {
    const own = asked.get(kind) ?? NOTHING;
    const others = (unasked.get(kind) ?? NOTHING).map(({ rule }) => rule.meta.id);
    const find = inStep(collectionOf(input.snapshot, kind));
    for (const key of keys) {
      const resource = find(key);
      const candidate = resource && toCandidate(input, { kind, key, resource });
      if (!candidate) continue;
      const judgement = compliant(candidate, others);
      drafts.push(judgement);
      for (const question of own) {
        for (const finding of askAbout(question, candidate)) {
          found.push(finding);
          if (finding.status === 'open') judgement.status = 'unknown';
        }
      }
    }
  }
  return { found, judgements: byResource(drafts) };
}

/** All at once: between the checks of other things, each entry would cost three times as much. */
function byResource(drafts: readonly Draft[]): ReadonlyMap<string, Draft> {
  const judgements = new Map<string, Draft>();
  for (const draft of drafts) judgements.set(draft.resource, draft);
  return judgements;
}

const byKind = (questions: readonly Question[]): ReadonlyMap<string, readonly Question[]> =>
  groupedBy(questions, ({ rule }) => rule.meta.kind);

/** A judgement whose status is not settled yet. */
type Draft = { -readonly [Member in keyof Judgement]: Judgement[Member] };

/** Until a check says otherwise. */
function compliant(candidate: Candidate, unasked: readonly string[]): Draft {
  const { name, kind, key, assignment, postures } = candidate;
  const { scope, mode } = assignment;
  return { resource: name, kind, key, scope, mode, posture: certain(postures), status: 'compliant', unasked };
}

function certain({ possible, cause }: Postures): ActualPosture | undefined {
  return cause ? undefined : possible[0];
}

/** What is silent in favour of another is neither a violation nor compliant. */
function settle(judgements: ReadonlyMap<string, Draft>, heard: readonly Finding[]): void {
  for (const { resource, status } of heard) {
    const judgement = status === 'exempt' ? undefined : judgements.get(resource);
    if (!judgement) continue;
    if (status === 'open') judgement.status = 'violation';
    else if (judgement.status === 'compliant') judgement.status = 'unknown';
  }
}
