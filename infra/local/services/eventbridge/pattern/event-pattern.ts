/** Event patterns: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html */
import { isRecord } from '../../../kernel/json';
import { InvalidPattern } from './invalid-pattern';
import type { ValuePattern } from './value-pattern';
import { OPERATOR_NAMES, parseValuePattern } from './value-pattern';

/** Fields by their dotted path; all of them must match. */
export type Branch = ReadonlyMap<string, readonly ValuePattern[]>;

/** A pattern with its `$or`s multiplied out: one branch must match. */
export interface EventPattern {
  readonly branches: readonly Branch[];
}

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns-best-practices.html */
const MAX_BRANCHES = 1_000;

/** Throws `InvalidPattern`. */
export function parseEventPattern(text: string): EventPattern {
  const source = parseJson(text);
  if (!isRecord(source)) throw new InvalidPattern('Filter is not an object');
  return { branches: withObject([new Map()], source, { path: '', inOr: false }) };
}

interface Place {
  /** Dotted, with a dot at its end; empty at the top. */
  readonly path: string;
  /** Inside `$or`, names of operators cannot be fields. */
  readonly inOr: boolean;
}

type Source = Readonly<Record<string, unknown>>;

function withObject(branches: readonly Branch[], source: Source, place: Place): readonly Branch[] {
  const members = Object.entries(source);
  if (members.length === 0) throw new InvalidPattern('Empty objects are not allowed');
  return members.reduce((sofar, [name, value]) => withMember(sofar, { name, value }, place), branches);
}

interface Member {
  readonly name: string;
  readonly value: unknown;
}

function withMember(branches: readonly Branch[], { name, value }: Member, { path, inOr }: Place): readonly Branch[] {
  if (name === '$or' && isAlternatives(value)) return withAlternatives(branches, value, { path, inOr: true });
  if (inOr && OPERATOR_NAMES.has(name)) {
    throw new InvalidPattern(`${name} is Ruler reserved fieldName which cannot be used inside $or.`);
  }
  if (isRecord(value)) return withObject(branches, value, { path: `${path}${name}.`, inOr });
  if (!Array.isArray(value)) throw new InvalidPattern(`"${name}" must be an object or an array`);
  if (value.length === 0) throw new InvalidPattern('Empty arrays are not allowed');
  const patterns = value.map(parseValuePattern);
  return branches.map((branch) => new Map([...branch, [`${path}${name}`, patterns]]));
}

/** `$or` with anything else than two objects or more is a field of that name. */
function isAlternatives(value: unknown): value is readonly Source[] {
  if (!Array.isArray(value) || value.length < 2) return false;
  return value.every(
    (item) =>
      isRecord(item) && Object.keys(item).length > 0 && !Object.keys(item).some((name) => OPERATOR_NAMES.has(name)),
  );
}

function withAlternatives(
  branches: readonly Branch[],
  alternatives: readonly Source[],
  place: Place,
): readonly Branch[] {
  const multiplied = alternatives.flatMap((alternative) => withObject(branches, alternative, place));
  if (multiplied.length > MAX_BRANCHES) {
    throw new InvalidPattern(`Rule is too complex: $or gives more than ${MAX_BRANCHES} combinations`);
  }
  return multiplied;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new InvalidPattern(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}
