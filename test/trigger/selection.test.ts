import { describe, expect, it } from '@jest/globals';
import { parseInvocation } from '../../lib/trigger/invocation';
import { selectionRequests, SelectionError, type Selection } from '../../lib/trigger/selection';
import { place } from '../support/action-builders';
import { CLUSTER_ARN, SERVICE_ARN } from '../support/builders';

const service = { kind: 'service', ...place, cluster: CLUSTER_ARN, id: SERVICE_ARN };
const cluster = { kind: 'cluster', ...place, cluster: CLUSTER_ARN, id: CLUSTER_ARN };
const task = {
  kind: 'task',
  ...place,
  cluster: CLUSTER_ARN,
  id: SERVICE_ARN.replace('service/prod/api', 'task/prod/0a1b'),
};
const shortArn = task.id.replace('prod/', '');
const elsewhere = SERVICE_ARN.replace('eu-west-2', 'us-east-1');

describe('selectionRequests', () => {
  it.each<[string, Selection, object]>([
    ['nothing: everything', {}, { kind: 'account', ...place, id: place.account }],
    ['a cluster', { cluster: 'prod' }, cluster],
    ['a cluster by ARN', { cluster: CLUSTER_ARN }, cluster],
    ['a service in a cluster', { cluster: 'prod', service: 'api' }, service],
    ['cluster/service', { service: 'prod/api' }, service],
    ['a service by ARN', { service: SERVICE_ARN }, service],
    ['a task in a cluster', { cluster: 'prod', task: '0a1b' }, task],
    ['cluster/task', { task: 'prod/0a1b' }, task],
    ['a task by ARN', { task: task.id }, task],
    ['a task whose ARN names no cluster', { cluster: 'prod', task: shortArn }, { ...task, id: shortArn }],
    ['an instance', { instance: 'i-0abc1234' }, { kind: 'instance', ...place, id: 'i-0abc1234' }],
  ])('%s', (_, selection, request) => {
    expect(selectionRequests(selection, place)).toEqual([request]);
  });

  it.each<[Selection, string]>([
    [{ service: 'api' }, 'add --cluster'],
    [{ service: 'prod/' }, 'add --cluster'],
    [{ service: '/api' }, 'add --cluster'],
    [{ service: 'prod/api/x' }, 'add --cluster'],
    [{ service: CLUSTER_ARN }, 'no ARN of a service'],
    [{ task: '0a1b' }, 'write cluster/id'],
    [{ task: shortArn }, 'names no cluster'],
    [{ task: 'arn:odd' }, 'no ARN of a task'],
    [{ cluster: 'arn:odd' }, 'name a cluster or its ARN'],
    [{ service: SERVICE_ARN.replace('111122223333', '999999999999') }, 'account 999999999999'],
    [{ service: elsewhere }, 'region us-east-1'],
    [{ cluster: SERVICE_ARN }, 'name a cluster'],
    [{ instance: 'host-1' }, 'such as i-'],
  ])('refuses %j', (selection, message) => {
    expect(() => selectionRequests(selection, place)).toThrow(SelectionError);
    expect(() => selectionRequests(selection, place)).toThrow(message);
  });
});

describe('parseInvocation', () => {
  it('takes what may be narrowed', () => {
    expect(parseInvocation({ service: 'prod/api', mode: 'tag', dryRun: true, requestedBy: 'me' }, place)).toEqual({
      requests: [service],
      requestedBy: 'me',
      settings: { dryRun: true, modeCeiling: 'tag', withSurroundings: true },
    });
    expect(parseInvocation(null, place)).toMatchObject({
      requests: [{ kind: 'account' }],
      settings: { dryRun: false, withSurroundings: true },
    });
  });

  it.each([
    [{ dryrun: true }, /payload: dryrun: .*it may hold cluster, service/],
    [{ mode: 'all' }, /payload: mode/],
    [{ dryRun: 'yes' }, /payload: dryRun/],
    ['x', /payload/],
  ])('refuses %j', (event, message) => {
    expect(() => parseInvocation(event, place)).toThrow(message);
  });
});
