import type { ActualPosture } from '../policy/policy';
import type { Cause } from '../snapshot/gap';
import type { CollectedKind, Resources, Snapshot } from '../snapshot/snapshot';
import type { Assignment } from './assignment';
import { actualPosture, posturesIn, stricterOf } from './posture';

/** The postures that rules may have to judge by: one, or several and why it cannot be told which. */
export interface Postures {
  readonly possible: readonly ActualPosture[];
  readonly cause?: Cause;
}

const all: readonly ActualPosture[] = ['ipv6-only', 'dual-stack', 'ipv4'];

const certainly: Readonly<Record<ActualPosture, Postures>> = {
  'ipv6-only': { possible: ['ipv6-only'] },
  'dual-stack': { possible: ['dual-stack'] },
  ipv4: { possible: ['ipv4'] },
};

/** Much of an account is not as strict as its strictest part, and what holds for the account matters to each part. */
function posturesOfAccount({ wanted }: Assignment, snapshot: Snapshot): Postures {
  const stated = all.filter((posture) => wanted.some((one) => one === posture));
  if (!wanted.includes('any')) return { possible: stated };
  const actual = posturesIn(snapshot);
  if ('call' in actual) return { possible: all, cause: actual };
  return { possible: all.filter((posture) => stated.includes(posture) || actual.includes(posture)) };
}

/** The wanted posture, or the actual one where `any` is wanted; of several scopes the strictest. */
export function possiblePostures<Kind extends CollectedKind>(
  assignment: Assignment,
  snapshot: Snapshot,
  { kind, resource }: { readonly kind: Kind; readonly resource: Resources[Kind] },
): Postures {
  const { wanted, doubt } = assignment;
  if (doubt) return { possible: all, cause: doubt };
  if (kind === 'account') return posturesOfAccount(assignment, snapshot);
  const stated = wanted.filter((posture) => posture !== 'any').reduce(stricterOf, 'ipv4');
  if (stated === 'ipv6-only' || !wanted.includes('any')) return certainly[stated];
  const actual = actualPosture(snapshot, kind, resource);
  if (typeof actual === 'string') return certainly[stricterOf(stated, actual)];
  return { possible: [...new Set(all.map((posture) => stricterOf(stated, posture)))], cause: actual };
}
