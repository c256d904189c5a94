import type { Scope } from '../../kernel/scope';
import { invalidParameter } from './ecs-error';
import type { ClusterRecord, TaskRecord } from './records';
import { parseReference } from './reference';

/** Old and new ids: with and without dashes. */
const ID_LENGTHS: readonly number[] = [32, 36];

/** The task by id or ARN; stopped ones as long as ECS shows them. */
export function findTask(scope: Scope, cluster: ClusterRecord, reference: string): TaskRecord | undefined {
  const { cluster: named = cluster.name, name } = parseReference(scope, 'task', reference);
  if (!ID_LENGTHS.includes(name.length))
    throw invalidParameter(`taskId length should be one of [${ID_LENGTHS.join()}]`);
  return named === cluster.name ? cluster.tasks.get(name) : undefined;
}
