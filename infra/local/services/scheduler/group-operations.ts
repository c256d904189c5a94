import type {
  CreateScheduleGroupInput,
  DeleteScheduleGroupInput,
  GetScheduleGroupInput,
  ListScheduleGroupsInput,
  ListTagsForResourceInput,
  ScheduleGroupSummary,
  Tag,
  TagResourceInput,
  UntagResourceInput,
} from '@aws-sdk/client-scheduler';
import { operation, type Call } from '../../kernel/operation';
import { arn, type Scope } from '../../kernel/scope';
import { schedulerPage } from './paging';
import { conflict, invalid } from './scheduler-error';
import { NAME } from './schedules';
import { DEFAULT_GROUP, newGroup, requireGroup, scheduler, type ScheduleGroup } from './state';

/** https://docs.aws.amazon.com/scheduler/latest/APIReference/API_TagResource.html */
const MAX_TAGS = 200;

const onGroup =
  (action: string) =>
  ({ Name = '' }: { readonly Name?: string | undefined }, { scope }: Call) => [
    { action: `scheduler:${action}`, resource: arn(scope, 'scheduler', `schedule-group/${Name}`) },
  ];

const onArn =
  (action: string) =>
  ({ ResourceArn = '' }: { readonly ResourceArn?: string | undefined }) => [
    { action: `scheduler:${action}`, resource: ResourceArn },
  ];

function tag({ tags }: ScheduleGroup, added: readonly Tag[] = []): void {
  const after = new Map([...tags, ...added.map(({ Key = '', Value = '' }): [string, string] => [Key, Value])]);
  if (after.size > MAX_TAGS) throw invalid(`A schedule group can have ${String(MAX_TAGS)} tags.`);
  for (const [key, value] of after) tags.set(key, value);
}

const groupOf = (scope: Scope, groupArn = ''): ScheduleGroup => requireGroup(scope, groupArn.split('/')[1]);

const create = operation({
  accepts: ['Name', 'Tags', 'ClientToken'],
  authorize: onGroup('CreateScheduleGroup'),
  run({ Name = '', Tags }: CreateScheduleGroupInput, { scope }) {
    if (!NAME.test(Name)) throw invalid(`The name ${Name} is not valid.`);
    const state = scheduler(scope);
    if (state.groups.has(Name)) throw conflict(`Schedule group ${Name}`);
    const group = newGroup(scope, Name, ++state.serial);
    tag(group, Tags);
    state.groups.set(Name, group);
    return { ScheduleGroupArn: group.arn };
  },
});

const remove = operation({
  accepts: ['Name', 'ClientToken'],
  authorize: onGroup('DeleteScheduleGroup'),
  run({ Name }: DeleteScheduleGroupInput, { scope }) {
    if (Name === DEFAULT_GROUP) throw invalid('The default schedule group cannot be deleted.');
    const { name, schedules } = requireGroup(scope, Name);
    for (const { cancelTimer } of schedules.values()) cancelTimer();
    scheduler(scope).groups.delete(name);
    return {};
  },
});

const summaryOf = ({ arn: Arn, name, createdAt, modifiedAt }: ScheduleGroup): ScheduleGroupSummary => ({
  ...{ Arn, Name: name, State: 'ACTIVE', CreationDate: createdAt, LastModificationDate: modifiedAt },
});

const get = operation({
  accepts: ['Name'],
  authorize: onGroup('GetScheduleGroup'),
  run: ({ Name }: GetScheduleGroupInput, { scope }) => summaryOf(requireGroup(scope, Name)),
});

const list = operation({
  accepts: ['NamePrefix', 'MaxResults', 'NextToken'],
  run(request: ListScheduleGroupsInput, { scope }) {
    const { NamePrefix = '' } = request;
    const wanted = [...scheduler(scope).groups.values()].filter(({ name }) => name.startsWith(NamePrefix));
    const { items, token } = schedulerPage(wanted, request);
    return { ScheduleGroups: items.map(summaryOf), NextToken: token };
  },
});

const listTags = operation({
  accepts: ['ResourceArn'],
  authorize: onArn('ListTagsForResource'),
  run: ({ ResourceArn }: ListTagsForResourceInput, { scope }) => ({
    Tags: [...groupOf(scope, ResourceArn).tags].map(([Key, Value]) => ({ Key, Value })),
  }),
});

const tagResource = operation({
  accepts: ['ResourceArn', 'Tags'],
  authorize: onArn('TagResource'),
  run({ ResourceArn, Tags }: TagResourceInput, { scope }) {
    tag(groupOf(scope, ResourceArn), Tags);
    return {};
  },
});

const untagResource = operation({
  accepts: ['ResourceArn', 'TagKeys'],
  authorize: onArn('UntagResource'),
  run({ ResourceArn, TagKeys = [] }: UntagResourceInput, { scope }) {
    const { tags } = groupOf(scope, ResourceArn);
    for (const key of TagKeys) tags.delete(key);
    return {};
  },
});

export const groupOperations = {
  CreateScheduleGroup: create,
  DeleteScheduleGroup: remove,
  GetScheduleGroup: get,
  ListScheduleGroups: list,
  ListTagsForResource: listTags,
  TagResource: tagResource,
  UntagResource: untagResource,
};
