import { describe, expect, it } from '@jest/globals';
import { parseInvocation } from '../../lib/trigger/invocation';
import { selectionRequests, SelectionError, type Selection } from '../../lib/trigger/selection';
import { place } from '../support/action-builders';
import { CLUSTER_ARN, SERVICE_ARN } from '../support/builders';

const service = { kind: 'service', ...place, cluster: CLUSTER_ARN, id: SERVICE_ARN };
const cluster = { kind: 'cluster', ...place, cluster: CLUSTER_ARN, id: CLUSTER_ARN };
const elsewhere = SERVICE_ARN.replace('eu-west-2', 'us-east-1');

describe('selectionRequests', () => {
  it.each<[string, Selection, object]>([
    ['nothing: everything', {}, { kind: 'account', ...place, id: place.account }],
    ['a cluster', { cluster: 'prod' }, cluster],
    ['a cluster by ARN', { cluster: CLUSTER_ARN }, cluster],
    ['a service in a cluster', { cluster: 'prod', service: 'api' }, service],
    ['cluster/service', { service: 'prod/api' }, service],
    ['a service by ARN', { service: SERVICE_ARN }, service],
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
      settings: { dryRun: true, modeCeiling: 'tag' },
    });
    expect(parseInvocation(null, place)).toMatchObject({
      requests: [{ kind: 'account' }],
      settings: { dryRun: false },
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
