import { gapFor, type Cause } from '../../snapshot/gap';
import type { ContainerInstance, Snapshot } from '../../snapshot/snapshot';

/** Statuses in which tasks run on it, or soon will; what drains or leaves is not judged. */
const inService = new Set(['REGISTERING', 'ACTIVE']);

/**
 * Whether the rules about EC2 Linux hosts apply: not to Windows and ECS Anywhere, and not to ECS Managed Instances, which
 * are AWS's to configure. A cause: the instance could not be read, so whose it is cannot be told.
 */
export function isJudgedHost(snapshot: Snapshot, host: ContainerInstance): boolean | Cause {
  if (host.ec2InstanceId === undefined) return false;
  if (!inService.has(host.status) || host.operatingSystem !== 'linux') return false;
  const instance = snapshot.instances.get(host.ec2InstanceId);
  if (!instance) return gapFor(snapshot, 'instances', host.ec2InstanceId) ?? true;
  return instance.operatingSystem === 'linux' && instance.operator === undefined;
}
