/** Faults planted into the controller, each of which the histories have to find. */
import type { Edges } from '../../../lib/assemble';

export type Plant = (edges: Edges) => Edges;

export const plants: Readonly<Record<string, Plant>> = {
  /** What is mended keeps its tags. */
  'resolved-tags': (edges) => ({ ...edges, writes: { ...edges.writes, untag: () => Promise.resolve() } }),
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
