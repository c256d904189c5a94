import type {
  CreateEventBusRequest,
  CreateEventBusResponse,
  DeleteEventBusRequest,
  DescribeEventBusRequest,
  DescribeEventBusResponse,
  EventBus,
  ListEventBusesRequest,
  ListEventBusesResponse,
  ListTagsForResourceRequest,
  ListTagsForResourceResponse,
  PutPermissionRequest,
  RemovePermissionRequest,
  Tag,
  TagResourceRequest,
  UntagResourceRequest,
} from '@aws-sdk/client-eventbridge';
import type { Authorization, Call } from '../../kernel/operation';
import { operation } from '../../kernel/operation';
import type { Page } from '../../kernel/page';
import { page } from '../../kernel/page';
import type { Scope } from '../../kernel/scope';
import { arn } from '../../kernel/scope';
import { createBus, deleteBus, setBusPolicy } from './buses';
import { notFound, validation } from './errors';
import type { Bus } from './state';
import { busName, busNamed, DEFAULT_BUS, eventBridgeState } from './state';

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_ListEventBuses.html */
const MAX_PAGE = 100;

interface PageInput {
  readonly Limit?: number | undefined;
  readonly NextToken?: string | undefined;
}

/** One page, as every list of EventBridge cuts it. Throws `ValidationException`. */
export function pageOf<Item>(
  items: readonly Item[],
  { Limit: size = MAX_PAGE, NextToken: token }: PageInput,
): Page<Item> {
  if (size < 1 || size > MAX_PAGE) throw validation(`Parameter Limit must be from 1 to ${MAX_PAGE}.`);
  return page(items, { token, size, invalidToken: validation('Parameter nextToken is not valid.') });
}

export function tagsOf(tags: readonly Tag[] | undefined): Readonly<Record<string, string>> {
  return Object.fromEntries((tags ?? []).map(({ Key: key = '', Value: value = '' }) => [key, value]));
}

function authorizeBus(action: string, member: 'Name' | 'EventBusName') {
  return (
    input: Readonly<Partial<Record<'Name' | 'EventBusName', string>>>,
    { scope }: Call,
  ): readonly Authorization[] => [
    {
      action: `events:${action}`,
      resource: arn(scope, 'events', `event-bus/${busName(input[member] ?? DEFAULT_BUS)}`),
    },
  ];
}

const createEventBus = operation<CreateEventBusRequest, CreateEventBusResponse>({
  accepts: ['Name', 'Description', 'Tags'],
  authorize: authorizeBus('CreateEventBus', 'Name'),
  run({ Name: name = '', Description: description, Tags: tags }, { scope }) {
    return { EventBusArn: createBus(scope, { name, description, tags: tagsOf(tags) }).arn, Description: description };
  },
});

const deleteEventBus = operation<DeleteEventBusRequest, undefined>({
  accepts: ['Name'],
  authorize: authorizeBus('DeleteEventBus', 'Name'),
  run({ Name: name = '' }, { scope }) {
    deleteBus(scope, name);
    return undefined;
  },
});

function describeBus(bus: Bus): EventBus {
  return {
    Name: bus.name,
    Arn: bus.arn,
    Description: bus.description,
    Policy: bus.policy?.text,
    CreationTime: bus.createdAt,
    LastModifiedTime: bus.createdAt,
  };
}

const describeEventBus = operation<DescribeEventBusRequest, DescribeEventBusResponse>({
  accepts: ['Name'],
  authorize: authorizeBus('DescribeEventBus', 'Name'),
  run: ({ Name: name }, { scope }) => describeBus(busNamed(scope, name)),
});

const listEventBuses = operation<ListEventBusesRequest, ListEventBusesResponse>({
  accepts: ['NamePrefix', 'NextToken', 'Limit'],
  run(input, { scope }) {
    const all = [...eventBridgeState(scope).buses.values()].sort((left, right) => (left.name < right.name ? -1 : 1));
    const buses = all.filter(({ name }) => name.startsWith(input.NamePrefix ?? ''));
    const found = pageOf(buses, input);
    return { EventBuses: found.items.map(describeBus), NextToken: found.token };
  },
});

const putPermission = operation<PutPermissionRequest, undefined>({
  accepts: ['EventBusName', 'Policy'],
  authorize: authorizeBus('PutPermission', 'EventBusName'),
  run({ EventBusName: name, Policy: policy }, { scope }) {
    if (policy === undefined) throw validation('Parameter Policy must be specified.');
    setBusPolicy(scope, name, policy);
    return undefined;
  },
});

const removePermission = operation<RemovePermissionRequest, undefined>({
  accepts: ['EventBusName', 'RemoveAllPermissions'],
  authorize: authorizeBus('RemovePermission', 'EventBusName'),
  run({ EventBusName: name, RemoveAllPermissions: all = false }, { scope }) {
    if (!all) throw validation('Parameter RemoveAllPermissions must be true.');
    setBusPolicy(scope, name, undefined);
    return undefined;
  },
});

/** Buses and rules carry tags. Throws `ResourceNotFoundException`. */
function tagMap(scope: Scope, resourceArn = ''): Map<string, string> {
  for (const bus of eventBridgeState(scope).buses.values()) {
    if (bus.arn === resourceArn) return bus.tags;
    for (const rule of bus.rules.values()) if (rule.arn === resourceArn) return rule.tags;
  }
  throw notFound(`Resource ${resourceArn} does not exist.`);
}

function authorizeResource(action: string) {
  return ({ ResourceARN: resource }: { readonly ResourceARN: string | undefined }): readonly Authorization[] => [
    { action: `events:${action}`, resource: resource ?? '*' },
  ];
}

const tagResource = operation<TagResourceRequest, object>({
  accepts: ['ResourceARN', 'Tags'],
  authorize: authorizeResource('TagResource'),
  run({ ResourceARN: resource, Tags: tags }, { scope }) {
    const present = tagMap(scope, resource);
    for (const [key, value] of Object.entries(tagsOf(tags))) present.set(key, value);
    return {};
  },
});

const untagResource = operation<UntagResourceRequest, object>({
  accepts: ['ResourceARN', 'TagKeys'],
  authorize: authorizeResource('UntagResource'),
  run({ ResourceARN: resource, TagKeys: keys }, { scope }) {
    const present = tagMap(scope, resource);
    for (const key of keys ?? []) present.delete(key);
    return {};
  },
});

const listTagsForResource = operation<ListTagsForResourceRequest, ListTagsForResourceResponse>({
  accepts: ['ResourceARN'],
  authorize: authorizeResource('ListTagsForResource'),
  run: ({ ResourceARN: resource }, { scope }) => ({
    Tags: [...tagMap(scope, resource)].map(([Key, Value]) => ({ Key, Value })),
  }),
});

export const busOperations = {
  CreateEventBus: createEventBus,
  DeleteEventBus: deleteEventBus,
  DescribeEventBus: describeEventBus,
  ListEventBuses: listEventBuses,
  ListTagsForResource: listTagsForResource,
  PutPermission: putPermission,
  RemovePermission: removePermission,
  TagResource: tagResource,
  UntagResource: untagResource,
};
