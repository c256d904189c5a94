import type {
  DeregisterTaskDefinitionRequest,
  DeregisterTaskDefinitionResponse,
  DescribeTaskDefinitionRequest,
  DescribeTaskDefinitionResponse,
  ListTaskDefinitionFamiliesRequest,
  ListTaskDefinitionFamiliesResponse,
  ListTaskDefinitionsRequest,
  ListTaskDefinitionsResponse,
  RegisterTaskDefinitionRequest,
  RegisterTaskDefinitionResponse,
} from '@aws-sdk/client-ecs';
import { operation } from '../../kernel/operation';
import { clientError, notSimulated } from './ecs-error';
import { listPage } from './list-page';
import type { DefinitionRecord } from './records';
import { ecsState } from './store';
import { renderTags } from './tag';
import { deleteTaskDefinitions } from './task-definition-deletion';
import { deregisterDefinition, findDefinition, isActive, registerTaskDefinition } from './task-definition';

export const taskDefinitionOperations = {
  DeleteTaskDefinitions: deleteTaskDefinitions,

  RegisterTaskDefinition: operation<RegisterTaskDefinitionRequest, RegisterTaskDefinitionResponse>({
    accepts: [
      'family',
      'taskRoleArn',
      'executionRoleArn',
      'networkMode',
      'containerDefinitions',
      'volumes',
      'requiresCompatibilities',
      'cpu',
      'memory',
      'tags',
      'pidMode',
      'ipcMode',
      'ephemeralStorage',
      'runtimePlatform',
      'placementConstraints',
    ],
    run(input, { scope, principal }) {
      const { placementConstraints = [] } = input;
      // task definitions know no other kind than memberOf
      if (placementConstraints.length > 0) throw notSimulated('Placement constraint memberOf');
      const { definition, tags } = registerTaskDefinition(scope, input, principal.arn);
      return { taskDefinition: definition, tags: renderTags(tags) };
    },
  }),

  DescribeTaskDefinition: operation<DescribeTaskDefinitionRequest, DescribeTaskDefinitionResponse>({
    accepts: ['taskDefinition', 'include'],
    run({ taskDefinition = '', include = [] }, { scope }) {
      const record = findDefinition(scope, taskDefinition);
      if (!record) throw clientError('Unable to describe task definition.');
      return {
        taskDefinition: record.definition,
        tags: include.includes('TAGS') ? renderTags(record.tags) : undefined,
      };
    },
  }),

  ListTaskDefinitions: operation<ListTaskDefinitionsRequest, ListTaskDefinitionsResponse>({
    accepts: ['familyPrefix', 'status', 'sort', 'nextToken', 'maxResults'],
    run(input, { scope }) {
      const { families } = ecsState(scope);
      const names = input.familyPrefix === undefined ? [...families.keys()].sort() : [input.familyPrefix];
      const status = input.status ?? 'ACTIVE';
      const arns = names
        .flatMap((name) => families.get(name) ?? [])
        .filter(({ definition, deleted }) => definition.status === status && !deleted)
        .map(({ arn }) => arn);
      const { items, token } = listPage(input.sort === 'DESC' ? arns.reverse() : arns, input);
      return { taskDefinitionArns: items, nextToken: token };
    },
  }),

  ListTaskDefinitionFamilies: operation<ListTaskDefinitionFamiliesRequest, ListTaskDefinitionFamiliesResponse>({
    accepts: ['familyPrefix', 'status', 'nextToken', 'maxResults'],
    run(input, { scope }) {
      const status = input.status ?? 'ALL';
      const names = [...ecsState(scope).families]
        .filter(([name]) => name.startsWith(input.familyPrefix ?? ''))
        .filter(([, revisions]) => status === 'ALL' || familyStatus(revisions) === status)
        .map(([name]) => name)
        .sort();
      const { items, token } = listPage(names, input);
      return { families: items, nextToken: token };
    },
  }),

  DeregisterTaskDefinition: operation<DeregisterTaskDefinitionRequest, DeregisterTaskDefinitionResponse>({
    accepts: ['taskDefinition'],
    run({ taskDefinition = '' }, { scope }) {
      const revision = taskDefinition.split(':').at(-1) ?? '';
      if (!/^\d+$/.test(revision)) throw clientError(`Invalid revision number. Number: ${revision}`);
      const record = findDefinition(scope, taskDefinition);
      if (!record) throw clientError('The specified task definition does not exist.');
      deregisterDefinition(scope, record);
      return { taskDefinition: record.definition };
    },
  }),
};

/** A family is active while any of its revisions is. */
function familyStatus(revisions: readonly DefinitionRecord[]): 'ACTIVE' | 'INACTIVE' {
  return revisions.some(isActive) ? 'ACTIVE' : 'INACTIVE';
}
