/** Values by schema -> JSON of a response. */
import { BehaviourBug, expectBoolean, expectBytes, expectDate, expectNumber, expectString } from './behaviour-bug';
import { expectList, expectObject, memberOf } from './behaviour-bug';
import type { ListShape, MapShape, Shape, StructureShape } from './shape';
import { formatTimestamp } from './timestamp';

type JsonObject = Record<string, unknown>;

export function writeJsonStructure(shape: StructureShape, value: unknown, path = shape.name): JsonObject {
  const fields: JsonObject = {};
  for (const [name, item] of Object.entries(expectObject(value, path))) {
    const member = memberOf(shape, name, path);
    if (item !== undefined) fields[name] = writeJson(member.shape, item, `${path}.${name}`);
  }
  return fields;
}

function writeList(shape: ListShape, value: unknown, path: string): unknown[] {
  return expectList(value, path).map((item) =>
    item === null && shape.sparse ? null : writeJson(shape.element.shape, item, `${path}[]`),
  );
}

function writeMap(shape: MapShape, value: unknown, path: string): JsonObject {
  const entries = Object.entries(expectObject(value, path)).filter(([, item]) => item !== undefined);
  return Object.fromEntries(
    entries.map(([key, item]) => [
      key,
      item === null && shape.sparse ? null : writeJson(shape.value.shape, item, `${path}.${key}`),
    ]),
  );
}

function writeScalar(shape: Shape, value: unknown, path: string): unknown {
  switch (shape.kind) {
    case 'string':
      return expectString(value, path);
    case 'boolean':
      return expectBoolean(value, path);
    case 'number': {
      const number = expectNumber(value, path);
      return Number.isFinite(number) ? number : String(number);
    }
    case 'timestamp':
      return formatTimestamp(expectDate(value, path), shape.format ?? 'epoch-seconds');
    case 'blob':
      return Buffer.from(expectBytes(value, path)).toString('base64');
    default:
      throw new BehaviourBug(path, `cannot be written as ${shape.kind}`);
  }
}

export function writeJson(shape: Shape, value: unknown, path: string): unknown {
  switch (shape.kind) {
    case 'structure':
      return writeJsonStructure(shape, value, path);
    case 'list':
      return writeList(shape, value, path);
    case 'map':
      return writeMap(shape, value, path);
    case 'document':
      return value;
    default:
      return writeScalar(shape, value, path);
  }
}
