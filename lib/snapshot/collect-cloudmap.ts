import pMap from 'p-map';
import { CONCURRENCY } from '../aws/read';
import { formatArn } from '../trigger/arn';
import { seekServices } from './collect-services';
import { judge, noteGaps, noteListGaps } from './draft';
import { toCloudMapInstance, toCloudMapService, toTagMap } from './registration-shapes';
import type { Session } from './session';
import type { CloudMapInstance, Tags } from './snapshot';

async function readTags(
  { reads, draft, withTags }: Session,
  arns: readonly string[],
): Promise<ReadonlyMap<string, Tags>> {
  if (!withTags) return new Map();
  const read = await reads.cloudMap.describeTags(arns);
  noteGaps(draft, 'cloudMapServices', read);
  return new Map(read.items.map(({ arn, tags }) => [arn, toTagMap(tags)]));
}

/** Cloud Map services in which judged ECS services register, and those asked for by themselves. */
function judgedRegistries({ wanted, draft }: Session): ReadonlySet<string> {
  const services = [...(draft.judged.get('service') ?? [])].flatMap((arn) => draft.services.get(arn) ?? []);
  const registries = services.flatMap((service) => service.registries.map(({ registryArn }) => registryArn));
  return new Set([...registries, ...wanted.cloudMapServices]);
}

/** Takes the instances of a Cloud Map service into the draft. Gives their keys, and whether they are all. */
export async function readInstances(
  { reads, draft }: Session,
  serviceArn: string,
): Promise<{ readonly keys: readonly string[]; readonly isWhole: boolean }> {
  const read = await reads.cloudMap.listInstances(serviceArn);
  const isWhole = noteListGaps(draft, 'cloudMapInstances', read);
  const instances = read.items.map((item) => toCloudMapInstance(item, serviceArn));
  for (const instance of instances) draft.cloudMapInstances.set(instance.key, instance);
  return { keys: instances.map(({ key }) => key), isWhole };
}

async function collectInstances(session: Session, serviceArn: string): Promise<void> {
  const { keys, isWhole } = await readInstances(session, serviceArn);
  for (const key of keys) judge(session.draft, 'cloudmap-instance', key);
  if (isWhole) session.draft.covered.add(serviceArn);
}

/** ECS service that a registration names, with its cluster; undefined: it names none of this region. */
function namedService({ draft }: Session, instance: CloudMapInstance): readonly [string, string] | undefined {
  const { ecsClusterName, ecsServiceName, attributes } = instance;
  const { account, region, partition } = draft.place;
  if (!ecsClusterName || !ecsServiceName || (attributes['REGION'] ?? region) !== region) return undefined;
  const arn = (resource: string) => formatArn({ partition, service: 'ecs', region, account, resource });
  return [arn(`service/${ecsClusterName}/${ecsServiceName}`), arn(`cluster/${ecsClusterName}`)];
}

/** Several ECS services may register in one Cloud Map service: whose an instance is shows by the tasks of the one it names. */
async function collectNamedServices(session: Session): Promise<void> {
  const named = new Map(
    [...session.draft.cloudMapInstances.values()].flatMap((instance) => {
      const service = namedService(session, instance);
      return service ? [service] : [];
    }),
  );
  await seekServices(session, named);
  for (const arn of named.keys()) if (session.draft.services.has(arn)) session.progress.servicesWithTasks.add(arn);
}

/** Cloud Map services that are judged, and all of their instances. */
export async function collectCloudMap(session: Session): Promise<void> {
  const { reads, wanted, draft } = session;
  const judged = [...judgedRegistries(session)];
  const read = await reads.cloudMap.describeServices(judged);
  noteGaps(draft, 'cloudMapServices', read);
  for (const arn of read.missing) if (wanted.cloudMapServices.has(arn)) draft.gone.add(arn);
  const tags = await readTags(
    session,
    read.items.map(({ Arn = '' }) => Arn),
  );
  for (const item of read.items) {
    const service = toCloudMapService(item, tags.get(item.Arn ?? ''));
    draft.cloudMapServices.set(service.arn, service);
    judge(draft, 'cloudmap-service', service.arn);
  }
  const gone = new Set(read.missing);
  const existing = judged.filter((arn) => !gone.has(arn));
  await pMap(existing, (arn) => collectInstances(session, arn), { concurrency: CONCURRENCY });
  await collectNamedServices(session);
}
