import { gapFor, type Gap } from '../../snapshot/gap';
import type { Snapshot, Task } from '../../snapshot/snapshot';

/** ARNs of the host that the task was placed on, as ECS and as EC2 know it; none on Fargate. A gap: it was not read. */
export function hostOf(snapshot: Snapshot, { containerInstanceArn }: Task): readonly string[] | Gap {
  if (containerInstanceArn === undefined) return [];
  const id = snapshot.containerInstances.get(containerInstanceArn)?.ec2InstanceId;
  const instance = snapshot.instances.get(id ?? '');
  const unread = id === undefined ? gapFor(snapshot, 'containerInstances', containerInstanceArn) : undefined;
  const gap = unread ?? (instance ? undefined : gapFor(snapshot, 'instances', id));
  return gap ?? [containerInstanceArn, ...(instance ? [instance.arn] : [])];
}
