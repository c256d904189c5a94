import type { Filter } from '@aws-sdk/client-ec2';
import { ApiError } from '../../kernel/api-error';
import type { Scope } from '../../kernel/scope';
import { invalidValue } from './ec2-error';
import type { Tags } from './tag';

type Value = string | number | boolean | undefined;

/** What a filter compares: one value of the item, or several of which one has to match. */
export type FilterField<Item> = (item: Item, scope: Scope) => Value | readonly Value[];

export type FilterFields<Item> = Readonly<Record<string, FilterField<Item>>>;

/** https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Filtering.html */
const MAX_FILTERS = 50;
const MAX_VALUES = 200;
const MAX_VALUE_CHARACTERS = 255;

const TAG = 'tag:';

/**
 * Filters of a Describe call: an item passes if it matches every filter, and a filter if any of its values matches.
 * `*` and `?` stand for any characters and any character, a backslash takes that meaning away.
 * @throws ApiError for a filter that the operation does not know, or more of them than AWS allows
 */
export function createFilter<Item>(
  filters: readonly Filter[],
  fields: FilterFields<Item>,
  tagsOfItem?: (item: Item, scope: Scope) => Tags,
): (item: Item, scope: Scope) => boolean {
  checkLimits(filters);
  const tests = filters.map(({ Name, Values = [] }) => {
    const field = fieldFor(Name ?? 'null', fields, tagsOfItem);
    const matches = createMatcher(Values);
    return (item: Item, scope: Scope): boolean =>
      [field(item, scope)].flat().some((value) => value !== undefined && matches(String(value)));
  });
  return (item, scope) => tests.every((passes) => passes(item, scope));
}

function fieldFor<Item>(
  name: string,
  fields: FilterFields<Item>,
  tagsOfItem?: (item: Item, scope: Scope) => Tags,
): FilterField<Item> {
  const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
  if (field) return field;
  if (tagsOfItem && name.startsWith(TAG)) return (item, scope) => tagsOfItem(item, scope).get(name.slice(TAG.length));
  if (tagsOfItem && name === 'tag-key') return (item, scope) => [...tagsOfItem(item, scope).keys()];
  throw invalidValue(`The filter '${name}' is invalid`);
}

function createMatcher(patterns: readonly string[]): (value: string) => boolean {
  const exact = new Set(patterns.filter((pattern) => !/[*?\\]/.test(pattern)));
  const wild = patterns.filter((pattern) => !exact.has(pattern)).map(toExpression);
  return (value) => exact.has(value) || wild.some((expression) => expression.test(value));
}

function toExpression(pattern: string): RegExp {
  const source = pattern.replace(/\\(.)|[*?]|[^*?\\]+|\\$/gs, (part, escaped?: string) => {
    if (escaped !== undefined) return escapeExpression(escaped);
    if (part === '*') return '.*';
    return part === '?' ? '.' : escapeExpression(part);
  });
  return new RegExp(`^${source}$`, 's');
}

function checkLimits(filters: readonly Filter[]): void {
  const values = filters.flatMap(({ Values = [] }) => Values);
  if (filters.length > MAX_FILTERS) {
    throw limitExceeded(`The maximum number of filters specified on a single call is ${String(MAX_FILTERS)}`);
  }
  if (values.length > MAX_VALUES) {
    throw limitExceeded(`The maximum number of filter values specified on a single call is ${String(MAX_VALUES)}`);
  }
  if (values.some((value) => value.length > MAX_VALUE_CHARACTERS)) {
    throw limitExceeded(`The maximum length for a filter value is ${String(MAX_VALUE_CHARACTERS)} characters`);
  }
}

function limitExceeded(message: string): ApiError {
  return new ApiError('FilterLimitExceeded', message);
}

function escapeExpression(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`);
}
