/**
 * The last stretch before something is removed. Between the decision and the write the world may have moved: another
 * process may be at work, the budget may be spent, a task may have come, the policy may have changed. So: lease,
 * reserve, look again, and only then write, and read back.
 */
import { randomUUID } from 'node:crypto';
import { evaluate } from '../evaluate/evaluate';
import { guard } from '../guard/guard';
import type { DestructiveAction } from '../plan/action';
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
export interface Removal<Action extends DestructiveAction> {
  /** ARN of what holds the registration: leased while it changes. */
  readonly holder: (action: Action) => string;
  /** A last objection that needs the numbers of the whole group; may begin the window's count. */
  readonly object?: (action: Action, look: Look, lease: Lease) => Outcome | undefined;
  /** Writes and reads back; rejects when the write failed. */
  readonly write: (action: Action) => Promise<Pick<Outcome, 'status' | 'reason'>>;
}

export const withhold = (action: DestructiveAction, code: WithheldReason, reason: string): Outcome => ({
  action,
  status: 'withheld',
  code,
  reason,
});

export async function remove<Action extends DestructiveAction>(
  action: Action,
  removal: Removal<Action>,
  { pass, options }: { readonly pass: Decided; readonly options: RemovalOptions },
): Promise<Outcome> {
  const { store, now } = options;
  const id = randomUUID();
  const place = `${pass.snapshot.account}/${pass.snapshot.region}`;
  const lease = await acquireLease({ store, place, resource: removal.holder(action), holder: id, now });
  if (!lease) return withhold(action, 'lease-held', 'another run is removing something there');

  const { perHour } = pass.policy.policy.guard.deregister;
  const budget = createBudget({ store, place, kind: 'deregister', perHour, now });
  let removed = false;
  try {
    if (!(await budget.reserve(id))) {
      return withhold(action, 'over-budget', `guard.deregister.perHour allows ${String(perHour)} removals an hour`);
    }
    const outcome = await fenced(action, removal, { pass, options, lease }).catch(async (error: unknown) => {
      // it failed before the write
      await budget.release(id);
      throw error;
    });
    removed = outcome.status === 'applied' || outcome.status === 'failed';
    await (removed ? budget.settle(id) : budget.release(id));
    return outcome;
  } finally {
    await lease.release(removed);
  }
}

interface Fence {
  readonly pass: Decided;
  readonly options: RemovalOptions;
  readonly lease: Lease;
}

async function fenced<Action extends DestructiveAction>(
  action: Action,
  removal: Removal<Action>,
  { pass, options, lease }: Fence,
): Promise<Outcome> {
  const look = await options.lookAgain(action, pass);
  const objection = reconsider(action, { look, pass, now: options.now() }) ?? removal.object?.(action, look, lease);
  if (objection) return objection;
  if (!lease.isHeld()) return withhold(action, 'lease-held', 'looking again took longer than the lease lasts');
  try {
    return { action, ...(await removal.write(action)) };
  } catch (error) {
    return { action, status: 'failed', reason: error instanceof Error ? error.message : String(error) };
  }
}

/** Runs the whole decision again on what is there now; only the same answer lets the write through. */
function reconsider(
  action: DestructiveAction,
  { look, pass, now }: { readonly look: Look; readonly pass: Decided; readonly now: Date },
): Outcome | undefined {
  const { policy, snapshot } = look;
  if (policy.policyVersion !== pass.policy.policyVersion || policy.problems.length > 0) {
    return withhold(action, 'policy-changed', 'the policy changed after the decision');
  }
  const evaluation = evaluate({ snapshot, policy: policy.policy, rules, now });
  const same = plan({ evaluation, snapshot, policy: policy.policy, now }).find(
    (one) => one.kind === action.kind && one.resource === action.resource,
  );
  if (!same) {
    const gap = snapshot.gaps.at(0);
    if (gap) return withhold(action, 'depends-on-gap', `${gap.call} failed (${gap.reason}) on the last look`);
    return { action, status: 'unchanged', reason: 'no longer an orphan on the last look' };
  }
  const { memory, settings } = pass;
  return guard({ actions: [same], evaluation, snapshot, policy, memory, settings, now }).withheld.at(0);
}
