import type { Outcome } from '../apply/outcome';
import { isDestructive } from '../plan/action';
import type { Snapshot } from '../snapshot/snapshot';
import { holderOf, type Holder } from './holder-of';
import type { Request } from './request';

/** An instance runs before its agent registers; this is how long it may take. */
export const MAX_HOPS = 8;
const FIRST_DELAY_SECONDS = 30;
/** SQS delays a message by at most this: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-timers.html */
export const MAX_DELAY_SECONDS = 900;

/** When a change is looked at again, so that its end is noted and told long before the next sweep. */
const AFTER_CHANGE_SECONDS = 60;

export interface Requeue {
  readonly request: Request;
  readonly delaySeconds: number;
}

/** What to look at again before the next sweep does: hosts that come up, changes just made, orphans just seen. */
export function requeue(
  requests: readonly Request[],
  snapshot: Snapshot,
  outcomes: readonly Outcome[],
): readonly Requeue[] {
  return [...hostsComingUp(requests, snapshot), ...changes(requests, snapshot, outcomes)];
}

/** Requests for instances that EC2 says are running and ECS does not know yet; after the last hop, nothing. */
function hostsComingUp(requests: readonly Request[], snapshot: Snapshot): readonly Requeue[] {
  return requests
    .filter((request) => request.kind === 'instance' && snapshot.unregisteredInstances.has(request.id))
    .filter((request) => (request.hops ?? 0) < MAX_HOPS)
    .map((request) => {
      const hops = request.hops ?? 0;
      const delaySeconds = Math.min(FIRST_DELAY_SECONDS * 2 ** hops, MAX_DELAY_SECONDS);
      return { request: { ...request, hops: hops + 1 }, delaySeconds };
    });
}

/** Changes and sightings call for another look at their holder; a chain of such looks ends like that of a host. */
function changes(
  requests: readonly Request[],
  { account, region }: Snapshot,
  outcomes: readonly Outcome[],
): readonly Requeue[] {
  const due = new Map<string, Requeue>();
  for (const outcome of outcomes) {
    const delaySeconds = delayAfter(outcome);
    if (delaySeconds === undefined || !isDestructive(outcome.action)) continue;
    const holder = holderOf(outcome.action);
    const hops = hopsOf(requests, holder) + 1;
    // the sweep goes on from there
    if (hops > MAX_HOPS) continue;
    const request = { ...holder, account, region, hops };
    due.set(`${request.id} ${String(delaySeconds)}`, { request, delaySeconds });
  }
  return [...due.values()];
}

/** Looks at this holder so far: others in the same batch have chains of their own, and a fresh event begins anew. */
function hopsOf(requests: readonly Request[], { kind, id }: Holder): number {
  const same = requests.filter((request) => request.kind === kind && request.id === id);
  return same.length === 0 ? 0 : Math.min(...same.map(({ hops = 0 }) => hops));
}

function delayAfter({ status, code }: Outcome): number | undefined {
  if (status === 'applied') return AFTER_CHANGE_SECONDS;
  return status === 'withheld' && code === 'first-sighting' ? MAX_DELAY_SECONDS : undefined;
}
