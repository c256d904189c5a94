import type { Scope } from '../../kernel/scope';
import { deregister } from './container-instance';
import type { InstanceRecord } from './records';
import type { StopOrder } from './task-lifecycle';
import { loseTask } from './task-lifecycle';

/** Every task on the instance is over for ECS, whatever the host does. */
export function loseTasks(scope: Scope, instance: InstanceRecord, order: StopOrder): void {
  for (const task of [...instance.tasks]) loseTask(scope, task, order);
}

/** Deregisters at a user's wish; services replace what ran there. */
export function dismiss(scope: Scope, instance: InstanceRecord, force: boolean): void {
  deregister(scope, instance, force);
  loseTasks(scope, instance, { code: 'UserInitiated', reason: 'Container instance deregistration forced by user.' });
}
