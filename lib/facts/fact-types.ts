/** What the value of a fact may be. Messages are read by authors of policies. */
import * as v from 'valibot';

const VERSION = /^\d+\.\d+\.\d+$/;

export const text = v.pipe(v.string('must be text'), v.minLength(1, 'is empty'));
/** Three numbers, compared as numbers. */
export const version = v.pipe(
  v.string('must be a version of three numbers, such as 1.99.1'),
  v.regex(VERSION, 'must be a version of three numbers, such as 1.99.1'),
);
export const truth = v.boolean('must be true or false');
/** `conflict`: AWS's own pages disagree. */
export const answer = oneOf(['yes', 'no', 'conflict']);
export const texts = listOf(text);

export function oneOf<const Values extends readonly string[]>(values: Values) {
  return v.picklist(values, `must be one of ${values.join(', ')}`);
}

export function listOf<Item extends v.GenericSchema>(item: Item) {
  return v.pipe(v.array(item, 'must be a list'), v.minLength(1, 'is empty'));
}
