/** While a channel takes no messages, no run of any function tries: the pause is kept where all of them look. */
import * as v from 'valibot';
import type { ItemStore } from './item-store';
import type { ChannelName } from './memory';
import type { Place } from './records';

const paused = v.object({ until: v.string() });

export interface PauseOptions {
  readonly store: ItemStore;
  readonly now: () => Date;
  /** Of the stack that sends. */
  readonly place: Place;
}

const partitionOf = ({ place: { account, region } }: PauseOptions): string => `pause#${account}#${region}`;

/** When the channel may be tried again; undefined: now. */
export async function pausedUntil(name: ChannelName, options: PauseOptions): Promise<Date | undefined> {
  const item = await options.store.get(partitionOf(options), name);
  const stored = v.safeParse(paused, item?.value);
  const until = stored.success ? new Date(stored.output.until) : undefined;
  return until && until > options.now() ? until : undefined;
}

/** Another run that asks for one at the same time has had the same answer: either serves. */
export async function pauseUntil(name: ChannelName, until: Date, options: PauseOptions): Promise<void> {
  const partition = partitionOf(options);
  const before = await options.store.get(partition, name);
  const value = { until: until.toISOString() };
  await options.store.put({ partition, key: name, value, expiresAt: until, expected: before?.version });
}
