/** Values by schema -> JSON of a response. */
import { BehaviourBug, expectBoolean, expectBytes, expectDate, expectNumber, expectString } from './behaviour-bug';
import { expectList, expectObject, memberOf, placed } from './behaviour-bug';
import type { ListShape, MapShape, Shape, StructureShape } from './shape';
import { formatTimestamp } from './timestamp';

type JsonObject = Record<string, unknown>;

export function writeJsonStructure(shape: StructureShape, value: unknown): JsonObject {
  const fields = expectObject(value);
  const written: JsonObject = {};
  for (const name of Object.keys(fields)) {
    const item = fields[name];
    const member = memberOf(shape, name);
    if (item === undefined) continue;
    try {
      written[name] = writeJson(member.shape, item);
    } catch (error) {
      throw placed(error, name);
    }
  }
  return written;
}

function writeList(shape: ListShape, value: unknown): unknown[] {
  return expectList(value).map((item, index) => {
    if (item === null && shape.sparse) return null;
    try {
      return writeJson(shape.element.shape, item);
    } catch (error) {
      throw placed(error, String(index));
    }
  });
}

function writeEntry(shape: MapShape, key: string, value: unknown): unknown {
  if (value === null && shape.sparse) return null;
  try {
    return writeJson(shape.value.shape, value);
  } catch (error) {
    throw placed(error, key);
  }
}

function writeMap(shape: MapShape, value: unknown): JsonObject {
  const entries = Object.entries(expectObject(value)).filter(([, item]) => item !== undefined);
  return Object.fromEntries(entries.map(([key, item]) => [key, writeEntry(shape, key, item)]));
}

function writeScalar(shape: Shape, value: unknown): unknown {
  switch (shape.kind) {
    case 'string':
      return expectString(value);
    case 'boolean':
      return expectBoolean(value);
    case 'number': {
      const number = expectNumber(value);
      return Number.isFinite(number) ? number : String(number);
    }
    case 'timestamp':
      return formatTimestamp(expectDate(value), shape.format ?? 'epoch-seconds');
    case 'blob':
      return Buffer.from(expectBytes(value)).toString('base64');
    default:
      throw new BehaviourBug('', `cannot be written as ${shape.kind}`);
  }
}

export function writeJson(shape: Shape, value: unknown): unknown {
  switch (shape.kind) {
    case 'structure':
      return writeJsonStructure(shape, value);
    case 'list':
      return writeList(shape, value);
    case 'map':
      return writeMap(shape, value);
    case 'document':
      return value;
    default:
      return writeScalar(shape, value);
  }
}
