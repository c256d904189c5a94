/** A priority queue: the smallest item first, in logarithmic time, since an account may have 100,000 timers pending. */
export interface Heap<Item> {
  push(item: Item): void;
  first(): Item | undefined;
  pop(): Item | undefined;
  clear(): void;
}

/** @param compare negative when the first argument comes first */
export function createHeap<Item>(compare: (a: Item, b: Item) => number): Heap<Item> {
  const items: Item[] = [];

  /** True when the item at `upper` has to trade places with the one at `lower`. */
  const misplaced = (upper: number, lower: number): boolean => {
    const [a, b] = [items[upper], items[lower]];
    return a !== undefined && b !== undefined && compare(a, b) > 0;
  };
  const swap = (i: number, j: number): void => {
    const [a, b] = [items[i], items[j]];
    if (a === undefined || b === undefined) return;
    items[i] = b;
    items[j] = a;
  };
  const rise = (start: number): void => {
    for (let at = start, up = (at - 1) >> 1; at > 0 && misplaced(up, at); at = up, up = (at - 1) >> 1) swap(up, at);
  };
  const sink = (): void => {
    for (let at = 0; ;) {
      const left = 2 * at + 1;
      const lesser = misplaced(left, left + 1) ? left + 1 : left;
      if (!misplaced(at, lesser)) return;
      swap(at, lesser);
      at = lesser;
    }
  };

  return {
    push(item) {
      items.push(item);
      rise(items.length - 1);
    },
    first: () => items[0],
    pop() {
      const top = items[0];
      const last = items.pop();
      if (items.length > 0 && last !== undefined) {
        items[0] = last;
        sink();
      }
      return top;
    },
    clear() {
      items.length = 0;
    },
  };
}
