import type { Snapshot, Task } from '../../snapshot/snapshot';
import { serviceOfTask } from '../../snapshot/usage';

/** What people call whoever started the task. */
export const ownerOf = ({ serviceName }: Task): string => serviceName ?? 'no service';

/** ARNs of what the task was started from: its service, as far as the snapshot knows it, and its revision. */
export function originOf(snapshot: Snapshot, task: Task): readonly string[] {
  return [serviceOfTask(snapshot, task)?.arn, task.taskDefinitionArn].filter((arn) => arn !== undefined);
}
