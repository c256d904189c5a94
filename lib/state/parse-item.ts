import * as v from 'valibot';
import type { Item } from './item-store';

/** What lies in the state was written by something else, or by a version that writes it otherwise. */
class StateItemError extends Error {
  override readonly name = 'StateItemError';
}

/** @throws StateItemError that names the item, for whoever has to take it out */
export function parseItem<const Schema extends v.GenericSchema>(schema: Schema, item: Item): v.InferOutput<Schema> {
  const parsed = v.safeParse(schema, item.value);
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  const where = [v.getDotPath(issue), issue.message].filter(Boolean).join(': ');
  throw new StateItemError(
    `the state's item ${item.key} of ${item.partition} is not as this version writes it (${where}); take it out, or name another state`,
  );
}
