import pMap from 'p-map';
import { CONCURRENCY } from '../aws/read';
import { byCluster, type ClusterOf } from './by-cluster';
import { allClusters } from './collect-clusters';
import { judge, noteGaps, noteListGaps } from './draft';
import { toService } from './ecs-shapes';
import type { Session } from './session';
import type { Collection, Service } from './snapshot';
import { targetGroupsOf } from './usage';

/** A deleted service is still described for a while. */
const DELETED = 'INACTIVE';

interface Described {
  readonly services: readonly Service[];
  readonly absent: readonly string[];
  readonly isComplete: boolean;
}

interface ServicesOf {
  readonly cluster: string;
  readonly arns: readonly string[];
  /** Where gaps belong. */
  readonly collection: Collection;
}

async function describe({ reads, draft }: Session, { cluster, arns, collection }: ServicesOf): Promise<Described> {
  const read = await reads.ecs.describeServices(cluster, arns);
  const isComplete = noteGaps(draft, collection, read);
  const all = read.items.map(toService);
  const deleted = all.filter(({ status }) => status === DELETED).map(({ arn }) => arn);
  const services = all.filter(({ status }) => status !== DELETED);
  return { services, absent: [...read.missing, ...deleted], isComplete };
}

/** Reads the services once in a pass; those that are there are then in the draft. Gives the others. */
export async function seekServices(session: Session, wanted: ClusterOf): Promise<readonly string[]> {
  const { draft, progress } = session;
  const unsought = [...new Map(wanted)].filter(([arn]) => !progress.servicesSought.has(arn));
  for (const [arn] of unsought) progress.servicesSought.add(arn);
  const parts = await pMap(
    byCluster(unsought),
    async ([cluster, arns]) => {
      const { services, absent, isComplete } = await describe(session, { cluster, arns, collection: 'services' });
      for (const service of services) draft.services.set(service.arn, service);
      if (!isComplete) progress.incompleteClusters.add(cluster);
      return absent;
    },
    { concurrency: CONCURRENCY },
  );
  return parts.flat();
}

/** All services of a cluster; gives their ARNs. */
async function seekServicesIn(session: Session, cluster: string): Promise<readonly string[]> {
  const { reads, draft, progress } = session;
  const list = await reads.ecs.listServices(cluster);
  if (!noteListGaps(draft, 'services', list)) progress.incompleteClusters.add(cluster);
  else progress.servicesListed.add(cluster);
  await seekServices(
    session,
    list.items.map((arn) => [arn, cluster]),
  );
  return list.items;
}

function judgeServices({ draft }: Session, arns: Iterable<string>): void {
  for (const arn of arns) if (draft.services.has(arn)) judge(draft, 'service', arn);
}

async function collectAskedServices(session: Session): Promise<void> {
  const { wanted, draft, progress } = session;
  for (const arn of await seekServices(session, wanted.services)) draft.gone.add(arn);
  judgeServices(session, wanted.services.keys());
  for (const arn of wanted.services.keys()) progress.servicesWithTasks.add(arn);
}

/** Services of a cluster that are not in the draft; they are looked through, not kept. */
async function otherServices(session: Session, cluster: string, collection: Collection): Promise<readonly Service[]> {
  const { reads, draft, progress } = session;
  const list = await reads.ecs.listServices(cluster);
  noteListGaps(draft, collection, list);
  const arns = list.items.filter((arn) => !progress.servicesSought.has(arn));
  const { services } = await describe(session, { cluster, arns, collection });
  return services;
}

async function lookThroughServices(session: Session, collection: Collection): Promise<readonly Service[]> {
  const { draft, progress } = session;
  const clusters = [...(await allClusters(session)).keys()].filter((arn) => !progress.servicesListed.has(arn));
  const others = await pMap(clusters, (arn) => otherServices(session, arn, collection), { concurrency: CONCURRENCY });
  return [...draft.services.values(), ...others.flat()];
}

/** Every service of the account and region, to find out who uses something; read once in a pass. */
export function readAllServices(session: Session, collection: Collection): Promise<readonly Service[]> {
  const { progress } = session;
  progress.allServices ??= lookThroughServices(session, collection);
  return progress.allServices;
}

/** Services that use a target group or Cloud Map service which was asked for by itself. */
async function collectUsers(session: Session): Promise<void> {
  const { targetGroups, cloudMapServices } = session.wanted;
  if (targetGroups.size + cloudMapServices.size === 0) return;
  const users = (await readAllServices(session, 'services')).filter(
    (service) =>
      targetGroupsOf(service).some((arn) => targetGroups.has(arn)) ||
      service.registries.some(({ registryArn }) => cloudMapServices.has(registryArn)),
  );
  keepServices(session, users);
  for (const { arn } of users) session.progress.servicesWithTasks.add(arn);
}

/** Takes services into the draft that were read to look through them. */
export function keepServices({ draft, progress }: Session, services: readonly Service[]): void {
  for (const service of services) {
    draft.services.set(service.arn, service);
    progress.servicesSought.add(service.arn);
  }
}

/** The services that are asked for, and those that the judgement of others needs. */
export async function collectServices(session: Session): Promise<void> {
  const { progress } = session;
  await collectAskedServices(session);
  const whole = [...progress.wholeClusters.keys()];
  await pMap(whole, async (arn) => judgeServices(session, await seekServicesIn(session, arn)), {
    concurrency: CONCURRENCY,
  });
  // what a host lacks matters by the services that could be placed on it
  const hostClusters = [...progress.hostClusters].filter((arn) => !progress.wholeClusters.has(arn));
  await pMap(hostClusters, (arn) => seekServicesIn(session, arn), { concurrency: CONCURRENCY });
  await collectUsers(session);
}
