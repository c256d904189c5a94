/**
 * The last stretch before a write that is more than a tag. Between the decision and the write the world may have moved:
 * another process may be at work, the budget may be spent, a task may have come, the policy may have changed. So: lease,
 * reserve, look again, note the intent, and only then write, read back, and note the outcome.
 */
import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { RefusedError } from '../aws/failure';
import { evaluate } from '../evaluate/evaluate';
import { budgetOf } from '../guard/action-budget';
import { guard } from '../guard/guard';
import { isRemoval, type Action, type DestructiveAction } from '../plan/action';
import { plan } from '../plan/plan';
import type { LoadedPolicy } from '../policy/policy';
import { rules } from '../rules/registry';
import type { Snapshot } from '../snapshot/snapshot';
import type { Decided } from '../stages';
import { createBudget } from '../state/budgets';
import { acquireLease, type Lease } from '../state/group-leases';
import { findHold } from '../state/holds';
import type { ItemStore } from '../state/item-store';
import { createLedger, type Conclusion } from '../state/ledger';
import type { Hold } from '../state/memory';
import { endSightings } from '../state/records';
import { countFight, fightAgainst } from './fights';
import { messageOf } from './message-of';
import type { Outcome, WithheldReason } from './outcome';

/** What is seen when the resource of an action, its owner and the policy are read once more. */
export interface Look {
  readonly policy: LoadedPolicy;
  readonly snapshot: Snapshot;
}

export interface RemovalOptions {
  readonly store: ItemStore;
  readonly now: () => Date;
  readonly lookAgain: (action: DestructiveAction, pass: Decided) => Promise<Look>;
}

/** What differs between kinds of action. */
export interface Removal<Kind extends DestructiveAction> {
  /** ARN of what holds the registration, or of what is changed: leased while it changes. */
  readonly holder: (action: Kind) => string;
  /** A last objection, which needs the numbers of the whole group (and may begin the window's count) or one more read. */
  readonly object?: (action: Kind, look: Look, lease: Lease) => Outcome | undefined | Promise<Outcome | undefined>;
  /** Writes and reads back; rejects when the write failed, or may have. */
  readonly write: (action: Kind) => Promise<Conclusion>;
  /** What became of a write that rejected. */
  readonly readBack: (action: Kind) => Promise<Conclusion>;
  /** Takes effect some time after AWS accepted it: what is still there after an error may go all the same. */
  readonly isLate?: boolean;
}

export const withhold = (action: DestructiveAction, code: WithheldReason, reason: string): Outcome => ({
  action,
  status: 'withheld',
  code,
  reason,
});

export async function remove<Kind extends DestructiveAction>(
  action: Kind,
  removal: Removal<Kind>,
  { pass, options }: { readonly pass: Decided; readonly options: RemovalOptions },
): Promise<Outcome> {
  const { store, now } = options;
  const id = randomUUID();
  const place = `${pass.snapshot.account}/${pass.snapshot.region}`;
  const lease = await acquireLease({ store, place, resource: removal.holder(action), holder: id, now });
  if (!lease) return withhold(action, 'lease-held', 'another run is at work there');
  const { counter, perHour, overHour } = budgetOf(action, pass.policy.policy.guard);
  const budget = createBudget({ store, place, kind: counter, perHour, now });
  const reservation: Reservation = {
    reserve: () => budget.reserve(id),
    end: (wasTried) => (wasTried ? budget.settle(id) : budget.release(id)),
    overHour,
  };
  const { outcome, wasTried } = await within(reservation, action, () =>
    fenced(action, removal, { pass, options, lease, id }),
  );
  return await noted(outcome, () => lease.release(wasTried));
}

interface Reservation {
  readonly overHour: string;
  readonly reserve: () => Promise<boolean>;
  readonly end: (wasTried: boolean) => Promise<void>;
}

interface Attempt {
  readonly outcome: Outcome;
  /** The write was made, or may have been. */
  readonly wasTried: boolean;
}

async function within(
  { reserve, end, overHour }: Reservation,
  action: DestructiveAction,
  attempt: () => Promise<Attempt>,
): Promise<Attempt> {
  try {
    if (!(await reserve())) return { outcome: withhold(action, 'over-budget', overHour), wasTried: false };
    const { outcome, wasTried } = await attempt();
    return { outcome: await noted(outcome, () => end(wasTried)), wasTried };
  } catch (error) {
    // before the write: a write that fails is an outcome
    const failed: Outcome = { action, status: 'failed', reason: messageOf(error) };
    return { outcome: await noted(failed, () => end(false)), wasTried: false };
  }
}

/** What became of an action stays true when it cannot be noted: then a reservation or a lease runs out by itself. */
async function noted(outcome: Outcome, note: () => Promise<void>): Promise<Outcome> {
  try {
    await note();
    return outcome;
  } catch (error) {
    const { reason = outcome.status } = outcome;
    return { ...outcome, reason: `${reason}; the state store failed after it: ${messageOf(error)}` };
  }
}

interface Fence {
  readonly pass: Decided;
  readonly options: RemovalOptions;
  readonly lease: Lease;
  readonly id: string;
}

