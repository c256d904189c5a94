/**
 * The AWS SDK's runtime schemas, read once into a tree that the codecs walk. The SDK packs a schema into nested arrays
 * and numbers (https://www.npmjs.com/package/@smithy/types, `schema/static-schemas`); anything that does not look as
 * expected is an error here, so that an upgrade which changes the format is noticed at once.
 */
import { inspect } from 'node:util';

export type Traits = Readonly<Record<string, unknown>>;

export interface Member {
  readonly name: string;
  /** Name of its XML element, and of its parameter in awsQuery. */
  readonly xmlName: string;
  readonly shape: Shape;
  /** Traits of the member over those of its target; names on the wire are the member's own. */
  readonly traits: Traits;
  readonly required: boolean;
}

export interface StructureShape {
  readonly kind: 'structure';
  readonly name: string;
  readonly members: readonly Member[];
  readonly byName: ReadonlyMap<string, Member>;
  readonly union: boolean;
}

export interface ListShape {
  readonly kind: 'list';
  readonly element: Member;
  readonly sparse: boolean;
}

export interface MapShape {
  readonly kind: 'map';
  readonly key: Member;
  readonly value: Member;
  readonly sparse: boolean;
}

export type TimestampFormat = 'date-time' | 'http-date' | 'epoch-seconds';

export interface TimestampShape {
  readonly kind: 'timestamp';
  /** Absent: the protocol's own. */
  readonly format: TimestampFormat | undefined;
}

export interface PlainShape {
  readonly kind: 'string' | 'number' | 'boolean' | 'document' | 'blob';
}

export type Shape = StructureShape | ListShape | MapShape | TimestampShape | PlainShape;

type Schema = readonly unknown[];

/** Codes of simple schemas; lists and maps of them add a modifier. */
const SIMPLE = new Map<number, PlainShape | TimestampShape>([
  [0, { kind: 'string' }],
  [1, { kind: 'number' }],
  [2, { kind: 'boolean' }],
  [4, { kind: 'timestamp', format: undefined }],
  [5, { kind: 'timestamp', format: 'date-time' }],
  [6, { kind: 'timestamp', format: 'http-date' }],
  [7, { kind: 'timestamp', format: 'epoch-seconds' }],
  [15, { kind: 'document' }],
  [21, { kind: 'blob' }],
  [42, { kind: 'blob' }],
]);
const LIST_MODIFIER = 64;
const MAP_MODIFIER = 128;

const SIMPLE_TRAITS = 0;
const LIST = 1;
const MAP = 2;
const STRUCTURE = 3;
const ERROR = -3;
const UNION = 4;
export const OPERATION = 9;

/** Traits without a value, packed into one number, lowest bit first. */
const FLAGS = ['httpLabel', 'idempotent', 'idempotencyToken', 'sensitive', 'httpPayload', 'httpResponseCode'];
const FLAG_NAMES = [...FLAGS, 'httpQueryParams'];

const NO_MEMBERS: StructureShape = { kind: 'structure', name: 'Unit', members: [], byName: new Map(), union: false };

const cache = new WeakMap<Schema, Shape>();

function changed(schema: unknown): Error {
  const text = inspect(schema, { depth: 1, breakLength: Infinity }).slice(0, 200);
  return new Error(
    `The SDK's schema format has changed: ${text} is not understood. Adapt infra/local/protocol/shape.ts.`,
  );
}

export function isSchema(value: unknown): value is Schema {
  return Array.isArray(value) && typeof value[0] === 'number' && typeof value[2] === 'string' && value.length >= 5;
}

/** Schemas refer to each other through functions, as they may be recursive. */
function deref(ref: unknown): unknown {
  return typeof ref === 'function' ? deref((ref as () => unknown)()) : ref;
}

export function readTraits(packed: unknown): Traits {
  if (typeof packed === 'number') {
    return Object.fromEntries(FLAG_NAMES.filter((_, bit) => ((packed >> bit) & 1) === 1).map((name) => [name, 1]));
  }
  if (typeof packed !== 'object' || packed === null) throw changed(packed);
  return { ...packed };
}

function readMember(name: string, packed: unknown, required = false): Member {
  const [ref, ownTraits] = Array.isArray(packed) && packed.length === 2 ? (packed as [unknown, unknown]) : [packed, 0];
  const target = deref(ref);
  const targetTraits: Record<string, unknown> = isSchema(target) ? { ...readTraits(target[3]) } : {};
  // The element is named by the member, never by its target.
  delete targetTraits['xmlName'];
  const traits = { ...targetTraits, ...readTraits(ownTraits) };
  const xmlName = typeof traits['xmlName'] === 'string' ? traits['xmlName'] : name;
  return { name, xmlName, shape: readShape(target), traits, required };
}

function readNumber(code: number): Shape {
  const simple = SIMPLE.get(code);
  if (simple) return simple;
  if (code >= MAP_MODIFIER) {
    const value = readMember('value', code - MAP_MODIFIER);
    return { kind: 'map', key: readMember('key', 0), value, sparse: false };
  }
  if (code >= LIST_MODIFIER)
    return { kind: 'list', element: readMember('member', code - LIST_MODIFIER), sparse: false };
  throw changed(code);
}

function readStructure(schema: Schema): StructureShape {
  const [kind, , name, , names, schemas, required = 0] = schema;
  if (!Array.isArray(names) || !Array.isArray(schemas) || names.length !== schemas.length) throw changed(schema);
  if (typeof required !== 'number' || required > names.length) throw changed(schema);
  const members: Member[] = [];
  const byName = new Map<string, Member>();
  const shape: StructureShape = { kind: 'structure', name: String(name), members, byName, union: kind === UNION };
  // Known before its members are read: they may refer back to it.
  cache.set(schema, shape);
  for (const [index, memberName] of names.entries()) {
    const member = readMember(String(memberName), schemas[index], index < required);
    members.push(member);
    byName.set(member.name, member);
  }
  return shape;
}

/** Fills a shape in after it is known to the cache, as its parts may refer back to it. */
function readCollection(schema: Schema): Shape {
  const sparse = 'sparse' in readTraits(schema[3]);
  const shape = (schema[0] === LIST ? { kind: 'list', sparse } : { kind: 'map', sparse }) as ListShape | MapShape;
  cache.set(schema, shape);
  const parts =
    schema[0] === LIST
      ? { element: readMember('member', schema[4]) }
      : { key: readMember('key', schema[4]), value: readMember('value', schema[5]) };
  return Object.assign(shape, parts);
}

function readArray(schema: Schema): Shape {
  switch (schema[0]) {
    case SIMPLE_TRAITS:
      return readShape(schema[4]);
    case LIST:
    case MAP:
      return readCollection(schema);
    case STRUCTURE:
    case ERROR:
    case UNION:
      return readStructure(schema);
    default:
      throw changed(schema);
  }
}

export function readShape(ref: unknown): Shape {
  const schema = deref(ref);
  if (schema === 'unit') return NO_MEMBERS;
  if (typeof schema === 'number') return readNumber(schema);
  if (!isSchema(schema)) throw changed(schema);
  return cache.get(schema) ?? readArray(schema);
}

/** Input, output or error: a structure at the top. */
export function readStructureShape(ref: unknown): StructureShape {
  const shape = readShape(ref);
  if (shape.kind !== 'structure') throw changed(ref);
  return shape;
}

export function isUnit(shape: StructureShape): boolean {
  return shape === NO_MEMBERS;
}
