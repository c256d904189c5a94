import type { InstanceRecord } from './records';
import { isPending, isRunning } from './task-status';

export interface InstanceCounts {
  readonly runningTasksCount: number;
  readonly pendingTasksCount: number;
}

export function instanceCounts({ tasks }: InstanceRecord): InstanceCounts {
  const present = [...tasks];
  return {
    runningTasksCount: present.filter(isRunning).length,
    pendingTasksCount: present.filter(isPending).length,
  };
}