async function fenced<Kind extends DestructiveAction>(
  action: Kind,
  removal: Removal<Kind>,
  fence: Fence,
): Promise<Attempt> {
  const { options, lease } = fence;
  const pass = withHold(fence.pass, await findHold(options.store, fence.pass.snapshot, action.resource));
  const readAt = options.now();
  const stop = await fightAgainst(action, { ...pass, readAt }, options);
  const look = await options.lookAgain(action, pass);
  const objection =
    reconsider(action, { look, pass, now: options.now() }) ??
    (await removal.object?.(action, look, lease)) ??
    (await stop?.());
  if (objection) return { outcome: objection, wasTried: false };
  if (!(await lease.renew())) {
    const reason = 'looking again took so long that another run took over';
    return { outcome: withhold(action, 'lease-held', reason), wasTried: false };
  }
  return await inLedger(action, removal, { ...fence, readAt });
}

/** A hold that was placed after the decision; undo takes the same lease, so that none comes later. */
function withHold(pass: Decided, hold: Hold | undefined): Decided {
  const { memory } = pass;
  return hold ? { ...pass, memory: { ...memory, holds: new Map([...memory.holds, [hold.resource, hold]]) } } : pass;
}

async function inLedger<Kind extends DestructiveAction>(
  action: Kind,
  removal: Removal<Kind>,
  { pass, options, id, readAt }: Fence & { readonly readAt: Date },
): Promise<Attempt> {
  const ledger = createLedger({ store: options.store, place: pass.snapshot, now: options.now });
  const { policyVersion } = pass.policy;
  const entry = await ledger.intend({ action, policyVersion, origin: pass.settings.origin, nonce: id });
  const { conclusion, isKnown, wasRefused } = await attempt(action, removal);
  const outcome: Outcome = { action, ...conclusion };
  const wasTried = conclusion.status !== 'unchanged' && wasRefused !== true;
  // what is not known stays open, and is settled by a later run
  if (!isKnown) return { outcome, wasTried };
  const made = { ...pass, id: entry.id, readAt };
  const concluded = await noted(outcome, async () => {
    if (conclusion.status === 'applied') {
      await countFight(action, made, options);
      await endSightings(options.store, pass.snapshot, action);
    }
    await ledger.conclude(entry, conclusion);
  });
  return { outcome: concluded, wasTried };
}

interface Attempted {
  readonly conclusion: Conclusion;
  readonly isKnown: boolean;
  readonly wasRefused?: boolean;
}

/** A write that is answered with an error may have taken effect all the same. */
async function attempt<Kind extends DestructiveAction>(action: Kind, removal: Removal<Kind>): Promise<Attempted> {
  try {
    return { conclusion: await removal.write(action), isKnown: true };
  } catch (error) {
    const reason = messageOf(error);
    if (error instanceof RefusedError)
      return { conclusion: { status: 'failed', reason }, isKnown: true, wasRefused: true };
    try {
      const { status, reason: seen } = await removal.readBack(action);
      if (status !== 'applied') return { conclusion: { status: 'failed', reason }, isKnown: removal.isLate !== true };
      return {
        conclusion: { status, reason: `${seen}, although the write was answered with: ${reason}` },
        isKnown: true,
      };
    } catch (unread) {
      const unknown = `${reason}; what became of it can not be read: ${messageOf(unread)}`;
      return { conclusion: { status: 'failed', reason: unknown }, isKnown: false };
    }
  }
}

/**
 * The same thing may be wrong by several rules; each has been seen for a time of its own. What a task has got meanwhile
 * was not decided about, nor what was registered otherwise: undo would restore what the ledger has of it.
 */
const isSame = (one: Action, action: DestructiveAction): boolean =>
  one.kind === action.kind &&
  one.resource === action.resource &&
  action.rules.every((rule) => one.rules.includes(rule)) &&
  ownerIn(one) === ownerIn(action) &&
  isAsRegistered(one, action);

/** What is taken away with the id and the port; a target's health is no part of it. */
const registrationIn = (action: Action): unknown =>
  action.kind === 'deregister-target' ? action.availabilityZone : isRemoval(action) && action.from;

const isAsRegistered = (one: Action, action: Action): boolean =>
  isDeepStrictEqual(registrationIn(one), registrationIn(action));

const ownerIn = (action: Action): string | undefined => (isRemoval(action) ? action.ownedBy : undefined);

function whyNot(action: DestructiveAction, planned: readonly Action[]): string {
  if (!isRemoval(action)) return 'no longer needed on the last look';
  const isOther = planned.some((one) => one.resource === action.resource && !isAsRegistered(one, action));
  return isOther ? 'registered otherwise by the last look' : 'no longer an orphan on the last look';
}

/** Runs the whole decision again on what is there now; only the same answer lets the write through. */
function reconsider(
  action: DestructiveAction,
  { look, pass, now }: { readonly look: Look; readonly pass: Decided; readonly now: Date },
): Outcome | undefined {
  const { policy, snapshot } = look;
  if (policy.unread) {
    const { call, reason } = policy.unread;
    return withhold(action, 'depends-on-gap', `the policy could not be read again: ${call} failed (${reason})`);
  }
  if (policy.policyVersion !== pass.policy.policyVersion || policy.problems.length > 0) {
    return withhold(action, 'policy-changed', 'the policy changed after the decision');
  }
  const evaluation = evaluate({ snapshot, policy: policy.policy, rules, now });
  const planned = plan({ evaluation, snapshot, policy: policy.policy, now });
  const same = planned.find((one) => isSame(one, action));
  if (!same) {
    const gap = snapshot.gaps.at(0);
    if (gap) return withhold(action, 'depends-on-gap', `${gap.call} failed (${gap.reason}) on the last look`);
    return { action, status: 'unchanged', reason: whyNot(action, planned) };
  }
  const { memory, settings } = pass;
  return guard({ actions: [same], evaluation, snapshot, policy, memory, settings, now }).withheld.at(0);
}
