/** Keys that the schema does not have, wherever they stand: valibot itself names the first of each map only. */
import { didYouMean } from './nearest-name';

export interface UnknownKey {
  readonly path: readonly string[];
  readonly message: string;
}

type Entries = Readonly<Record<string, unknown>>;

const isEntries = (value: unknown): value is Entries => typeof value === 'object' && value !== null;

/** The schema that holds for `written`, without what may be wrapped around it. */
function schemaFor(schema: unknown, written: unknown): Entries {
  let inner: unknown = schema;
  while (isEntries(inner)) {
    if (isEntries(inner['wrapped'])) inner = inner['wrapped'];
    else if (typeof inner['getter'] === 'function') inner = Reflect.apply(inner['getter'], undefined, [written]);
    else return inner;
  }
  return {};
}

/** Each key of a map in `content` that its schema does not have, in the order in which they are written. */
export function unknownKeys(schema: unknown, content: unknown, path: readonly string[] = []): readonly UnknownKey[] {
  if (!isEntries(content)) return [];
  const { entries, item, value } = schemaFor(schema, content);
  // lists hold items, maps of any keys hold values
  const known = isEntries(entries) ? entries : undefined;
  return Object.entries(content).flatMap(([key, inside]) => {
    const at = [...path, key];
    if (!known) return unknownKeys(item ?? value, inside, at);
    return Object.hasOwn(known, key)
      ? unknownKeys(known[key], inside, at)
      : [{ path: at, message: unknown(key, Object.keys(known)) }];
  });
}

const unknown = (key: string, allowed: readonly string[]): string =>
  `unknown key "${key}"${didYouMean(key, allowed)}; allowed here: ${allowed.join(', ')}`;
