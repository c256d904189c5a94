/** Finds what an operation was sent and does not honour. */
import type { Shape } from './shape';

/** The members that `Operation.accepts` admits below one place; `everything` where a path ends. */
export type Admission = 'everything' | ReadonlyMap<string, Admission>;

type Building = Map<string, Building | 'everything'>;

/** `['Filters', 'NetworkInterfaces.PrimaryIpv6']` as a tree, made once for each operation. */
export function admit(paths: readonly string[]): Admission {
  const root: Building = new Map<string, Building | 'everything'>();
  for (const path of paths) admitPath(root, path.split('.'));
  return root;
}

function admitPath(place: Building, [name = '', ...rest]: readonly string[]): void {
  const known = place.get(name);
  if (rest.length === 0 || known === 'everything') {
    place.set(name, 'everything');
    return;
  }
  const below: Building = known ?? new Map<string, Building | 'everything'>();
  place.set(name, below);
  admitPath(below, rest);
}

/** Dotted path without indices of the first parameter that is given and not admitted. */
export function findUnsupported(shape: Shape, value: unknown, admitted: Admission): string | undefined {
  if (admitted === 'everything' || value === undefined || value === null) return undefined;
  switch (shape.kind) {
    case 'structure':
      return findInStructure(value, (name) => shape.byName.get(name)?.shape, admitted);
    case 'list':
      return findInItems(shape.element.shape, value as readonly unknown[], admitted);
    case 'map':
      return findInItems(shape.value.shape, Object.values(value), admitted);
    default:
      return undefined;
  }
}

type Members = ReadonlyMap<string, Admission>;

function findInStructure(value: object, shapeOf: (name: string) => Shape | undefined, admitted: Members) {
  for (const [name, item] of Object.entries(value)) {
    const shape = shapeOf(name);
    const below = admitted.get(name);
    if (item === undefined || !shape) continue;
    if (!below) return name;
    const deeper = findUnsupported(shape, item, below);
    if (deeper !== undefined) return `${name}.${deeper}`;
  }
  return undefined;
}

function findInItems(shape: Shape, items: readonly unknown[], admitted: Members): string | undefined {
  for (const item of items) {
    const found = findUnsupported(shape, item, admitted);
    if (found !== undefined) return found;
  }
  return undefined;
}
