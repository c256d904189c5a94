import type { Snapshot } from '../snapshot/snapshot';
import type { Request } from './request';

/** An instance runs before its agent registers; this is how long it may take. */
export const MAX_HOPS = 8;
export const FIRST_DELAY_SECONDS = 30;
/** SQS delays a message by at most this: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-timers.html */
export const MAX_DELAY_SECONDS = 900;

export interface Requeue {
  readonly request: Request;
  readonly delaySeconds: number;
}

/** Requests for instances that EC2 says are running and ECS does not know yet; after the last hop, nothing. */
export function requeue(requests: readonly Request[], snapshot: Snapshot): readonly Requeue[] {
  return requests
    .filter((request) => request.kind === 'instance' && snapshot.unregisteredInstances.has(request.id))
    .filter((request) => (request.hops ?? 0) < MAX_HOPS)
    .map((request) => {
      const hops = request.hops ?? 0;
      const delaySeconds = Math.min(FIRST_DELAY_SECONDS * 2 ** hops, MAX_DELAY_SECONDS);
      return { request: { ...request, hops: hops + 1 }, delaySeconds };
    });
}
