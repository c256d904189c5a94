/** Tasks that a person asks for, and that wait: whether they are registered, and what keeps them from it. */
import pMap from 'p-map';
import { CONCURRENCY } from '../aws/read';
import { readInstances } from './collect-cloudmap';
import { readTargets } from './collect-target-groups';
import { noteGaps } from './draft';
import { distinct } from './pick';
import { toCloudMapService, toTargetGroup } from './registration-shapes';
import type { Session } from './session';
import type { Service } from './snapshot';
import { targetGroupsOf } from './usage';

/** Services of tasks that were asked for and are being registered. What is registered with a judged one is known already. */
function servicesOfWaiting({ draft, wanted }: Session): readonly Service[] {
  const waiting = [...wanted.tasks.keys()]
    .flatMap((arn) => draft.tasks.get(arn) ?? [])
    .filter(({ lastStatus }) => lastStatus === 'ACTIVATING');
  const isOf = ({ name, clusterArn }: Service): boolean =>
    waiting.some((task) => task.serviceName === name && task.clusterArn === clusterArn);
  return [...draft.services.values()].filter(
    (service) => isOf(service) && draft.judged.get('service')?.has(service.arn) !== true,
  );
}

/** Those of judged groups were read before the tasks, and stay as they were. */
async function readGroups(session: Session, arns: readonly string[]): Promise<void> {
  const { reads, draft } = session;
  const read = await reads.elbv2.describeTargetGroups(arns.filter((arn) => !draft.targetGroups.has(arn)));
  noteGaps(draft, 'targetGroups', read);
  for (const group of read.items.map((item) => toTargetGroup(item))) draft.targetGroups.set(group.arn, group);
  const isUnread = (arn: string): boolean => draft.targetGroups.has(arn) && !draft.judged.get('target-group')?.has(arn);
  await pMap(arns.filter(isUnread), (arn) => readTargets(session, arn), { concurrency: CONCURRENCY });
}

async function readRegistries(session: Session, arns: readonly string[]): Promise<void> {
  const { reads, draft } = session;
  const unread = arns.filter((arn) => !draft.cloudMapServices.has(arn));
  const read = await reads.cloudMap.describeServices(unread);
  noteGaps(draft, 'cloudMapServices', read);
  const found = read.items.map((item) => toCloudMapService(item));
  for (const service of found) draft.cloudMapServices.set(service.arn, service);
  await pMap(found, ({ arn }) => readInstances(session, arn), { concurrency: CONCURRENCY });
}

/** Nothing of it is judged: it was read after the tasks, so that what belongs to nobody cannot be told from it. */
export async function collectWaiting(session: Session): Promise<void> {
  const { withSurroundings, draft } = session;
  const services = withSurroundings ? servicesOfWaiting(session) : [];
  if (services.length === 0) return;
  const before = draft.gaps.length;
  await readGroups(session, distinct(services.flatMap(targetGroupsOf)));
  await readRegistries(
    session,
    distinct(services.flatMap(({ registries }) => registries.map(({ registryArn }) => registryArn))),
  );
  if (draft.gaps.length === before) for (const { arn } of services) draft.covered.add(arn);
}
