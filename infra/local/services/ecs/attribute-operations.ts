import type {
  Attribute,
  DeleteAttributesRequest,
  DeleteAttributesResponse,
  ListAttributesRequest,
  ListAttributesResponse,
  PutAttributesRequest,
  PutAttributesResponse,
} from '@aws-sdk/client-ecs';
import { ApiError } from '../../kernel/api-error';
import { operation } from '../../kernel/operation';
import type { Scope } from '../../kernel/scope';
import { onCluster, onMembers } from './authorization';
import { requireCluster } from './cluster';
import { findInstance } from './container-instance';
import { invalidParameter } from './ecs-error';
import { listPage } from './list-page';
import type { ClusterRecord, InstanceRecord } from './records';

/** All from https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Attribute.html and API_PutAttributes.html */
const MAX_ATTRIBUTES = 10;
const NAME = /^[\w./-]{1,128}$/;
const VALUE = /^[\w.:/@\\ -]{0,128}$/;

export const attributeOperations = {
  PutAttributes: operation<PutAttributesRequest, PutAttributesResponse>({
    accepts: ['cluster', 'attributes'],
    run({ cluster: reference, attributes = [] }, { scope }) {
      const cluster = requireCluster(scope, reference);
      if (attributes.length > MAX_ATTRIBUTES) {
        throw invalidParameter(`attributes can have at most ${MAX_ATTRIBUTES} items.`);
      }
      const changes = attributes.map((attribute) => ({ attribute, instance: target(scope, cluster, attribute) }));
      for (const { attribute } of changes) checkSyntax(attribute);
      for (const { attribute, instance } of changes) refuseTooMany(instance, attribute);
      for (const { attribute, instance } of changes) {
        instance.attributes.set(attribute.name ?? '', { name: attribute.name, value: attribute.value });
      }
      return { attributes };
    },
    authorize: ({ cluster, attributes }, call) =>
      onMembers('container-instance', { cluster, references: attributes?.map(({ targetId }) => targetId) }, call),
  }),

  DeleteAttributes: operation<DeleteAttributesRequest, DeleteAttributesResponse>({
    accepts: ['cluster', 'attributes'],
    run({ cluster: reference, attributes = [] }, { scope }) {
      const cluster = requireCluster(scope, reference);
      const changes = attributes.map((attribute) => ({ attribute, instance: target(scope, cluster, attribute) }));
      for (const { attribute, instance } of changes) instance.attributes.delete(attribute.name ?? '');
      return { attributes };
    },
    authorize: ({ cluster, attributes }, call) =>
      onMembers('container-instance', { cluster, references: attributes?.map(({ targetId }) => targetId) }, call),
  }),

  ListAttributes: operation<ListAttributesRequest, ListAttributesResponse>({
    accepts: ['cluster', 'targetType', 'attributeName', 'attributeValue', 'nextToken', 'maxResults'],
    run(input, { scope }) {
      const cluster = requireCluster(scope, input.cluster);
      const { attributeName: name, attributeValue: value } = input;
      const matching = [...cluster.instances.values()]
        .filter(({ status }) => status !== 'INACTIVE')
        .flatMap(attributesOf)
        .filter((each) => name === undefined || each.name === name)
        .filter((each) => value === undefined || each.value === value);
      const { items, token } = listPage(matching, input);
      return { attributes: items, nextToken: token };
    },
    authorize: onCluster,
  }),
};

function attributesOf({ arn, attributes }: InstanceRecord): Attribute[] {
  return [...attributes.values()].map((each) => ({ ...each, targetType: 'container-instance', targetId: arn }));
}

function target(scope: Scope, cluster: ClusterRecord, { targetId = '' }: Attribute): InstanceRecord {
  const instance = findInstance(scope, cluster, targetId);
  if (instance && instance.status !== 'INACTIVE') return instance;
  throw new ApiError('TargetNotFoundException', `Unable to find the target ${targetId}.`);
}

/** Those that the agent and ECS itself set do not count. */
function refuseTooMany({ attributes }: InstanceRecord, { name = '' }: Attribute): void {
  const custom = [...attributes.keys()].filter((each) => !/^(ecs|com\.amazonaws\.ecs)\./.test(each));
  if (custom.includes(name) || custom.length < MAX_ATTRIBUTES) return;
  throw new ApiError(
    'AttributeLimitExceededException',
    `A container instance can have at most ${MAX_ATTRIBUTES} custom attributes.`,
  );
}

function checkSyntax({ name = '', value = '' }: Attribute): void {
  if (!NAME.test(name)) throw invalidParameter(`Invalid attribute name: ${name}`);
  if (!VALUE.test(value)) throw invalidParameter(`Invalid value of attribute ${name}: ${value}`);
}
