/** Values by schema out of the parameters of a query request. */
import type { QueryNode } from './query-tree';
import { unknownParameter } from './refusal';
import type { ListShape, MapShape, Member, StructureShape } from './shape';
import { readText } from './text-value';
import type { Fields } from './wire';

/** How the two query protocols name parameters. */
export interface QueryDialect {
  memberName(member: Member): string;
  /** Name between a list and its indices; undefined where lists are flat. */
  listName(member: Member, list: ListShape): string | undefined;
}

export type QueryReader = (shape: StructureShape, node: QueryNode) => Fields;

/** A part of the parameters, and the name that leads there. */
interface Place {
  readonly node: QueryNode;
  readonly path: string;
}

interface Context extends QueryDialect {
  membersOf(shape: StructureShape): ReadonlyMap<string, Member>;
}

function createContext(dialect: QueryDialect): Context {
  const names = new WeakMap<StructureShape, ReadonlyMap<string, Member>>();
  return {
    ...dialect,
    membersOf(shape) {
      let known = names.get(shape);
      if (!known) {
        known = new Map(shape.members.map((member) => [dialect.memberName(member), member]));
        names.set(shape, known);
      }
      return known;
    },
  };
}

function below({ path }: Place, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}

/** Refuses every name below a place but these. */
function expectOnly(place: Place, names: readonly string[]): void {
  for (const name of place.node.children.keys()) {
    if (!names.includes(name)) throw unknownParameter(below(place, name));
  }
}

function childOf(place: Place, name: string): Place | undefined {
  const node = place.node.children.get(name);
  return node && { node, path: below(place, name) };
}

/** `1`, `2`, ... in order of number; anything else below a list is no parameter. */
function indexed(place: Place): Place[] {
  for (const index of place.node.children.keys()) {
    if (!/^\d+$/.test(index)) throw unknownParameter(below(place, index));
  }
  return [...place.node.children]
    .sort(([a], [b]) => Number(a) - Number(b))
    .map(([index, node]) => ({ node, path: below(place, index) }));
}

/** Where the indices of a list or map are: right here, or below a name of the protocol's. */
function unwrap(place: Place, name: string | undefined): Place | undefined {
  if (name === undefined) return place;
  expectOnly(place, [name]);
  return childOf(place, name);
}

function readStructure(shape: StructureShape, place: Place, context: Context): Fields {
  const members = context.membersOf(shape);
  const fields: Record<string, unknown> = {};
  for (const [name, node] of place.node.children) {
    const path = below(place, name);
    const member = members.get(name);
    if (!member) throw unknownParameter(path);
    fields[member.name] = readMember(member, { node, path }, context);
  }
  return fields;
}

function readEntry(map: MapShape, entry: Place, context: Context): [string, unknown] {
  const [keyName, valueName] = [map.key.xmlName, map.value.xmlName];
  expectOnly(entry, [keyName, valueName]);
  const key = childOf(entry, keyName)?.node.value ?? '';
  const value = childOf(entry, valueName) ?? { node: { value: '', children: new Map() }, path: entry.path };
  return [key, readMember(map.value, value, context)];
}

function readMember(member: Member, place: Place, context: Context): unknown {
  const { shape } = member;
  switch (shape.kind) {
    case 'structure':
      return readStructure(shape, place, context);
    case 'list': {
      const items = unwrap(place, context.listName(member, shape));
      return items ? indexed(items).map((item) => readMember(shape.element, item, context)) : [];
    }
    case 'map': {
      const entries = unwrap(place, 'xmlFlattened' in member.traits ? undefined : 'entry');
      return Object.fromEntries(entries ? indexed(entries).map((entry) => readEntry(shape, entry, context)) : []);
    }
    default:
      expectOnly(place, []);
      return readText(shape, place.node.value ?? '', place.path);
  }
}

export function createQueryReader(dialect: QueryDialect): QueryReader {
  const context = createContext(dialect);
  return (shape, node) => readStructure(shape, { node, path: '' }, context);
}
