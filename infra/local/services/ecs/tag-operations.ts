import type {
  ListTagsForResourceRequest,
  ListTagsForResourceResponse,
  TagResourceRequest,
  TagResourceResponse,
  UntagResourceRequest,
  UntagResourceResponse,
} from '@aws-sdk/client-ecs';
import { ApiError } from '../../kernel/api-error';
import { operation } from '../../kernel/operation';
import type { Scope } from '../../kernel/scope';
import { requestTags } from './authorization';
import { findProvider } from './capacity-provider';
import { findCluster, requireCluster } from './cluster';
import { findInstance } from './container-instance';
import { clusterNotFound, invalidParameter, serviceNotFound } from './ecs-error';
import type { Tags } from './records';
import { parseReference } from './reference';
import { findService } from './service';
import { mergeTags, readTags, renderTags } from './tag';
import { findTask } from './task';
import { findDefinition } from './task-definition';

export const tagOperations = {
  TagResource: operation<TagResourceRequest, TagResourceResponse>({
    accepts: ['resourceArn', 'tags'],
    run({ resourceArn = '', tags }, { scope }) {
      const resource = taggable(scope, resourceArn);
      resource.tags = mergeTags(resource.tags, readTags(tags));
      return {};
    },
    authorize: ({ resourceArn = '*', tags }) => [
      { action: 'ecs:TagResource', resource: resourceArn, context: requestTags(tags) },
    ],
  }),

  UntagResource: operation<UntagResourceRequest, UntagResourceResponse>({
    accepts: ['resourceArn', 'tagKeys'],
    run({ resourceArn = '', tagKeys = [] }, { scope }) {
      const resource = taggable(scope, resourceArn);
      resource.tags = new Map([...resource.tags].filter(([key]) => !tagKeys.includes(key)));
      return {};
    },
    authorize: ({ resourceArn = '*', tagKeys = [] }) => [
      { action: 'ecs:UntagResource', resource: resourceArn, context: { 'aws:tagkeys': tagKeys } },
    ],
  }),

  ListTagsForResource: operation<ListTagsForResourceRequest, ListTagsForResourceResponse>({
    accepts: ['resourceArn'],
    run: ({ resourceArn = '' }, { scope }) => ({ tags: renderTags(taggable(scope, resourceArn).tags) }),
    authorize: ({ resourceArn = '*' }) => [{ action: 'ecs:ListTagsForResource', resource: resourceArn }],
  }),
};

interface Taggable {
  tags: Tags;
}

type Find = (scope: Scope, arn: string) => Taggable;

/** By resource type; services, tasks and container instances must be named by their long ARN. */
const FINDERS: Readonly<Record<string, Find>> = {
  cluster: requireCluster,
  service(scope, arn) {
    const service = findService(scope, clusterOf(scope, 'service', arn), arn);
    if (!service || service.status === 'INACTIVE') throw serviceNotFound();
    return service;
  },
  task(scope, arn) {
    const task = findTask(scope, clusterOf(scope, 'task', arn), arn);
    if (!task || task.lastStatus === 'STOPPED') throw resourceNotFound('task');
    return task;
  },
  'container-instance'(scope, arn) {
    const instance = findInstance(scope, clusterOf(scope, 'container-instance', arn), arn);
    if (!instance || instance.status === 'INACTIVE') throw resourceNotFound('container instance');
    return instance;
  },
  'capacity-provider'(scope, arn) {
    const provider = findProvider(scope, arn);
    if (!provider) throw resourceNotFound('capacity provider');
    return provider;
  },
  'task-set'(scope, arn) {
    const taskSet = [...clusterOf(scope, 'task-set', arn).services.values()]
      .flatMap(({ taskSets }) => taskSets)
      .find((each) => each.arn === arn);
    if (!taskSet) throw resourceNotFound('task set');
    return taskSet;
  },
  'task-definition'(scope, arn) {
    const definition = findDefinition(scope, arn);
    if (!definition) throw resourceNotFound('task definition');
    return definition;
  },
};

function taggable(scope: Scope, arn: string): Taggable {
  const type = /^arn:[^:]+:ecs:[^:]*:[^:]*:([^/]+)\//.exec(arn)?.[1] ?? '';
  const find = FINDERS[type];
  if (!find) throw invalidParameter(`Invalid resource ARN: ${arn}`);
  return find(scope, arn);
}

function clusterOf(scope: Scope, type: string, arn: string) {
  const { cluster: name } = parseReference(scope, type, arn);
  if (name === undefined) {
    throw invalidParameter('Long arn format must be used for tagging operations');
  }
  const cluster = findCluster(scope, name);
  if (!cluster) throw clusterNotFound();
  return cluster;
}

function resourceNotFound(what: string): ApiError {
  return new ApiError('ResourceNotFoundException', `The specified ${what} is not found.`);
}
