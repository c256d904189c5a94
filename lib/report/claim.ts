/** Who may tell of a change, and what its record says of that: any number of runs agree on one. */
import { severities, type Severity } from '../evaluate/finding';
import type { LoadedPolicy } from '../policy/policy';
import type { ItemStore } from '../state/item-store';
import { findingKey, type ChannelName, type FindingRecord, type Stored, type Transition } from '../state/memory';
import { findingPartition, toRecord } from '../state/records';
import type { FindingStateChange } from './events';
import { noticeState } from './notices';
import { expiryOf } from './report-pass';

/** A claim outlives the function that made it (its timeout is shorter), then another may try. */
export const CLAIM_MS = 2 * 60_000;

export interface ClaimOptions {
  readonly store: ItemStore;
  readonly now: () => Date;
  /** Names this run; unique. */
  readonly holder: string;
  readonly policy: LoadedPolicy;
  /** All that people are told through. */
  readonly channels: readonly ChannelName[];
}

export interface Claimed {
  readonly change: FindingStateChange;
  /** Channels that have not told of it yet. */
  readonly open: readonly ChannelName[];
}

interface Found {
  readonly change: FindingStateChange;
  readonly stored: Stored<FindingRecord>;
}

/** `settled`: nothing to send, now or later; `held`: someone else is at it, look again later. */
export async function claim(change: FindingStateChange, options: ClaimOptions): Promise<Claimed | 'settled' | 'held'> {
  const stored = await readRecord(change, options);
  if (!stored || isSettled(stored.value, change)) return 'settled';
  const isHeard = isWorthTelling(change.finding.severity, options.policy);
  if (isHeard === 'not known') return 'held';
  if (!isHeard || isUntold(stored.value)) {
    return (await settle({ change, stored }, options)) ? 'settled' : 'held';
  }
  if (isClaimed(stored.value, options)) return 'held';
  const until = new Date(options.now().getTime() + CLAIM_MS).toISOString();
  const { transition } = stored.value;
  const won = await write(
    { change, stored },
    { transition: { ...transition, claim: { by: options.holder, until } } },
    options,
  );
  return won ? { change, open: openChannels(transition, options) } : 'held';
}

const openChannels = ({ toldAt = {} }: Transition, { channels }: Pick<ClaimOptions, 'channels'>) =>
  channels.filter((name) => toldAt[name] === undefined);

/** `not known`: the policy that could not be read may want to hear of it. */
function isWorthTelling(severity: Severity, { policy, unread }: LoadedPolicy): boolean | 'not known' {
  const isBelow = severities.indexOf(severity) > severities.indexOf(policy.alerts.minSeverity);
  return isBelow && unread ? 'not known' : !isBelow;
}

/** Told already, or over or changed again by now: that change speaks for itself. */
const isSettled = ({ transition }: FindingRecord, change: FindingStateChange): boolean =>
  transition.id !== change.id || transition.alertedAt !== undefined;

/** The end of something that nobody was told of, or whose end is no news. */
const isUntold = ({ transition, announcedAt, finding }: FindingRecord): boolean =>
  transition.state === 'resolved' && (announcedAt === undefined || noticeState(finding.rule) !== undefined);

const isClaimed = ({ transition: { claim: held } }: FindingRecord, { holder, now }: ClaimOptions): boolean =>
  held !== undefined && held.by !== holder && new Date(held.until) > now();

/** Nothing is to be said of it, now or later. */
function settle(found: Found, options: ClaimOptions): Promise<boolean> {
  const { transition } = found.stored.value;
  const alertedAt = options.now().toISOString();
  return write(found, { transition: { ...transition, claim: undefined, alertedAt } }, options);
}

/** Tries to change a record that passes write at the same time. */
const ATTEMPTS = 5;

/** Notes that a channel told of it: without the note it tells once more when the change is delivered again. */
export function noteTold({ change }: Claimed, channel: ChannelName, options: ClaimOptions): Promise<void> {
  return amend(change, (record) => told(record, { change, channel, options }), options);
}

interface Told {
  readonly change: FindingStateChange;
  readonly channel: ChannelName;
  readonly options: ClaimOptions;
}

function told({ transition, announcedAt }: FindingRecord, { change, channel, options }: Told): Partial<FindingRecord> {
  const at = options.now().toISOString();
  const isOver = change.state === 'resolved';
  // what was told stays true of a finding that moved on: its end is news to people who know of it
  const announced = isOver ? announcedAt : at;
  if (transition.id !== change.id) return { announcedAt: announced };
  const next = { ...transition, toldAt: { ...transition.toldAt, [channel]: at } };
  if (openChannels(next, options).length > 0) return { announcedAt: announced, transition: next };
  const done = { ...next, claim: undefined, alertedAt: at };
  return { announcedAt: isOver ? undefined : at, transition: done };
}

/** Leaves what is not told everywhere to whoever gets it next. */
export function release({ change }: Claimed, options: ClaimOptions): Promise<void> {
  const free = ({ transition }: FindingRecord): Partial<FindingRecord> | undefined =>
    transition.claim?.by === options.holder ? { transition: { ...transition, claim: undefined } } : undefined;
  return amend(change, free, options);
}

/** A pass may have written the record meanwhile, so the amendment is made on what stands there. */
async function amend(
  change: FindingStateChange,
  amendment: (record: FindingRecord) => Partial<FindingRecord> | undefined,
  options: ClaimOptions,
): Promise<void> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const stored = await readRecord(change, options);
    const parts = stored && amendment(stored.value);
    if (!parts || (await write({ change, stored }, parts, options))) return;
  }
}

async function readRecord(change: FindingStateChange, { store }: ClaimOptions) {
  const item = await store.get(findingPartition(change), findingKey(change.finding));
  return item && toRecord(item);
}

function write({ change, stored }: Found, parts: Partial<FindingRecord>, { store }: ClaimOptions): Promise<boolean> {
  const value = { ...stored.value, ...parts };
  const key = findingKey(change.finding);
  const partition = findingPartition(change);
  return store.put({ partition, key, value, expiresAt: expiryOf(value), expected: stored.version });
}
