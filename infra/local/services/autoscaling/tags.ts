/** Tags of groups: https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-tagging.html */
import type {
  CreateOrUpdateTagsType,
  DeleteTagsType,
  DescribeTagsType,
  Filter,
  Tag,
  TagDescription,
  TagsType,
} from '@aws-sdk/client-auto-scaling';
import type { Call } from '../../kernel/operation';
import { operation } from '../../kernel/operation';
import { onGroup } from './access';
import { tagView } from './group-view';
import { pageOf } from './paging';
import type { GroupTag } from './state';
import { autoScalingGroups, groupNamed, validationError } from './state';

/** https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-tagging.html#tag_restrictions */
const MAX_TAGS = 50;
const MAX_KEY_CHARACTERS = 128;
const MAX_VALUE_CHARACTERS = 256;
const PAGE = { usual: 50, max: 100 };

/** The tags of a request, by key. */
export function readTags(sent: readonly Tag[]): Map<string, GroupTag> {
  const tags = new Map<string, GroupTag>();
  for (const { Key = '', Value = '', PropagateAtLaunch = true } of sent) {
    if (Key === '' || Key.length > MAX_KEY_CHARACTERS || Value.length > MAX_VALUE_CHARACTERS) {
      throw validationError(`The tag '${Key}' is too long or has no key.`);
    }
    if (Key.toLowerCase().startsWith('aws:')) {
      throw validationError(
        'The aws: prefix is reserved for AWS use. You cannot edit or delete tags that begin with it.',
      );
    }
    tags.set(Key, { value: Value, propagate: PropagateAtLaunch });
  }
  return limited(tags);
}

function limited(tags: Map<string, GroupTag>): Map<string, GroupTag> {
  if (tags.size > MAX_TAGS) throw validationError(`A group can have up to ${String(MAX_TAGS)} tags.`);
  return tags;
}

function groupsOf(sent: readonly Tag[], call: Call) {
  return [...new Set(sent.map(({ ResourceId }) => ResourceId))].flatMap((name) => onGroup(name, call));
}

const ACCEPTS = ['ResourceId', 'ResourceType', 'Key', 'Value', 'PropagateAtLaunch'].map((name) => `Tags.${name}`);

const createOrUpdate = operation<CreateOrUpdateTagsType, object>({
  accepts: ACCEPTS,
  authorize: ({ Tags = [] }, call) => groupsOf(Tags, call),
  run({ Tags = [] }, { scope }) {
    const changes = [...new Set(Tags.map(({ ResourceId }) => ResourceId))].map((name) => {
      const group = groupNamed(scope, name);
      const merged = limited(
        new Map([...group.tags, ...readTags(Tags.filter(({ ResourceId }) => ResourceId === name))]),
      );
      return () => {
        for (const [key, tag] of merged) group.tags.set(key, tag);
      };
    });
    // one bad tag and nothing changes
    for (const change of changes) change();
    return {};
  },
});

const remove = operation<DeleteTagsType, object>({
  accepts: ACCEPTS,
  authorize: ({ Tags = [] }, call) => groupsOf(Tags, call),
  run({ Tags = [] }, { scope }) {
    const found = Tags.map((tag) => ({ tag, group: groupNamed(scope, tag.ResourceId) }));
    for (const { tag, group } of found) group.tags.delete(tag.Key ?? '');
    return {};
  },
});

type Field = (tag: TagDescription) => string | undefined;

const FIELDS: Readonly<Record<string, Field>> = {
  'auto-scaling-group': ({ ResourceId }) => ResourceId,
  key: ({ Key }) => Key,
  value: ({ Value }) => Value,
  'propagate-at-launch': ({ PropagateAtLaunch }) => String(PropagateAtLaunch),
};

function passes(tag: TagDescription, filters: readonly Filter[]): boolean {
  return filters.every(({ Name = '', Values = [] }) => {
    const field = Object.hasOwn(FIELDS, Name) ? FIELDS[Name] : undefined;
    if (!field) throw validationError(`Filter type ${Name} is not correct.`);
    return Values.includes(field(tag) ?? '');
  });
}

const describe = operation<DescribeTagsType, TagsType>({
  accepts: ['Filters', 'MaxRecords', 'NextToken'],
  run(input, { scope }) {
    const all = [...autoScalingGroups(scope).values()].flatMap((group) =>
      [...group.tags].map(([key, tag]) => tagView(group, key, tag)),
    );
    const { items, token } = pageOf(
      all.filter((tag) => passes(tag, input.Filters ?? [])),
      input,
      PAGE,
    );
    return { Tags: items, NextToken: token };
  },
});

export const tagOperations = { CreateOrUpdateTags: createOrUpdate, DeleteTags: remove, DescribeTags: describe };
