import type { ListTagsForResourceRequest, TagResourceRequest, UntagResourceRequest } from '@aws-sdk/client-vpc-lattice';
import { operation, type Call } from '../../kernel/operation';
import { invalid } from './lattice-error';
import { requireTargetGroup } from './state';

/** https://docs.aws.amazon.com/vpc-lattice/latest/APIReference/API_TagResource.html */
const MAX_TAGS = 50;
const MAX_KEY_LENGTH = 128;
const MAX_VALUE_LENGTH = 256;

function checkTag(key: string, value: string): void {
  if (/^aws:/i.test(key)) throw invalid(`Tag key ${key} begins with aws:, which is reserved`);
  if (key.length < 1 || key.length > MAX_KEY_LENGTH) throw invalid(`Tag key ${key} has a length that is not allowed`);
  if (value.length > MAX_VALUE_LENGTH) throw invalid(`The value of tag ${key} is too long`);
}

/** The tags of a resource after these were added. @throws ApiError ValidationException */
export function withTags(
  before: ReadonlyMap<string, string>,
  added: Readonly<Record<string, string>> = {},
): Map<string, string> {
  const after = new Map(before);
  for (const [key, value] of Object.entries(added)) {
    checkTag(key, value);
    after.set(key, value);
  }
  if (after.size > MAX_TAGS) throw invalid(`A resource can have ${String(MAX_TAGS)} tags`);
  return after;
}

const on =
  (action: string) =>
  ({ resourceArn }: { readonly resourceArn?: string | undefined }, { scope }: Call) => [
    { action: `vpc-lattice:${action}`, resource: requireTargetGroup(scope, resourceArn).arn },
  ];

const listTagsForResource = operation({
  accepts: ['resourceArn'],
  authorize: on('ListTagsForResource'),
  run: ({ resourceArn }: ListTagsForResourceRequest, { scope }) => ({
    tags: Object.fromEntries(requireTargetGroup(scope, resourceArn).tags),
  }),
});

const tagResource = operation({
  accepts: ['resourceArn', 'tags'],
  authorize: on('TagResource'),
  run({ resourceArn, tags: added }: TagResourceRequest, { scope }) {
    const { tags } = requireTargetGroup(scope, resourceArn);
    for (const [key, value] of withTags(tags, added)) tags.set(key, value);
    return {};
  },
});

const untagResource = operation({
  accepts: ['resourceArn', 'tagKeys'],
  authorize: on('UntagResource'),
  run({ resourceArn, tagKeys = [] }: UntagResourceRequest, { scope }) {
    const { tags } = requireTargetGroup(scope, resourceArn);
    for (const key of tagKeys) tags.delete(key);
    return {};
  },
});

export const tagOperations = {
  ListTagsForResource: listTagsForResource,
  TagResource: tagResource,
  UntagResource: untagResource,
};
