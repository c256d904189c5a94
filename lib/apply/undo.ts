/**
 * Takes a removal back, for a person and with that person's credentials: the same id, port, zone and attributes. What
 * nobody would have removed today is not touched: if the world has moved on, it says why it must not.
 */
import { randomUUID } from 'node:crypto';
import type { RestoreAction } from '../plan/action';
import type { Snapshot } from '../snapshot/snapshot';
import { acquireLease } from '../state/group-leases';
import { placeHold } from '../state/holds';
import type { ItemStore } from '../state/item-store';
import { createLedger, type Conclusion, type Ledger, type LedgerEntry } from '../state/ledger';
import type { Place } from '../state/records';
import { messageOf } from './message-of';
import type { RestorePorts } from './ports';
import { readBack } from './read-back';
import { restore, toRestore } from './restore';
import { restoreObjection } from './restore-conditions';

/** The longest deregistration delay: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html#deregistration-delay */
const MAX_DRAINING_MS = 3_600_000;
const DRAINING_POLL_MS = 5_000;
const MS_PER_HOUR = 60 * 60_000;

export interface UndoOptions {
  readonly store: ItemStore;
  readonly place: Place;
  readonly now: () => Date;
  readonly sleep: (milliseconds: number) => Promise<void>;
  readonly ports: RestorePorts;
  readonly policyVersion: () => Promise<string>;
  /** Reads what holds the registration, and whose it would be, as if it were there again. */
  readonly look: (action: RestoreAction) => Promise<Snapshot>;
  /** Told that it is going to take a while, and why. */
  readonly tell: (message: string) => void;
}

export interface UndoRequest {
  /** Of the removal, in the ledger. */
  readonly id: string;
  /** ARN of who asks. */
  readonly requestedBy: string;
  readonly holdHours: number;
}

/** The person named an entry that there is not. */
class UnknownEntryError extends Error {
  override readonly name = 'UnknownEntryError';
}

/**
 * `restored`; `back-already`: nothing to restore, only the hold was placed; `refused`: it must not be, for the reason;
 * `unknown`: what has to be known can not be read; `failed`: tried, and AWS did not do it.
 */
export interface Undone {
  readonly id: string;
  readonly status: 'restored' | 'back-already' | 'refused' | 'unknown' | 'failed';
  readonly reason: string;
  readonly resource?: string;
  /** The removal is not repeated before. */
  readonly heldUntil?: string;
}

/** @throws UnknownEntryError where the ledger has no such entry */
export async function undo(request: UndoRequest, options: UndoOptions): Promise<Undone> {
  const { store, place, now } = options;
  const ledger = createLedger({ store, place, now });
  const found = removalIn(await entryOf(ledger, request));
  if ('status' in found) return { id: request.id, ...found };
  const { action } = found;
  const answer = (rest: Pick<Undone, 'status' | 'reason' | 'heldUntil'>): Undone => ({
    ...{ id: request.id, resource: action.resource },
    ...rest,
  });
  if (!(await isDrained(action, options))) return answer(refused('it is still draining after an hour'));
  const lease = await acquireLease({
    ...{ store, now, place: `${place.account}/${place.region}` },
    ...{ resource: holderOf(action), holder: randomUUID() },
  });
  if (!lease)
    return answer(refused('a run of the controller, or another undo, is at work there; try again in a minute'));
  try {
    return answer(await leased(action, request, { ...options, ledger, renew: () => lease.renew() }));
  } finally {
    await lease.release(false);
  }
}

async function entryOf(ledger: Ledger, { id }: UndoRequest): Promise<LedgerEntry> {
  const entry = await ledger.find(id);
  if (entry) return entry;
  throw new UnknownEntryError(`the ledger has no entry ${id}; ecs-ipv6 history lists what there is`);
}

const refused = (reason: string) => ({ status: 'refused', reason }) as const;

interface Found {
  readonly action: RestoreAction;
}

