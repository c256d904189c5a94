import type {
  PutEventsRequest,
  PutEventsRequestEntry,
  PutEventsResponse,
  TestEventPatternRequest,
  TestEventPatternResponse,
} from '@aws-sdk/client-eventbridge';
import { isRecord } from '../../kernel/json';
import type { Authorization, Call } from '../../kernel/operation';
import { operation } from '../../kernel/operation';
import { arn } from '../../kernel/scope';
import { validation } from './errors';
import { matchesEventPattern } from './pattern/matches-pattern';
import type { EntryOutcome } from './put-events';
import { putEvents } from './put-events';
import { readPattern } from './rules';
import { busName, DEFAULT_BUS } from './state';

function authorizeEntry(entry: PutEventsRequestEntry, { scope }: Call): Authorization {
  const source = entry.Source === undefined ? undefined : [entry.Source];
  const detailType = entry.DetailType === undefined ? undefined : [entry.DetailType];
  return {
    action: 'events:PutEvents',
    resource: arn(scope, 'events', `event-bus/${busName(entry.EventBusName ?? DEFAULT_BUS)}`),
    context: { ...(source && { 'events:source': source }), ...(detailType && { 'events:detail-type': detailType }) },
  };
}

function describeOutcome(outcome: EntryOutcome) {
  if ('eventId' in outcome) return { EventId: outcome.eventId };
  return { ErrorCode: outcome.errorCode, ErrorMessage: outcome.errorMessage };
}

const putEventsOperation = operation<PutEventsRequest, PutEventsResponse>({
  accepts: ['Source', 'DetailType', 'Detail', 'Resources', 'Time', 'EventBusName'].map((name) => `Entries.${name}`),
  authorize: ({ Entries: entries }, call) => (entries ?? []).map((entry) => authorizeEntry(entry, call)),
  run({ Entries: entries }, { scope }) {
    const outcomes = putEvents(
      scope,
      (entries ?? []).map((entry) => ({
        source: entry.Source,
        detailType: entry.DetailType,
        detail: entry.Detail,
        resources: entry.Resources,
        time: entry.Time,
        busName: entry.EventBusName,
      })),
    );
    const failed = outcomes.filter((outcome) => 'errorCode' in outcome);
    return { FailedEntryCount: failed.length, Entries: outcomes.map(describeOutcome) };
  },
});

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_TestEventPattern.html */
const REQUIRED_FIELDS = ['id', 'account', 'source', 'time', 'region', 'resources', 'detail-type'];

function parseEvent(text: string): object {
  const event = parseJson(text);
  if (!isRecord(event)) throw validation('Parameter Event is not valid. Reason: it is not a JSON object.');
  const missing = REQUIRED_FIELDS.find((name) => !(name in event));
  if (missing !== undefined) throw validation(`Parameter Event is not valid. Reason: ${missing} is missing.`);
  return event;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const error = validation('Parameter Event is not valid. Reason: it is not JSON.');
    error.cause = cause;
    throw error;
  }
}

const testEventPattern = operation<TestEventPatternRequest, TestEventPatternResponse>({
  accepts: ['EventPattern', 'Event'],
  run({ EventPattern: text, Event: event = '' }) {
    const eventPattern = readPattern(text);
    if (!eventPattern) throw validation('Parameter EventPattern is not valid.');
    return { Result: matchesEventPattern(eventPattern.pattern, parseEvent(event)) };
  },
});

export const eventOperations = { PutEvents: putEventsOperation, TestEventPattern: testEventPattern };
