/** Requests for resources of ECS, whose ARNs say account, region and mostly the cluster. */
import { formatArn, parseEcsArn, type EcsArn } from './arn';
import type { Request } from './request';

/**
 * The request for an ECS resource; undefined if `id` is no ARN of that kind. `clusterArn` is needed for ARNs of the
 * short format (`task/0a1b`), which do not name their cluster.
 */
export function ecsRequest(
  kind: 'task' | 'service' | 'container-instance',
  id: string,
  clusterArn?: string,
): Request | undefined {
  const arn = parseEcsArn(id);
  if (arn?.type !== kind) return undefined;
  const cluster = clusterArn ?? clusterArnOf(arn);
  return { kind, account: arn.account, region: arn.region, ...(cluster && { cluster }), id };
}

function clusterArnOf(arn: EcsArn): string | undefined {
  return arn.cluster && formatArn({ ...arn, resource: `cluster/${arn.cluster}` });
}

/** ARN of a service, from its name and the ARN of its cluster; undefined if that is no cluster's ARN. */
export function serviceArnOf(clusterArn: string, name: string): string | undefined {
  const cluster = parseEcsArn(clusterArn);
  if (cluster?.type !== 'cluster') return undefined;
  return formatArn({ ...cluster, resource: `service/${cluster.name}/${name}` });
}
