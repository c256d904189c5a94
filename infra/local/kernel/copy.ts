import type { Copy } from './scope';

/** Copies deep, with one copy of whatever is met more than once; what is neither plain nor a list, map or set is shared. */
export function createCopy(): Copy {
  const copies = new Map<unknown, unknown>();
  const unfilled: (() => void)[] = [];

  function begin<Value extends object>(value: Value, shell: Value, fill: () => void): Value {
    copies.set(value, shell);
    unfilled.push(fill);
    return shell;
  }

  function shallow(value: unknown): unknown {
    if (typeof value !== 'object' || value === null) return value;
    return copies.get(value) ?? shellOf(value);
  }

  function shellOf(value: object): object {
    if (Array.isArray(value)) {
      const list: unknown[] = [];
      return begin<object>(value, list, () => value.forEach((each) => list.push(shallow(each))));
    }
    if (value instanceof Map) {
      const map = new Map<unknown, unknown>();
      return begin(value, map, () => value.forEach((each, key) => map.set(shallow(key), shallow(each))));
    }
    if (value instanceof Set) {
      const set = new Set<unknown>();
      return begin(value, set, () => value.forEach((each) => set.add(shallow(each))));
    }
    return isPlain(value) ? copyPlain(value) : value;
  }

  function copyPlain(value: object): object {
    const shell: Record<string, unknown> = {};
    return begin(value, shell, () => {
      for (const [key, each] of Object.entries(value)) shell[key] = shallow(each);
    });
  }

  function copy<Value>(value: Value): Value;
  function copy(value: unknown): unknown {
    const copied = shallow(value);
    // One after the other, not one within the other: chains of records are longer than the stack.
    for (let fill = unfilled.pop(); fill; fill = unfilled.pop()) fill();
    return copied;
  }
  return copy;
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
