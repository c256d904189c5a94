/**
 * What valibot lets pass: keys that the schema does not have, of which it names the first of each map only, keys that it
 * leaves out, and lists where a map belongs.
 */
import { didYouMean } from './nearest-name';
import { LEFT_OUT_KEYS, notesOf } from './schema-notes';

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

/** Each key of a map in `content` that its schema does not have, and each list that should be a map, in the order in which they are written. */
export function unknownKeys(schema: unknown, content: unknown, path: readonly string[] = []): readonly UnknownKey[] {
  if (!isEntries(content)) return [];
  const inner = schemaFor(schema, content);
  const { entries, item, value } = inner;
  // lists hold items, maps of any keys hold values
  const known = isEntries(entries) ? entries : undefined;
  if (Array.isArray(content) && !isEntries(item)) return [{ path, message: `${messageOf(inner)}; found Array` }];
  return Object.entries(content).flatMap(([key, inside]) => {
    const at = [...path, key];
    if (isEntries(value) && LEFT_OUT_KEYS.includes(key)) return [{ path: at, message: 'can not be a key here' }];
    if (!known) return unknownKeys(item ?? value, inside, at);
    return Object.hasOwn(known, key)
      ? unknownKeys(known[key], inside, at)
      : [{ path: at, message: unknown(key, inner, Object.keys(known)) }];
  });
}

/** What the schema says of itself, or what can be said of any. */
function unknown(key: string, schema: Entries, allowed: readonly string[]): string {
  const say = notesOf(schema).unknownKey;
  if (say) return say(key);
  return `unknown key "${key}"${didYouMean(key, allowed)}; allowed here: ${allowed.join(', ')}`;
}

function messageOf({ message }: Entries): string {
  return typeof message === 'string' ? message : 'must be a map';
}
