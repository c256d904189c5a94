import type { Scale } from '@aws-sdk/client-ecs';
import type { Scope } from '../../kernel/scope';
import { newRollout } from './deployment';
import { invalidParameter } from './ecs-error';
import type { Revision, ServiceRecord, Tags } from './records';
import { ecsArn } from './reference';
import type { TaskSetRecord } from './rollout-records';
import { NO_TAGS } from './tag';

export interface TaskSetRequest {
  readonly revision: Revision;
  readonly scale: Required<Scale>;
  readonly externalId: string | undefined;
  readonly clientToken: string | undefined;
  readonly tags: Tags;
}

/** Adds a task set, whose tasks start at the scheduler's next look. */
export function addTaskSet(scope: Scope, service: ServiceRecord, request: TaskSetRequest): TaskSetRecord {
  const { revision, ...given } = request;
  const rollout = newRollout(scope, service, revision);
  const made: TaskSetRecord = {
    ...given,
    id: rollout.id,
    arn: ecsArn(scope, 'task-set', service.cluster.name, service.name, rollout.id),
    // https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_TaskSet.html: external controllers leave it out.
    startedBy: service.controller === 'CODE_DEPLOY' ? 'CODE_DEPLOY' : undefined,
    status: 'ACTIVE',
    rollout,
    createdAt: rollout.createdAt,
    updatedAt: rollout.createdAt,
    stability: 'STABILIZING',
    stabilityAt: rollout.createdAt,
  };
  service.taskSets = [...service.taskSets, made];
  return made;
}

/** CodeDeploy finds a service that runs already: with all of its tasks in one set. */
export function addFirstTaskSet(scope: Scope, service: ServiceRecord, revision: Revision): void {
  const scale = { value: 100, unit: 'PERCENT' } as const;
  const made = addTaskSet(scope, service, {
    ...{ revision, scale, tags: NO_TAGS },
    ...{ externalId: undefined, clientToken: undefined },
  });
  made.status = 'PRIMARY';
}

/** The share of a service's tasks; none if nothing is said: https://docs.aws.amazon.com/cli/latest/reference/ecs/create-task-set.html */
export function checkedScale({ value = 0, unit = 'PERCENT' }: Scale = {}): Required<Scale> {
  if (value < 0 || value > 100) throw invalidParameter('Scale value must be between 0.0 and 100.0.');
  return { value, unit };
}
