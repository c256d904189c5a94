import * as v from 'valibot';
import type { Finding } from '../evaluate/finding';
import { transitionStates, type FindingRecord, type TransitionState } from '../state/memory';
import { isFinding } from '../state/records';
import { EVENT_DETAIL_TYPE } from './event-name';

/** `detail` of a `Finding State Change` event (`source: ecs-ipv6`). */
export interface FindingStateChange {
  /** Stable: a repeated event carries the same. */
  readonly id: string;
  readonly state: TransitionState;
  readonly at: string;
  readonly firstSeenAt: string;
  readonly account: string;
  readonly region: string;
  readonly finding: Finding;
}

export interface EventPort {
  /** Puts events on the bus; answers with the ids that were accepted. */
  putEvents(changes: readonly FindingStateChange[]): Promise<ReadonlySet<string>>;
}

export function toStateChange(record: FindingRecord, place: { account: string; region: string }): FindingStateChange {
  const { id, state, at } = record.transition;
  const { account, region } = place;
  return { id, state, at, firstSeenAt: record.firstSeenAt, account, region, finding: record.finding };
}

const stateChange = v.object({
  id: v.string(),
  state: v.picklist(transitionStates),
  at: v.string(),
  firstSeenAt: v.string(),
  account: v.string(),
  region: v.string(),
  finding: v.custom<Finding>(isFinding, 'must be a finding'),
});
const eventSchema = v.pipe(v.string(), v.parseJson(), v.object({ detail: stateChange }));

/** Reads one `Finding State Change` event as a queue delivers it. */
export function parseStateChange(body: string): { readonly change: FindingStateChange } | { readonly error: Error } {
  const parsed = v.safeParse(eventSchema, body);
  if (parsed.success) return { change: parsed.output.detail };
  const [issue] = parsed.issues;
  return { error: new Error(`no ${EVENT_DETAIL_TYPE} event: ${v.getDotPath(issue) ?? 'body'}: ${issue.message}`) };
}
