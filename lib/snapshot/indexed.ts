import type { Snapshot } from './snapshot';

/** Works an answer out once for each object, however often it is asked, and forgets it with the object. */
export function perObject<Key extends object, Value extends object>(compute: (key: Key) => Value): (key: Key) => Value {
  const answers = new WeakMap<Key, Value>();
  return (key) => {
    const known = answers.get(key);
    if (known) return known;
    const value = compute(key);
    answers.set(key, value);
    return value;
  };
}

/**
 * Makes a lookup over a snapshot that is built once per snapshot and then shared by everything that asks. A snapshot
 * never changes once made: whoever reads more makes a new one (`{ ...snapshot, tasks }`), it then gets new lookups.
 */
export const indexed = <Index extends object>(build: (snapshot: Snapshot) => Index): ((snapshot: Snapshot) => Index) =>
  perObject(build);

/** Like `indexed`, for an answer per key, or per resource, that is worked out when it is first asked for. */
export function perKey<Value extends object | string, Key = string>(
  compute: (snapshot: Snapshot, key: Key) => Value,
): (snapshot: Snapshot, key: Key) => Value {
  const answers = indexed(() => new Map<Key, Value>());
  return (snapshot, key) => {
    const known = answers(snapshot);
    const found = known.get(key);
    if (found !== undefined) return found;
    const value = compute(snapshot, key);
    known.set(key, value);
    return value;
  };
}

function put<Item>(groups: Map<string, Item[]>, key: string, item: Item): void {
  const group = groups.get(key);
  if (!group) groups.set(key, [item]);
  // a key named twice
  else if (group[group.length - 1] !== item) group.push(item);
}

/** Groups items under each of their keys, in the order they come; without a key under none. */
export function groupedBy<Item>(
  items: Iterable<Item>,
  keysOf: (item: Item) => string | readonly string[] | undefined,
): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  // whatever comes, one kind of loop: over several kinds of iterators each step makes an object
  for (const item of [...items]) {
    const keys = keysOf(item);
    if (typeof keys === 'string') put(groups, keys, item);
    else if (keys) for (const key of keys) put(groups, key, item);
  }
  return groups;
}
