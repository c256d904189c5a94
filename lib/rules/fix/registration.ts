import type { CloudMapInstance, Snapshot, Target } from '../../snapshot/snapshot';
import { nameIn } from '../wording/arn-name';
import { awsCommand } from './shell';

/** Always with the port: without it AWS takes the group's default port and leaves the real registration in place. */
export function deregisterTarget({ region }: Snapshot, { targetGroupArn, targetId, port }: Target): string {
  const target = port === undefined ? `Id=${targetId}` : `Id=${targetId},Port=${port}`;
  const named = ['--target-group-arn', targetGroupArn, '--targets', target];
  return awsCommand(region, 'elbv2', 'deregister-targets', ...named);
}

export function deregisterCloudMapInstance(snapshot: Snapshot, { serviceArn, instanceId }: CloudMapInstance): string {
  const serviceId = snapshot.cloudMapServices.get(serviceArn)?.id ?? nameIn(serviceArn);
  const named = ['--service-id', serviceId, '--instance-id', instanceId];
  return awsCommand(snapshot.region, 'servicediscovery', 'deregister-instance', ...named);
}
