import type {
  ListTagsForResourceRequest,
  ListTagsForResourceResponse,
  Tag,
  TagResourceRequest,
  UntagResourceRequest,
} from '@aws-sdk/client-servicediscovery';
import { ApiError } from '../../kernel/api-error';
import { operation } from '../../kernel/operation';
import type { Scope } from '../../kernel/scope';
import { onEverything, requestTags } from './access';
import { invalidInput, required } from './invalid-input';
import { cloudMap } from './state';

/** https://docs.aws.amazon.com/cloud-map/latest/api/API_TagResource.html */
const MAX_TAGS = 50;
const MAX_KEY_LENGTH = 128;
const MAX_VALUE_LENGTH = 256;
/** https://docs.aws.amazon.com/cloud-map/latest/dg/tagging-resources.html */
const ALLOWED = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

/** Adds tags to a resource, replacing values of keys that it has. Throws `InvalidInput`, `TooManyTagsException`. */
export function setTags(scope: Scope, resourceArn: string, tags: readonly Tag[]): void {
  const merged = new Map(cloudMap(scope).tags.get(resourceArn));
  for (const { Key, Value } of tags) {
    const key = required(Key, 'Key');
    checkTag(key, Value ?? '');
    merged.set(key, Value ?? '');
  }
  if (merged.size > MAX_TAGS) {
    throw new ApiError('TooManyTagsException', `A resource can have ${MAX_TAGS} tags.`, 400, {
      ResourceName: resourceArn,
    });
  }
  cloudMap(scope).tags.set(resourceArn, merged);
}

/** Checks tags before the resource that will bear them exists. */
export function checkTags(tags: readonly Tag[] | undefined): void {
  for (const { Key, Value } of tags ?? []) checkTag(required(Key, 'Key'), Value ?? '');
  if ((tags ?? []).length > MAX_TAGS)
    throw new ApiError('TooManyTagsException', `A resource can have ${MAX_TAGS} tags.`);
}

function checkTag(key: string, value: string): void {
  if (key === '' || !ALLOWED.test(key)) throw invalidInput(`Tag key ${key} is not valid.`);
  if (!ALLOWED.test(value)) throw invalidInput(`The value of tag ${key} is not valid.`);
  if (key.length > MAX_KEY_LENGTH) throw invalidInput(`Tag key ${key} is longer than ${MAX_KEY_LENGTH} characters.`);
  if (/^aws:/i.test(key)) throw invalidInput(`Tag key ${key} must not begin with aws:.`);
  if (value.length > MAX_VALUE_LENGTH) throw invalidInput(`The value of tag ${key} is too long.`);
}

function existing(scope: Scope, resourceArn: string): string {
  const { namespaces, services } = cloudMap(scope);
  const arns = [...namespaces.values(), ...services.values()].map(({ arn }) => arn);
  if (arns.includes(resourceArn)) return resourceArn;
  throw new ApiError('ResourceNotFoundException', `Resource not found: ${resourceArn}`);
}

const listTagsForResource = operation<ListTagsForResourceRequest, ListTagsForResourceResponse>({
  accepts: ['ResourceARN'],
  authorize: (_, call) => onEverything(call),
  run({ ResourceARN }, { scope }) {
    const tags = cloudMap(scope).tags.get(existing(scope, required(ResourceARN, 'ResourceARN'))) ?? [];
    return { Tags: [...tags].map(([Key, Value]) => ({ Key, Value })) };
  },
});

const tagResource = operation<TagResourceRequest, object>({
  accepts: ['ResourceARN', 'Tags'],
  authorize: ({ Tags }, call) => onEverything(call, requestTags(Tags)),
  run({ ResourceARN, Tags }, { scope }) {
    setTags(scope, existing(scope, required(ResourceARN, 'ResourceARN')), required(Tags, 'Tags'));
    return {};
  },
});

const untagResource = operation<UntagResourceRequest, object>({
  accepts: ['ResourceARN', 'TagKeys'],
  authorize: ({ TagKeys = [] }, call) => onEverything(call, { 'aws:tagkeys': TagKeys }),
  run({ ResourceARN, TagKeys }, { scope }) {
    const tags = cloudMap(scope).tags.get(existing(scope, required(ResourceARN, 'ResourceARN')));
    for (const key of required(TagKeys, 'TagKeys')) tags?.delete(key);
    return {};
  },
});

export const tagOperations = {
  ListTagsForResource: listTagsForResource,
  TagResource: tagResource,
  UntagResource: untagResource,
};
