import { gapFor, type Cause } from '../../snapshot/gap';
import type { Service, Snapshot, Task } from '../../snapshot/snapshot';
import { serviceOfTask } from '../../snapshot/usage';
import { firstGap } from '../evidence/first-gap';
import { groupsOf } from './obstacle';

const MS_PER_MINUTE = 60_000;

/** A task that ought to have been registered by now. */
export interface StuckTask {
  readonly service: Service;
  readonly since: Date;
}

/** What a registration depends on is read where the service is judged, or where a person asks for the task. */
function unread(snapshot: Snapshot, { arn }: Service): Cause | undefined {
  const registrations = firstGap(snapshot, ['targetGroups', 'targets', 'cloudMapServices', 'cloudMapInstances']);
  const gap = registrations ?? firstGap(snapshot, ['tasks', 'taskDefinitions', 'containerInstances', 'instances']);
  if (gap || snapshot.judged.get('service')?.has(arn) || snapshot.covered.has(arn)) return gap;
  return { call: 'ecs:DescribeServices', reason: 'not judged', message: `this pass does not judge ${arn}` };
}

function sinceOf({ arn, pullStoppedAt, createdAt }: Task): Date | { readonly gap: Cause } {
  const message = `ECS does not say since when ${arn} has been there`;
  return pullStoppedAt ?? createdAt ?? { gap: { call: 'ecs:DescribeTasks', reason: 'no time', message } };
}

/** Meant to run, and for so long in ACTIVATING; where that cannot be told, it may be. */
function isWaiting({ lastStatus, desiredStatus }: Task, since: ReturnType<typeof sinceOf>, before: number): boolean {
  if (lastStatus !== 'ACTIVATING' || desiredStatus !== 'RUNNING') return false;
  return !(since instanceof Date) || since.getTime() <= before;
}

const registersNowhere = (service: Service): boolean => groupsOf(service).length + service.registries.length === 0;

/** The task's service and since when it waits, if that is too long; a gap: something about that is not known. */
export function stuckTask(
  snapshot: Snapshot,
  task: Task,
  minutes: number,
): StuckTask | { readonly gap: Cause } | undefined {
  const since = sinceOf(task);
  if (task.serviceName === undefined) return undefined;
  if (!isWaiting(task, since, snapshot.takenAt.getTime() - minutes * MS_PER_MINUTE)) return undefined;
  const service = serviceOfTask(snapshot, task);
  if (service && registersNowhere(service)) return undefined;
  const gap = service ? unread(snapshot, service) : gapFor(snapshot, 'services');
  if (gap) return { gap };
  return service && (since instanceof Date ? { service, since } : since);
}
