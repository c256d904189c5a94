/**
 * Tells people of changes, grouped, each change once: before anything is sent, its record is claimed, so that of any
 * number of runs one sends; after it was accepted the record says so. Only a crash between the two repeats a message,
 * with the same id.
 */
import { severities, type Severity } from '../evaluate/finding';
import type { LoadedPolicy } from '../policy/policy';
import type { ItemStore } from '../state/item-store';
import { findingKey, type FindingRecord, type Stored } from '../state/memory';
import { findingPartition, toRecord } from '../state/records';
import { groupAlerts, type Alert } from './alert';
import type { FindingStateChange } from './events';
import { expiryOf } from './report-pass';

/** A claim outlives the function that made it (its timeout is shorter), then another may try. */
export const CLAIM_MS = 2 * 60_000;

export interface NotifyOptions {
  readonly store: ItemStore;
  readonly now: () => Date;
  /** Names this run; unique. */
  readonly holder: string;
  readonly loadPolicy: () => Promise<LoadedPolicy>;
  /** Resolves once the topic accepted the message. */
  readonly publish: (alert: Alert) => Promise<void>;
}

interface Claimed {
  readonly change: FindingStateChange;
  readonly stored: Stored<FindingRecord>;
}

/** Ids of changes that could not be told now and must be delivered again. */
export async function notify(
  changes: readonly FindingStateChange[],
  options: NotifyOptions,
): Promise<ReadonlySet<string>> {
  const policy = await options.loadPolicy();
  const unique = new Map(changes.map((change) => [change.id, change]));
  const retry = new Set<string>();
  const claimed: Claimed[] = [];
  for (const change of unique.values()) {
    const answer = await claim(change, policy, options);
    if (answer === 'held') retry.add(change.id);
    else if (answer !== 'settled') claimed.push(answer);
  }
  for (const alert of groupAlerts(claimed.map(({ change }) => change))) {
    const members = claimed.filter(({ change }) => alert.ids.includes(change.id));
    try {
      await options.publish(alert);
    } catch (error) {
      // the claim runs out by itself; the queue delivers the change again until then and after
      for (const { change } of members) retry.add(change.id);
      await Promise.all(members.map((member) => release(member, options)));
      if (members.length === claimed.length) throw error;
      continue;
    }
    for (const member of members) await noteTold(member, options);
  }
  return retry;
}

/** `not known`: the policy that could not be read may want to hear of it. */
function isWorthTelling(severity: Severity, { policy, unread }: LoadedPolicy): boolean | 'not known' {
  const isBelow = severities.indexOf(severity) > severities.indexOf(policy.alerts.minSeverity);
  return isBelow && unread ? 'not known' : !isBelow;
}

/** `settled`: nothing to send, now or later; `held`: someone else is at it, look again later. */
async function claim(
  change: FindingStateChange,
  policy: LoadedPolicy,
  options: NotifyOptions,
): Promise<Claimed | 'settled' | 'held'> {
  const item = await options.store.get(findingPartition(change), findingKey(change.finding));
  const stored = item && toRecord(item);
  if (!stored || isSettled(stored.value, change)) return 'settled';
  const isHeard = isWorthTelling(change.finding.severity, policy);
  if (isHeard === 'not known') return 'held';
  if (!isHeard || isUntold(stored.value)) {
    return (await settle({ change, stored }, options)) ? 'settled' : 'held';
  }
  if (isClaimed(stored.value, options)) return 'held';
  const until = new Date(options.now().getTime() + CLAIM_MS).toISOString();
  const transition = { ...stored.value.transition, claim: { by: options.holder, until } };
  const value = { ...stored.value, transition };
  const won = await write(change, value, { expected: stored.version, options });
  return won ? { change, stored: { value, version: stored.version + 1 } } : 'held';
}

/** Told already, or over or changed again by now: that change speaks for itself. */
const isSettled = ({ transition }: FindingRecord, change: FindingStateChange): boolean =>
  transition.id !== change.id || transition.alertedAt !== undefined;

/** The end of something that nobody was told of. */
const isUntold = ({ transition, announcedAt }: FindingRecord): boolean =>
  transition.state === 'resolved' && announcedAt === undefined;

const isClaimed = ({ transition: { claim: held } }: FindingRecord, { holder, now }: NotifyOptions): boolean =>
  held !== undefined && held.by !== holder && new Date(held.until) > now();

/** Nothing is to be said of it, now or later. */
function settle({ change, stored }: Claimed, options: NotifyOptions): Promise<boolean> {
  const transition = { ...stored.value.transition, claim: undefined, alertedAt: options.now().toISOString() };
  return write(change, { ...stored.value, transition }, { expected: stored.version, options });
}

/** Tries to note that people were told; without the note they are told once more when the change is delivered again. */
const NOTE_ATTEMPTS = 5;

/** A pass may have written the record meanwhile, so the note is made on what stands there. */
async function noteTold({ change }: Claimed, options: NotifyOptions): Promise<void> {
  const at = options.now().toISOString();
  for (let attempt = 0; attempt < NOTE_ATTEMPTS; attempt++) {
    const item = await options.store.get(findingPartition(change), findingKey(change.finding));
    if (!item) return;
    const { value, version } = toRecord(item);
    if (await write(change, told(value, change, at), { expected: version, options })) return;
  }
}

function told(record: FindingRecord, change: FindingStateChange, at: string): FindingRecord {
  const { announcedAt, ...rest } = record;
  // what was told stays true of a finding that moved on: its end is news to people who know of it
  const announced = change.state === 'resolved' ? {} : { announcedAt: at };
  if (record.transition.id !== change.id) return { ...rest, announcedAt, ...announced };
  return { ...rest, ...announced, transition: { ...record.transition, claim: undefined, alertedAt: at } };
}

async function release({ change, stored }: Claimed, options: NotifyOptions): Promise<void> {
  const transition = { ...stored.value.transition, claim: undefined };
  await write(change, { ...stored.value, transition }, { expected: stored.version, options });
}

function write(
  change: FindingStateChange,
  value: FindingRecord,
  { expected, options }: { expected: number; options: NotifyOptions },
): Promise<boolean> {
  const key = findingKey(change.finding);
  const partition = findingPartition(change);
  return options.store.put({ partition, key, value, expiresAt: expiryOf(value), expected });
}
