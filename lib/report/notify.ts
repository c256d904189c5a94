/**
 * Tells people of changes, grouped, each change once in each channel: before anything is sent, its record is claimed, so
 * that of any number of runs one sends; after a channel accepted a message the record says so. Only a crash between the
 * two repeats that message in that channel, with the same id.
 */
import pMap from 'p-map';
import type { LoadedPolicy } from '../policy/policy';
import type { ItemStore } from '../state/item-store';
import { pausedUntil, pauseUntil } from '../state/pauses';
import type { Place } from '../state/records';
import { groupAlerts } from './alert';
import { ChannelBusy, type Channel, type Parcel } from './channel';
import { claim, noteTold, release, type Claimed, type ClaimOptions } from './claim';
import type { FindingStateChange } from './events';

/** Reads and writes of the state table at once; far below what an on-demand table takes. */
const CONCURRENCY = 16;
/** No message is begun later than this, so that a function ends before its claims do. */
const SEND_MS = 40_000;

export interface NotifyOptions {
  readonly store: ItemStore;
  readonly now: () => Date;
  /** Names this run; unique. */
  readonly holder: string;
  /** Of the stack that sends. */
  readonly place: Place;
  readonly loadPolicy: () => Promise<LoadedPolicy>;
  readonly channels: readonly Channel[];
}

/** Why changes could not be told now and must be delivered again, by their ids. */
export type Retries = ReadonlyMap<string, Error>;

export async function notify(changes: readonly FindingStateChange[], options: NotifyOptions): Promise<Retries> {
  const until = options.now().getTime() + SEND_MS;
  const claiming = {
    ...options,
    policy: await options.loadPolicy(),
    channels: options.channels.map(({ name }) => name),
  };
  const { claimed, retries } = await claimAll(changes, claiming);
  const run: Run = { claimed, retries, until, options, claiming };
  for (const channel of options.channels) await tellThrough(channel, run);
  // what is not told everywhere is free for whoever gets it next
  const left = [...claimed.values()].filter(({ change }) => retries.has(change.id));
  await pMap(left, (member) => release(member, claiming), { concurrency: CONCURRENCY });
  return retries;
}

interface Claims {
  /** By id of the change. */
  readonly claimed: ReadonlyMap<string, Claimed>;
  readonly retries: Map<string, Error>;
}

async function claimAll(changes: readonly FindingStateChange[], claiming: ClaimOptions): Promise<Claims> {
  const unique = [...new Map(changes.map((change) => [change.id, change])).values()];
  const claimed = new Map<string, Claimed>();
  const retries = new Map<string, Error>();
  const one = async (change: FindingStateChange): Promise<void> => {
    const answer = await claim(change, claiming);
    if (answer === 'held')
      retries.set(change.id, new Error('not told yet: another run is at it, or the policy is not known'));
    else if (answer !== 'settled') claimed.set(change.id, answer);
  };
  await pMap(unique, one, { concurrency: CONCURRENCY });
  return { claimed, retries };
}

interface Run extends Claims {
  /** Milliseconds since the epoch. */
  readonly until: number;
  readonly options: NotifyOptions;
  readonly claiming: ClaimOptions;
}

/** One channel's failure is no other's: what it did not take comes again, for it alone. */
async function tellThrough(channel: Channel, run: Run): Promise<void> {
  const { claimed, options, retries } = run;
  const untold = [...claimed.values()].filter(({ open }) => open.includes(channel.name));
  if (untold.length === 0) return;
  let refusal = await pauseOf(channel, options);
  for (const parcel of channel.pack(groupAlerts(untold.map(({ change }) => change)))) {
    const error = refusal ?? tooLate(run) ?? (await attempt(parcel));
    if (!error) await noteParcel(parcel, channel, run);
    else for (const id of parcel.ids) retries.set(id, error);
    if (!(error instanceof ChannelBusy) || refusal) continue;
    refusal = error;
    await pauseUntil(channel.name, new Date(options.now().getTime() + error.retryAfterSeconds * 1_000), options);
  }
}

async function pauseOf({ name }: Channel, options: NotifyOptions): Promise<Error | undefined> {
  const until = await pausedUntil(name, options);
  return until && new Error(`${name} asked for a pause until ${until.toISOString()}`);
}

const tooLate = ({ until, options }: Run): Error | undefined =>
  options.now().getTime() < until ? undefined : new Error('not told yet: the time of this run is over');

async function attempt({ send }: Parcel): Promise<Error | undefined> {
  try {
    await send();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

async function noteParcel({ ids }: Parcel, { name }: Channel, { claimed, claiming }: Run): Promise<void> {
  const members = ids.flatMap((id) => claimed.get(id) ?? []);
  await pMap(members, (member) => noteTold(member, name, claiming), { concurrency: CONCURRENCY });
}
