/** What is under way in the runtime: so that whoever lets time pass knows when everything has come to rest. */
export interface Activity {
  /** Counts `work` until it has settled. */
  during<Result>(work: () => Promise<Result>): Promise<Result>;
  /** Resolves once nothing is under way. */
  quiet(): Promise<void>;
}

export function createActivity(): Activity {
  let running = 0;
  const waiting = new Set<() => void>();
  const end = (): void => {
    running--;
    if (running > 0) return;
    const resolvers = [...waiting];
    waiting.clear();
    for (const resolve of resolvers) resolve();
  };
  return {
    async during(work) {
      running++;
      try {
        return await work();
      } finally {
        end();
      }
    },
    quiet: () => (running === 0 ? Promise.resolve() : new Promise((resolve) => waiting.add(resolve))),
  };
}
