import pMap from 'p-map';
import type { TaskQuery } from '../aws/ecs-reads';
import { CONCURRENCY } from '../aws/read';
import { byCluster } from './by-cluster';
import { judge, noteGaps, noteListGaps, toSnapshot } from './draft';
import { toTask } from './ecs-shapes';
import { distinct } from './pick';
import type { Session } from './session';
import type { Collection, Snapshot, Task } from './snapshot';
import { queriesOfServices, taskQueries } from './task-queries';
import { serviceOfTask, servicesInCluster, targetGroupsOf, tasksOnContainerInstance } from './usage';

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

/** Lists of whole clusters bring tasks that nobody asked for: what they stand on need not be read. */
function isNeeded({ wanted, draft, progress }: Session): (task: Task) => boolean {
  const services = [...progress.servicesWithTasks].flatMap((arn) => draft.services.get(arn) ?? []);
  const names = new Set(services.map(({ clusterArn, name }) => serviceKey(clusterArn, name)));
  const hosts = draft.judged.get('container-instance');
  return ({ arn, clusterArn, serviceName, containerInstanceArn = '' }) =>
    wanted.tasks.has(arn) ||
    progress.wholeClusters.has(clusterArn) ||
    names.has(serviceKey(clusterArn, serviceName)) ||
    hosts?.has(containerInstanceArn) === true;
}

/** The tasks that are asked for, those of judged services and clusters, and those on judged hosts. */
export async function collectTasks(session: Session): Promise<void> {
  const { wanted, draft } = session;
  const listed = await listTasks(session, await taskQueries(session), 'tasks');
  const { tasks, absent } = await describeTasks(session, [...listed, ...wanted.tasks], 'tasks');
  const isJudged = judgment(session);
  for (const task of tasks.filter(isNeeded(session))) {
    draft.tasks.set(task.arn, task);
    if (isJudged(task)) judge(draft, 'task', task.arn);
  }
  for (const arn of absent) if (wanted.tasks.has(arn)) draft.gone.add(arn);
}

/** Services with tasks on hosts that were asked for, or that could not register some, and more of them elsewhere. */
function servicesBeside({ progress }: Session, snapshot: Snapshot): readonly string[] {
  const hosts = [...(snapshot.judged.get('container-instance') ?? [])];
  const clusters = hosts.map((arn) => snapshot.containerInstances.get(arn)?.clusterArn ?? '');
  const refused = distinct(clusters)
    .flatMap((arn) => servicesInCluster(snapshot, arn))
    .filter(({ registrationFailure }) => registrationFailure !== undefined);
  const present = hosts
    .flatMap((arn) => tasksOnContainerInstance(snapshot, arn))
    .flatMap((task) => serviceOfTask(snapshot, task) ?? []);
  const unread = [...refused, ...present].filter(
    ({ arn, clusterArn }) => !progress.servicesWithTasks.has(arn) && !progress.wholeClusters.has(clusterArn),
  );
  return distinct(unread.filter((one) => targetGroupsOf(one).length > 0).map(({ arn }) => arn));
}

/** What a host does to tasks of the same services on others: for people who ask; answers whether there were any. */
export async function collectTasksBeside(session: Session): Promise<boolean> {
  const { draft, withSurroundings } = session;
  const services = withSurroundings ? servicesBeside(session, toSnapshot(draft)) : [];
  const listed = await listTasks(session, queriesOfServices(session, services), 'tasks');
  const unknown = listed.filter(([arn]) => !draft.tasks.has(arn));
  const { tasks } = await describeTasks(session, unknown, 'tasks');
  for (const task of tasks) draft.tasks.set(task.arn, task);
  return tasks.length > 0;
}
