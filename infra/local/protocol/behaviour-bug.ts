/** Checks of what a behaviour gives back: output that its schema does not admit must be seen, not sent. */
import type { Member, StructureShape } from './shape';

/** Output that cannot be written as its schema says: the behaviour is wrong, and its caller gets a 500. */
export class BehaviourBug extends Error {
  override readonly name = 'BehaviourBug';

  constructor(path: string, complaint: string) {
    super(`${path} ${complaint}`);
  }
}

function wrong(path: string, wanted: string, value: unknown): BehaviourBug {
  return new BehaviourBug(path, `must be ${wanted}, is ${value === null ? 'null' : typeof value}`);
}

export function memberOf(shape: StructureShape, name: string, path: string): Member {
  const member = shape.byName.get(name);
  if (!member) throw new BehaviourBug(`${path}.${name}`, `is no member of ${shape.name}`);
  return member;
}

export function expectObject(value: unknown, path: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrong(path, 'an object', value);
  // These have no members of their own and would be written as empty objects.
  if (value instanceof Date || value instanceof Map || value instanceof Set) throw wrong(path, 'a plain object', value);
  return value as Readonly<Record<string, unknown>>;
}

export function expectList(value: unknown, path: string): readonly unknown[] {
  if (!Array.isArray(value)) throw wrong(path, 'a list', value);
  return value;
}

export function expectString(value: unknown, path: string): string {
  if (typeof value !== 'string') throw wrong(path, 'a string', value);
  return value;
}

export function expectNumber(value: unknown, path: string): number {
  if (typeof value !== 'number') throw wrong(path, 'a number', value);
  return value;
}

export function expectBoolean(value: unknown, path: string): boolean {
  if (typeof value !== 'boolean') throw wrong(path, 'a boolean', value);
  return value;
}

export function expectDate(value: unknown, path: string): Date {
  if (!(value instanceof Date) || Number.isNaN(value.getTime())) throw wrong(path, 'a valid Date', value);
  return value;
}

export function expectBytes(value: unknown, path: string): Uint8Array {
  if (!(value instanceof Uint8Array)) throw wrong(path, 'bytes', value);
  return value;
}
