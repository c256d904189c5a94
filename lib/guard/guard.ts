import type { Outcome, WithheldReason } from '../apply/outcome';
import type { Finding } from '../evaluate/finding';
import type { Evaluation } from '../evaluate/judgement';
import { matchesGlob } from '../evaluate/glob';
import { isDestructive, isRemoval, type Action, type DestructiveAction } from '../plan/action';
import { EVERY_RULE, type LoadedPolicy } from '../policy/policy';
import type { Snapshot } from '../snapshot/snapshot';
import { findingKey, type Memory } from '../state/memory';
import { budgetOf } from './action-budget';
import { execObjection } from './exec-conditions';
import { fightOver, stoppedBy } from './fight';
import { healObjection } from './heal-conditions';
import { healthyObjection } from './healthy-left';
import type { Objection } from './objection';
import { cloudMapObjection, targetObjection } from './orphan-conditions';
import { tagObjection } from './tag-conditions';
import { touchedBy } from './touched';

export interface GuardInput {
  readonly actions: readonly Action[];
  readonly evaluation: Evaluation;
  readonly snapshot: Snapshot;
  readonly policy: LoadedPolicy;
  readonly memory: Memory;
  readonly settings: { readonly dryRun: boolean };
  readonly now: Date;
}

export interface Guarded {
  readonly allowed: readonly Action[];
  /** `planned` on a dry run, `withheld` otherwise, each with its reason. */
  readonly withheld: readonly Outcome[];
}

export type Guard = (input: GuardInput) => Guarded;

/**
 * Decides which planned actions may be tried now. It never throws and never drops one: what is not allowed comes back
 * with a reason and is seen again next pass. What needs other processes' knowledge (hourly budgets, leases, the last
 * look before the write, how many were healthy an hour ago) is checked by `apply`.
 */
export const guard: Guard = (input) => {
  const allowed: Action[] = [];
  const withheld: Outcome[] = [];
  const spent = new Map<string, number>();
  for (const action of input.actions) {
    const objection = object(action, input) ?? overRun(action, spent, input);
    if (objection) {
      withheld.push({ action, status: 'withheld', code: objection.code, reason: objection.reason });
    } else if (input.settings.dryRun) {
      withheld.push({ action, status: 'planned', code: 'dry-run', reason: 'dry run: nothing was written' });
    } else {
      allowed.push(action);
    }
    if (!objection) spend(action, spent, input);
  }
  return { allowed, withheld };
};

/** Actions of this pass, by what counts them. */
type Spent = ReadonlyMap<string, number>;

function object(action: Action, input: GuardInput): Objection | undefined {
  const objection = isDestructive(action) ? objectToChange(action, input) : tagObjection(action, input);
  return objection ?? fightObjection(action, input);
}

/** Last, so that what is said of it is true of what would be done. */
function fightObjection(action: Action, { memory, now }: GuardInput): Objection | undefined {
  const breaker = memory.breakers.get(fightOver(action).key);
  if (!breaker || new Date(breaker.until) <= now) return undefined;
  return { code: 'breaker-open', reason: stoppedBy(breaker) };
}

function overRun(action: Action, spent: Spent, { policy }: GuardInput): Objection | undefined {
  if (!isDestructive(action)) return undefined;
  const { counter, perRun, overRun: reason } = budgetOf(action, policy.policy.guard);
  return (spent.get(counter) ?? 0) < perRun ? undefined : { code: 'over-budget', reason };
}

function spend(action: Action, spent: Map<string, number>, { policy }: GuardInput): void {
  if (!isDestructive(action)) return;
  const { counter } = budgetOf(action, policy.policy.guard);
  spent.set(counter, (spent.get(counter) ?? 0) + 1);
}

function objectToChange(action: DestructiveAction, input: GuardInput): Objection | undefined {
  const { policy } = input;
  if (!policy.enforcementOn) {
    return { code: 'kill-switch-off', reason: 'the kill switch does not read exactly `on`' };
  }
  return (
    staleObjection(action, input) ??
    exemptionObjection(action, input) ??
    holdObjection(action, input) ??
    conditionObjection(action, input) ??
    (isRemoval(action) ? sightingObjection(action, input) : undefined) ??
    spareObjection(action, input)
  );
}

