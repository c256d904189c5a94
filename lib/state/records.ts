import * as v from 'valibot';
import { BREAKER_NOTICE, listBreakers } from './breaker';
import { listHolds } from './holds';
import {
  channelNames,
  findingKey,
  transitionStates,
  type FindingRecord,
  type Hold,
  type Sighting,
  type Stored,
} from './memory';
import type { Finding } from '../evaluate/finding';
import type { Evaluation } from '../evaluate/judgement';
import type { Action } from '../plan/action';
import type { Snapshot } from '../snapshot/snapshot';
import type { RunSettings, Stages } from '../stages';
import type { Item, ItemStore } from './item-store';
import { parseItem } from './parse-item';

/** What no pass has looked at for this long starts anew: a day, and how much later a daily run may come. */
const SIGHTING_TTL_MS = 36 * 60 * 60_000;

export interface Place {
  readonly account: string;
  readonly region: string;
}

export const findingPartition = ({ account, region }: Place): string => `finding#${account}#${region}`;
const sightingPartition = ({ account, region }: Place): string => `sighting#${account}#${region}`;

// A record is only ever written by us; what matters for decisions is checked, the finding is carried as it is.
const transition = v.object({
  id: v.string(),
  state: v.picklist(transitionStates),
  at: v.string(),
  eventSentAt: v.optional(v.string()),
  claim: v.optional(v.object({ by: v.string(), until: v.string() })),
  toldAt: v.optional(v.record(v.picklist(channelNames), v.string())),
  alertedAt: v.optional(v.string()),
});
export const isFinding = (value: unknown): value is Finding =>
  v.is(v.looseObject({ rule: v.string(), resource: v.string(), severity: v.string(), message: v.string() }), value);
const recordSchema = v.object({
  finding: v.custom<Finding>(isFinding),
  firstSeenAt: v.string(),
  lastSeenAt: v.string(),
  parents: v.array(v.string()),
  announcedAt: v.optional(v.string()),
  transition,
});
const sightingSchema = v.object({
  rule: v.string(),
  resource: v.string(),
  firstSeenAt: v.string(),
  lastSeenAt: v.string(),
});

/** @throws when the item is no finding record: the table or file was written by something else */
export function toRecord(item: Item): Stored<FindingRecord> {
  return { value: parseItem(recordSchema, item), version: item.version };
}

/**
 * An item without a rule is of a version that counted for all rules together. As with anything else that is no sighting,
 * the counting starts anew: that only delays a removal, and the item expires by itself.
 */
const isSighting = (value: unknown): value is Sighting => v.is(sightingSchema, value);

/** Findings that may remove something count sightings; one that is left to people is no evidence for a removal. */
const isRemovable = ({ kind, status, remedy }: Finding): boolean =>
  (kind === 'target' || kind === 'cloudmap-instance') && status === 'open' && remedy === 'auto';

export interface RecallOptions {
  readonly store: ItemStore;
  readonly now: () => Date;
}

/** What earlier runs knew of this account and region; and the orphans seen now are noted for the next pass. */
export function createRecall({ store, now }: RecallOptions): Stages['recall'] {
  return async ({ snapshot, evaluation, planned }, settings) => {
    const [found, noted, holds, breakers] = await Promise.all([
      store.list(findingPartition(snapshot)),
      mayTouchSightings(snapshot, evaluation) ? store.list(sightingPartition(snapshot)) : [],
      evaluation.findings.some(isRemovable) ? listHolds(store, snapshot) : new Map<string, Hold>(),
      planned.length > 0 ? listBreakers(store, snapshot) : undefined,
    ]);
    const records = found.map(toRecord);
    const seen = noted.flatMap(({ value, version }) => (isSighting(value) ? [{ value, version }] : []));
    const sightings = new Map(seen.map((stored) => [findingKey(stored.value), stored]));
    if (!settings.dryRun) await noteSightings({ store, now, sightings }, { snapshot, evaluation, settings });
    return {
      records: new Map(records.map((stored) => [findingKey(stored.value.finding), stored])),
      sightings: new Map(seen.map(({ value }) => [findingKey(value), value])),
      // they stop what is planned; without a plan it is only asked whether those that people were told of are still open
      breakers: breakers ?? (records.some(isBreakerNotice) ? await listBreakers(store, snapshot) : new Map()),
      holds,
    };
  };
}

const isBreakerNotice = ({ value }: Stored<FindingRecord>): boolean => value.finding.rule.startsWith(BREAKER_NOTICE);

/** Sightings begin and end with what is registered; a pass that looked at nothing of the kind needs none of them. */
function mayTouchSightings({ covered, gone }: Snapshot, { findings, judgements }: Evaluation): boolean {
  const kinds = [...findings, ...judgements.values()].map(({ kind }) => kind);
  return covered.size + gone.size > 0 || kinds.some((kind) => kind === 'target' || kind === 'cloudmap-instance');
}

interface Noted extends RecallOptions {
  readonly sightings: ReadonlyMap<string, Stored<Sighting>>;
}

async function noteSightings(
  { store, now, sightings }: Noted,
  { snapshot, evaluation, settings }: { snapshot: Snapshot; evaluation: Evaluation; settings: RunSettings },
): Promise<void> {
  const partition = sightingPartition(snapshot);
  const at = now().toISOString();
  const expiresAt = new Date(now().getTime() + SIGHTING_TTL_MS);
  for (const finding of evaluation.findings.filter(isRemovable)) {
    const key = findingKey(finding);
    const before = sightings.get(key);
    const { rule, resource } = finding;
    const value: Sighting = { rule, resource, firstSeenAt: before?.value.firstSeenAt ?? at, lastSeenAt: at };
    // a lost race means that another pass noted it just now
    await store.put({ partition, key, value, expiresAt, expected: before?.version });
  }
  const isEnded = endedIn(snapshot, evaluation);
  for (const [key, { value, version }] of sightings) {
    // some of the rules say nothing of what the others saw
    if (settings.onlyRules && !settings.onlyRules.includes(value.rule)) continue;
    if (isEnded(value)) await store.remove(partition, key, version);
  }
}

/** What was removed and comes back is another one: it is seen for the first time. */
export async function endSightings(
  store: ItemStore,
  place: Place,
  { rules, resource }: Pick<Action, 'rules' | 'resource'>,
): Promise<void> {
  const partition = sightingPartition(place);
  for (const rule of rules) {
    const key = findingKey({ rule, resource });
    const item = await store.get(partition, key);
    if (item) await store.remove(partition, key, item.version);
  }
}

/** Owned by now, or gone: who comes to the same address or port later is another one, and is seen for the first time. */
function endedIn({ covered, gone }: Snapshot, { findings, judgements }: Evaluation): (sighting: Sighting) => boolean {
  const lasting = new Set(findings.filter((one) => one.status === 'unknown' || isRemovable(one)).map(findingKey));
  return (sighting) => {
    if (judgements.has(sighting.resource)) return !lasting.has(findingKey(sighting));
    const holder = sighting.resource.slice(0, sighting.resource.indexOf('#'));
    return covered.has(holder) || gone.has(holder);
  };
}
