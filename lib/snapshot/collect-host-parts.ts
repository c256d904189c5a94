/** What judged hosts are made of: images, instance types, and what their user data says where nothing else does. */
import { noteGaps, toSnapshot } from './draft';
import { toImage, toInstanceType } from './host-shapes';
import { groupedBy } from './indexed';
import { isIpv6Only, seenBindings } from './ip-compatibility';
import { launchKeyOf } from './launched-by';
import { distinct } from './pick';
import type { HostCache, Session } from './session';
import type { Instance, Snapshot } from './snapshot';
import { containerInstancesOf } from './usage';

export function createHostCache(): HostCache {
  return { images: new Map(), instanceTypes: new Map() };
}

function judgedInstances({ draft }: Session): readonly Instance[] {
  return [...(draft.judged.get('instance') ?? [])].flatMap((id) => draft.instances.get(id) ?? []);
}

async function collectImages({ reads, draft, hostCache }: Session, ids: readonly string[]): Promise<void> {
  const read = await reads.hosts.describeImages(ids.filter((id) => !hostCache.images.has(id)));
  noteGaps(draft, 'images', read);
  for (const image of read.items.map(toImage)) hostCache.images.set(image.id, image);
  for (const id of ids) {
    const image = hostCache.images.get(id);
    if (image) draft.images.set(id, image);
  }
}

async function collectTypes({ reads, draft, hostCache }: Session, names: readonly string[]): Promise<void> {
  const read = await reads.hosts.describeInstanceTypes(names.filter((name) => !hostCache.instanceTypes.has(name)));
  noteGaps(draft, 'instanceTypes', read);
  for (const type of read.items.map(toInstanceType)) hostCache.instanceTypes.set(type.name, type);
  for (const name of names) {
    const type = hostCache.instanceTypes.get(name);
    if (type) draft.instanceTypes.set(name, type);
  }
}

/** Its user data could decide: it is a host without IPv4, and no bridge task on it shows what its agent takes it for. */
function isInDoubt(snapshot: Snapshot, instance: Instance): boolean {
  if (instance.operatingSystem !== 'linux' || instance.operator !== undefined) return false;
  const hosts = containerInstancesOf(snapshot, instance.id);
  return hosts.some((host) => isIpv6Only(snapshot, host, instance) && !seenBindings(snapshot, host));
}

/** One call for an instance, so those that were launched alike are asked for once. */
async function collectSettings({ reads, draft }: Session, instances: readonly Instance[]): Promise<void> {
  const byLaunch = groupedBy(instances, launchKeyOf);
  const alike = new Map(
    [...byLaunch.values()].flatMap(([first, ...rest]) => (first ? [[first.id, rest] as const] : [])),
  );
  const read = await reads.hosts.describeHostSettings([...alike.keys()]);
  const keys = (ids: readonly string[]) => ids.flatMap((id) => [id, ...(alike.get(id) ?? []).map((one) => one.id)]);
  noteGaps(draft, 'hostSettings', { failures: read.failures.map((one) => ({ ...one, keys: keys(one.keys) })) });
  for (const { instanceId: first, ipCompatibility } of read.items) {
    for (const instanceId of keys([first])) draft.hostSettings.set(instanceId, { instanceId, ipCompatibility });
  }
}

export async function collectHostParts(session: Session): Promise<void> {
  const instances = judgedInstances(session);
  await collectImages(session, distinct(instances.map(({ imageId }) => imageId)));
  await collectTypes(session, distinct(instances.map(({ instanceType }) => instanceType)));
  if (!session.withSurroundings) return;
  const snapshot = toSnapshot(session.draft);
  await collectSettings(
    session,
    instances.filter((instance) => isInDoubt(snapshot, instance)),
  );
}
