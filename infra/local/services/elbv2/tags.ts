import type {
  AddTagsInput,
  DescribeTagsInput,
  DescribeTagsOutput,
  RemoveTagsInput,
  Tag,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { ApiError } from '../../kernel/api-error';
import { operation } from '../../kernel/operation';
import type { Scope } from '../../kernel/scope';
import { namedKeys, onResource } from './access';
import { required, validationError } from './errors';
import { elbv2State, listener, loadBalancer, targetGroup } from './state';

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-tags.html */
const MAX_TAGS = 50;
const KEY = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$/u;
const VALUE = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$/u;
/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeTags.html */
const MAX_RESOURCES = 20;

/** Checks tags before the resource that will bear them exists. */
export function checkTags(tags: readonly Tag[] = []): void {
  for (const { Key, Value = '' } of tags) {
    const key = required(Key, 'Tag key');
    if (/^aws:/i.test(key)) throw validationError(`Tag key '${key}' must not begin with 'aws:'`);
    if (!KEY.test(key)) throw validationError(`Tag key '${key}' is not valid`);
    if (!VALUE.test(Value)) throw validationError(`Tag value '${Value}' is not valid`);
  }
  const keys = new Set(tags.map(({ Key }) => Key));
  if (keys.size < tags.length) throw new ApiError('DuplicateTagKeys', 'Tag keys must be unique');
  refuseTooMany(keys.size);
}

function refuseTooMany(count: number): void {
  if (count > MAX_TAGS) throw new ApiError('TooManyTags', `A resource can have at most ${MAX_TAGS} tags`);
}

/** Sets tags, replacing the values of keys that are there. The tags must have passed `checkTags`. */
export function setTags(scope: Scope, arn: string, tags: readonly Tag[] = []): void {
  const merged = new Map(elbv2State(scope).tags.get(arn));
  for (const { Key = '', Value = '' } of tags) merged.set(Key, Value);
  refuseTooMany(merged.size);
  elbv2State(scope).tags.set(arn, merged);
}

export function dropTags(scope: Scope, arn: string): void {
  elbv2State(scope).tags.delete(arn);
}

/** Throws the error that fits the kind of resource, unless it exists. */
function demandResource(scope: Scope, arn: string): void {
  if (arn.includes(':targetgroup/')) targetGroup(scope, arn);
  else if (arn.includes(':listener/')) listener(scope, arn);
  else if (arn.includes(':listener-rule/')) demandRule(scope, arn);
  else if (arn.includes(':loadbalancer/')) loadBalancer(scope, arn);
  else throw validationError(`'${arn}' is not a valid load balancer, target group, listener or rule ARN`);
}

function demandRule(scope: Scope, arn: string): void {
  if (!elbv2State(scope).tags.has(arn)) throw new ApiError('RuleNotFound', 'One or more rules not found');
}

function demandResources(scope: Scope, arns: readonly string[]): readonly string[] {
  if (arns.length > MAX_RESOURCES) throw validationError(`Cannot have more than ${MAX_RESOURCES} resources described`);
  for (const arn of arns) demandResource(scope, arn);
  return arns;
}

const addTags = operation<AddTagsInput, object>({
  accepts: ['ResourceArns', 'Tags'],
  authorize: ({ ResourceArns = [], Tags = [] }, call) => ResourceArns.flatMap((arn) => onResource(arn, call, Tags)),
  run({ ResourceArns, Tags }, { scope }) {
    const tags = required(Tags, 'Tags');
    checkTags(tags);
    const arns = demandResources(scope, required(ResourceArns, 'ResourceArns'));
    for (const arn of arns)
      refuseTooMany(new Set([...(elbv2State(scope).tags.get(arn)?.keys() ?? []), ...tags.map(({ Key }) => Key)]).size);
    for (const arn of arns) setTags(scope, arn, tags);
    return {};
  },
});

const removeTags = operation<RemoveTagsInput, object>({
  accepts: ['ResourceArns', 'TagKeys'],
  authorize: ({ ResourceArns = [], TagKeys = [] }, call) =>
    namedKeys(
      ResourceArns.flatMap((arn) => onResource(arn, call)),
      TagKeys,
    ),
  run({ ResourceArns, TagKeys }, { scope }) {
    for (const arn of demandResources(scope, required(ResourceArns, 'ResourceArns'))) {
      for (const key of required(TagKeys, 'TagKeys')) elbv2State(scope).tags.get(arn)?.delete(key);
    }
    return {};
  },
});

const describeTags = operation<DescribeTagsInput, DescribeTagsOutput>({
  accepts: ['ResourceArns'],
  run({ ResourceArns }, { scope }) {
    const TagDescriptions = demandResources(scope, required(ResourceArns, 'ResourceArns')).map((arn) => ({
      ResourceArn: arn,
      Tags: [...(elbv2State(scope).tags.get(arn) ?? [])].map(([Key, Value]) => ({ Key, Value })),
    }));
    return { TagDescriptions };
  },
});

export const tagOperations = { AddTags: addTags, DescribeTags: describeTags, RemoveTags: removeTags };
