/** A stopped reason, service event, API error or log line -> cause, checks, fix. */
import { catalogue } from './errors/catalogue';
import { fill, type FilledStep } from './fill';
import type { ErrorSource, KnownError } from './known-error';
import { namedThings, withNames, type NamedThings } from './named-things';
import { plainText } from './plain-text';
import { recognise } from './recognise';

export interface Explanation extends Pick<KnownError, 'id' | 'title' | 'certainty' | 'cause' | 'rules'> {
  readonly checks: readonly FilledStep[];
  readonly fix: readonly FilledStep[];
  readonly sources: readonly ErrorSource[];
}

/** `ecs-ipv6 explain --error TEXT --format json`; docs/explain.md says what each member means. */
export interface ErrorAnswer {
  readonly schema: 'ecs-ipv6/error/v1';
  readonly recognised: boolean;
  /** What explains most of the text first. */
  readonly explanations: readonly Explanation[];
  /** What the text names. */
  readonly named: NamedThings;
  /** Where to look if nothing is recognised. */
  readonly next: readonly FilledStep[];
}

/** Where ECS and AWS say more of a failure than one message does. */
const NEXT = [
  {
    what: 'Read the whole reason: ECS keeps a stopped task for about an hour.',
    command:
      "aws ecs describe-tasks --cluster {cluster} --tasks {task} --query 'tasks[].{stopped:stoppedReason,code:stopCode,containers:containers[].reason}'",
  },
  {
    what: 'Read what ECS says of the service.',
    command:
      "aws ecs describe-services --cluster {cluster} --services {service} --query 'services[].events[:10].message'",
  },
  {
    what: 'Check every condition on the way to a healthy target: ecs-ipv6 explain --task CLUSTER/TASK_ID, or --service.',
  },
  {
    what: 'Look the message up at AWS: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-task-errors.html',
  },
] as const;

function toExplanation(error: KnownError, named: NamedThings): Explanation {
  const { id, title, certainty, cause, rules, checks, fix, sources } = error;
  const filled = (steps: KnownError['checks']): readonly FilledStep[] => steps.map((step) => fill(step, named));
  return { id, title, certainty, cause, rules, checks: filled(checks), fix: filled(fix), sources };
}

/** What is known of the text, the most specific first. @param around what is named by where the text comes from */
export function explanationsOf(text: string, around: Partial<NamedThings> = {}): readonly Explanation[] {
  return recognise(text, catalogue).map(({ error, passage }) =>
    toExplanation(error, withNames(namedThings(passage), around)),
  );
}

/** Everything the catalogue knows of the text; nothing is read from AWS. */
export function explainError(text: string): ErrorAnswer {
  const explanations = explanationsOf(text);
  const named = namedThings(plainText(text));
  const isKnown = explanations.length > 0;
  return {
    schema: 'ecs-ipv6/error/v1',
    recognised: isKnown,
    explanations,
    named,
    next: isKnown ? [] : NEXT.map((step) => fill(step, named)),
  };
}
