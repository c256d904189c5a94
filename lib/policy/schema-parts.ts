/** What single values of a policy may be. Messages are read by its authors, descriptions by their editors. */
import * as v from 'valibot';

export const text = v.pipe(
  v.string('must be text; put numbers such as account ids in quotes'),
  v.minLength(1, 'is empty'),
);

export function whole(min: number, max: number) {
  return v.pipe(
    v.number('must be a number'),
    v.integer('must be a whole number'),
    v.minValue(min, `must be at least ${String(min)}`),
    v.maxValue(max, `must be at most ${String(max)}`),
  );
}

export function oneOf<const Values extends readonly string[]>(values: Values) {
  return v.picklist(values, `must be one of ${values.join(', ')}`);
}

export function listOf<Item extends v.GenericSchema>(item: Item) {
  return v.array(item, 'must be a list');
}

/** A map with these keys and no others. */
export function mapOf<const Entries extends v.ObjectEntries>(entries: Entries) {
  return v.strictObject(entries, 'must be a map');
}

/** The same value with a sentence for those who write it. */
export function described<const Schema extends v.GenericSchema>(description: string, schema: Schema) {
  return v.pipe(schema, v.description(description));
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;
function isCalendarDay(day: string): boolean {
  // what is no day at all is said by the pattern
  if (!DAY.test(day)) return true;
  const parsed = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(day);
}
export const day = v.pipe(
  v.string('must be a day, written YYYY-MM-DD'),
  v.regex(DAY, 'must be a day, written YYYY-MM-DD'),
  v.check(isCalendarDay, 'is no day of the calendar'),
);
