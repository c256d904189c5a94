import type { Policy } from '../policy/policy';
import type { CollectedKind, Resources, Snapshot } from '../snapshot/snapshot';
import { assignmentOf, type Assignment } from './assignment';
import { possiblePostures, type Postures } from './possible-postures';
import { resourceName } from './resource-name';
import { traitsOf, type Traits } from './traits';

/** A judged resource and what the policy wants of it. */
export interface Candidate {
  readonly kind: CollectedKind;
  readonly key: string;
  readonly resource: Resources[CollectedKind];
  readonly name: string;
  readonly assignment: Assignment;
  readonly postures: Postures;
  readonly traits: Traits;
}

/** `undefined`: no scope of the policy wants it judged. */
export function toCandidate(
  { snapshot, policy }: { readonly snapshot: Snapshot; readonly policy: Policy },
  about: Pick<Candidate, 'kind' | 'key' | 'resource'>,
): Candidate | undefined {
  const { kind, key, resource } = about;
  const assignment = assignmentOf(policy, snapshot, about);
  if (!assignment) return undefined;
  const postures = possiblePostures(assignment, snapshot, about);
  const traits = traitsOf(snapshot, kind, resource);
  return { kind, key, resource, name: resourceName(snapshot, kind, resource), assignment, postures, traits };
}
