/** One resource of an invented world, beside all the others. */
import { resourceOf } from '../../lib/snapshot/resource-of';
import type { CollectedKind } from '../../lib/snapshot/snapshot';
import { aSnapshot, type Contents } from '../support/snapshot-builder';

/** Kind and key, as `resourceOf` finds it. */
export type Named = readonly [kind: CollectedKind, key: string];

export function aSubject(contents: Contents, [kind, key]: Named) {
  const snapshot = aSnapshot(contents);
  const resource = resourceOf(snapshot, kind, key);
  if (!resource) throw new Error(`The test has no ${kind} ${key}.`);
  return { snapshot, kind, resource };
}
