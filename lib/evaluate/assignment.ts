import { lowerOf } from '../policy/mode';
import type { Mode, Policy, PolicyScope, WantedPosture } from '../policy/policy';
import type { Cause } from '../snapshot/gap';
import { indexed } from '../snapshot/indexed';
import type { CollectedKind, Resources, Snapshot } from '../snapshot/snapshot';
import { placementsOf, type Placement } from './placement';
import { scopeOf, type ScopeAnswer } from './scope';

/** What the policy says of a resource, all places taken together in which it stands. */
export interface Assignment {
  /** Name of the first matching scope; empty: it could not be told whether any matches. */
  readonly scope: string;
  readonly mode: Mode;
  readonly wanted: readonly WantedPosture[];
  readonly graceMinutes: number;
  /** Match input could not be read: nothing is certain, nothing is written. */
  readonly doubt?: Cause;
}

function lowestMode(matched: readonly PolicyScope[], policy: Policy): Mode {
  return matched.map(({ mode }) => mode ?? policy.mode).reduce(lowerOf);
}

function firstName({ scopes }: Policy, matched: readonly PolicyScope[]): string {
  return scopes.find((scope) => matched.includes(scope))?.name ?? '';
}

function distinct(scopes: readonly PolicyScope[]): readonly WantedPosture[] {
  return [...new Set(scopes.map(({ posture }) => posture))];
}

function combine(policy: Policy, matched: readonly PolicyScope[], isWhole: boolean): Assignment {
  return {
    scope: firstName(policy, matched),
    // a place outside every scope gave nobody leave to write
    mode: isWhole ? lowestMode(matched, policy) : 'observe',
    wanted: distinct(matched),
    graceMinutes: Math.min(...matched.map(({ deploymentGraceMinutes }) => deploymentGraceMinutes)),
  };
}

function doubtful(policy: Policy, matched: readonly PolicyScope[], doubt: Cause): Assignment {
  const { scopes } = policy;
  return {
    scope: firstName(policy, matched),
    mode: 'observe',
    wanted: distinct(scopes),
    graceMinutes: Math.max(...scopes.map(({ deploymentGraceMinutes }) => deploymentGraceMinutes)),
    doubt,
  };
}

/** What is known of one policy over one snapshot: most resources stand where thousands of others do. */
interface Known {
  readonly answers: Map<Placement, { readonly answer: ScopeAnswer | undefined }>;
  readonly assignments: Map<Placement, { readonly assignment: Assignment | undefined }>;
}

const known = indexed(() => new WeakMap<Policy, Known>());

function knownOf(policy: Policy, snapshot: Snapshot): Known {
  const byPolicy = known(snapshot);
  const found = byPolicy.get(policy);
  if (found) return found;
  const none: Known = { answers: new Map(), assignments: new Map() };
  byPolicy.set(policy, none);
  return none;
}

/** Matches a resource to the policy; `undefined`: no scope wants it judged. */
export function assignmentOf<Kind extends CollectedKind>(
  policy: Policy,
  snapshot: Snapshot,
  { kind, resource }: { readonly kind: Kind; readonly resource: Resources[Kind] },
): Assignment | undefined {
  const placements = placementsOf(snapshot, kind, resource);
  const [first] = placements;
  if (first === undefined || placements.length > 1) return assign(policy, snapshot, placements);
  const { assignments } = knownOf(policy, snapshot);
  const seen = assignments.get(first);
  if (seen) return seen.assignment;
  const assignment = assign(policy, snapshot, [first]);
  assignments.set(first, { assignment });
  return assignment;
}

function answerFor(policy: Policy, snapshot: Snapshot, placement: Placement): ScopeAnswer | undefined {
  const { answers } = knownOf(policy, snapshot);
  const seen = answers.get(placement);
  if (seen) return seen.answer;
  const answer = scopeOf(policy.scopes, placement, snapshot);
  answers.set(placement, { answer });
  return answer;
}

function assign(policy: Policy, snapshot: Snapshot, placements: readonly Placement[]): Assignment | undefined {
  const answers = placements.map((placement) => answerFor(policy, snapshot, placement));
  const matched = answers.flatMap((answer) => (answer && 'scope' in answer ? [answer.scope] : []));
  const doubts = answers.flatMap((answer) => (answer && 'doubt' in answer ? [answer.doubt] : []));
  const [doubt] = doubts;
  if (doubt) return doubtful(policy, matched, doubt);
  if (matched.length === 0) return undefined;
  return combine(policy, matched, matched.length === answers.length);
}
