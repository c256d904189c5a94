/**
 * Eventual consistency, on request: what was just made or changed stays out of sight for a while of those who only
 * look. Off unless switched on: https://docs.aws.amazon.com/ec2/latest/devguide/eventual-consistency.html
 */
import type { Scope } from './scope';
import { defineStore } from './scope';

export interface Consistency {
  /** How long it takes until everyone sees a change, by the account's clock; 0 for at once. */
  readonly seconds: number;
}

interface Changes {
  milliseconds: number;
  /** Number of changes on their way, by what was changed. */
  readonly pending: Map<string, number>;
}

const changes = defineStore((): Changes => ({ milliseconds: 0, pending: new Map() }));

/** For what happens from now on; what is on its way keeps its pace. */
export function setConsistency(scope: Scope, { seconds }: Consistency): void {
  changes(scope).milliseconds = seconds * 1_000;
}

/** Notes that something, e.g. the resource with this id, was made or changed now. */
export function noteChange(scope: Scope, key: string): void {
  const { milliseconds, pending } = changes(scope);
  if (milliseconds === 0) return;
  pending.set(key, (pending.get(key) ?? 0) + 1);
  scope.clock.after(milliseconds, () => {
    const left = (pending.get(key) ?? 1) - 1;
    if (left > 0) pending.set(key, left);
    else pending.delete(key);
  });
}

/** Does everyone see it as it is? */
export function isSettled(scope: Scope, key: string): boolean {
  return !changes(scope).pending.has(key);
}
