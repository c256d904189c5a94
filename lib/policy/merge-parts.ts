import type { ParsedPart } from './document';
import type { PolicyProblem } from './policy';

export interface Merged {
  readonly content: Readonly<Record<string, unknown>>;
  readonly problems: readonly PolicyProblem[];
  /** The part in which a path is written. */
  partOf(path: readonly string[]): ParsedPart | undefined;
}

type Entries = Record<string, unknown>;

const isEntries = (value: unknown): value is Entries =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Without a prototype: `constructor` and `__proto__` are keys like any other, and unknown ones. */
function emptyEntries(): Entries {
  const entries: Entries = {};
  Object.setPrototypeOf(entries, null);
  return entries;
}

/**
 * Joins the parts in name order. Maps join key by key; anything else written twice is an error, because which of the
 * two was meant is a guess. `version` may stand in every part as long as it is the same.
 */
export function mergeParts(parts: readonly ParsedPart[]): Merged {
  const problems: PolicyProblem[] = [];
  const owners = new Map<string, ParsedPart>();

  const add = (into: Entries, from: Entries, at: { part: ParsedPart; path: readonly string[] }): void => {
    for (const [key, value] of Object.entries(from)) {
      const path = [...at.path, key];
      const before = into[key];
      const owner = owners.get(path.join('\0'));
      if (!owner) {
        owners.set(path.join('\0'), at.part);
        into[key] = value;
        if (isEntries(value)) add((into[key] = emptyEntries()), value, { part: at.part, path });
      } else if (isEntries(before) && isEntries(value)) {
        add(before, value, { part: at.part, path });
      } else if (key !== 'version' || before !== value) {
        const message = `is written in ${owner.place} already`;
        problems.push({ place: at.part.place, ...at.part.positionOf(path), path: path.join('.'), message });
      }
    }
  };

  const content = emptyEntries();
  for (const part of parts) add(content, part.content, { part, path: [] });

  const partOf = (path: readonly string[]): ParsedPart | undefined => {
    for (let length = path.length; length > 0; length--) {
      const owner = owners.get(path.slice(0, length).join('\0'));
      if (owner) return owner;
    }
    return parts[0];
  };
  return { content, problems, partOf };
}
