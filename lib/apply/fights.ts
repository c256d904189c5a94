/** The last question before a write: does somebody else undo it each time? And what is counted after it. */
import { fightOver, MAX_ROUNDS, stoppedBy, whyFought, windowMs } from '../guard/fight';
import type { Action } from '../plan/action';
import type { Decided } from '../stages';
import { countWrite, findBreaker, openBreaker, roundsBefore, type CountOptions } from '../state/breaker';
import type { ItemStore } from '../state/item-store';
import { findingKey, type Breaker, type Memory } from '../state/memory';
import type { Outcome } from './outcome';

export interface FightOptions {
  readonly store: ItemStore;
  readonly now: () => Date;
}

type Known = Pick<Decided, 'policy' | 'snapshot' | 'memory'>;

function counting(action: Action, { policy, snapshot }: Omit<Known, 'memory'>, options: FightOptions): CountOptions {
  return {
    ...{ store: options.store, now: options.now, place: snapshot },
    ...{ fight: fightOver(action), windowMs: windowMs(policy.policy.guard.deregister) },
  };
}

/** When the first of its rules saw it there; the passes that look for it note that of registrations alone. */
function appearance({ rules, resource }: Action, { sightings }: Memory): Date | undefined {
  const seen = rules.flatMap((rule) => sightings.get(findingKey({ rule, resource }))?.firstSeenAt ?? []).sort();
  return seen[0] === undefined ? undefined : new Date(seen[0]);
}

/**
 * Whether somebody undoes the write each time; then nothing is to be written, but what it answers opens the breaker and
 * says why. Two steps, so that nothing is read in between the last look and the write.
 * @param readAt when the world was read that asks for the write
 */
export async function fightAgainst(
  action: Action,
  { readAt, ...known }: Known & { readonly readAt: Date },
  options: FightOptions,
): Promise<(() => Promise<Outcome>) | undefined> {
  const { resource } = action;
  const count = counting(action, known, options);
  const { store, place, fight } = count;
  // what opened it may have come back after this pass began, or in this pass
  const opened = await findBreaker(store, place, fight.key);
  if (opened) return () => Promise.resolve(stopped(action, opened));
  const rounds = await roundsBefore({ resource, readAt, appearedAt: appearance(action, known.memory) }, count);
  return rounds < MAX_ROUNDS ? undefined : async () => stopped(action, await open(action, count));
}

const stopped = (action: Action, breaker: Breaker): Outcome => ({
  ...{ action, status: 'withheld', code: 'breaker-open' },
  reason: stoppedBy(breaker),
});

async function open(action: Action, { store, place, now, windowMs: window }: CountOptions): Promise<Breaker> {
  const { counter, key, resource, kind } = fightOver(action);
  const since = now();
  const until = new Date(since.getTime() + window);
  const breaker: Breaker = {
    ...{ key, resource, kind, counter, rules: action.rules },
    ...{ since: since.toISOString(), until: until.toISOString(), reason: whyFought(action, window) },
  };
  if (await openBreaker(store, place, breaker)) return breaker;
  return (await findBreaker(store, place, key)) ?? breaker;
}

export interface Made extends Known {
  /** Of the write; noted again, it is the same. */
  readonly id: string;
  readonly readAt: Date;
}

/** To be called once a write has taken effect. */
export async function countFight(action: Action, { id, readAt, ...known }: Made, options: FightOptions): Promise<void> {
  const { resource } = action;
  const appearedAt = appearance(action, known.memory);
  await countWrite({ id, resource, readAt, appearedAt }, counting(action, known, options));
}
