/** Asks event-ruler, which EventBridge itself uses, and the local account's matcher the same questions. */
import { spawnSync } from 'node:child_process';
import { parseEventPattern } from '../../../infra/local/services/eventbridge/pattern/event-pattern';
import { InvalidPattern } from '../../../infra/local/services/eventbridge/pattern/invalid-pattern';
import { matchesEventPattern } from '../../../infra/local/services/eventbridge/pattern/matches-pattern';

/** Both as JSON. */
export interface Question {
  readonly pattern: string;
  readonly event: string;
}

/** `true`, `false` or `invalid`. */
export function ourAnswer(question: Question): string {
  try {
    return String(matchesEventPattern(parseEventPattern(question.pattern), JSON.parse(question.event)));
  } catch (error) {
    if (error instanceof InvalidPattern) return 'invalid';
    throw error;
  }
}

export function theirAnswers(questions: readonly Question[], classpath: string): readonly string[] {
  const input = questions.map((question) => JSON.stringify(question)).join('\n');
  const java = spawnSync('java', ['-cp', classpath, 'EventRulerJudge'], { input, maxBuffer: 2 ** 28 });
  if (java.status !== 0) throw new Error(`java failed: ${java.stderr.toString()}`);
  const answers = java.stdout.toString().trim().split('\n');
  if (answers.length !== questions.length)
    throw new Error(`${answers.length} answers to ${questions.length} questions`);
  return answers;
}
