import type { ChangeAction } from '../plan/action';
import { toAttachedInterface } from '../snapshot/ec2-shapes';
import type { Conclusion } from '../state/ledger';
import type { ReadBackChangePorts } from './ports';

/** Whether a change took effect, as the world says now. @throws when it can not be read */
export async function readBackChange(action: ChangeAction, ports: ReadBackChangePorts): Promise<Conclusion> {
  if (action.kind === 'disable-exec') {
    if (await ports.hasExec(action)) return { status: 'failed', reason: 'still on when read back' };
    return { status: 'applied', reason: 'off when read back; tasks that run keep it until they are replaced' };
  }
  const face = await ports.describeInterface(action.networkInterfaceId);
  const primary = face && toAttachedInterface(face).ipv6Addresses.find(({ isPrimary }) => isPrimary);
  if (!primary) return { status: 'failed', reason: 'no primary address when read back' };
  const { address } = primary;
  const reason = `${address} is primary when read back, and stays so until the interface is detached; ${action.atSource}`;
  return { status: 'applied', reason };
}
