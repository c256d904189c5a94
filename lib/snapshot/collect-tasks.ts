import pMap from 'p-map';
import type { TaskQuery } from '../aws/ecs-reads';
import { CONCURRENCY } from '../aws/read';
import { byCluster } from './by-cluster';
import { mayHaveTasks } from './collect-clusters';
import { judge, noteGaps, noteListGaps } from './draft';
import { toTask } from './ecs-shapes';
import type { Session } from './session';
import type { Collection, ContainerInstance, Task } from './snapshot';

/** Beyond this many hosts of one cluster, listing all of its tasks takes fewer calls than listing each host's. */
const HOSTS_LISTED_ONE_BY_ONE = 10;

/** Tasks of hosts, whosever they are. */
export function queriesOfHosts(hosts: readonly ContainerInstance[]): readonly TaskQuery[] {
  return [...byCluster(hosts.map(({ arn, clusterArn }) => [arn, clusterArn]))].flatMap(([cluster, arns]) =>
    arns.length > HOSTS_LISTED_ONE_BY_ONE
      ? [{ cluster }]
      : arns.map((containerInstance) => ({ cluster, containerInstance })),
  );
}

/** Tasks of services. */
export function queriesOfServices({ draft }: Session, arns: Iterable<string>): readonly TaskQuery[] {
  return [...arns].flatMap((arn) => {
    const service = draft.services.get(arn);
    return service ? [{ cluster: service.clusterArn, serviceName: service.name }] : [];
  });
}

function judgedHosts({ draft }: Session): readonly ContainerInstance[] {
  return [...(draft.judged.get('container-instance') ?? [])].flatMap((arn) => draft.containerInstances.get(arn) ?? []);
}

/**
 * Lists of tasks that are needed, each once; none within a cluster whose tasks are all listed. The counters of a cluster
 * are older than the targets that were read since: a service may have got its first task meanwhile.
 */
function queries(session: Session): readonly TaskQuery[] {
  const { wholeClusters, servicesWithTasks } = session.progress;
  const serving = new Set([...session.draft.services.values()].map(({ clusterArn }) => clusterArn));
  const whole = [...wholeClusters]
    .filter(([cluster, counts]) => serving.has(cluster) || mayHaveTasks(counts))
    .map(([cluster]) => ({ cluster }));
  const parts = [...queriesOfServices(session, servicesWithTasks), ...queriesOfHosts(judgedHosts(session))];
  return [...whole, ...parts.filter(({ cluster }) => !wholeClusters.has(cluster))];
}

/** Lists tasks; gaps go where the tasks would have gone. */
export async function listTasks(
  { reads, draft, progress }: Session,
  wanted: readonly TaskQuery[],
  collection: Collection,
): Promise<readonly (readonly [arn: string, cluster: string])[]> {
  const lists = await pMap(
    wanted,
    async (query) => {
      const read = await reads.ecs.listTasks(query);
      if (!noteListGaps(draft, collection, read)) progress.incompleteClusters.add(query.cluster);
      return read.items.map((arn) => [arn, query.cluster] as const);
    },
    { concurrency: CONCURRENCY },
  );
  return lists.flat();
}

interface Described {
  readonly tasks: readonly Task[];
  readonly absent: readonly string[];
}

/** Describes tasks, by cluster. STOPPED ones count as absent: they hold nothing any more. */
export async function describeTasks(
  { reads, draft, progress }: Session,
  arns: Iterable<readonly [arn: string, cluster: string]>,
  collection: Collection,
): Promise<Described> {
  const answers = await pMap(
    byCluster(new Map(arns)),
    async ([cluster, some]) => {
      const read = await reads.ecs.describeTasks(cluster, some);
      if (!noteGaps(draft, collection, read)) progress.incompleteClusters.add(cluster);
      return read;
    },
    { concurrency: CONCURRENCY },
  );
  const all = answers.flatMap(({ items }) => items.map(toTask));
  const stopped = all.filter(({ lastStatus }) => lastStatus === 'STOPPED').map(({ arn }) => arn);
  return {
    tasks: all.filter(({ lastStatus }) => lastStatus !== 'STOPPED'),
    absent: [...answers.flatMap(({ missing }) => missing), ...stopped],
  };
}

const serviceKey = (clusterArn: string, name: string | undefined): string => `${clusterArn} ${name ?? ''}`;

/** Tells the tasks that are judged from those that are context. */
function judgment({ wanted, draft, progress }: Session): (task: Task) => boolean {
  const services = [...(draft.judged.get('service') ?? [])].flatMap((arn) => draft.services.get(arn) ?? []);
  const judged = new Set(services.map(({ clusterArn, name }) => serviceKey(clusterArn, name)));
  return ({ arn, clusterArn, serviceName }) =>
    wanted.tasks.has(arn) || progress.wholeClusters.has(clusterArn) || judged.has(serviceKey(clusterArn, serviceName));
}

/** The tasks that are asked for, those of judged services and clusters, and those on judged hosts. */
export async function collectTasks(session: Session): Promise<void> {
  const { wanted, draft } = session;
  const listed = await listTasks(session, queries(session), 'tasks');
  const { tasks, absent } = await describeTasks(session, [...listed, ...wanted.tasks], 'tasks');
  const isJudged = judgment(session);
  for (const task of tasks) {
    draft.tasks.set(task.arn, task);
    if (isJudged(task)) judge(draft, 'task', task.arn);
  }
  for (const arn of absent) if (wanted.tasks.has(arn)) draft.gone.add(arn);
}