function conditionObjection(action: DestructiveAction, { snapshot, policy }: GuardInput): Objection | undefined {
  switch (action.kind) {
    case 'deregister-target':
      return targetObjection(action, snapshot, policy.policy.guard.deregister);
    case 'deregister-cloudmap-instance':
      return cloudMapObjection(action, snapshot, policy.policy.guard.deregister);
    case 'enable-primary-ipv6':
      return healObjection(action, snapshot);
    case 'disable-exec':
      return execObjection(action, snapshot);
  }
}

/** What the last look would withhold in any case takes no place in the run's budget from what can be done. */
function spareObjection(action: DestructiveAction, { snapshot, policy }: GuardInput): Objection | undefined {
  if (action.kind !== 'deregister-target') return undefined;
  return healthyObjection(action, { snapshot, settings: policy.policy.guard.deregister });
}

const findingsBehind = (action: DestructiveAction, { evaluation }: GuardInput): readonly Finding[] =>
  evaluation.findings.filter(({ rule, resource }) => resource === action.resource && action.rules.includes(rule));

function staleObjection(action: DestructiveAction, input: GuardInput): Objection | undefined {
  const { findings } = input.evaluation;
  const asked = isRemoval(action) ? findings.filter(({ resource }) => resource === action.resource) : findingsBehind(action, input); // prettier-ignore
  const stale = asked.some(({ verify }) => verify);
  return stale ? { code: 'fact-to-verify', reason: 'the AWS fact behind the rule is due for a new check' } : undefined;
}

/** An exemption that ran out goes on holding off removals for a day, so that its end is seen before anything happens. */
const AFTER_EXEMPTION_MS = 24 * 60 * 60_000;

function exemptionObjection(action: DestructiveAction, input: GuardInput): Objection | undefined {
  const { snapshot, policy, now } = input;
  const yesterday = new Date(now.getTime() - AFTER_EXEMPTION_MS).toISOString().slice(0, 10);
  const related = findingsBehind(action, input).flatMap((finding) => finding.related);
  const resources = [...touchedBy(action, snapshot), ...related];
  const exemption = policy.policy.exemptions.find(
    (one) =>
      one.until >= yesterday &&
      (one.rule === EVERY_RULE || action.rules.includes(one.rule)) &&
      resources.some((resource) => matchesGlob(one.resource, resource)),
  );
  if (!exemption) return undefined;
  const { rule, resource, owner, until, reason } = exemption;
  return { code: 'exempt', reason: `exempt from ${rule} until ${until} (${resource}, ${owner}): ${reason}` };
}

/** What a person took back is not repeated before the hold ends. */
function holdObjection({ resource }: DestructiveAction, { memory, now }: GuardInput): Objection | undefined {
  const hold = memory.holds.get(resource);
  if (!hold || new Date(hold.until) <= now) return undefined;
  return { code: 'held', reason: `held until ${hold.until}: ${hold.by} took the removal ${hold.undoes} back` };
}

const MS_PER_MINUTE = 60_000;

/** Two passes, far enough apart, must have seen the orphan; a single look can fall into a task's start. */
function sightingObjection({ rules, resource }: DestructiveAction, input: GuardInput): Objection | undefined {
  const { memory, policy, now } = input;
  const { orphanMinutes } = policy.policy.guard.deregister;
  const code: WithheldReason = 'first-sighting';
  for (const rule of rules) {
    const sighting = memory.sightings.get(findingKey({ rule, resource }));
    if (!sighting)
      return { code, reason: `first seen now; removed when still there in ${String(orphanMinutes)} minutes` };
    const minutes = (now.getTime() - new Date(sighting.firstSeenAt).getTime()) / MS_PER_MINUTE;
    if (minutes >= orphanMinutes) continue;
    // clocks of other processes may be ahead
    const reason = `seen for ${String(Math.max(0, Math.floor(minutes)))} of the ${String(orphanMinutes)} minutes that guard.deregister.orphanMinutes asks for`;
    return { code, reason };
  }
  return undefined;
}
