import type { Cluster, ClusterField, KeyValuePair } from '@aws-sdk/client-ecs';
import type { ClusterRecord } from './records';
import { isPending } from './task-status';
import { renderTags } from './tag';

/** A cluster as the API shows it; parts that are costly to AWS come only when asked for. */
export function clusterView(cluster: ClusterRecord, include: readonly (ClusterField | undefined)[]): Cluster {
  const tasks = [...cluster.tasks.values()];
  return {
    clusterArn: cluster.arn,
    clusterName: cluster.name,
    status: cluster.status,
    registeredContainerInstancesCount: [...cluster.instances.values()].filter(({ status }) => status !== 'INACTIVE')
      .length,
    runningTasksCount: tasks.filter(({ lastStatus }) => lastStatus === 'RUNNING').length,
    pendingTasksCount: tasks.filter(isPending).length,
    activeServicesCount: [...cluster.services.values()].filter(({ status }) => status === 'ACTIVE').length,
    statistics: include.includes('STATISTICS') ? statistics(cluster) : [],
    tags: include.includes('TAGS') ? renderTags(cluster.tags) : [],
    settings: include.includes('SETTINGS') ? [...cluster.settings] : [],
    capacityProviders: [...cluster.capacityProviders],
    defaultCapacityProviderStrategy: [...cluster.defaultStrategy],
    attachments: include.includes('ATTACHMENTS') ? [] : undefined,
  };
}

const KINDS = [
  ['EC2', 'EC2'],
  ['Fargate', 'FARGATE'],
  ['External', 'EXTERNAL'],
] as const;

function statistics(cluster: ClusterRecord): KeyValuePair[] {
  const tasks = [...cluster.tasks.values()];
  const services = [...cluster.services.values()];
  return KINDS.flatMap(([label, launchType]) => {
    const own = tasks.filter(({ capacity }) => capacity.launchType === launchType);
    const served = services.filter(({ deployments }) => deployments[0]?.revision.capacity.launchType === launchType);
    const counts: readonly (readonly [name: string, count: number])[] = [
      [`running${label}TasksCount`, own.filter(({ lastStatus }) => lastStatus === 'RUNNING').length],
      [`pending${label}TasksCount`, own.filter(isPending).length],
      [`active${label}ServiceCount`, served.filter(({ status }) => status === 'ACTIVE').length],
      [`draining${label}ServiceCount`, served.filter(({ status }) => status === 'DRAINING').length],
    ];
    return counts.map(([name, count]) => ({ name, value: String(count) }));
  });
}
