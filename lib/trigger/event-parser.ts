import * as v from 'valibot';
import type { Envelope } from './envelope';
import { nothing, type Trigger, type TriggerSettings } from './trigger';

export interface ParserInput<Detail> {
  readonly detail: Detail;
  readonly event: Envelope;
  readonly settings: TriggerSettings;
}

/** Turns one kind of event into what to look at. */
export type EventParser = (event: Envelope, settings: TriggerSettings) => Trigger;

/** A parser that sees the event's detail only if it has the shape it needs; keys it does not know are ignored. */
export function eventParser<Schema extends v.GenericSchema>(
  schema: Schema,
  parse: (input: ParserInput<v.InferOutput<Schema>>) => Trigger,
): EventParser {
  return (event, settings) => {
    const parsed = v.safeParse(schema, event.detail, { abortEarly: true });
    if (parsed.success) return parse({ detail: parsed.output, event, settings });
    return nothing(`${event['detail-type']} is not as expected: ${describeIssue(parsed.issues[0])}`);
  };
}

/** `detail.taskArn: Expected string but received null` */
function describeIssue(issue: v.BaseIssue<unknown>): string {
  const path = v.getDotPath(issue);
  return `${path === null ? 'detail' : `detail.${path}`}: ${issue.message.slice(0, 200)}`;
}
