import type { Outcome, WithheldReason } from '../apply/outcome';
import type { Evaluation } from '../evaluate/judgement';
import { matchesGlob } from '../evaluate/glob';
import { isDestructive, type Action, type DestructiveAction } from '../plan/action';
import { EVERY_RULE, type LoadedPolicy } from '../policy/policy';
import type { Snapshot } from '../snapshot/snapshot';
import { findingKey, type Memory } from '../state/memory';
import { cloudMapObjection, targetObjection, type Objection } from './orphan-conditions';
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
 * look before the write) is checked by `apply`.
 */
export const guard: Guard = (input) => {
  const allowed: Action[] = [];
  const withheld: Outcome[] = [];
  let removals = 0;
  for (const action of input.actions) {
    const objection = object(action, input) ?? overRun(action, removals, input);
    if (objection) {
      withheld.push({ action, status: 'withheld', code: objection.code, reason: objection.reason });
    } else if (input.settings.dryRun) {
      withheld.push({ action, status: 'planned', code: 'dry-run', reason: 'dry run: nothing was written' });
    } else {
      allowed.push(action);
    }
    if (!objection && isDestructive(action)) removals++;
  }
  return { allowed, withheld };
};

function object(action: Action, input: GuardInput): Objection | undefined {
  return isDestructive(action) ? objectToRemoval(action, input) : objectToTags(action, input);
}

function overRun(action: Action, removals: number, { policy }: GuardInput): Objection | undefined {
  const { perRun } = policy.policy.guard.deregister;
  if (!isDestructive(action) || removals < perRun) return undefined;
  return { code: 'over-budget', reason: `guard.deregister.perRun allows ${String(perRun)} removals a run` };
}

/** Tags on a service that copies them would mark every new, compliant task as a violation. */
function objectToTags(action: Action, { snapshot, policy }: GuardInput): Objection | undefined {
  if (action.kind !== 'tag' || policy.policy.tags.propagating) return undefined;
  const service = snapshot.services.get(action.resource);
  if (service?.propagateTags !== 'SERVICE') return undefined;
  const reason = 'the service copies its tags to new tasks (tags.propagating: true allows it)';
  return { code: 'propagates-tags', reason };
}

function objectToRemoval(action: DestructiveAction, input: GuardInput): Objection | undefined {
  const { policy } = input;
  if (!policy.enforcementOn) {
    return { code: 'kill-switch-off', reason: 'the kill switch does not read `on`' };
  }
  return (
    staleObjection(action, input) ??
    exemptionObjection(action, input) ??
    holdObjection(action, input) ??
    (action.kind === 'deregister-target'
      ? targetObjection(action, input.snapshot, policy.policy.guard.deregister)
      : cloudMapObjection(action, input.snapshot)) ??
    sightingObjection(action, input)
  );
}

function staleObjection(action: DestructiveAction, { evaluation }: GuardInput): Objection | undefined {
  const stale = evaluation.findings.some((finding) => finding.resource === action.resource && finding.verify);
  return stale ? { code: 'fact-to-verify', reason: 'the AWS fact behind the rule is due for a new check' } : undefined;
}

/** An exemption that ran out goes on holding off removals for a day, so that its end is seen before anything happens. */
const AFTER_EXEMPTION_MS = 24 * 60 * 60_000;

function exemptionObjection(action: DestructiveAction, { snapshot, policy, now }: GuardInput): Objection | undefined {
  const yesterday = new Date(now.getTime() - AFTER_EXEMPTION_MS).toISOString().slice(0, 10);
  const resources = touchedBy(action, snapshot);
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
    const reason = `seen for ${String(Math.floor(minutes))} of the ${String(orphanMinutes)} minutes that guard.deregister.orphanMinutes asks for`;
    return { code, reason };
  }
  return undefined;
}
