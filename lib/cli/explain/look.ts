/** Looks at one thing and at everything on its way, and says what holds. */
import type { Inspection } from '../../composition';
import { checklist, type Checklist } from '../../explain/checklist';
import { subjectKinds, type Subject } from '../../explain/concerns';
import { requestsAround } from '../../explain/look-around';
import { lowerMode } from '../../policy/mode';
import type { LoadedPolicy } from '../../policy/policy';
import { rules } from '../../rules/registry';
import { canonicalAddress } from '../../snapshot/address';
import type { Snapshot } from '../../snapshot/snapshot';
import type { Request } from '../../trigger/request';
import { selectionRequests, type Here } from '../../trigger/selection';
import { UsageError } from '../failure';

/** What is to be looked at, as written. */
export interface Wanted {
  readonly cluster?: string;
  readonly service?: string;
  readonly task?: string;
  readonly instance?: string;
  /** `<target-group-arn>#<target-id>:<port>` */
  readonly target?: string;
}

const TARGET = /^(arn:[^#]+:targetgroup\/[^#]+)#(.+?)(?::(\d+))?$/;

function requestOf({ target, ...selection }: Wanted, here: Here): Request {
  if (target !== undefined) {
    if (!TARGET.test(target)) {
      throw new UsageError(`--target ${target}: write <target-group-arn>#<target-id>:<port>, as findings name it`);
    }
    return { kind: 'target', account: here.account, region: here.region, id: target };
  }
  const [request] = selectionRequests(selection, here);
  if (!request) throw new UsageError('name what to explain');
  return request;
}

/** The port may be left out, and the address be spelt in any way. */
function targetKey({ targets }: Snapshot, written: string): string | undefined {
  if (targets.has(written)) return written;
  const fits = (group: string, id: string, port: string | undefined) =>
    [...targets.values()].find(
      (target) =>
        target.targetGroupArn === group &&
        canonicalAddress(target.targetId) === canonicalAddress(id) &&
        (port === undefined || String(target.port) === port),
    )?.key;
  const [, group = '', id = '', port] = TARGET.exec(written) ?? [];
  return fits(group, id, port) ?? (port === undefined ? undefined : fits(group, `${id}:${port}`, undefined));
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

function notThere({ account, region, gaps, gone }: Snapshot, { kind, id }: Request): Error {
  const [gap] = gaps;
  if (gap) return new UnreadError(`${kind} ${id} cannot be read: ${gap.call} failed: ${gap.reason} (${gap.message})`);
  if (kind === 'task' && gone.has(id)) {
    return new UsageError(
      `${kind} ${id}: it has stopped, or was never there. Read its stoppedReason (aws ecs describe-tasks) and give it to explain --error`,
    );
  }
  return new UsageError(
    `${kind} ${id}: nothing of that name runs in account ${account}, ${region}; check the name and the region`,
  );
}

export interface Looked {
  readonly list: Checklist;
  readonly loaded: LoadedPolicy;
}

/** @throws UsageError when there is no such thing, UnreadError when that cannot be told */
export async function look(wanted: Wanted, here: Here, inspection: Inspection): Promise<Looked> {
  const request = requestOf(wanted, here);
  const loaded = lowerMode(await inspection.loadPolicy(), 'observe');
  const first = await inspection.collect([request], loaded);
  const found = subjectIn(first, request);
  if (!found) throw notThere(first, request);
  const settings = { withSurroundings: true };
  const snapshot = await inspection.collect([request, ...requestsAround(first, found)], loaded, settings);
  const subject = subjectIn(snapshot, request);
  if (!subject) throw notThere(snapshot, request);
  return { list: checklist({ snapshot, loaded, rules, now: new Date(), subject }), loaded };
}
