/** Faults planted into the controller, each of which the histories have to find. */
import type { Edges } from '../../../lib/assemble';
import type { Item } from '../../../lib/state/item-store';

export type Plant = (edges: Edges) => Edges;

/** A day before it was, wherever it says when something was first seen. */
function predated(item: Item): Item {
  const { firstSeenAt } = item.value as { readonly firstSeenAt?: string };
  return firstSeenAt === undefined ? item : { ...item, value: { ...(item.value as object), firstSeenAt: EARLY } };
}

const EARLY = '2026-11-21T00:00:00Z';

export const plants: Readonly<Record<string, Plant>> = {
  /** What is mended keeps its tags. */
  'resolved-tags': (edges) => ({ ...edges, writes: { ...edges.writes, untag: () => Promise.resolve() } }),
  /** The second look comes as soon as there is one. */
  'orphan-minutes': (edges) => ({
    ...edges,
    store: { ...edges.store, list: async (partition) => (await edges.store.list(partition)).map(predated) },
  }),
  /** What is over stays open. */
  endings: (edges) => ({
    ...edges,
    store: {
      ...edges.store,
      put: (write) =>
        JSON.stringify(write.value).includes('"state":"resolved"') ? Promise.resolve(true) : edges.store.put(write),
    },
  }),
};
