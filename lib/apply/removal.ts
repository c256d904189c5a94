/**
 * The last stretch before something is removed. Between the decision and the write the world may have moved: another
 * process may be at work, the budget may be spent, a task may have come, the policy may have changed. So: lease,
 * reserve, look again, and only then write, and read back.
 */
import { randomUUID } from 'node:crypto';
import { evaluate } from '../evaluate/evaluate';
import { guard } from '../guard/guard';
import type { Action, DestructiveAction } from '../plan/action';
import { plan } from '../plan/plan';
import type { LoadedPolicy } from '../policy/policy';
import { rules } from '../rules/registry';
import type { Snapshot } from '../snapshot/snapshot';
import type { Decided } from '../stages';
import { createBudget } from '../state/budgets';
import { acquireLease, type Lease } from '../state/group-leases';
import type { ItemStore } from '../state/item-store';
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

/** What differs between kinds of removal. */
export interface Removal<Kind extends DestructiveAction> {
  /** ARN of what holds the registration: leased while it changes. */
  readonly holder: (action: Kind) => string;
  /** A last objection that needs the numbers of the whole group; may begin the window's count. */
  readonly object?: (action: Kind, look: Look, lease: Lease) => Outcome | undefined;
  /** Writes and reads back; rejects when the write failed. */
  readonly write: (action: Kind) => Promise<Pick<Outcome, 'status' | 'reason'>>;
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
  if (!lease) return withhold(action, 'lease-held', 'another run is removing something there');
  const { perHour } = pass.policy.policy.guard.deregister;
  const budget = createBudget({ store, place, kind: 'deregister', perHour, now });
  const reservation: Reservation = {
    reserve: () => budget.reserve(id),
    end: (wasTried) => (wasTried ? budget.settle(id) : budget.release(id)),
    perHour,
  };
  const { outcome, wasTried } = await within(reservation, action, () =>
    fenced(action, removal, { pass, options, lease }),
  );
  return await noted(outcome, () => lease.release(wasTried));
}

interface Reservation {
  readonly perHour: number;
  readonly reserve: () => Promise<boolean>;
  readonly end: (wasTried: boolean) => Promise<void>;
}

interface Attempt {
  readonly outcome: Outcome;
  /** The write was made, or may have been. */
  readonly wasTried: boolean;
}

async function within(
  { reserve, end, perHour }: Reservation,
  action: DestructiveAction,
  attempt: () => Promise<Outcome>,
): Promise<Attempt> {
  try {
    if (!(await reserve())) {
      const reason = `guard.deregister.perHour allows ${String(perHour)} removals an hour`;
      return { outcome: withhold(action, 'over-budget', reason), wasTried: false };
    }
    const outcome = await attempt();
    const wasTried = outcome.status === 'applied' || outcome.status === 'failed';
    return { outcome: await noted(outcome, () => end(wasTried)), wasTried };
  } catch (error) {
    // before the write: a write that fails is an outcome
    const failed: Outcome = { action, status: 'failed', reason: messageOf(error) };
    return { outcome: await noted(failed, () => end(false)), wasTried: false };
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

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
}

async function fenced<Kind extends DestructiveAction>(
  action: Kind,
  removal: Removal<Kind>,
  { pass, options, lease }: Fence,
): Promise<Outcome> {
  const look = await options.lookAgain(action, pass);
  const objection = reconsider(action, { look, pass, now: options.now() }) ?? removal.object?.(action, look, lease);
  if (objection) return objection;
  if (!(await lease.renew())) {
    return withhold(action, 'lease-held', 'looking again took so long that another run took over');
  }
  try {
    return { action, ...(await removal.write(action)) };
  } catch (error) {
    return { action, status: 'failed', reason: messageOf(error) };
  }
}

/** The same thing may be wrong by several rules; each has been seen for a time of its own. */
const isFor = (action: Action, rules: readonly string[]): boolean => rules.every((rule) => action.rules.includes(rule));

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
  const same = plan({ evaluation, snapshot, policy: policy.policy, now }).find(
    (one) => one.kind === action.kind && one.resource === action.resource && isFor(one, action.rules),
  );
  if (!same) {
    const gap = snapshot.gaps.at(0);
    if (gap) return withhold(action, 'depends-on-gap', `${gap.call} failed (${gap.reason}) on the last look`);
    return { action, status: 'unchanged', reason: 'no longer an orphan on the last look' };
  }
  const { memory, settings } = pass;
  return guard({ actions: [same], evaluation, snapshot, policy, memory, settings, now }).withheld.at(0);
}
