import type {
  CreateTagsRequest,
  DeleteTagsRequest,
  DescribeTagsRequest,
  DescribeTagsResult,
  TagDescription,
} from '@aws-sdk/client-ec2';
import { ApiError } from '../../kernel/api-error';
import type { Authorization, Call, Operations } from '../../kernel/operation';
import { operation } from '../../kernel/operation';
import { arn } from '../../kernel/scope';
import type { Kind } from './ec2-error';
import { missingParameter } from './ec2-error';
import type { Listing } from './listing';
import { list, PAGE_5_TO_1000 } from './listing';
import { requireResource, resourceTypeOf } from './resource';
import { checkKey, checkRoom, checkTags, removeTag, RESERVED_PREFIX, taggedResources, tagsOf, writeTags } from './tag';

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateTags.html */
const MAX_RESOURCES = 1000;

interface TagRequest {
  readonly Resources: readonly string[] | undefined;
  readonly Tags?: readonly { readonly Key?: string; readonly Value?: string }[];
}

/** One question for each resource, with the tags that are to be written. */
function authorizeTags({ Resources = [], Tags = [] }: TagRequest, { scope, operation: name }: Call): Authorization[] {
  const values = Tags.map(({ Key = '', Value = '' }): [string, string[]] => [
    `aws:requesttag/${Key.toLowerCase()}`,
    [Value],
  ]);
  const keys = Tags.map(({ Key = '' }) => Key);
  return Resources.map((id) => ({
    action: `ec2:${name}`,
    resource: arn(scope, 'ec2', `${resourceTypeOf(id) ?? '*'}/${id}`),
    context: { ...Object.fromEntries(values), 'aws:tagkeys': keys },
  }));
}

/** All resources are checked before any is touched: one bad id fails the call, and so does one not known everywhere yet. */
function resources({ scope, seen }: Call, ids: readonly string[] = []): readonly string[] {
  if (ids.length === 0) throw missingParameter('resourceIdSet');
  if (ids.length > MAX_RESOURCES) {
    throw new ApiError('InvalidParameterValue', `The maximum number of resources is ${String(MAX_RESOURCES)}.`);
  }
  for (const id of ids) requireResource(scope, id);
  for (const id of ids) requireResource(seen, id);
  return ids;
}

const createTags = operation<CreateTagsRequest, undefined>({
  accepts: ['Resources', 'Tags'],
  authorize: authorizeTags,
  run(input, call) {
    const { scope } = call;
    const ids = resources(call, input.Resources);
    const tags = checkTags(input.Tags ?? []);
    if (tags.size === 0) throw missingParameter('tagSet');
    for (const id of ids) checkRoom(scope, id, tags);
    for (const id of ids) writeTags(scope, id, tags);
  },
});

/** Whether the tag goes: its key is named, with no value (any), or with its value (the empty one included). */
function isNamed(key: string, value: string, named: NonNullable<DeleteTagsRequest['Tags']>): boolean {
  return named.some((tag) => tag.Key === key && (tag.Value === undefined || tag.Value === value));
}

const deleteTags = operation<DeleteTagsRequest, undefined>({
  accepts: ['Resources', 'Tags'],
  authorize: authorizeTags,
  run({ Resources, Tags }, call) {
    const { scope } = call;
    for (const { Key = '' } of Tags ?? []) checkKey(Key);
    for (const id of resources(call, Resources)) {
      for (const [key, value] of [...tagsOf(scope, id)]) {
        const own = !key.startsWith(RESERVED_PREFIX);
        // No Tags at all means every tag of the user's.
        if (own && (Tags === undefined || Tags.length === 0 || isNamed(key, value, Tags))) removeTag(scope, id, key);
      }
    }
  },
});

interface TagOf {
  readonly id: string;
  readonly key: string;
  readonly value: string;
}

const TAG: Kind = { notFound: 'InvalidID', noun: 'ID' };

const TAGS: Listing<TagOf> = {
  all: (scope) =>
    taggedResources(scope).flatMap((id) => [...tagsOf(scope, id)].map(([key, value]) => ({ id, key, value }))),
  id: ({ id }) => id,
  kind: TAG,
  taggable: false,
  tags: ({ key, value }) => new Map([[key, value]]),
  pageSize: PAGE_5_TO_1000,
  filters: {
    key: ({ key }) => key,
    value: ({ value }) => value,
    'resource-id': ({ id }) => id,
    'resource-type': ({ id }) => resourceTypeOf(id),
  },
};

function tagShape({ id, key, value }: TagOf): TagDescription {
  return { ResourceId: id, ResourceType: resourceTypeOf(id), Key: key, Value: value };
}

const describeTags = operation<DescribeTagsRequest, DescribeTagsResult>({
  accepts: ['Filters', 'MaxResults', 'NextToken'],
  run(input, { scope }) {
    const query = { filters: input.Filters, maxResults: input.MaxResults, nextToken: input.NextToken };
    const { items, token } = list(scope, TAGS, query);
    return { Tags: items.map(tagShape), NextToken: token };
  },
});

export const tagOperations: Operations = {
  CreateTags: createTags,
  DeleteTags: deleteTags,
  DescribeTags: describeTags,
};
