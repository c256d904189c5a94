import pMap from 'p-map';
import { CONCURRENCY } from '../aws/read';
import { judge, noteGaps, noteListGaps } from './draft';
import { toTagMap, toTarget, toTargetGroup } from './registration-shapes';
import type { Session } from './session';
import type { Tags } from './snapshot';
import { targetGroupsOf } from './usage';

async function readTags(
  { reads, draft, withTags }: Session,
  arns: readonly string[],
): Promise<ReadonlyMap<string, Tags>> {
  if (!withTags) return new Map();
  const read = await reads.elbv2.describeTags(arns);
  noteGaps(draft, 'targetGroups', read);
  return new Map(read.items.map(({ ResourceArn = '', Tags }) => [ResourceArn, toTagMap(Tags)]));
}

/** Groups that are judged: of the services that are judged, and those asked for by themselves. */
function judgedGroups({ wanted, draft }: Session): ReadonlySet<string> {
  const services = [...(draft.judged.get('service') ?? [])].flatMap((arn) => draft.services.get(arn) ?? []);
  return new Set([...services.flatMap(targetGroupsOf), ...wanted.targetGroups]);
}

/** Groups of services that could be placed on a judged host: whether they want IPv6 decides how much that host lacks. */
function groupsOfHostClusters({ draft, progress }: Session): readonly string[] {
  return [...draft.services.values()]
    .filter(({ clusterArn }) => progress.hostClusters.has(clusterArn))
    .flatMap(targetGroupsOf);
}

/** Takes the targets of a group into the draft. Gives their keys, and whether they are all. */
export async function readTargets(
  { reads, draft }: Session,
  groupArn: string,
): Promise<{ readonly keys: readonly string[]; readonly isWhole: boolean }> {
  const read = await reads.elbv2.describeTargetHealth(groupArn);
  const isWhole = noteListGaps(draft, 'targets', read) && read.missing.length === 0;
  const targets = read.items.map((item) => toTarget(item, groupArn));
  for (const target of targets) draft.targets.set(target.key, target);
  return { keys: targets.map(({ key }) => key), isWhole };
}

async function collectTargets(session: Session, groupArn: string): Promise<void> {
  const { keys, isWhole } = await readTargets(session, groupArn);
  for (const key of keys) judge(session.draft, 'target', key);
  if (isWhole) session.draft.covered.add(groupArn);
}

/** Target groups, and the targets of those that are judged. */
export async function collectTargetGroups(session: Session): Promise<void> {
  const { reads, wanted, draft } = session;
  const judged = judgedGroups(session);
  const read = await reads.elbv2.describeTargetGroups([...new Set([...judged, ...groupsOfHostClusters(session)])]);
  noteGaps(draft, 'targetGroups', read);
  for (const arn of read.missing) if (wanted.targetGroups.has(arn)) draft.gone.add(arn);
  const found = read.items.map(({ TargetGroupArn = '' }) => TargetGroupArn);
  const tags = await readTags(
    session,
    found.filter((arn) => judged.has(arn)),
  );
  for (const item of read.items) {
    const group = toTargetGroup(item, tags.get(item.TargetGroupArn ?? ''));
    draft.targetGroups.set(group.arn, group);
    if (judged.has(group.arn)) judge(draft, 'target-group', group.arn);
  }
  const gone = new Set(read.missing);
  const existing = [...judged].filter((arn) => !gone.has(arn));
  await pMap(existing, (arn) => collectTargets(session, arn), { concurrency: CONCURRENCY });
}
