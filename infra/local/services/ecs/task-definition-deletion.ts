import type { DeleteTaskDefinitionsRequest, DeleteTaskDefinitionsResponse, Failure } from '@aws-sdk/client-ecs';
import { operation } from '../../kernel/operation';
import type { Scope } from '../../kernel/scope';
import { clientError, invalidParameter } from './ecs-error';
import type { DefinitionRecord } from './records';
import { ecsArn, parseReference } from './reference';
import { ecsState } from './store';
import { findDefinition, isActive } from './task-definition';
import { timings } from './timings';

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeleteTaskDefinitions.html */
const MAX_DELETED = 10;

/** Revisions go once no task and no service needs them any more; until then they are DELETE_IN_PROGRESS. */
export const deleteTaskDefinitions = operation<DeleteTaskDefinitionsRequest, DeleteTaskDefinitionsResponse>({
  accepts: ['taskDefinitions'],
  run({ taskDefinitions: asked = [] }, { scope }) {
    if (asked.length < 1 || asked.length > MAX_DELETED) {
      throw invalidParameter(`Between 1 and ${MAX_DELETED} task definitions must be specified.`);
    }
    const taskDefinitions = [];
    const failures: Failure[] = [];
    for (const reference of asked) {
      const record = revisionNamed(scope, reference);
      const reason = objection(record);
      if (!record || reason !== undefined) failures.push({ arn: arnOf(scope, reference), reason });
      else taskDefinitions.push(begin(scope, record));
    }
    return { taskDefinitions, failures };
  },
  authorize: ({ taskDefinitions = [] }, { scope }) =>
    taskDefinitions.map((reference) => ({
      action: 'ecs:DeleteTaskDefinitions',
      resource: arnOf(scope, reference),
    })),
});

function revisionNamed(scope: Scope, reference: string): DefinitionRecord | undefined {
  const revision = reference.split(':').at(-1) ?? '';
  if (!/^\d+$/.test(revision)) throw clientError(`Invalid revision number. Number: ${revision}`);
  return findDefinition(scope, reference);
}

function objection(record: DefinitionRecord | undefined): string | undefined {
  if (!record) return 'MISSING';
  if (!isActive(record)) return undefined;
  return 'The specified task definition is still in ACTIVE status. Please deregister the target and try again.';
}

function arnOf(scope: Scope, reference: string): string {
  if (reference.startsWith('arn:')) return reference;
  return ecsArn(scope, 'task-definition', parseReference(scope, 'task-definition', reference).name);
}

function begin(scope: Scope, record: DefinitionRecord) {
  record.definition = {
    ...record.definition,
    status: 'DELETE_IN_PROGRESS',
    deleteRequestedAt: record.definition.deleteRequestedAt ?? scope.clock.now(),
  };
  finish(scope, record);
  return record.definition;
}

function finish(scope: Scope, record: DefinitionRecord): void {
  scope.clock.after(timings(scope).reconcile, () => {
    if (isUsed(scope, record)) finish(scope, record);
    else record.deleted = true;
  });
}

function isUsed(scope: Scope, record: DefinitionRecord): boolean {
  return [...ecsState(scope).clusters.values()].some(
    ({ tasks, services }) =>
      [...tasks.values()].some((task) => task.definition === record && task.lastStatus !== 'STOPPED') ||
      [...services.values()].some(({ deployments, taskSets, status }) =>
        [...deployments, ...taskSets.map(({ rollout }) => rollout)].some(
          ({ revision }) => status !== 'INACTIVE' && revision.definition === record,
        ),
      ),
  );
}
