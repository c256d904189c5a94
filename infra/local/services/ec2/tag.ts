import { ApiError } from '../../kernel/api-error';
import type { Scope } from '../../kernel/scope';
import { defineReplicatedStore } from '../../kernel/scope';
import { invalidValue } from './ec2-error';

/** Tags of one resource, key to value, in the order in which they were first set. */
export type Tags = ReadonlyMap<string, string>;

/** https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Tags.html#tag-restrictions */
const MAX_TAGS = 50;
const MAX_KEY_CHARACTERS = 128;
const MAX_VALUE_CHARACTERS = 256;
export const RESERVED_PREFIX = 'aws:';

const NO_TAGS: Tags = new Map();

const tags = defineReplicatedStore(() => new Map<string, Map<string, string>>());

export function tagsOf(scope: Scope, resourceId: string): Tags {
  return tags(scope).get(resourceId) ?? NO_TAGS;
}

/** Ids of everything that has tags. */
export function taggedResources(scope: Scope): readonly string[] {
  return [...tags(scope).keys()];
}

/** AWS services themselves may write `aws:` tags; callers of the API may not and are checked by `checkTags`. */
export function writeTags(scope: Scope, resourceId: string, wanted: Tags): void {
  const merged = new Map([...tagsOf(scope, resourceId), ...wanted]);
  if (merged.size > 0) tags(scope).set(resourceId, merged);
}

/** Refuses tags that would be too many together with those that the resource has. */
export function checkRoom(scope: Scope, resourceId: string, wanted: Tags): void {
  checkCount(new Map([...tagsOf(scope, resourceId), ...wanted]));
}

export function removeTag(scope: Scope, resourceId: string, key: string): void {
  const present = tags(scope).get(resourceId);
  present?.delete(key);
  if (present?.size === 0) tags(scope).delete(resourceId);
}

/** For a resource that ceases to exist. */
export function dropTags(scope: Scope, resourceId: string): void {
  tags(scope).delete(resourceId);
}

/** Tags as a client sends them, checked against AWS's restrictions. */
export function checkTags(sent: readonly { readonly Key?: string; readonly Value?: string }[]): Tags {
  const checked = new Map<string, string>();
  for (const { Key = '', Value = '' } of sent) {
    checkKey(Key);
    if (Value.length > MAX_VALUE_CHARACTERS) {
      throw invalidValue(`Tag value exceeds the maximum length of ${String(MAX_VALUE_CHARACTERS)} characters`);
    }
    if (checked.has(Key)) throw invalidValue(`Duplicate tag key '${Key}' specified.`);
    checked.set(Key, Value);
  }
  checkCount(checked);
  return checked;
}

function checkCount(all: Tags): void {
  const counted = [...all.keys()].filter((key) => !key.startsWith(RESERVED_PREFIX));
  if (counted.length <= MAX_TAGS) return;
  throw new ApiError('TagLimitExceeded', 'The maximum number of Tags for a resource has been reached.');
}

/** Refuses a key that a caller of the API may not write or delete. */
export function checkKey(key: string): void {
  if (key === '') throw invalidValue('Tag key cannot be empty');
  if (key.length > MAX_KEY_CHARACTERS) {
    throw invalidValue(`Tag key exceeds the maximum length of ${String(MAX_KEY_CHARACTERS)} characters`);
  }
  if (key.toLowerCase().startsWith(RESERVED_PREFIX)) {
    throw invalidValue(
      `Value ( ${key} ) for parameter key is invalid. Tag keys starting with 'aws:' are reserved for internal use`,
    );
  }
}
