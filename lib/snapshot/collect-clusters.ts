import type { Cluster as EcsCluster } from '@aws-sdk/client-ecs';
import { judge, noteGaps, noteListGaps } from './draft';
import { toCluster } from './ecs-shapes';
import type { Session } from './session';

/** A deleted cluster is still described for a while. */
const DELETED = 'INACTIVE';

async function describeClusters({ reads, draft }: Session, arns: readonly string[]) {
  const read = await reads.ecs.describeClusters(arns);
  noteGaps(draft, 'clusters', read);
  const present = read.items.filter(({ status }) => status !== DELETED);
  for (const cluster of present.map(toCluster)) draft.clusters.set(cluster.arn, cluster);
  const deleted = read.items.filter(({ status }) => status === DELETED).map(({ clusterArn = '' }) => clusterArn);
  return { present, absent: new Set([...read.missing, ...deleted]) };
}

export type ClusterSizes = ReadonlyMap<string, EcsCluster | undefined>;

async function listClusters(session: Session): Promise<ClusterSizes> {
  const list = await session.reads.ecs.listClusters();
  noteListGaps(session.draft, 'clusters', list);
  return sizesOf(session, list.items);
}

/** By ARN; `undefined` where the cluster could not be described, so that its counters are not known. */
async function sizesOf(session: Session, arns: readonly string[]): Promise<ClusterSizes> {
  const { present, absent } = await describeClusters(session, arns);
  const described = new Map(present.map((cluster) => [cluster.clusterArn ?? '', cluster]));
  return new Map(arns.filter((arn) => !absent.has(arn)).map((arn) => [arn, described.get(arn)]));
}

/** Every cluster of the account and region, read once in a pass. */
export function allClusters(session: Session): Promise<ClusterSizes> {
  const { progress } = session;
  progress.allClusters ??= listClusters(session);
  return progress.allClusters;
}

/** Clusters that are described as part of something else. */
export async function collectClustersOf(session: Session, arns: Iterable<string>): Promise<void> {
  const unknown = [...new Set(arns)].filter((arn) => !session.draft.clusters.has(arn));
  await describeClusters(session, unknown);
}

async function askedClusters(session: Session, arns: readonly string[]): Promise<ClusterSizes> {
  const sizes = await sizesOf(session, arns);
  for (const arn of arns) if (!sizes.has(arn)) session.draft.gone.add(arn);
  return sizes;
}

/** The clusters that are asked for as a whole; all of them on a sweep. */
export async function collectClusters(session: Session): Promise<void> {
  const { wanted, draft, progress } = session;
  const everything: ClusterSizes = wanted.everything ? await allClusters(session) : new Map();
  const others = [...wanted.clusters].filter((arn) => !everything.has(arn));
  for (const [arn, cluster] of [...everything, ...(await askedClusters(session, others))]) {
    progress.wholeClusters.set(arn, cluster);
    if (draft.clusters.has(arn)) judge(draft, 'cluster', arn);
    else progress.incompleteClusters.add(arn);
  }
}

/** What ECS counts in a cluster; `undefined` counts as something: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Cluster.html */
export const mayHaveTasks = (cluster: EcsCluster | undefined): boolean =>
  cluster?.runningTasksCount !== 0 || cluster.pendingTasksCount !== 0;

export const mayHaveHosts = (cluster: EcsCluster | undefined): boolean =>
  cluster?.registeredContainerInstancesCount !== 0;
