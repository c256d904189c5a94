import type { Scalar } from './value-test';

/** In which element of which array a leaf lies; arrays by a name that is unique in the event. */
export type Position = Readonly<Record<string, number>>;

export interface Leaf {
  readonly value: Scalar;
  readonly position: Position;
}

/** Leaves by their dotted path, in which arrays leave no trace. */
export type EventFields = ReadonlyMap<string, readonly Leaf[]>;

interface Place {
  readonly path: string;
  readonly position: Position;
  /** Path with the indices of arrays: unique. */
  readonly exactPath: string;
}

export function fieldsOf(event: unknown): EventFields {
  const fields = new Map<string, Leaf[]>();
  const visit = (value: unknown, place: Place): void => {
    const { path, position, exactPath } = place;
    if (Array.isArray(value)) {
      value.forEach((item: unknown, index) => {
        // A scalar is no element that other leaves could share.
        const inside = typeof item === 'object' && item !== null ? { ...position, [exactPath]: index } : position;
        visit(item, { path, position: inside, exactPath: `${exactPath}[${index}]` });
      });
    } else if (typeof value === 'object' && value !== null) {
      const below = (name: string): string => (path === '' ? name : `${path}.${name}`);
      for (const [name, item] of Object.entries(value)) {
        visit(item, { path: below(name), position, exactPath: `${exactPath}.${name}` });
      }
    } else if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' || value === null) {
      const leaves = fields.get(path) ?? [];
      leaves.push({ value, position });
      fields.set(path, leaves);
    }
  };
  visit(event, { path: '', position: {}, exactPath: '' });
  return fields;
}
