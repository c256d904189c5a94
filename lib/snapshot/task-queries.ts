/** Which lists of tasks are asked for: by service, by host or by cluster, whichever takes fewer calls. */
import type { TaskQuery } from '../aws/ecs-reads';
import { ECS_PAGE, TASKS_PER_CALL } from '../aws/limits';
import { byCluster } from './by-cluster';
import { mayHaveTasks } from './collect-clusters';
import { groupedBy } from './indexed';
import type { Session } from './session';
import type { ContainerInstance, Service } from './snapshot';

/** Beyond this many hosts of one cluster, listing all of its tasks takes fewer calls than listing each host's. */
const HOSTS_LISTED_ONE_BY_ONE = 10;
/** Calls that a list by cluster must be able to save: to know how large clusters are takes one, too. */
const WORTH_A_LOOK = 2;

/** Tasks of hosts, whosever they are. */
export function queriesOfHosts(hosts: readonly ContainerInstance[]): readonly TaskQuery[] {
  return [...byCluster(hosts.map(({ arn, clusterArn }) => [arn, clusterArn]))].flatMap(([cluster, arns]) =>
    arns.length > HOSTS_LISTED_ONE_BY_ONE
      ? [{ cluster }]
      : arns.map((containerInstance) => ({ cluster, containerInstance })),
  );
}

const queryOf = ({ clusterArn, name }: Service): TaskQuery => ({ cluster: clusterArn, serviceName: name });

function servicesNamed({ draft }: Session, arns: Iterable<string>): readonly Service[] {
  return [...arns].flatMap((arn) => draft.services.get(arn) ?? []);
}

/** Tasks of services. */
export function queriesOfServices(session: Session, arns: Iterable<string>): readonly TaskQuery[] {
  return servicesNamed(session, arns).map(queryOf);
}

const pages = (tasks: number): number => Math.max(1, Math.ceil(tasks / ECS_PAGE));
const total = (numbers: readonly number[]): number => numbers.reduce((sum, number) => sum + number, 0);
const tasksOf = (services: readonly Service[]): readonly number[] =>
  services.map(({ desiredCount, runningCount }) => Math.max(desiredCount, runningCount));

/** Its tasks are listed with those of others, which must be described to tell them apart. */
function clusterIsCheaper(services: readonly Service[], tasksOfCluster: number): boolean {
  const wanted = total(tasksOf(services));
  const others = Math.ceil(tasksOfCluster / TASKS_PER_CALL) - Math.ceil(wanted / TASKS_PER_CALL);
  return pages(tasksOfCluster) + Math.max(0, others) < total(tasksOf(services).map(pages));
}

/** Tasks in each cluster as ECS counts them. What cannot be read only costs the better choice. */
async function tasksOfClusters({ reads }: Session, arns: readonly string[]): Promise<ReadonlyMap<string, number>> {
  if (arns.length === 0) return new Map();
  const { items } = await reads.ecs.describeClusters(arns);
  return new Map(
    items.map(({ clusterArn = '', runningTasksCount = 0, pendingTasksCount = 0 }) => [
      clusterArn,
      runningTasksCount + pendingTasksCount,
    ]),
  );
}

/** Services in as few lists as ECS allows. */
async function cheapQueriesOfServices(session: Session, services: readonly Service[]): Promise<readonly TaskQuery[]> {
  const groups = [...groupedBy(services, ({ clusterArn }) => clusterArn)];
  const saved = (some: readonly Service[]) => total(tasksOf(some).map(pages)) - pages(total(tasksOf(some)));
  const large = groups.filter(([, some]) => saved(some) >= WORTH_A_LOOK);
  const sizes = await tasksOfClusters(
    session,
    large.map(([cluster]) => cluster),
  );
  return groups.flatMap(([cluster, some]) => {
    const size = sizes.get(cluster);
    return size !== undefined && clusterIsCheaper(some, size) ? [{ cluster }] : some.map(queryOf);
  });
}

function judgedHosts({ draft }: Session): readonly ContainerInstance[] {
  return [...(draft.judged.get('container-instance') ?? [])].flatMap((arn) => draft.containerInstances.get(arn) ?? []);
}

/** A cluster that is listed as a whole needs no list of a part of it. */
function withoutParts(queries: readonly TaskQuery[]): readonly TaskQuery[] {
  const isWhole = (query: TaskQuery): boolean =>
    query.serviceName === undefined && query.containerInstance === undefined;
  const whole = new Set(queries.filter(isWhole).map(({ cluster }) => cluster));
  return [...[...whole].map((cluster) => ({ cluster })), ...queries.filter(({ cluster }) => !whole.has(cluster))];
}

/**
 * Lists of tasks that are needed, each once. The counters of a cluster are older than the targets that were read since:
 * a service may have got its first task meanwhile.
 */
export async function taskQueries(session: Session): Promise<readonly TaskQuery[]> {
  const { wholeClusters, servicesWithTasks } = session.progress;
  const serving = new Set([...session.draft.services.values()].map(({ clusterArn }) => clusterArn));
  const whole = [...wholeClusters]
    .filter(([cluster, counts]) => serving.has(cluster) || mayHaveTasks(counts))
    .map(([cluster]) => ({ cluster }));
  const isPart = ({ clusterArn }: { readonly clusterArn: string }): boolean => !wholeClusters.has(clusterArn);
  const services = servicesNamed(session, servicesWithTasks).filter(isPart);
  const hosts = queriesOfHosts(judgedHosts(session).filter(isPart));
  return withoutParts([...whole, ...hosts, ...(await cheapQueriesOfServices(session, services))]);
}
