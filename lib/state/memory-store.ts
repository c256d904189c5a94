import type { Item, ItemStore, Write } from './item-store';

const keyOf = (partition: string, key: string): string => `${partition}\0${key}`;

export interface MemoryStoreOptions {
  readonly now: () => Date;
  /** Items to begin with. */
  readonly items?: readonly Item[];
  /** Told after every change; the file adapter writes then. */
  readonly changed?: () => Promise<void>;
}

export interface MemoryStore extends ItemStore {
  /** Everything that is stored and has not expired. */
  all(): readonly Item[];
}

/** The contract in one process's memory: for tests, for `--state memory`, and under the file adapter. */
export function createMemoryStore({ now, items = [], changed }: MemoryStoreOptions): MemoryStore {
  const stored = new Map(items.map((item) => [keyOf(item.partition, item.key), item]));
  const alive = (item: Item | undefined): Item | undefined =>
    item && (item.expiresAt === undefined || item.expiresAt > now()) ? item : undefined;
  const read = (partition: string, key: string): Item | undefined => alive(stored.get(keyOf(partition, key)));

  return {
    all: () => [...stored.values()].filter((item) => alive(item) !== undefined),
    get: (partition, key) => Promise.resolve(read(partition, key)),
    list: (partition) =>
      Promise.resolve([...stored.values()].filter((item) => item.partition === partition && alive(item) !== undefined)),
    async put({ expected, ...write }: Write) {
      const before = read(write.partition, write.key);
      if (before?.version !== expected) return false;
      // as JSON, like the other adapters: what is read back shares nothing with what was written
      const value: unknown = JSON.parse(JSON.stringify(write.value));
      stored.set(keyOf(write.partition, write.key), { ...write, value, version: (expected ?? 0) + 1 });
      await changed?.();
      return true;
    },
    async remove(partition, key, expected) {
      const before = read(partition, key);
      if (!before) return true;
      if (before.version !== expected) return false;
      stored.delete(keyOf(partition, key));
      await changed?.();
      return true;
    },
  };
}
