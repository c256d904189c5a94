import { gapFor, type Gap } from '../../snapshot/gap';
import type { Collection, Snapshot } from '../../snapshot/snapshot';

/** The first gap in any of the collections. */
export function firstGap(snapshot: Snapshot, collections: readonly Collection[]): Gap | undefined {
  return collections.map((collection) => gapFor(snapshot, collection)).find((gap) => gap !== undefined);
}
