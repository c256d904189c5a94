/**
 * Where the controller remembers: findings, sightings, budgets, leases, the last valid policy. Three adapters (DynamoDB
 * table, file, memory), one contract: single-item conditional writes only, so that any number of parallel runs agree.
 */
export interface Item<Value = unknown> {
  /** Groups items that are listed together, e.g. `finding#111122223333#eu-west-2`. */
  readonly partition: string;
  readonly key: string;
  /** Rises by one with every write; starts at 1. */
  readonly version: number;
  /** JSON */
  readonly value: Value;
  /** After this the item may vanish at any time; readers treat it as gone at once. */
  readonly expiresAt?: Date;
}

export interface Write<Value = unknown> {
  readonly partition: string;
  readonly key: string;
  readonly value: Value;
  readonly expiresAt?: Date;
  /** Version that must be there; `undefined`: the item must not exist. */
  readonly expected: number | undefined;
}

export interface ItemStore {
  get(partition: string, key: string): Promise<Item | undefined>;
  list(partition: string): Promise<readonly Item[]>;
  /** Stores the value if `expected` still holds; false: someone else was first, nothing was written. */
  put(write: Write): Promise<boolean>;
  /** Removes the item if `expected` still holds; true also when it is gone already. */
  remove(partition: string, key: string, expected: number): Promise<boolean>;
}
