/** Scalars as text: parameters of query requests, content of XML elements, headers, paths. */
import { BehaviourBug, expectBoolean, expectBytes, expectDate, expectNumber, expectString } from './behaviour-bug';
import { wrongType } from './refusal';
import type { Shape, TimestampFormat } from './shape';
import { formatTimestamp, parseTimestamp } from './timestamp';

function readNumber(text: string, path: string): number {
  const number = Number(text);
  if (text.trim() === '' || (Number.isNaN(number) && text !== 'NaN')) throw wrongType(path, 'a number');
  return number;
}

function readBoolean(text: string, path: string): boolean {
  const lower = text.toLowerCase();
  if (lower !== 'true' && lower !== 'false') throw wrongType(path, 'true or false');
  return lower === 'true';
}

function readTime(text: string, path: string): Date {
  const time = parseTimestamp(text);
  if (!time) throw wrongType(path, 'a timestamp');
  return time;
}

export function readText(shape: Shape, text: string, path: string): unknown {
  switch (shape.kind) {
    case 'string':
      return text;
    case 'number':
      return readNumber(text, path);
    case 'boolean':
      return readBoolean(text, path);
    case 'timestamp':
      return readTime(text, path);
    case 'blob':
      return Buffer.from(text, 'base64');
    default:
      throw new Error(`${path}: a ${shape.kind} cannot be sent as text.`);
  }
}

/** `timestampFormat`: how a time is spelled if its schema does not say. */
export function writeText(shape: Shape, value: unknown, timestampFormat: TimestampFormat): string {
  switch (shape.kind) {
    case 'string':
      return expectString(value);
    case 'number':
      return String(expectNumber(value));
    case 'boolean':
      return String(expectBoolean(value));
    case 'timestamp':
      return String(formatTimestamp(expectDate(value), shape.format ?? timestampFormat));
    case 'blob':
      return Buffer.from(expectBytes(value)).toString('base64');
    default:
      throw new BehaviourBug('', `cannot be written as text, being a ${shape.kind}`);
  }
}
