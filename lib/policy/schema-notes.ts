/** What a schema says of itself to those who walk it, besides what valibot reads. */
import * as v from 'valibot';

/** Keys of maps of any keys that valibot leaves out without a word. */
export const LEFT_OUT_KEYS: readonly string[] = ['__proto__', 'constructor', 'prototype'];

export interface SchemaNotes {
  /** What is said of a key that is not there, where keys are names of something. */
  readonly unknownKey?: (key: string) => string;
  /** Of a schema that is chosen by what is written: all that can be chosen. */
  readonly anyOf?: readonly v.GenericSchema[];
}

export function noted<const Schema extends v.GenericSchema>(notes: SchemaNotes, schema: Schema) {
  return v.pipe(schema, v.metadata({ notes }));
}

export function isSchema(value: unknown): value is v.GenericSchema {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'schema';
}

/** Only `noted` writes there. */
function isNotes(value: unknown): value is SchemaNotes {
  return typeof value === 'object' && value !== null;
}

export function notesOf(schema: unknown): SchemaNotes {
  if (!isSchema(schema)) return {};
  const { notes } = v.getMetadata(schema);
  return isNotes(notes) ? notes : {};
}
