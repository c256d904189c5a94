import type { Evaluation } from '../evaluate/judgement';
import type { Action } from '../plan/action';
import { tagsOf } from '../plan/tags';
import type { LoadedPolicy } from '../policy/policy';
import type { Snapshot } from '../snapshot/snapshot';
import type { Objection } from './objection';

/** Of every service's resources; tags of AWS's own do not count: https://docs.aws.amazon.com/tag-editor/latest/userguide/tagging.html */
const MAX_TAGS = 50;
const AWS_PREFIX = /^aws:/i;

interface Seen {
  readonly snapshot: Snapshot;
  readonly evaluation: Evaluation;
  readonly policy: LoadedPolicy;
}

/** Why a tag is not written; it may always be taken away. */
export function tagObjection(action: Action, seen: Seen): Objection | undefined {
  if (action.kind !== 'tag') return undefined;
  const isCopied = !seen.policy.policy.tags.propagating && copies(action.resource, seen.snapshot);
  if (isCopied) {
    const reason = `${isCopied} copies its tags to new tasks (tags.propagating: true allows it)`;
    return { code: 'propagates-tags', reason };
  }
  const judgement = seen.evaluation.judgements.get(action.resource);
  const present = judgement && tagsOf(seen.snapshot, judgement);
  const keys = new Set(
    [...Object.keys(present ?? {}), ...Object.keys(action.to)].filter((key) => !AWS_PREFIX.test(key)),
  );
  if (keys.size <= MAX_TAGS) return undefined;
  const room = `it would have ${String(keys.size)} tags, and AWS allows ${String(MAX_TAGS)}`;
  return { code: 'too-many-tags', reason: `${room}: take ${String(keys.size - MAX_TAGS)} of its own away` };
}

/** Tags on what is copied would mark every new, compliant task as a violation. */
function copies(resource: string, { services }: Snapshot): 'the service' | 'the task definition' | undefined {
  if (services.get(resource)?.propagateTags === 'SERVICE') return 'the service';
  for (const { propagateTags, taskDefinitionArn } of services.values()) {
    if (propagateTags === 'TASK_DEFINITION' && taskDefinitionArn === resource) return 'the task definition';
  }
  return undefined;
}
