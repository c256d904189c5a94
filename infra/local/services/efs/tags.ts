import type { ListTagsForResourceRequest, Tag, TagResourceRequest, UntagResourceRequest } from '@aws-sdk/client-efs';
import { operation, type Call } from '../../kernel/operation';
import type { Scope } from '../../kernel/scope';
import { badRequest } from './efs-error';
import { requireAccessPoint, requireFileSystem } from './state';

/** https://docs.aws.amazon.com/efs/latest/ug/API_Tag.html */
const MAX_KEY_LENGTH = 128;
const MAX_VALUE_LENGTH = 256;
const CHARACTERS = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;
/** https://docs.aws.amazon.com/efs/latest/ug/manage-fs-tags.html#restrictions-of-tags */
const MAX_TAGS = 50;

const isWhole = ({ Key = '', Value = '' }: Tag): boolean =>
  Key.length > 0 && Key.length <= MAX_KEY_LENGTH && Value.length <= MAX_VALUE_LENGTH;

function checkTag(tag: Tag): void {
  const { Key = '', Value = '' } = tag;
  if (/^aws:/i.test(Key)) throw badRequest(`Tag key '${Key}' is reserved: it begins with aws:.`);
  if (isWhole(tag) && CHARACTERS.test(Key) && CHARACTERS.test(Value)) return;
  throw badRequest(`Tag '${Key}' does not keep to the allowed lengths and characters.`);
}

/** The tags of a resource after these were added. @throws ApiError BadRequest */
export function withTags(before: ReadonlyMap<string, string>, added: readonly Tag[] = []): Map<string, string> {
  const after = new Map(before);
  for (const tag of added) {
    checkTag(tag);
    after.set(tag.Key ?? '', tag.Value ?? '');
  }
  if (after.size > MAX_TAGS) throw badRequest(`A resource can have ${String(MAX_TAGS)} tags.`);
  return after;
}

export const tagList = (tags: ReadonlyMap<string, string>): Tag[] => [...tags].map(([Key, Value]) => ({ Key, Value }));

const resource = (scope: Scope, id = ''): { readonly arn: string; readonly tags: Map<string, string> } =>
  id.includes('fsap-') ? requireAccessPoint(scope, id) : requireFileSystem(scope, id);

const on =
  (action: string) =>
  ({ ResourceId }: { readonly ResourceId?: string | undefined }, { scope }: Call) => [
    { action: `elasticfilesystem:${action}`, resource: resource(scope, ResourceId).arn },
  ];

const listTagsForResource = operation({
  accepts: ['ResourceId'],
  authorize: on('ListTagsForResource'),
  run: ({ ResourceId }: ListTagsForResourceRequest, { scope }) => ({
    Tags: tagList(resource(scope, ResourceId).tags),
  }),
});

const tagResource = operation({
  accepts: ['ResourceId', 'Tags'],
  authorize: on('TagResource'),
  run({ ResourceId, Tags }: TagResourceRequest, { scope }) {
    const { tags } = resource(scope, ResourceId);
    for (const [key, value] of withTags(tags, Tags)) tags.set(key, value);
    return {};
  },
});

const untagResource = operation({
  accepts: ['ResourceId', 'TagKeys'],
  authorize: on('UntagResource'),
  run({ ResourceId, TagKeys = [] }: UntagResourceRequest, { scope }) {
    const { tags } = resource(scope, ResourceId);
    for (const key of TagKeys) tags.delete(key);
    return {};
  },
});

export const tagOperations = {
  ListTagsForResource: listTagsForResource,
  TagResource: tagResource,
  UntagResource: untagResource,
};
