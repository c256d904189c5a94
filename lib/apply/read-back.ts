import type { RemovalAction, RestoreAction } from '../plan/action';
import type { Conclusion } from '../state/ledger';
import type { ReadBackPorts } from './ports';

/** Whether a removal, or an undo, took effect, as the world says now. @throws when it can not be read */
export async function readBack(action: RemovalAction | RestoreAction, ports: ReadBackPorts): Promise<Conclusion> {
  switch (action.kind) {
    case 'deregister-target':
    case 'register-target': {
      const state = await ports.describeTarget(action);
      const isGone = state === 'absent' || state === 'draining' || state === 'unhealthy.draining';
      return verdict(isGone === (action.kind === 'deregister-target'), state);
    }
    case 'deregister-cloudmap-instance':
    case 'register-cloudmap-instance': {
      const isThere = await ports.hasCloudMapInstance(action);
      return verdict(isThere === (action.kind === 'register-cloudmap-instance'), isThere ? 'there' : 'absent');
    }
  }
}

const verdict = (tookEffect: boolean, state: string): Conclusion =>
  tookEffect
    ? { status: 'applied', reason: `${state} when read back` }
    : { status: 'failed', reason: `still ${state} when read back` };
