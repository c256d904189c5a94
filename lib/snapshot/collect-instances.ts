import type { Instance as Ec2Instance } from '@aws-sdk/client-ec2';
import type { Read } from '../aws/read';
import { judge, noteGaps, type Draft } from './draft';
import { toInstance } from './ec2-shapes';
import { distinct } from './pick';
import type { Session } from './session';
import type { Instance } from './snapshot';

/** A terminated instance is still described for a while. */
const OVER = new Set(['shutting-down', 'terminated']);

export const isOver = ({ state }: Instance): boolean => OVER.has(state);

/** Instances that ECS knows, as far as it was asked. */
function hostIds({ draft }: Session): ReadonlySet<string> {
  return new Set(distinct([...draft.containerInstances.values()].map(({ ec2InstanceId }) => ec2InstanceId)));
}

/** ECS was asked for every instance, and answered. */
function isHostListWhole({ draft }: Session): boolean {
  return !draft.gaps.some(({ collection }) => collection === 'clusters' || collection === 'containerInstances');
}

/**
 * An instance registers a while after it runs, and nothing about it says for certain that it ever will: a name or tag
 * is no proof. So every running instance that ECS does not know may be a host on its way, as long as there is a cluster
 * in which to register; what looks again does so a few times only.
 */
function isAwaited(session: Session, { state }: Instance): boolean {
  const { draft } = session;
  return state === 'running' && draft.clusters.size > 0 && isHostListWhole(session);
}

function sortAskedInstances(session: Session, known: ReadonlySet<string>): void {
  const { wanted, draft } = session;
  for (const id of wanted.instances) {
    const instance = draft.instances.get(id);
    if (instance && !known.has(id) && isAwaited(session, instance)) draft.unregisteredInstances.add(id);
  }
}

function judgeInstances({ draft }: Session): void {
  for (const arn of draft.judged.get('container-instance') ?? []) {
    const id = draft.containerInstances.get(arn)?.ec2InstanceId ?? '';
    if (draft.instances.has(id)) judge(draft, 'instance', id);
  }
}

/** Keeps, as context, those that are not over; answers with all that were read. */
export function keepInstances(draft: Draft, read: Read<Ec2Instance>): readonly Instance[] {
  noteGaps(draft, 'instances', read);
  const instances = read.items.map((item) => toInstance(item, draft.place));
  for (const instance of instances) if (!isOver(instance)) draft.instances.set(instance.id, instance);
  return instances;
}

/** Reads instances as context; answers with those that are gone. */
export async function collectInstancesNamed(
  { reads, draft }: Session,
  ids: Iterable<string>,
): Promise<readonly string[]> {
  const read = await reads.ec2.describeInstances([...new Set(ids)].filter((id) => !draft.instances.has(id)));
  const over = keepInstances(draft, read)
    .filter(isOver)
    .map(({ id }) => id);
  return [...read.missing, ...over];
}

/** The EC2 instances beneath the container instances, and those that are asked for. */
export async function collectInstances(session: Session): Promise<void> {
  const { wanted, draft } = session;
  const known = hostIds(session);
  const gone = await collectInstancesNamed(session, [...known, ...wanted.instances]);
  for (const id of gone) if (wanted.instances.has(id)) draft.gone.add(id);
  sortAskedInstances(session, known);
  judgeInstances(session);
}
