/** Capacity providers at work: they make room for tasks that wait, and take it away again when nobody needs it. */
import type { Scope } from '../../kernel/scope';
import { defineStore } from '../../kernel/scope';
import type { CapacityProviderRecord } from './capacity-provider';
import { capacityProviders } from './capacity-provider';
import { launchManaged, retireIdle } from './managed-instances';
import { scaleOut } from './managed-scaling';
import { timings } from './timings';
import { onWaiting, seatWaiting, waitingFor } from './waiting-tasks';

const watch = defineStore((scope) => {
  onWaiting(scope, () => requestPass(scope));
  return { due: false };
});

/** Starts looking after demand, once for each scope. */
export function watchDemand(scope: Scope): void {
  watch(scope);
}

function requestPass(scope: Scope): void {
  const state = watch(scope);
  if (state.due) return;
  state.due = true;
  scope.clock.after(timings(scope).schedulerPass, () => {
    state.due = false;
    pass(scope);
  });
}

function pass(scope: Scope): void {
  seatWaiting(scope);
  const busy = [...capacityProviders(scope).values()].filter((provider) => serve(scope, provider));
  if (busy.length > 0) scope.clock.after(timings(scope).reconcile, () => requestPass(scope));
}

/** Is there anything to come back for? */
function serve(scope: Scope, provider: CapacityProviderRecord): boolean {
  if (provider.status === 'INACTIVE') return false;
  const waiting = waitingFor(scope, provider.name);
  if (provider.type !== 'MANAGED_INSTANCES') {
    scaleOut(scope, provider, waiting);
    return waiting.length > 0;
  }
  if (waiting.length > 0) launchManaged(scope, provider, { waiting, seated: () => seatWaiting(scope) });
  return retireIdle(scope, provider) > 0 || waiting.length > 0;
}
