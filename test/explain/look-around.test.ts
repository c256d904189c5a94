import { expect, it } from '@jest/globals';
import type { Subject } from '../../lib/explain/concerns';
import { requestsAround, requestsOfStopped } from '../../lib/explain/look-around';
import { aBridgeTask, aService, aTask } from '../support/builders';
import { aSnapshot, type Contents } from '../support/snapshot-builder';
import { bridge, healthy, ofInstance, ofService, ofTarget, ofTask } from './a-checklist';

const kindsOf = (contents: Contents, subject: Subject) =>
  requestsAround(aSnapshot(contents), subject).map(({ kind }) => kind);

const awaiting = aService({ subnetIds: [], launchType: undefined, capacityProviders: ['p'] });

type Case = readonly [contents: Contents, subject: Subject, kinds: readonly string[]];

it.each<readonly [string, ...Case]>([
  ['task', healthy, ofTask, ['service', 'task', 'target-group']],
  ['service', healthy, ofService, ['service', 'target-group']],
  ['target', healthy, ofTarget, ['service', 'task']],
  ['target that no task of its service has', { ...healthy, tasks: [] }, ofTarget, ['service', 'cluster']],
  [
    'service that waits for hosts of a capacity provider',
    { ...bridge, tasks: [], containerInstances: [], services: [awaiting] },
    ofService,
    ['service', 'target-group', 'cluster'],
  ],
  ['service without tasks in subnets of its own', { ...healthy, tasks: [] }, ofService, ['service', 'target-group']],
  ['instance', bridge, ofInstance, ['service', 'task', 'container-instance', 'target-group']],
])('asks for all on the way of a %s', (_, ...[contents, subject, kinds]) => {
  expect(kindsOf(contents, subject)).toEqual(kinds);
});

it('names the cluster of a host', () => {
  const host = requestsAround(aSnapshot(bridge), ofInstance).find(({ kind }) => kind === 'container-instance');
  expect(host?.cluster).toBe('arn:aws:ecs:eu-west-2:111122223333:cluster/prod');
});

it('asks for what a stopped task stood on by what is remembered of it', () => {
  const asked = (task: ReturnType<typeof aTask>) => requestsOfStopped(aSnapshot(bridge), task).map(({ id }) => id);
  const service = 'arn:aws:ecs:eu-west-2:111122223333:service/prod/api';
  expect(asked(aBridgeTask({ serviceName: 'api' }))).toEqual([service, aBridgeTask().containerInstanceArn]);
  expect(asked(aTask({ serviceName: undefined }))).toEqual([]);
});
