import type { Tag, TagResourceRequest, UntagResourceRequest } from '@aws-sdk/client-secrets-manager';
import { operation } from '../../kernel/operation';
import { onSecret, requestTags } from './access';
import { requireActive } from './secret';
import { invalidParameter } from './secrets-error';

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_TagResource.html */
const MAX_TAGS = 50;
const MAX_KEY_CHARACTERS = 128;
const MAX_VALUE_CHARACTERS = 256;

/** The tags of a secret after these were added. */
export function withTags(before: ReadonlyMap<string, string>, added: readonly Tag[] = []): Map<string, string> {
  const after = new Map(before);
  for (const { Key = '', Value = '' } of added) {
    checkTag(Key, Value);
    after.set(Key, Value);
  }
  if (after.size > MAX_TAGS) throw invalidParameter(`A secret can have at most ${MAX_TAGS} tags.`);
  return after;
}

function checkTag(key: string, value: string): void {
  if (/^aws:/i.test(key)) throw invalidParameter(`Tag key ${key} is reserved: it begins with aws:.`);
  if (key.length > 0 && key.length <= MAX_KEY_CHARACTERS && value.length <= MAX_VALUE_CHARACTERS) return;
  throw invalidParameter(
    `Tag keys have 1 to ${MAX_KEY_CHARACTERS} characters, their values up to ${MAX_VALUE_CHARACTERS}.`,
  );
}

export function tagList(tags: ReadonlyMap<string, string>): Tag[] {
  return [...tags].map(([Key, Value]) => ({ Key, Value }));
}

const tagResource = operation<TagResourceRequest, undefined>({
  accepts: ['SecretId', 'Tags'],
  authorize: ({ SecretId, Tags }, call) => onSecret(SecretId, call, requestTags(Tags)),
  run({ SecretId, Tags }, { scope }) {
    const { tags } = requireActive(scope, SecretId);
    for (const [key, value] of withTags(tags, Tags)) tags.set(key, value);
  },
});

const untagResource = operation<UntagResourceRequest, undefined>({
  accepts: ['SecretId', 'TagKeys'],
  authorize: ({ SecretId, TagKeys = [] }, call) => onSecret(SecretId, call, { 'aws:tagkeys': TagKeys }),
  run({ SecretId, TagKeys = [] }, { scope }) {
    const { tags } = requireActive(scope, SecretId);
    for (const key of TagKeys) tags.delete(key);
  },
});

export const tagOperations = { TagResource: tagResource, UntagResource: untagResource };
