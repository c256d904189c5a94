import * as v from 'valibot';
import { requestKinds, type Request } from './request';
import { MAX_HOPS } from './requeue';
import { nothing, type Trigger } from './trigger';

const requestSchema = v.strictObject({
  kind: v.picklist(requestKinds),
  account: v.pipe(v.string(), v.regex(/^\d+$/)),
  region: v.pipe(v.string(), v.minLength(1)),
  cluster: v.optional(v.pipe(v.string(), v.minLength(1))),
  id: v.pipe(v.string(), v.minLength(1)),
  hops: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MAX_HOPS))),
});

/** Requests are themselves messages: requeued ones, and those of schedules with an input of their own. */
export function isPlainRequest(message: object): boolean {
  return 'kind' in message && 'id' in message && !('detail-type' in message);
}

export function fromPlainRequest(message: object): Trigger {
  const parsed = v.safeParse(requestSchema, message, { abortEarly: true });
  if (parsed.success) return { requests: [parsed.output satisfies Request] };
  const [issue] = parsed.issues;
  return nothing(`not a request: ${String(v.getDotPath(issue))}: ${issue.message.slice(0, 200)}`);
}
