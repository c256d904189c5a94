/** Events of applications: https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html */
import { isRecord } from '../../kernel/json';
import type { Scope } from '../../kernel/scope';
import { putOnBus } from './dispatch';
import { validation } from './errors';
import { busName, DEFAULT_BUS, eventBridgeState } from './state';

const MAX_ENTRIES = 10;
/** Of all entries together: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevents.html */
const MAX_BYTES = 1_048_576;

export interface EventEntry {
  readonly source?: string;
  readonly detailType?: string;
  /** JSON object as text. */
  readonly detail?: string;
  readonly resources?: readonly string[];
  /** Now if absent. */
  readonly time?: Date;
  /** Name or ARN; the default bus if absent. An event for a bus that does not exist is dropped without a word. */
  readonly busName?: string;
}

export type EntryOutcome = { readonly eventId: string } | { readonly errorCode: string; readonly errorMessage: string };

/** Each entry succeeds or fails for itself. Throws `ValidationException` for the request as a whole. */
export function putEvents(scope: Scope, entries: readonly EventEntry[]): readonly EntryOutcome[] {
  if (entries.length < 1 || entries.length > MAX_ENTRIES) {
    const limit = entries.length < 1 ? 'greater than or equal to 1' : `less than or equal to ${MAX_ENTRIES}`;
    throw validation(
      `1 validation error detected: Value at 'entries' failed to satisfy constraint: Member must have length ${limit}`,
    );
  }
  if (entries.reduce((sum, entry) => sum + entrySize(entry), 0) >= MAX_BYTES) {
    throw validation('Total size of the entries in the request is over the limit.');
  }
  return entries.map((entry) => putEvent(scope, entry));
}

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevent-size.html */
function entrySize({ time, source = '', detailType = '', detail = '', resources = [] }: EventEntry): number {
  const texts = [source, detailType, detail, ...resources];
  const TIME_BYTES = 14;
  return (time ? TIME_BYTES : 0) + texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
}

function required(name: string): EntryOutcome {
  const errorMessage = `Parameter ${name} is not valid. Reason: ${name} is a required argument.`;
  return { errorCode: 'InvalidArgument', errorMessage };
}

function putEvent(scope: Scope, entry: EventEntry): EntryOutcome {
  const { source, detailType, resources = [], time = scope.clock.now() } = entry;
  if (!source) return required('Source');
  if (!detailType) return required('DetailType');
  if (!entry.detail) return required('Detail');
  if (source.startsWith('aws.')) {
    return { errorCode: 'NotAuthorizedForSourceException', errorMessage: 'Not authorized for the source.' };
  }
  const detail = parseDetail(entry.detail);
  if (!detail) return { errorCode: 'MalformedDetail', errorMessage: 'Detail is malformed.' };
  const eventId = scope.ids.uuid();
  const bus = eventBridgeState(scope).buses.get(busName(entry.busName ?? DEFAULT_BUS));
  if (bus) {
    const event = {
      version: '0' as const,
      id: eventId,
      'detail-type': detailType,
      source,
      account: scope.account,
      time: time.toISOString().replace(/\.\d+Z$/, 'Z'),
      region: scope.region,
      resources,
      detail,
    };
    putOnBus(scope, bus, { event, hops: 0 });
  }
  return { eventId };
}

function parseDetail(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const detail: unknown = JSON.parse(text);
    return isRecord(detail) ? detail : undefined;
  } catch {
    // Told to the sender as the outcome of this entry.
    return undefined;
  }
}
