import type { Policy } from '../policy/policy';
import { resourceOf } from '../snapshot/resource-of';
import type { CollectedKind, Snapshot } from '../snapshot/snapshot';
import { assignmentOf, type Assignment } from './assignment';
import { possiblePostures, type Postures } from './possible-postures';
import { resourceName } from './resource-name';
import { traitsOf, type Traits } from './traits';

/** A judged resource and what the policy wants of it. */
export interface Candidate {
  readonly kind: CollectedKind;
  readonly key: string;
  readonly name: string;
  readonly assignment: Assignment;
  readonly postures: Postures;
  readonly traits: Traits;
}

/** `undefined`: no scope of the policy wants it judged, or the snapshot does not have it. */
export function toCandidate(
  { snapshot, policy }: { readonly snapshot: Snapshot; readonly policy: Policy },
  kind: CollectedKind,
  key: string,
): Candidate | undefined {
  const resource = resourceOf(snapshot, kind, key);
  if (!resource) return undefined;
  const about = { kind, resource };
  const assignment = assignmentOf(policy, snapshot, about);
  if (!assignment) return undefined;
  const postures = possiblePostures(assignment, snapshot, about);
  const traits = traitsOf(snapshot, kind, resource);
  return { kind, key, name: resourceName(snapshot, kind, resource), assignment, postures, traits };
}
