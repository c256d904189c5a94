import type { Service as EcsService, Task as EcsTask } from '@aws-sdk/client-ecs';
import type { EcsReads } from '../aws/ecs-reads';
import type { Read } from '../aws/read';
import { toTask } from './ecs-shapes';
import type { Gap } from './gap';
import { distinct, stated } from './pick';
import type { Notices, ServiceNotice, TaskNotice } from './notices';
import type { Service, Task } from './snapshot';

/** Whose words are wanted. */
export interface NoticesWanted {
  readonly tasks: readonly Pick<Task, 'arn' | 'clusterArn'>[];
  readonly services: readonly Pick<Service, 'arn' | 'name' | 'clusterArn'>[];
  /** Tasks of those services that stopped, too; ECS knows them for an hour. */
  readonly withStopped: boolean;
}

type NoticeReads = Pick<EcsReads, 'describeServices' | 'describeTasks' | 'listTasks'>;

export type CollectNotices = (wanted: NoticesWanted) => Promise<Notices>;

/** Of a service whose tasks fail over and over; the rest says the same. */
const MOST_STOPPED = 100;

function toTaskNotice(task: EcsTask): TaskNotice {
  const { stopCode, stoppedReason, containers = [], stoppedAt, stoppingAt } = task;
  return {
    task: toTask(task),
    stopCode,
    reasons: distinct([stated(stoppedReason), ...containers.map(({ reason }) => stated(reason))]),
    at: stoppedAt ?? stoppingAt,
  };
}

function toServiceNotices({ serviceArn = '', events = [] }: EcsService): readonly ServiceNotice[] {
  return events.flatMap(({ createdAt: at, message }) =>
    at === undefined || message === undefined ? [] : [{ serviceArn, message, at }],
  );
}

const latestFirst = (left: Pick<TaskNotice, 'at'>, right: Pick<TaskNotice, 'at'>): number =>
  (right.at?.getTime() ?? 0) - (left.at?.getTime() ?? 0);

function toGaps({ failures }: Pick<Read<unknown>, 'failures'>, collection: 'tasks' | 'services'): readonly Gap[] {
  return failures.map(({ action, kind, message, keys }) => {
    return { call: action, reason: kind, message, collection, resources: keys };
  });
}

type Part = Partial<Notices>;

async function ofTasks(reads: NoticeReads, cluster: string, arns: readonly string[]): Promise<Part> {
  const read = await reads.describeTasks(cluster, arns);
  return { tasks: read.items.map(toTaskNotice), gaps: toGaps(read, 'tasks') };
}

type WantedService = NoticesWanted['services'][number];

async function ofService(reads: NoticeReads, { arn, clusterArn }: WantedService): Promise<Part> {
  const read = await reads.describeServices(clusterArn, [arn]);
  return { services: read.items.flatMap(toServiceNotices), gaps: toGaps(read, 'services') };
}

async function ofStopped(reads: NoticeReads, { name, clusterArn }: WantedService): Promise<readonly Part[]> {
  const list = await reads.listTasks({ cluster: clusterArn, serviceName: name, desiredStatus: 'STOPPED' });
  return [await ofTasks(reads, clusterArn, list.items.slice(0, MOST_STOPPED)), { gaps: toGaps(list, 'tasks') }];
}

/** Reads what ECS says of tasks and services; a read that fails leaves a gap. */
export function createCollectNotices(reads: NoticeReads): CollectNotices {
  return async ({ tasks, services, withStopped }) => {
    const parts = await Promise.all([
      ...tasks.map(async ({ arn, clusterArn }) => [await ofTasks(reads, clusterArn, [arn])]),
      ...services.map(async (service) => [await ofService(reads, service)]),
      ...(withStopped ? services : []).map((service) => ofStopped(reads, service)),
    ]);
    const all = parts.flat();
    return {
      tasks: all.flatMap((part) => part.tasks ?? []).sort(latestFirst),
      services: all.flatMap((part) => part.services ?? []).sort(latestFirst),
      gaps: all.flatMap((part) => part.gaps ?? []),
    };
  };
}
