import { primaryInterfaceOf } from '../../snapshot/primary-interface';
import type { ContainerInstance, Instance, Snapshot, Task } from '../../snapshot/snapshot';
import { clusterNameOf } from '../../snapshot/usage';
import type { BlockedRegistration } from '../registration/blocked-registration';
import { enablePrimaryIpv6 } from './primary-ipv6';
import { awsCommand } from './shell';

/** ECS places no task there any more and moves those of services elsewhere; `--status ACTIVE` undoes it. */
function drain({ region }: Snapshot, { arn, clusterArn }: ContainerInstance): string {
  const named = ['--cluster', clusterNameOf(clusterArn), '--container-instances', arn];
  return awsCommand(region, 'ecs', 'update-container-instances-state', ...named, '--status', 'DRAINING');
}

/** Its service starts another one, where ECS places tasks. */
function stopTask({ region }: Snapshot, { arn, clusterArn }: Task): string {
  return awsCommand(region, 'ecs', 'stop-task', '--cluster', clusterNameOf(clusterArn), '--task', arn);
}

/** Gives it the address that it lacks. Nothing moves an instance to another VPC: from there its tasks have to go. */
export function unblock(
  snapshot: Snapshot,
  instance: Instance,
  { refused, hosts, own }: BlockedRegistration,
): readonly string[] {
  const primary = primaryInterfaceOf(instance);
  if (primary && refused.every(({ why }) => why === 'no-primary-ipv6')) return enablePrimaryIpv6(snapshot, primary);
  const active = hosts.filter(({ status }) => status === 'ACTIVE');
  // what drains already gets no new tasks
  return active.length > 0 ? active.map((host) => drain(snapshot, host)) : own.map((task) => stopTask(snapshot, task));
}