/** What an entry of the ledger stands for, if it is one that can be taken back. */
function removalIn(entry: LedgerEntry): Found | Pick<Undone, 'status' | 'reason'> {
  const { action, outcome, undoneBy } = entry;
  if (undoneBy !== undefined) return refused(`it was undone already, by ${undoneBy}`);
  if (!outcome) return refused('what became of it is not known yet; the next sweep settles it');
  if (outcome.status !== 'applied') return refused(`it was not applied (${outcome.status}: ${outcome.reason})`);
  const restoring = toRestore(action);
  if (restoring) return { action: restoring };
  if (action.kind === 'enable-primary-ipv6') return refused('nothing takes a primary IPv6 address back');
  if (action.kind === 'disable-exec') return refused('switch ECS Exec on again yourself, and exempt the service first');
  return refused('it is an undo itself');
}

const holderOf = (action: RestoreAction): string =>
  action.kind === 'register-target' ? action.targetGroupArn : action.serviceArn;

/** An address can be registered again when its deregistration is complete, not before. */
async function isDrained(action: RestoreAction, { ports, sleep, now, tell }: UndoOptions): Promise<boolean> {
  if (action.kind !== 'register-target') return true;
  const end = now().getTime() + MAX_DRAINING_MS + DRAINING_POLL_MS;
  for (let told = false; ; told = true) {
    const state = await ports.describeTarget(action);
    if (state !== 'draining' && state !== 'unhealthy.draining') return true;
    if (now().getTime() >= end) return false;
    if (!told) tell(`${action.targetId}:${String(action.port)} is draining: waiting for the end of it, up to an hour`);
    await sleep(DRAINING_POLL_MS);
  }
}

interface Leased extends UndoOptions {
  readonly ledger: Ledger;
  readonly renew: () => Promise<boolean>;
}

async function leased(
  action: RestoreAction,
  request: UndoRequest,
  options: Leased,
): Promise<Pick<Undone, 'status' | 'reason' | 'heldUntil'>> {
  const { ports, ledger, renew } = options;
  // another undo may have come first
  const again = removalIn(await entryOf(ledger, request));
  if ('status' in again) return again;
  if ((await readBack(action, ports)).status === 'applied') {
    const heldUntil = await hold(action, request, options);
    return { status: 'back-already', reason: 'it is registered already: nothing was written', heldUntil };
  }
  const objection = restoreObjection(action, await options.look(action));
  if (objection) return objection;
  if (!(await renew())) return refused('looking at it took so long that a run of the controller took over; try again');
  // first, so that nobody removes it as soon as it is there
  const heldUntil = await hold(action, request, options);
  const { status, reason } = await inLedger(action, request, options);
  return { status: status === 'applied' ? 'restored' : 'failed', reason, heldUntil };
}

async function hold({ resource }: RestoreAction, request: UndoRequest, options: UndoOptions): Promise<string> {
  const until = new Date(options.now().getTime() + request.holdHours * MS_PER_HOUR).toISOString();
  const { requestedBy: by, id: undoes } = request;
  await placeHold(options.store, options.place, { resource, until, by, undoes });
  return until;
}

async function inLedger(
  action: RestoreAction,
  { id: undoes, requestedBy }: UndoRequest,
  options: Leased,
): Promise<Conclusion> {
  const { ledger, ports } = options;
  const policyVersion = await options.policyVersion();
  const nonce = randomUUID();
  const entry = await ledger.intend({ action, policyVersion, origin: { requestedBy }, undoes, nonce });
  let failure = '';
  try {
    await restore(action, options);
  } catch (error) {
    // it may have taken effect all the same: that is read back
    failure = messageOf(error);
  }
  const seen = await readBack(action, ports);
  const conclusion = seen.status === 'applied' || failure === '' ? seen : { ...seen, reason: failure };
  if (conclusion.status === 'applied') await ledger.noteUndone(undoes, entry.id);
  await ledger.conclude(entry, conclusion);
  return conclusion;
}
