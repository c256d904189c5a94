import type { Finding } from '../evaluate/finding';
import type { Snapshot } from '../snapshot/snapshot';

/** The containers that hold what a finding is about, as `Snapshot.covered` names them; none: not known. */
export function parentsOf(
  snapshot: Snapshot,
  { kind, resource }: Pick<Finding, 'kind' | 'resource'>,
): readonly string[] {
  switch (kind) {
    case 'service':
      return clusterOf(snapshot.services.get(resource));
    case 'task':
      return clusterOf(snapshot.tasks.get(resource));
    case 'container-instance':
      return clusterOf(snapshot.containerInstances.get(resource));
    case 'instance':
      return unique(
        [...snapshot.containerInstances.values()]
          .filter((host) => host.ec2InstanceId === resource.slice(resource.lastIndexOf('/') + 1))
          .map((host) => host.clusterArn),
      );
    case 'task-definition':
      return unique(
        [...snapshot.tasks.values(), ...snapshot.services.values()]
          .filter((user) => user.taskDefinitionArn === resource)
          .map((user) => user.clusterArn),
      );
    case 'target':
    case 'cloudmap-instance':
      return [resource.slice(0, resource.indexOf('#'))];
    default:
      return [];
  }
}

const unique = (items: readonly string[]): readonly string[] => [...new Set(items)].sort();
const clusterOf = (resident: { readonly clusterArn: string } | undefined): readonly string[] =>
  resident ? [resident.clusterArn] : [];
