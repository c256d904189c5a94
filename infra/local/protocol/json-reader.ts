/** JSON of a request -> values by schema: Date for timestamps, Buffer for blobs. null counts as absent. */
import { unknownParameter, wrongType } from './refusal';
import type { ListShape, MapShape, Shape, StructureShape } from './shape';
import { parseTimestamp } from './timestamp';
import type { Fields } from './wire';

type JsonObject = Record<string, unknown>;

/** Numbers that JSON cannot spell: https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html */
const SPECIAL_NUMBERS: readonly unknown[] = ['NaN', 'Infinity', '-Infinity'];

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function below(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}

function readStructure(shape: StructureShape, value: unknown, path: string): Fields {
  if (!isObject(value)) throw wrongType(path, 'an object');
  const fields: JsonObject = {};
  for (const [name, item] of Object.entries(value)) {
    const member = shape.byName.get(name);
    if (!member) throw unknownParameter(below(path, name));
    if (item !== null) fields[name] = readJson(member.shape, item, below(path, name));
  }
  return fields;
}

function readList(shape: ListShape, value: unknown, path: string): unknown[] {
  if (!Array.isArray(value)) throw wrongType(path, 'a list');
  return value.map((item: unknown, index) => {
    const place = `${path}[${String(index)}]`;
    if (item !== null) return readJson(shape.element.shape, item, place);
    if (!shape.sparse) throw wrongType(place, 'something other than null');
    return null;
  });
}

function readMap(shape: MapShape, value: unknown, path: string): JsonObject {
  if (!isObject(value)) throw wrongType(path, 'an object');
  const entries = Object.entries(value).filter(([, item]) => shape.sparse || item !== null);
  return Object.fromEntries(
    entries.map(([key, item]) => [key, item === null ? null : readJson(shape.value.shape, item, below(path, key))]),
  );
}

function readBlob(value: unknown, path: string): Buffer {
  if (typeof value !== 'string') throw wrongType(path, 'base64 text');
  return Buffer.from(value, 'base64');
}

function readTime(value: unknown, path: string): Date {
  const time = parseTimestamp(value);
  if (!time) throw wrongType(path, 'a timestamp');
  return time;
}

function readScalar(shape: Shape, value: unknown, path: string): unknown {
  switch (shape.kind) {
    case 'string':
      if (typeof value === 'string') return value;
      throw wrongType(path, 'a string');
    case 'boolean':
      if (typeof value === 'boolean') return value;
      throw wrongType(path, 'true or false');
    case 'number':
      if (typeof value === 'number' || SPECIAL_NUMBERS.includes(value)) return Number(value);
      throw wrongType(path, 'a number');
    case 'blob':
      return readBlob(value, path);
    default:
      return readTime(value, path);
  }
}

export function readJson(shape: Shape, value: unknown, path: string): unknown {
  switch (shape.kind) {
    case 'structure':
      return readStructure(shape, value, path);
    case 'list':
      return readList(shape, value, path);
    case 'map':
      return readMap(shape, value, path);
    case 'document':
      return value;
    default:
      return readScalar(shape, value, path);
  }
}

/** The whole body of a request; an empty one is an empty object. */
export function readJsonBody(body: Buffer): unknown {
  if (body.length === 0) return {};
  try {
    return JSON.parse(body.toString('utf8')) as unknown;
  } catch (cause) {
    throw Object.assign(wrongType('', 'JSON'), { cause });
  }
}

export function readJsonStructure(shape: StructureShape, value: unknown): Fields {
  return readStructure(shape, value, '');
}
