import type { Task } from '../../snapshot/snapshot';

/** It has its addresses and means to stay: before ACTIVATING it has none, and what is stopping is on its way out. */
export function isUp({ lastStatus, desiredStatus }: Task): boolean {
  return desiredStatus === 'RUNNING' && (lastStatus === 'ACTIVATING' || lastStatus === 'RUNNING');
}
