import pMap from 'p-map';
import { chunk, CONCURRENCY } from '../aws/read';
import { byCluster, type ClusterOf } from './by-cluster';
import { allClusters, mayHaveHosts } from './collect-clusters';
import { judge, noteGaps, noteListGaps } from './draft';
import { toContainerInstance } from './ecs-shapes';
import type { Session } from './session';
import type { ContainerInstance } from './snapshot';

/** A deregistered container instance is still described for a while. */
const DELETED = 'INACTIVE';

/** Ids in one filter expression; no limit is published for its length. */
const IDS_IN_FILTER = 50;

interface Described {
  readonly hosts: readonly ContainerInstance[];
  /** Asked for, and not there any more. */
  readonly absent: readonly string[];
}

async function describeHosts(
  { reads, draft, progress }: Session,
  cluster: string,
  arns: readonly string[],
): Promise<Described> {
  const read = await reads.ecs.describeContainerInstances(cluster, arns);
  if (!noteGaps(draft, 'containerInstances', read)) progress.incompleteClusters.add(cluster);
  const all = read.items.map((item) => toContainerInstance(item, cluster));
  const hosts = all.filter(({ status }) => status !== DELETED);
  for (const host of hosts) draft.containerInstances.set(host.arn, host);
  const deleted = all.filter(({ status }) => status === DELETED).map(({ arn }) => arn);
  return { hosts, absent: [...read.missing, ...deleted] };
}

async function listHosts({ reads, draft, progress }: Session, cluster: string, ids?: readonly string[]) {
  const list = await reads.ecs.listContainerInstances(cluster, ids);
  if (!noteListGaps(draft, 'containerInstances', list)) progress.incompleteClusters.add(cluster);
  return list.items;
}

function judgeHosts({ draft }: Session, hosts: readonly ContainerInstance[]): void {
  for (const { arn } of hosts) judge(draft, 'container-instance', arn);
}

async function collectAskedHosts(session: Session): Promise<void> {
  for (const [cluster, arns] of byCluster(session.wanted.containerInstances)) {
    const { hosts, absent } = await describeHosts(session, cluster, arns);
    judgeHosts(session, hosts);
    for (const arn of absent) session.draft.gone.add(arn);
    session.progress.hostClusters.add(cluster);
  }
}

/** All hosts of a cluster. */
async function collectHostsIn(session: Session, cluster: string): Promise<readonly ContainerInstance[]> {
  session.progress.hostsListed.add(cluster);
  const { hosts } = await describeHosts(session, cluster, await listHosts(session, cluster));
  return hosts;
}

async function collectWholeClusters(session: Session): Promise<void> {
  const clusters = [...session.progress.wholeClusters].filter(([, counts]) => mayHaveHosts(counts));
  await pMap(clusters, async ([arn]) => judgeHosts(session, await collectHostsIn(session, arn)), {
    concurrency: CONCURRENCY,
  });
}

const known = ({ draft }: Session) => new Set([...draft.containerInstances.values()].map((host) => host.ec2InstanceId));

async function findHostsIn(
  session: Session,
  cluster: string,
  ids: readonly string[],
): Promise<readonly ContainerInstance[]> {
  const lists = await pMap(chunk(ids, IDS_IN_FILTER), (some) => listHosts(session, cluster, some), {
    concurrency: CONCURRENCY,
  });
  const { hosts } = await describeHosts(session, cluster, lists.flat());
  return hosts;
}

/** The container instances that the EC2 instances are known as: an instance does not say to which cluster it belongs. */
export async function findHosts(session: Session, ids: readonly string[]): Promise<readonly ContainerInstance[]> {
  const before = known(session);
  const unknown = ids.filter((id) => !before.has(id));
  if (unknown.length > 0) {
    const clusters = [...(await allClusters(session))].filter(([, counts]) => mayHaveHosts(counts));
    const others = clusters.map(([arn]) => arn).filter((arn) => !session.progress.hostsListed.has(arn));
    await pMap(others, (arn) => findHostsIn(session, arn, unknown), { concurrency: CONCURRENCY });
  }
  const sought = new Set(ids);
  return [...session.draft.containerInstances.values()].filter(({ ec2InstanceId = '' }) => sought.has(ec2InstanceId));
}

async function collectHostsOfInstances(session: Session): Promise<void> {
  const hosts = await findHosts(session, [...session.wanted.instances]);
  judgeHosts(session, hosts);
  for (const { clusterArn } of hosts) session.progress.hostClusters.add(clusterArn);
}

/** The hosts that are asked for: by name, by their EC2 instance, or with their cluster. */
export async function collectContainerInstances(session: Session): Promise<void> {
  await collectAskedHosts(session);
  await collectWholeClusters(session);
  await collectHostsOfInstances(session);
}

/** Hosts as context: those of tasks, and all of the clusters in which a service could be placed. */
export async function collectHostsOf(session: Session, hosts: ClusterOf, clusters: Iterable<string>): Promise<void> {
  for (const cluster of clusters) {
    if (!session.progress.hostsListed.has(cluster)) await collectHostsIn(session, cluster);
  }
  const unknown = [...new Map(hosts)].filter(([arn]) => !session.draft.containerInstances.has(arn));
  for (const [cluster, arns] of byCluster(unknown)) await describeHosts(session, cluster, arns);
}
