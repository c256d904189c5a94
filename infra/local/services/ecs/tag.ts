/** Tags of every ECS resource: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-using-tags.html */
import type { Tag } from '@aws-sdk/client-ecs';
import { invalidParameter } from './ecs-error';
import type { Tags } from './records';

/** All from https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Tag.html */
const MAX_TAGS = 50;
const MAX_KEY_LENGTH = 128;
const MAX_VALUE_LENGTH = 256;
const ALLOWED = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;
const RESERVED = /^aws:/i;

export const NO_TAGS: Tags = new Map();

/** Checks tags that a caller gives and turns them into a map. */
export function readTags(given: readonly Tag[] = []): Tags {
  const tags = new Map<string, string>();
  for (const { key = '', value = '' } of given) {
    checkKey(key);
    checkValue(key, value);
    if (tags.has(key)) throw invalidParameter(`Duplicate tag keys found: ${key}`);
    tags.set(key, value);
  }
  return withinLimit(tags);
}

/** Tags given later win over those of the same key. */
export function mergeTags(...sources: readonly Tags[]): Tags {
  return withinLimit(new Map(sources.flatMap((tags) => [...tags])));
}

export function renderTags(tags: Tags): Tag[] {
  return [...tags].map(([key, value]) => ({ key, value }));
}

function checkKey(key: string): void {
  if (key.length === 0 || key.length > MAX_KEY_LENGTH) {
    throw invalidParameter(`Tag key must be between 1 and ${String(MAX_KEY_LENGTH)} characters long: ${key}`);
  }
  if (!ALLOWED.test(key)) throw invalidParameter(`Tag key contains invalid characters: ${key}`);
  if (RESERVED.test(key)) throw invalidParameter(`Tag keys that start with aws: are reserved: ${key}`);
}

function checkValue(key: string, value: string): void {
  if (value.length > MAX_VALUE_LENGTH) {
    throw invalidParameter(`Value of tag ${key} must be at most ${String(MAX_VALUE_LENGTH)} characters long.`);
  }
  if (!ALLOWED.test(value)) throw invalidParameter(`Value of tag ${key} contains invalid characters: ${value}`);
}

/** Tags that AWS sets itself do not count. */
function withinLimit(tags: Tags): Tags {
  const counted = [...tags.keys()].filter((key) => !RESERVED.test(key));
  if (counted.length <= MAX_TAGS) return tags;
  throw invalidParameter(`A resource can have at most ${String(MAX_TAGS)} tags.`);
}
