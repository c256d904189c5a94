import { nameIn } from '../wording/arn-name';
import type { Snapshot, Task } from '../../snapshot/snapshot';
import { serviceOfTask } from '../../snapshot/usage';

/** What people call whoever started the task; of one that no service did, what it runs. */
export const ownerOf = ({ serviceName, taskDefinitionArn }: Task): string =>
  serviceName ?? `no service (${nameIn(taskDefinitionArn)})`;

/** ARNs of what the task was started from: its service, as far as the snapshot knows it, and its revision. */
export function originOf(snapshot: Snapshot, task: Task): readonly string[] {
  return [serviceOfTask(snapshot, task)?.arn, task.taskDefinitionArn].filter((arn) => arn !== undefined);
}
