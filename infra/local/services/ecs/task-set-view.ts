import type { TaskSet, TaskSetField } from '@aws-sdk/client-ecs';
import { resolvePlatformVersion } from './platform';
import type { ServiceRecord } from './records';
import { revisionView } from './revision-view';
import type { TaskSetRecord } from './rollout-records';
import { renderTags } from './tag';
import { computedDesiredCount, taskSetCounts } from './task-set';

/** A task set as the API shows it. */
export function taskSetView(
  service: ServiceRecord,
  taskSet: TaskSetRecord,
  include: readonly (TaskSetField | undefined)[],
): TaskSet {
  const { revision } = taskSet.rollout;
  const { platformVersion } = revision.capacity;
  return {
    id: taskSet.id,
    taskSetArn: taskSet.arn,
    serviceArn: service.arn,
    clusterArn: service.cluster.arn,
    startedBy: taskSet.startedBy,
    externalId: taskSet.externalId,
    status: taskSet.status,
    computedDesiredCount: computedDesiredCount(service, taskSet),
    ...taskSetCounts(service, taskSet),
    createdAt: taskSet.createdAt,
    updatedAt: taskSet.updatedAt,
    ...revisionView(revision),
    platformVersion: platformVersion && resolvePlatformVersion(revision.definition, platformVersion),
    scale: taskSet.scale,
    stabilityStatus: taskSet.stability,
    stabilityStatusAt: taskSet.stabilityAt,
    tags: include.includes('TAGS') ? renderTags(taskSet.tags) : undefined,
  };
}
