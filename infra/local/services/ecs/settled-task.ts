import type { Scope } from '../../kernel/scope';
import type { TaskRecord } from './records';
import { registerTask } from './registration';
import { giveInterface } from './task-interface';
import type { Launch } from './task-launch';
import { launchTask } from './task-launch';
import { openPorts } from './task-ports';

/** Changes of an awsvpc task until it runs: PROVISIONING, PENDING, ACTIVATING, RUNNING. */
const VERSIONS = { awsvpc: 4, bridge: 3 };

/**
 * A task that runs at once: what its life brings about up to there, without its steps, their time and their events. For
 * accounts that are made at a stroke.
 * @throws Error where a load balancer or Cloud Map refuses it, which ends a task's life before it runs
 */
export function settledTask(scope: Scope, launch: Launch): TaskRecord {
  const task = launchTask(scope, launch);
  giveInterface(scope, task);
  openPorts(scope, task);
  const refusal = registerTask(scope, task);
  if (refusal !== undefined) throw new Error(`${task.arn}: ${refusal}`);
  const now = scope.clock.now();
  Object.assign(task.times, { connectivityAt: now, pullStartedAt: now, pullStoppedAt: now, startedAt: now });
  task.lastStatus = 'RUNNING';
  task.version = launch.network ? VERSIONS.awsvpc : VERSIONS.bridge;
  if (task.instance) task.instance.version += 1;
  return task;
}
