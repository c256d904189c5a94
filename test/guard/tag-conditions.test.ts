import { describe, expect, it } from '@jest/globals';
import { tagObjection } from '../../lib/guard/tag-conditions';
import type { TagAction } from '../../lib/plan/action';
import type { Service } from '../../lib/snapshot/snapshot';
import { aJudgement, anEvaluation } from '../support/action-builders';
import { aService, SERVICE_ARN } from '../support/builders';
import { aLoadedPolicy } from '../support/policy-builders';
import { aSnapshot } from '../support/snapshot-builder';

const DEFINITION = 'arn:aws:ecs:eu-west-2:111122223333:task-definition/web:1';

const tag: TagAction = {
  ...{ kind: 'tag', resource: SERVICE_ARN, resourceKind: 'service', rules: ['image-not-dual-stack'] },
  ...{ scope: 'all', mode: 'tag', from: {}, to: { 'x:status': 'violation', 'x:rules': 'r', 'x:since': 'd' } },
};

function ask(service: Partial<Service>, action: TagAction = tag, propagating = false) {
  const snapshot = aSnapshot({ services: [aService(service)] });
  const evaluation = anEvaluation([], [aJudgement({ kind: 'service', key: SERVICE_ARN, resource: SERVICE_ARN })]);
  return tagObjection(action, { snapshot, evaluation, policy: aLoadedPolicy({ tags: { prefix: 'x', propagating } }) });
}

const tags = (count: number, more: object = {}) => ({
  ...Object.fromEntries(Array.from({ length: count }, (_, index) => [`own-${String(index)}`, ''])),
  ...more,
});

describe('a resource with as many tags as AWS allows', () => {
  it.each([
    ['47 of its own', tags(47), undefined],
    ['48 of its own', tags(48), 'it would have 51 tags, and AWS allows 50: take 1 of its own away'],
    ['50 of its own', tags(50), 'it would have 53 tags, and AWS allows 50: take 3 of its own away'],
    ['ours among them', tags(47, { 'x:status': 'violation', 'x:rules': 'old', 'x:since': 'd' }), undefined],
    ["AWS's beside them", tags(47, { 'aws:cloudformation:stack-name': 's', 'AWS:x': 'y' }), undefined],
    [
      "its own that name AWS's",
      tags(47, { 'not-aws:x': 'y' }),
      'it would have 51 tags, and AWS allows 50: take 1 of its own away',
    ],
  ])('%s', (_, own, reason) => {
    expect(ask({ tags: own })).toEqual(reason === undefined ? undefined : { code: 'too-many-tags', reason });
  });
});

describe('what copies its tags to new tasks', () => {
  const definition: TagAction = { ...tag, resource: DEFINITION, resourceKind: 'task-definition' };
  const from = (propagateTags: Service['propagateTags'], taskDefinitionArn = DEFINITION) => ({
    propagateTags,
    taskDefinitionArn,
  });

  const cases: Readonly<Record<string, readonly [Partial<Service>, TagAction, string?]>> = {
    'a service to its own': [from('SERVICE'), tag, 'the service copies its tags'],
    'a service that does not': [from('NONE'), tag],
    'a service whose definition does': [from('TASK_DEFINITION'), tag],
    'a definition whose service says so': [from('TASK_DEFINITION'), definition, 'the task definition copies its tags'],
    'a definition whose service copies its own': [from('SERVICE'), definition],
    'a definition that another service has': [from('TASK_DEFINITION', `${DEFINITION}1`), definition],
  };

  it.each(Object.entries(cases))('%s', (_, [service, action, reason]) => {
    const objection = reason && { code: 'propagates-tags', reason: expect.stringContaining(reason) };
    expect(ask(service, action)).toEqual(objection);
    expect(ask(service, action, true)).toBeUndefined();
  });
});
