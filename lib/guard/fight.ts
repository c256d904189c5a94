/**
 * Two who write the same thing in turn fight: ECS registers what it owns again, somebody's script writes tags anew. What
 * is written counts by what it is about; what comes back too often is left alone for a while.
 */
import { isChange, isRemoval, type Action } from '../plan/action';
import type { DeregisterGuard } from '../policy/policy';
import type { Breaker } from '../state/memory';
import type { ResourceKind } from '../trigger/request';

/** Writes of the same thing in one window; the next would be one too many. */
export const MAX_ROUNDS = 3;
const MS_PER_HOUR = 60 * 60_000;
/** Longer than a day of sweeps needs to see it come back, whatever rhythm the other side has. */
const WINDOW_HOURS = 24;
/** What has to be seen for long before it is written at all comes back as slowly. */
const WINDOW_WAITS = 8;
const MS_PER_MINUTE = 60_000;

export interface Fight {
  /** Kind of what is counted: `tags`, `deregister`, or the kind of a change. */
  readonly counter: string;
  /** What is counted together. */
  readonly key: string;
  /** What was written; something else begins a count of its own. */
  readonly signature: string;
  /** What is left alone once it has come back too often. */
  readonly resource: string;
  readonly kind: ResourceKind;
}

/**
 * ECS answers the removal of one target with another, for a new task if need be: what it registers counts by the group.
 * A tag is the same if it says the same, whatever the day.
 */
export function fightOver(action: Action): Fight {
  const { kind, resource, resourceKind } = action;
  if (!isRemoval(action)) {
    const counter = isChange(action) ? kind : 'tags';
    return { ...keyed(counter, resource), signature: signatureOf(action), kind: resourceKind };
  }
  if (action.ownedBy === undefined) return { ...keyed('deregister', resource), signature: '', kind: resourceKind };
  const [holder, holderKind] =
    action.kind === 'deregister-target'
      ? ([action.targetGroupArn, 'target-group'] as const)
      : ([action.serviceArn, 'cloudmap-service'] as const);
  return { ...keyed('deregister', holder), signature: '', kind: holderKind };
}

const keyed = (counter: string, resource: string) => ({ counter, key: `${counter}|${resource}`, resource });

const signatureOf = ({ kind, rules }: Action): string => (kind === 'tag' ? rules.join(' ') : kind);

export function windowMs({ orphanMinutes }: Pick<DeregisterGuard, 'orphanMinutes'>): number {
  return Math.max(WINDOW_HOURS * MS_PER_HOUR, WINDOW_WAITS * orphanMinutes * MS_PER_MINUTE);
}

/** Why an action that is stopped is not done now. */
export const stoppedBy = ({ reason, until }: Breaker): string => `${reason}; left alone until ${until}`;

/** A sentence without its full stop: what was seen, and who has to do what. */
export function whyFought(action: Action, window: number): string {
  const often = `${String(MAX_ROUNDS)} times within ${String(Math.round(window / MS_PER_HOUR))} hours`;
  switch (action.kind) {
    case 'deregister-target':
    case 'deregister-cloudmap-instance':
      return action.ownedBy === undefined
        ? `it was removed ${often} and came back each time: somebody registers it, and has to stop that`
        : `ECS registered anew what was removed there ${often}, as it does for tasks that run: the service has to change, or guard.deregister.ecsManaged to read never`;
    case 'disable-exec':
      return `ECS Exec was switched off ${often} and is on again: somebody, or a pipeline, switches it on, and has to stop that`;
    case 'enable-primary-ipv6':
      return `the address was made the primary one ${often} and is not`;
    case 'tag':
      return `the same tags were written ${often} and are gone or changed again: somebody else writes the tags of this resource, and has to leave these alone`;
    case 'untag':
      return `the tags were taken away ${often} and are there again: somebody else writes them, and has to leave them alone`;
  }
}
