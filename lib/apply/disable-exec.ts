import type { DisableExecAction } from '../plan/action';
import type { ChangeOptions } from './enable-primary-ipv6';
import { readBackChange } from './read-back-change';
import type { Removal } from './removal';
import { seenInTime } from './seen-in-time';

export function disableExec({ ports, sleep }: ChangeOptions): Removal<DisableExecAction> {
  return {
    holder: (action) => action.resource,
    async write(action) {
      await ports.disableExec(action);
      return await seenInTime(() => readBackChange(action, ports), sleep);
    },
    readBack: (action) => readBackChange(action, ports),
  };
}
