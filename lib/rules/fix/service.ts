import type { Service, Snapshot, Task } from '../../snapshot/snapshot';
import { clusterNameOf, serviceOfTask } from '../../snapshot/usage';
import { awsCommand } from './shell';

/** `aws ecs update-service` of that service, with what is to change. */
export function updateService(
  { region }: Snapshot,
  { name, clusterArn }: Service,
  ...changes: readonly string[]
): string {
  const named = ['--cluster', clusterNameOf(clusterArn), '--service', name];
  return awsCommand(region, 'ecs', 'update-service', ...named, ...changes);
}

/** Replaces a task that its service would start otherwise today; a task of no service is started anew by its owner. */
export function replaceTask(snapshot: Snapshot, task: Task, ...changes: readonly string[]): readonly string[] {
  const service = serviceOfTask(snapshot, task);
  return service ? [updateService(snapshot, service, ...changes, '--force-new-deployment')] : [];
}

/** Shows what the service said last. */
export function showService({ region }: Snapshot, { name, clusterArn }: Service): string {
  const named = ['--cluster', clusterNameOf(clusterArn), '--services', name];
  return awsCommand(region, 'ecs', 'describe-services', ...named, '--query', 'services[].events[:5].message');
}
