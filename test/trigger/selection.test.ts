import { describe, expect, it } from '@jest/globals';
import { parseInvocation } from '../../lib/trigger/invocation';
import { selectionRequests, SelectionError, type Selection } from '../../lib/trigger/selection';
import { place } from '../support/action-builders';
import { CLUSTER_ARN, SERVICE_ARN } from '../support/builders';

const service = { kind: 'service', ...place, cluster: CLUSTER_ARN, id: SERVICE_ARN };
const cluster = { kind: 'cluster', ...place, cluster: CLUSTER_ARN, id: CLUSTER_ARN };
const TASK_ID = '0a1b'.repeat(8);
const task = {
  kind: 'task',
  ...place,
  cluster: CLUSTER_ARN,
  id: SERVICE_ARN.replace('service/prod/api', `task/prod/${TASK_ID}`),
};
const shortArn = task.id.replace('prod/', '');
const uuid = '0a1b0a1b-0a1b-0a1b-0a1b-0a1b0a1b0a1b';
const instanceArn = 'arn:aws:ec2:eu-west-2:111122223333:instance/i-0abc1234';
const elsewhere = SERVICE_ARN.replace('eu-west-2', 'us-east-1');

describe('selectionRequests', () => {
  it.each<[string, Selection, ...object[]]>([
    ['nothing: everything', {}, { kind: 'account', ...place, id: place.account }],
    ['a cluster', { cluster: 'prod' }, cluster],
    ['a cluster by ARN', { cluster: CLUSTER_ARN }, cluster],
    ['a service in a cluster', { cluster: 'prod', service: 'api' }, service],
    ['cluster/service', { service: 'prod/api' }, service],
    ['a service by ARN', { service: SERVICE_ARN }, service],
    ['a task in a cluster', { cluster: 'prod', task: TASK_ID }, task],
    ['cluster/task', { task: `prod/${TASK_ID}` }, task],
    ['a task by ARN', { task: task.id }, task],
    ['a task whose ARN names no cluster', { cluster: 'prod', task: shortArn }, { ...task, id: shortArn }],
    ['a task by a UUID', { task: `prod/${uuid}` }, { ...task, id: task.id.replace(TASK_ID, uuid) }],
    ['a service whose ARN names no cluster', { cluster: 'prod', service: SERVICE_ARN.replace('prod/', '') }, service],
    ['its cluster beside it', { cluster: CLUSTER_ARN, service: 'prod/api', task: task.id }, service, task],
    ['an instance by ARN', { instance: instanceArn }, { kind: 'instance', ...place, id: 'i-0abc1234' }],
    ['an instance', { instance: 'i-0abc1234' }, { kind: 'instance', ...place, id: 'i-0abc1234' }],
  ])('%s', (_, selection, ...requests) => {
    expect(selectionRequests(selection, place)).toEqual(requests);
  });

  it.each<[Selection, string]>([
    [{ service: 'api' }, 'add --cluster'],
    [{ service: 'prod/' }, 'add --cluster'],
    [{ service: '/api' }, 'add --cluster'],
    [{ service: 'prod/api/x' }, 'add --cluster'],
    [{ service: CLUSTER_ARN }, 'no ARN of a service; it names a cluster of ecs'],
    [{ task: SERVICE_ARN }, 'no ARN of a task; it names a service of ecs'],
    [{ task: TASK_ID }, 'write cluster/id'],
    [{ task: 'prod/0a1b' }, 'task 0a1b: that is no id of a task; write all of its 32 characters'],
    [{ task: task.id.slice(0, -1) }, 'write all of its 32 characters'],
    [{ task: ` prod/${TASK_ID}` }, 'cluster  prod: that is no name of a cluster'],
    [{ service: 'prod/api@' }, 'service api@: that is no name of a service; names have letters, digits, - and _'],
    [{ service: 'prod/api', cluster: 'shop' }, 'service prod/api names cluster prod, and --cluster shop: name one'],
    [{ task: task.id, cluster: 'shop' }, 'names cluster prod, and --cluster shop'],
    [{ service: '/api', cluster: 'prod' }, 'write cluster/name'],
    [{ service: 'api', cluster: '' }, 'cluster : that is no name of a cluster'],
    [{ task: shortArn }, 'names no cluster'],
    [{ task: 'arn:odd' }, 'no ARN of a task'],
    [{ cluster: 'arn:odd' }, 'name a cluster or its ARN'],
    [{ service: SERVICE_ARN.replace('111122223333', '999999999999') }, 'account 999999999999'],
    [{ service: elsewhere }, 'region us-east-1'],
    [{ cluster: SERVICE_ARN }, 'name a cluster'],
    [{ service: SERVICE_ARN.replace('arn:aws:', 'arn:aws-cn:') }, 'region eu-west-2, partition aws-cn; these'],
    [{ instance: 'host-1' }, 'such as i-'],
    [{ instance: instanceArn.replace('i-0abc1234', 'host-1') }, 'or its ARN'],
    [{ instance: instanceArn.replace('111122223333', '999999999999') }, 'lies in account 999999999999'],
    [{ instance: instanceArn.replace('instance/', 'subnet/') }, 'no ARN of an EC2 instance; it names a subnet of ec2'],
    [{ instance: SERVICE_ARN }, 'no ARN of an EC2 instance; it names a service of ecs'],
    [{ instance: 'arn:odd' }, 'no ARN of an EC2 instance'],
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
    [[], /payload: event: must be an object/],
    [['prod'], /payload/],
  ])('refuses %j', (event, message) => {
    expect(() => parseInvocation(event, place)).toThrow(message);
  });
});
