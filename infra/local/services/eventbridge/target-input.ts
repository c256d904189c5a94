/** What a target gets: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html */
import type { BusEvent } from '../../kernel/events';
import { isJson } from '../../kernel/json';
import { followJsonPath } from './json-path';
import type { InputTransformer, Rule, RuleTarget } from './state';

export interface Transformation {
  readonly event: BusEvent;
  readonly rule: Rule;
  readonly ingestedAt: Date;
}

/** Throws an Error when a template does not give what it promises: JSON. */
export function targetInput(target: RuleTarget, transformation: Transformation): string {
  if (target.input !== undefined) return target.input;
  const { event } = transformation;
  if (target.inputPath !== undefined) return JSON.stringify(followJsonPath(event, target.inputPath) ?? null);
  if (target.inputTransformer) return fillTemplate(target.inputTransformer, transformation);
  return JSON.stringify(event);
}

/** `<name>` in a template. */
const PLACEHOLDER = /<([a-zA-Z0-9_.-]+)>/g;

/** A template that starts so is JSON, placeholders apart; any other is text. */
function isJsonTemplate(template: string): boolean {
  return /^\s*[{[]/.test(template);
}

function fillTemplate({ paths, template }: InputTransformer, transformation: Transformation): string {
  const valueOf = (name: string): unknown => {
    const path = paths[name];
    return path === undefined ? predefined(name, transformation) : followJsonPath(transformation.event, path);
  };
  const filled = template.replaceAll(PLACEHOLDER, (_, name: string, offset: number) => {
    const value = valueOf(name) ?? '';
    return isInString(template, offset) || !isJsonTemplate(template) ? asText(value) : JSON.stringify(value);
  });
  if (isJsonTemplate(template)) JSON.parse(filled);
  return filled;
}

/** Whether an odd number of quotes stands before this place. */
function isInString(template: string, offset: number): boolean {
  return (template.slice(0, offset).match(/(?<!\\)"/g)?.length ?? 0) % 2 === 1;
}

/** Text that can stand between quotes. */
function asText(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value).slice(1, -1);
  return JSON.stringify(value).replaceAll('"', '');
}

function predefined(name: string, { event, rule, ingestedAt }: Transformation): unknown {
  switch (name) {
    case 'aws.events.rule-arn':
      return rule.arn;
    case 'aws.events.rule-name':
      return rule.name;
    case 'aws.events.event.ingestion-time':
      return ingestedAt.toISOString();
    case 'aws.events.event.json':
      return event;
    case 'aws.events.event': {
      const { detail: _, ...others } = event;
      return others;
    }
    default:
      return undefined;
  }
}

const PREDEFINED = /^aws\.events\.(rule-arn|rule-name|event|event\.json|event\.ingestion-time)$/;

/** Why the template cannot work, undefined if it can. */
export function templateFault({ paths, template }: InputTransformer): string | undefined {
  const names = [...template.matchAll(PLACEHOLDER)].map(([, name = '']) => name);
  const unknown = names.find((name) => paths[name] === undefined && !PREDEFINED.test(name));
  if (unknown !== undefined) return `InputTemplate uses <${unknown}>, which InputPathsMap does not define`;
  const sample = template.replaceAll(PLACEHOLDER, (_, __, offset: number) =>
    isInString(template, offset) ? 'x' : '0',
  );
  const texts = isJsonTemplate(template) ? [sample] : sample.split('\n').filter((line) => line.trim() !== '');
  return texts.every(isJson) ? undefined : 'InputTemplate must be JSON, or strings in quotes';
}
