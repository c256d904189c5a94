/**
 * A process may die between the intent and the outcome of a write. Whether it took effect is then not in the ledger, but
 * it is in the world: a later run reads it back, once.
 */
import { isChange, isDestructive } from '../plan/action';
import { createLedger, type Ledger, type LedgerEntry } from '../state/ledger';
import { endSightings } from '../state/records';
import type { ItemStore } from '../state/item-store';
import type { Decided } from '../stages';
import { countFight } from './fights';
import { messageOf } from './message-of';
import type { Outcome } from './outcome';
import type { ReadBackChangePorts, ReadBackPorts } from './ports';
import { readBack } from './read-back';
import { readBackChange } from './read-back-change';

export interface SettleOptions {
  readonly store: ItemStore;
  readonly now: () => Date;
  readonly ports: ReadBackPorts & ReadBackChangePorts;
}

/**
 * Concludes what earlier runs left open, and tells what became of it. Asked for by sweeps, and by runs that are about to
 * remove something themselves: that costs others no call.
 */
export async function settle(pass: Decided, options: SettleOptions): Promise<readonly Outcome[]> {
  const ledger = createLedger({ store: options.store, place: pass.snapshot, now: options.now });
  const note = (entry: LedgerEntry): Promise<void> => noteWrite(entry, pass, options);
  const outcomes: Outcome[] = [];
  for (const entry of await ledger.unsettled()) {
    const settled = await settleOne(entry, { ledger, note }, options.ports);
    if (isDestructive(entry.action)) outcomes.push({ action: entry.action, ...settled });
  }
  return outcomes;
}

/** As the run would have done that made it. */
async function noteWrite({ action, id, intendedAt }: LedgerEntry, pass: Decided, options: SettleOptions) {
  if (!isDestructive(action)) return;
  await countFight(action, { ...pass, id, readAt: new Date(intendedAt) }, options);
  await endSightings(options.store, pass.snapshot, action);
}

async function settleOne(
  entry: LedgerEntry,
  { ledger, note }: { readonly ledger: Ledger; readonly note: (entry: LedgerEntry) => Promise<void> },
  ports: SettleOptions['ports'],
): Promise<Pick<Outcome, 'status' | 'reason'>> {
  try {
    const { action } = entry;
    const conclusion = await (isChange(action) ? readBackChange(action, ports) : readBack(action, ports));
    const reason = `the run that began it at ${entry.intendedAt} did not end: ${conclusion.reason}`;
    const isDone = conclusion.status === 'applied';
    if (isDone) await note(entry);
    if (isDone && entry.undoes !== undefined) await ledger.noteUndone(entry.undoes, entry.id);
    await ledger.settle(entry, { ...conclusion, reason });
    // what was not done is decided anew
    return { status: isDone ? 'applied' : 'unchanged', reason };
  } catch (error) {
    const reason = `begun at ${entry.intendedAt}, and what became of it can not be read: ${messageOf(error)}`;
    return { status: 'failed', reason };
  }
}
