/**
 * Every event pattern of the template on every event at hand, decided by event-ruler and by the local account alike.
 *
 * Usage: tsx test/independent/event-ruler/template-patterns.ts CLASSPATH FOLDER...
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { evaluateFunctions } from '../../../infra/local/runtime/template/evaluate-functions';
import {
  isEntries,
  isList,
  parseTemplate,
  type Entries,
  type Value,
} from '../../../infra/local/runtime/template/parse-template';
import { unwrap } from '../../../lib/trigger/unwrap';
import { ourAnswer, theirAnswers, type Question } from './judge';

const PSEUDO: Readonly<Record<string, string>> = { 'AWS::Partition': 'aws', 'AWS::AccountId': '111122223333' };

const entries = (value: unknown): Entries => (isEntries(value) ? value : {});

interface Pattern {
  readonly name: string;
  readonly pattern: string;
}

/** With the defaults of parameters. */
function patternsOf(template: Entries): readonly Pattern[] {
  const parameters = entries(template['Parameters']);
  const lookup = {
    ref: (name: string): Value | undefined => PSEUDO[name] ?? entries(parameters[name])['Default'],
    attribute: (resource: string, attribute: string) => `arn:aws:iam::111122223333:role/${resource}.${attribute}`,
    condition: () => true,
    mapping: () => undefined,
  };
  return Object.entries(entries(template['Resources'])).flatMap(([name, resource]) => {
    const { EventPattern } = entries(entries(resource)['Properties']);
    return EventPattern === undefined
      ? []
      : [{ name, pattern: JSON.stringify(evaluateFunctions(EventPattern, lookup)) }];
  });
}

/** Events wherever they lie in a file; a CloudTrail record in the envelope that EventBridge gives it. */
function eventsIn(value: unknown): readonly Entries[] {
  if (isList(value)) return value.flatMap(eventsIn);
  if (!isEntries(value)) return [];
  if ('detail-type' in value) return [value];
  const { eventSource } = value;
  if (typeof eventSource === 'string' && 'eventName' in value) {
    const source = `aws.${eventSource.split('.')[0] ?? ''}`;
    return [{ source, 'detail-type': 'AWS API Call via CloudTrail', detail: value }];
  }
  return Object.values(value).flatMap(eventsIn);
}

/** Also those in queues' messages and topics' notifications. What is no JSON, some samples being cut, has none. */
function eventsOf(folder: string): readonly Entries[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.json'));
  return files
    .flatMap((file) => unwrap(readFileSync(path.join(folder, file), 'utf8')))
    .flatMap((found) => ('message' in found ? eventsIn(found.message) : []));
}

/** No service publishes it but the controller. */
const FINDING: Entries = { source: 'ecs-ipv6', 'detail-type': 'Finding State Change', detail: { state: 'new' } };

const [classpath = '', ...folders] = process.argv.slice(2);
const patterns = patternsOf(parseTemplate(readFileSync('infra/template.yaml', 'utf8'), 'template.yaml'));
const events = [FINDING, ...folders.flatMap(eventsOf)];
const asked = patterns.flatMap(({ name, pattern }) =>
  events.map((event): Question & { readonly name: string } => ({ name, pattern, event: JSON.stringify(event) })),
);
const theirs = theirAnswers(asked, classpath);

const matches = new Map(patterns.map(({ name }) => [name, 0]));
const problems: string[] = [];
asked.forEach((question, index) => {
  const [ours, their = ''] = [ourAnswer(question), theirs[index]];
  if (their === 'true') matches.set(question.name, (matches.get(question.name) ?? 0) + 1);
  if (their === 'invalid') problems.push(`${question.name}: event-ruler refuses ${question.pattern}`);
  else if (ours !== their) problems.push(`${question.name} on ${question.event}: ours ${ours}, event-ruler ${their}`);
});
for (const [name, count] of matches) if (count === 0) problems.push(`${name} matches none of ${events.length} events`);
const summary = `- ${patterns.length} patterns of the template on ${events.length} events, by event-ruler and the local account alike`;
process.stdout.write(`${[summary, ...new Set(problems)].slice(0, 20).join('\n')}\n`);
process.exitCode = problems.length > 0 ? 1 : 0;
