/** Checks of what a behaviour gives back: output that its schema does not admit must be seen, not sent. */
import type { Member, StructureShape } from './shape';

/** Output that cannot be written as its schema says: the behaviour is wrong, and its caller gets a 500. */
export class BehaviourBug extends Error {
  override readonly name = 'BehaviourBug';

  /** @param path dotted place within the output, lists with their index from 0 */
  constructor(
    readonly path: string,
    readonly complaint: string,
  ) {
    super(`${path} ${complaint}`);
  }
}

/** The same error, seen from one level further up: places are spelled on the way out, as errors are rare. */
export function placed(error: unknown, name: string): unknown {
  if (!(error instanceof BehaviourBug)) return error;
  return new BehaviourBug(error.path === '' ? name : `${name}.${error.path}`, error.complaint);
}

/** For writers that are not called thousands of times. */
export function at<Written>(name: string, write: () => Written): Written {
  try {
    return write();
  } catch (error) {
    throw placed(error, name);
  }
}

function wrong(wanted: string, value: unknown): BehaviourBug {
  return new BehaviourBug('', `must be ${wanted}, is ${value === null ? 'null' : typeof value}`);
}

export function memberOf(shape: StructureShape, name: string): Member {
  const member = shape.byName.get(name);
  if (!member) throw new BehaviourBug(name, `is no member of ${shape.name}`);
  return member;
}

/** These have no members of their own and would be written as empty objects. */
function isOpaque(value: object): boolean {
  return Array.isArray(value) || value instanceof Date || value instanceof Map || value instanceof Set;
}

export function expectObject(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) throw wrong('an object', value);
  if (isOpaque(value)) throw new BehaviourBug('', `must be a plain object, is ${value.constructor.name}`);
  return value as Readonly<Record<string, unknown>>;
}

export function expectList(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw wrong('a list', value);
  return value;
}

export function expectString(value: unknown): string {
  if (typeof value !== 'string') throw wrong('a string', value);
  return value;
}

export function expectNumber(value: unknown): number {
  if (typeof value !== 'number') throw wrong('a number', value);
  return value;
}

export function expectBoolean(value: unknown): boolean {
  if (typeof value !== 'boolean') throw wrong('a boolean', value);
  return value;
}

export function expectDate(value: unknown): Date {
  if (!(value instanceof Date) || Number.isNaN(value.getTime())) throw wrong('a valid Date', value);
  return value;
}

export function expectBytes(value: unknown): Uint8Array {
  if (!(value instanceof Uint8Array)) throw wrong('bytes', value);
  return value;
}
