/** Looks at one thing and at everything on its way, and says what holds. */
import type { Inspection } from '../../composition';
import { checklist, type Checklist } from '../../explain/checklist';
import { coreOf, subjectKinds, type Subject } from '../../explain/concerns';
import { requestsAround, requestsOfStopped, withSubject } from '../../explain/look-around';
import { lowerMode } from '../../policy/mode';
import type { LoadedPolicy } from '../../policy/policy';
import { rules } from '../../rules/registry';
import type { NoticesWanted } from '../../snapshot/collect-notices';
import { noNotices, type Notices } from '../../snapshot/notices';
import type { Snapshot } from '../../snapshot/snapshot';
import type { Request } from '../../trigger/request';
import { selectionRequests, type Here } from '../../trigger/selection';
import { UsageError } from '../failure';
import { noTarget, requestOfTarget, targetKey } from './target';

/** What is to be looked at, as written. */
export interface Wanted {
  readonly cluster?: string;
  readonly service?: string;
  readonly task?: string;
  readonly instance?: string;
  /** `<target-group-arn>#<target-id>:<port>` */
  readonly target?: string;
}

function requestOf({ target, ...selection }: Wanted, here: Here): Request {
  if (target !== undefined) return requestOfTarget(target, here);
  const [request] = selectionRequests(selection, here);
  if (!request) throw new UsageError('name what to explain');
  return request;
}

const isSubjectKind = (kind: string): kind is Subject['kind'] => subjectKinds.some((one) => one === kind);

function subjectIn(snapshot: Snapshot, { kind, id }: Request): Subject | undefined {
  if (!isSubjectKind(kind)) return undefined;
  const key = kind === 'target' ? targetKey(snapshot, id) : id;
  const there = {
    task: snapshot.tasks,
    service: snapshot.services,
    instance: snapshot.instances,
    target: snapshot.targets,
  };
  return key !== undefined && there[kind].has(key) ? { kind, key } : undefined;
}

/** Whether it is there cannot be told: a read failed that nobody can mend by writing another name. */
export class UnreadError extends Error {
  override readonly name = 'UnreadError';
}

function notThere(snapshot: Snapshot, { kind, id }: Request, notices = noNotices): Error {
  const { account, region, gaps } = snapshot;
  const [gap] = [...gaps, ...notices.gaps];
  if (gap) return new UnreadError(`${kind} ${id} cannot be read: ${gap.call} failed: ${gap.reason} (${gap.message})`);
  if (kind === 'target') return noTarget(snapshot, id);
  const place = `account ${account}, ${region}`;
  if (kind === 'task') {
    return new UsageError(
      `${kind} ${id}: ECS knows no such task in ${place}: check the cluster and the region. It forgets a task about an hour after it stopped; what it stopped by can still be given to explain --error`,
    );
  }
  const checked = kind === 'service' ? 'the name, the cluster and the region' : 'the id and the region';
  return new UsageError(`${kind} ${id}: nothing of that name runs in ${place}; check ${checked}`);
}

export interface Looked {
  readonly list: Checklist;
  readonly loaded: LoadedPolicy;
}

/** What ECS says of the subject and of the services that it belongs to. */
function noticesOf(snapshot: Snapshot, subject: Subject, { cluster = '' }: Request): NoticesWanted {
  const { services } = coreOf(snapshot, subject);
  const tasks = subject.kind === 'task' ? [{ arn: subject.key, clusterArn: cluster }] : [];
  return { tasks, services, withStopped: subject.kind === 'service' };
}

interface Found {
  readonly subject: Subject;
  readonly around: readonly Request[];
  /** Of a task that has stopped. */
  readonly stopped?: Notices;
}

/** @throws UsageError when there is no such thing, UnreadError when that cannot be told */
async function find(request: Request, loaded: LoadedPolicy, inspection: Inspection): Promise<Found> {
  const first = await inspection.collect([request], loaded);
  const subject = subjectIn(first, request);
  if (subject) return { subject, around: requestsAround(first, subject) };
  const { kind, id, cluster = '' } = request;
  if (kind !== 'task' || first.gaps.length > 0) throw notThere(first, request);
  const wanted = { tasks: [{ arn: id, clusterArn: cluster }], services: [], withStopped: false };
  const notices = await inspection.collectNotices(wanted);
  const [notice] = notices.tasks;
  if (!notice) throw notThere(first, request, notices);
  const stopped: Subject = { kind, key: notice.task.arn };
  const own = requestsOfStopped(first, notice.task);
  const second = withSubject(await inspection.collect(own, loaded), stopped, notices);
  return { subject: stopped, around: [...own, ...requestsAround(second, stopped)], stopped: notices };
}

/** @throws UsageError when there is no such thing, UnreadError when that cannot be told */
export async function look(wanted: Wanted, here: Here, inspection: Inspection): Promise<Looked> {
  const request = requestOf(wanted, here);
  const loaded = lowerMode(await inspection.loadPolicy(), 'observe');
  const { subject, around, stopped = noNotices } = await find(request, loaded, inspection);
  const snapshot = await inspection.collect([request, ...around], loaded, { withSurroundings: true });
  const notices = await inspection.collectNotices(noticesOf(withSubject(snapshot, subject, stopped), subject, request));
  return { list: checklist({ snapshot, loaded, rules, now: new Date(), subject, notices }), loaded };
}
