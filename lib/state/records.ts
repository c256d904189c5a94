import * as v from 'valibot';
import { findingKey, transitionStates, type FindingRecord, type Memory, type Sighting, type Stored } from './memory';
import type { Finding } from '../evaluate/finding';
import type { Evaluation } from '../evaluate/judgement';
import type { Snapshot } from '../snapshot/snapshot';
import type { RunSettings, Stages } from '../stages';
import type { Item, ItemStore } from './item-store';

/** An orphan that no pass has looked at for this long starts anew. */
const SIGHTING_TTL_MS = 24 * 60 * 60_000;

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
const sightingSchema = v.object({ resource: v.string(), firstSeenAt: v.string(), lastSeenAt: v.string() });

/** @throws when the item is no finding record: the table or file was written by something else */
export function toRecord(item: Item): Stored<FindingRecord> {
  return { value: v.parse(recordSchema, item.value), version: item.version };
}

/** Findings that remove something count sightings. */
const isRemovable = (finding: Finding): boolean => finding.kind === 'target' || finding.kind === 'cloudmap-instance';

export interface RecallOptions {
  readonly store: ItemStore;
  readonly now: () => Date;
}

/** What earlier runs knew of this account and region; and the orphans seen now are noted for the next pass. */
export function createRecall({ store, now }: RecallOptions): Stages['recall'] {
  return async (snapshot, evaluation, settings) => {
    const [found, seen] = await Promise.all([
      store.list(findingPartition(snapshot)),
      store.list(sightingPartition(snapshot)),
    ]);
    const records = found.map(toRecord);
    const memory: Memory = {
      records: new Map(records.map((stored) => [findingKey(stored.value.finding), stored])),
      sightings: new Map(seen.map((item) => [item.key, v.parse(sightingSchema, item.value)])),
    };
    if (!settings.dryRun) await noteSightings({ store, now, seen }, { snapshot, evaluation, settings });
    return memory;
  };
}

interface Seen extends RecallOptions {
  readonly seen: readonly Item[];
}

async function noteSightings(
  { store, now, seen }: Seen,
  { snapshot, evaluation, settings }: { snapshot: Snapshot; evaluation: Evaluation; settings: RunSettings },
): Promise<void> {
  const partition = sightingPartition(snapshot);
  const items = new Map(seen.map((item) => [item.key, item]));
  const orphans = evaluation.findings.filter((finding) => finding.status === 'open' && isRemovable(finding));
  const at = now().toISOString();
  const expiresAt = new Date(now().getTime() + SIGHTING_TTL_MS);
  for (const { resource } of orphans) {
    const before = items.get(resource);
    const firstSeenAt = before ? v.parse(sightingSchema, before.value).firstSeenAt : at;
    const value: Sighting = { resource, firstSeenAt, lastSeenAt: at };
    // a lost race means that another pass noted it just now
    await store.put({ partition, key: resource, value, expiresAt, expected: before?.version });
  }
  // some of the rules say nothing of what the others saw
  if (settings.onlyRules) return;
  for (const { key, version } of seen) {
    if (isEnded(key, snapshot, evaluation)) await store.remove(partition, key, version);
  }
}

/** Owned by now, or gone: who comes to the same address or port later is another one, and is seen for the first time. */
function isEnded(resource: string, { covered, gone }: Snapshot, { judgements }: Evaluation): boolean {
  const holder = resource.slice(0, resource.indexOf('#'));
  const judgement = judgements.get(resource);
  return judgement ? judgement.status === 'compliant' : covered.has(holder) || gone.has(holder);
}
