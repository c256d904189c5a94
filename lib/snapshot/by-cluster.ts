/** ARN to the ARN of its cluster, as ECS takes them: in batches of one cluster each. */
export type ClusterOf = Iterable<readonly [arn: string, cluster: string]>;

export function byCluster(entries: ClusterOf): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, string[]>();
  for (const [arn, cluster] of entries) {
    const group = groups.get(cluster);
    if (group) group.push(arn);
    else groups.set(cluster, [arn]);
  }
  return groups;
}
