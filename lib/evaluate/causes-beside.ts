import { groupedBy } from '../snapshot/indexed';
import { resourceOf } from '../snapshot/resource-of';
import { toCandidate } from './candidate';
import type { Finding } from './finding';
import { precedences } from './precedence';
import { askAbout, type Question } from './question';

const NOTHING: readonly never[] = [];

const causesOf = groupedBy(precedences, ({ moot }) => moot);

/**
 * What makes a finding moot may lie on something that this pass does not judge: the service of a task that an event was
 * about. It is asked all the same, so that no finding is told that the next sweep would take back.
 * @param questions of all rules, also those that this pass asks nobody else
 */
export function causesBeside(found: readonly Finding[], questions: readonly Question[]): readonly Finding[] {
  return [...mayCause(found, questions)].flatMap(([question, names]) =>
    [...names].flatMap((name) => askBeside(question, name)),
  );
}

/** The names that findings relate to, by the questions whose answers may make them moot. */
function mayCause(
  found: readonly Finding[],
  questions: readonly Question[],
): ReadonlyMap<Question, ReadonlySet<string>> {
  const byId = new Map(questions.map((question) => [question.rule.meta.id, question]));
  const names = new Map(questions.map((question) => [question, new Set<string>()]));
  for (const { rule, related } of found) {
    for (const { because } of causesOf.get(rule) ?? NOTHING) {
      const cause = byId.get(because);
      const beside = cause && names.get(cause);
      if (beside) for (const name of related) beside.add(name);
    }
  }
  return names;
}

function askBeside(question: Question, name: string): readonly Finding[] {
  const { rule, setting, isWhole } = question;
  const { kind } = rule.meta;
  const key = kind === 'instance' ? name.slice(name.lastIndexOf('/') + 1) : name;
  const isJudged = setting.snapshot.judged.get(kind)?.has(key) === true && isWhole;
  const resource = isJudged ? undefined : resourceOf(setting.snapshot, kind, key);
  const candidate = resource && toCandidate(setting, { kind, key, resource });
  return candidate ? askAbout(question, candidate) : NOTHING;
}
