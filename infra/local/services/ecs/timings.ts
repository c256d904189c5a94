import type { Scope } from '../../kernel/scope';
import { defineStore } from '../../kernel/scope';

/** How fast the simulated ECS works, in milliseconds of the scope's clock. */
export interface Timings {
  /** One step of a task's life cycle. */
  readonly step: number;
  /** Between two looks of the scheduler at a service that changed. */
  readonly schedulerPass: number;
  /** Between two comparisons of registrations with tasks. */
  readonly reconcile: number;
}

const DEFAULTS: Timings = { step: 1_000, schedulerPass: 500, reconcile: 10_000 };

const store = defineStore(() => ({ timings: DEFAULTS }));

export function timings(scope: Scope): Timings {
  return store(scope).timings;
}

/** Makes ECS slower or faster; what is already under way keeps its pace. */
export function setTimings(scope: Scope, changes: Partial<Timings>): void {
  store(scope).timings = { ...timings(scope), ...changes };
}
