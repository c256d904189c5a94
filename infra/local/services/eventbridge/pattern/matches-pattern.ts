import type { EventFields, Leaf, Position } from './event-fields';
import { fieldsOf } from './event-fields';
import type { EventPattern } from './event-pattern';
import type { ValuePattern } from './value-pattern';

/** Whether the event (parsed JSON) fits the pattern. */
export function matchesEventPattern(pattern: EventPattern, event: unknown): boolean {
  return matchesFields(pattern, fieldsOf(event));
}

/** The same for an event that is asked about again and again. */
export function matchesFields({ branches }: EventPattern, fields: EventFields): boolean {
  return branches.some((branch) => {
    // The order of names matters only where a field may be absent from the element that was chosen before it.
    const wanted = [...branch].sort(([left], [right]) => (left < right ? -1 : 1));
    return canChoose(wanted, fields, {});
  });
}

type Wanted = readonly (readonly [path: string, patterns: readonly ValuePattern[]])[];

/** Takes a leaf for each field; leaves must lie in the same element of every array that they share. */
function canChoose(wanted: Wanted, fields: EventFields, sofar: Position): boolean {
  const [first, ...others] = wanted;
  if (!first) return true;
  const [path, patterns] = first;
  const leaves = (fields.get(path) ?? []).filter(({ position }) => isConsistent(sofar, position));
  if (leaves.length === 0) return patterns.includes('absent') && canChoose(others, fields, sofar);
  return leaves.some(
    (leaf) =>
      patterns.some((pattern) => fits(pattern, leaf)) && canChoose(others, fields, { ...sofar, ...leaf.position }),
  );
}

function fits(pattern: ValuePattern, { value }: Leaf): boolean {
  return pattern !== 'absent' && pattern(value);
}

function isConsistent(sofar: Position, position: Position): boolean {
  return Object.entries(position).every(([array, index]) => sofar[array] === undefined || sofar[array] === index);
}
