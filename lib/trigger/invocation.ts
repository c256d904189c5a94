import * as v from 'valibot';
import type { Mode } from '../policy/policy';
import type { Request } from './request';
import { selectionRequests, SelectionError, type Here } from './selection';

const text = v.optional(v.pipe(v.string(), v.minLength(1)));
const modeNames = ['observe', 'tag', 'enforce'] as const satisfies readonly Mode[];

const isNoList = v.check((value: unknown) => !Array.isArray(value), 'must be an object');

const keys = v.strictObject({
  cluster: text,
  service: text,
  task: text,
  instance: text,
  mode: v.optional(v.picklist(modeNames)),
  dryRun: v.optional(v.boolean()),
  requestedBy: text,
});
const invocationSchema = v.pipe(v.unknown(), isNoList, keys);

export interface Invocation {
  readonly requests: readonly Request[];
  /** ARN that the person claims; the request id joins to CloudTrail, which knows. */
  readonly requestedBy?: string;
  readonly settings: { readonly dryRun: boolean; readonly modeCeiling?: Mode; readonly withSurroundings: true };
}

/** The payload of a manual reconcile. @throws SelectionError naming the key and what it may hold */
export function parseInvocation(event: unknown, here: Here): Invocation {
  const parsed = v.safeParse(invocationSchema, event ?? {});
  if (!parsed.success) {
    const [issue] = parsed.issues;
    const names = Object.keys(keys.entries).join(', ');
    throw new SelectionError(`payload: ${v.getDotPath(issue) ?? 'event'}: ${issue.message}; it may hold ${names}`);
  }
  const { mode, dryRun = false, requestedBy, ...selection } = parsed.output;
  return {
    requests: selectionRequests(selection, here),
    requestedBy,
    settings: { dryRun, modeCeiling: mode, withSurroundings: true },
  };
}
