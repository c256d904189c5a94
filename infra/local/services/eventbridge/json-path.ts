/** The paths that rules take: `$`, `$.detail.state`, `$.resources[0]`, `$.detail['instance-id']`. */

const STEP = /\.([\w-]+)|\[(\d+)\]|\['([^']+)'\]|\["([^"]+)"\]/y;

/** Names and indices, undefined if it is no such path. */
export function parseJsonPath(path: string): readonly (string | number)[] | undefined {
  if (!path.startsWith('$')) return undefined;
  const steps: (string | number)[] = [];
  const pattern = new RegExp(STEP);
  pattern.lastIndex = 1;
  while (pattern.lastIndex < path.length) {
    const match = pattern.exec(path);
    if (!match) return undefined;
    const [, name, index, single, double] = match;
    steps.push(index === undefined ? (name ?? single ?? double ?? '') : Number(index));
  }
  return steps;
}

/** What the path leads to; undefined if nothing is there. */
export function followJsonPath(value: unknown, path: string): unknown {
  return parseJsonPath(path)?.reduce(member, value);
}

function member(value: unknown, step: string | number): unknown {
  if (typeof step === 'number') {
    const items: readonly unknown[] = Array.isArray(value) ? value : [];
    return items[step];
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return Object.entries(value).find(([name]) => name === step)?.[1];
}
