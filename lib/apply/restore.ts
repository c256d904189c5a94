import ipaddr from 'ipaddr.js';
import type { LedgerAction, RestoreAction } from '../plan/action';
import { failedOperation } from './cloudmap-operation';
import type { RestorePorts } from './ports';

/** The write that takes a removal back, as it was planned; undefined for what is no removal. */
export function toRestore(action: LedgerAction): RestoreAction | undefined {
  const from = { state: 'absent' } as const;
  switch (action.kind) {
    case 'deregister-target':
      return { ...action, kind: 'register-target', from, to: { state: 'registered' } };
    case 'deregister-cloudmap-instance':
      return { ...action, kind: 'register-cloudmap-instance', from, to: action.from };
    default:
      return undefined;
  }
}

export interface RestoreOptions {
  readonly ports: RestorePorts;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

/** Registers it, and waits until that is done. @throws when AWS refuses it or it does not end */
export async function restore(action: RestoreAction, options: RestoreOptions): Promise<void> {
  const { ports } = options;
  if (action.kind === 'register-target') {
    // AWS takes a zone for addresses alone
    const availabilityZone = ipaddr.isValid(action.targetId) ? action.availabilityZone : undefined;
    await ports.registerTarget({ ...action, availabilityZone });
    return;
  }
  const { operationId } = await ports.registerCloudMapInstance({ ...action, attributes: action.to });
  const failed = await failedOperation(operationId, options);
  if (failed) throw new Error(failed.reason);
}
