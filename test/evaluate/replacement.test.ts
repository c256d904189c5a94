import { describe, expect, it } from '@jest/globals';
import { replacementOf } from '../../lib/evaluate/replacement';
import type { Deployment } from '../../lib/snapshot/service-resources';
import type { CollectedKind, Service } from '../../lib/snapshot/snapshot';
import {
  aCloudMapInstance,
  aCloudMapService,
  aService,
  aTarget,
  aTargetGroup,
  aTask,
  aTaskDefinition,
  NOW,
  TASK_DEFINITION_ARN,
} from '../support/builders';
import { aGap, type Contents } from '../support/snapshot-builder';
import { aSubject } from './a-subject';

const NEXT_ARN = TASK_DEFINITION_ARN.replace(':3', ':4');
const minutesAgo = (minutes: number): Date => new Date(NOW.getTime() - minutes * 60_000);
const old: Deployment = { id: 'ecs-svc/1', status: 'ACTIVE', taskDefinitionArn: TASK_DEFINITION_ARN };
const rollout: Deployment = {
  id: 'ecs-svc/2',
  status: 'PRIMARY',
  rolloutState: 'IN_PROGRESS',
  taskDefinitionArn: NEXT_ARN,
  createdAt: minutesAgo(10),
};
const rolling = (over: Partial<Deployment> = {}): Service =>
  aService({ taskDefinitionArn: NEXT_ARN, deployments: [{ ...rollout, ...over }, old] });

/** Task sets: the old one is primary until the traffic is with the new one. */
const shifting = (over: Partial<Deployment> = {}): Service =>
  aService({
    deploymentController: 'CODE_DEPLOY',
    deployments: [
      { ...old, status: 'PRIMARY', createdAt: minutesAgo(600) },
      { ...rollout, status: 'ACTIVE', rolloutState: undefined, ...over },
    ],
  });

interface Case {
  readonly name: string;
  readonly contents: Contents;
  readonly is: true | false | 'unknown' | 'stuck';
}

function ask(kind: CollectedKind, key: string, { contents }: Case): Case['is'] {
  const { snapshot, resource } = aSubject(contents, [kind, key]);
  const answer = replacementOf(snapshot, { kind, resource }, { now: NOW, minutes: 60 });
  if (typeof answer === 'boolean') return answer;
  return 'call' in answer ? 'unknown' : 'stuck';
}

describe('a task on its way out', () => {
  const task = aTask();
  const cases: readonly Case[] = [
    { name: 'old task of a rolling deployment', contents: { services: [rolling()], tasks: [task] }, is: true },
    { name: 'old task of a rolling deployment, whichever comes first', contents: { services: [aService({ taskDefinitionArn: NEXT_ARN, deployments: [old, rollout] })], tasks: [task] }, is: true },
    { name: 'new task of a rolling deployment', contents: { services: [rolling()], tasks: [aTask({ startedBy: rollout.id })] }, is: false },
    { name: 'no rolling deployment', contents: { services: [aService()], tasks: [task] }, is: false },
    { name: 'the deployment failed', contents: { services: [rolling({ rolloutState: 'FAILED' })], tasks: [task] }, is: 'stuck' },
    { name: 'the deployment takes too long', contents: { services: [rolling({ createdAt: minutesAgo(60) })], tasks: [task] }, is: 'stuck' },
    { name: 'the last moment of the grace', contents: { services: [rolling({ createdAt: minutesAgo(59) })], tasks: [task] }, is: true },
    { name: 'the start of the deployment is not known', contents: { services: [rolling({ createdAt: undefined })], tasks: [task] }, is: true },
    { name: 'a controller that reports no rollout state, two deployments', contents: { services: [rolling({ rolloutState: undefined })], tasks: [task] }, is: true },
    { name: 'a controller that reports no rollout state, one deployment', contents: { services: [aService({ deployments: [{ ...rollout, rolloutState: undefined }] })], tasks: [task] }, is: false },
    { name: 'old task of a deployment that is done', contents: { services: [rolling({ rolloutState: 'COMPLETED' })], tasks: [task] }, is: false },
    { name: 'new task of a deployment that takes too long', contents: { services: [rolling({ createdAt: minutesAgo(90) })], tasks: [aTask({ startedBy: rollout.id })] }, is: false },
    { name: 'old task set, still primary, while CodeDeploy brings up another', contents: { services: [shifting()], tasks: [task] }, is: true },
    { name: 'new task set, not yet primary', contents: { services: [shifting()], tasks: [aTask({ startedBy: rollout.id })] }, is: false },
    { name: 'old task set of a shift that takes too long', contents: { services: [shifting({ createdAt: minutesAgo(90) })], tasks: [task] }, is: 'stuck' },
    { name: 'new task set that was rolled back', contents: { services: [shifting({ status: 'DRAINING' })], tasks: [aTask({ startedBy: rollout.id })] }, is: false },
    { name: 'old task set after a roll-back', contents: { services: [shifting({ status: 'DRAINING' })], tasks: [task] }, is: false },
    { name: 'the only task set', contents: { services: [aService({ deploymentController: 'EXTERNAL', deployments: [{ ...old, status: 'PRIMARY' }] })], tasks: [aTask({ startedBy: 'somebody' })] }, is: false },
    { name: 'no task set', contents: { services: [aService({ deploymentController: 'EXTERNAL', deployments: [] })], tasks: [task] }, is: false },
    { name: 'no primary deployment', contents: { services: [aService({ deployments: [old] })], tasks: [task] }, is: false },
    { name: 'who started it is not known, old revision', contents: { services: [rolling()], tasks: [aTask({ startedBy: undefined })] }, is: true },
    { name: 'who started it is not known, new revision', contents: { services: [rolling()], tasks: [aTask({ startedBy: undefined, taskDefinitionArn: NEXT_ARN })] }, is: false },
    { name: 'a task of no service', contents: { tasks: [aTask({ serviceName: undefined })] }, is: false },
    { name: 'a task of no service, while services could not be read', contents: { tasks: [aTask({ serviceName: undefined })], gaps: [aGap({ collection: 'services' })] }, is: false },
    { name: 'its service is gone', contents: { tasks: [task] }, is: false },
    { name: 'its service could not be read', contents: { tasks: [task], gaps: [aGap({ collection: 'services' })] }, is: 'unknown' },
  ]; // prettier-ignore
  it.each(cases)('$name: $is', (one) => {
    expect(ask('task', task.arn, one)).toBe(one.is);
  });
});

describe('a revision on its way out', () => {
  const taskDefinitions = [aTaskDefinition()];
  const cases: readonly Case[] = [
    { name: 'used by the deployment that is replaced', contents: { taskDefinitions, services: [rolling()], tasks: [aTask()] }, is: true },
    { name: 'used by a deployment that takes too long to be replaced', contents: { taskDefinitions, services: [rolling({ createdAt: minutesAgo(90) })], tasks: [aTask()] }, is: 'stuck' },
    { name: 'used by another service too', contents: { taskDefinitions, services: [rolling(), aService({ name: 'web' })] }, is: false },
    { name: 'used by a task of no service too', contents: { taskDefinitions, services: [rolling()], tasks: [aTask({ serviceName: undefined })] }, is: false },
    { name: 'the new revision', contents: { taskDefinitions, services: [rolling({ taskDefinitionArn: TASK_DEFINITION_ARN })] }, is: false },
    { name: 'used by nothing', contents: { taskDefinitions }, is: false },
    { name: 'other services could not be read', contents: { taskDefinitions, services: [rolling()], gaps: [aGap({ collection: 'services' })] }, is: 'unknown' },
    { name: 'the service of its task could not be read', contents: { taskDefinitions, tasks: [aTask()], gaps: [aGap({ collection: 'services' })] }, is: 'unknown' },
    { name: 'other tasks could not be read', contents: { taskDefinitions, services: [rolling()], gaps: [aGap()] }, is: 'unknown' },
  ]; // prettier-ignore
  it.each(cases)('$name: $is', (one) => {
    expect(ask('task-definition', TASK_DEFINITION_ARN, one)).toBe(one.is);
  });
});

describe('a registration of a task on its way out', () => {
  const task = aTask();
  const contents = {
    services: [rolling()],
    tasks: [task],
    targetGroups: [aTargetGroup({ targetType: 'ip' })],
    targets: [aTarget({ targetId: task.ipv6Addresses[0] ?? '' })],
    cloudMapServices: [aCloudMapService()],
    cloudMapInstances: [aCloudMapInstance({ instanceId: task.id })],
  };
  const target = contents.targets[0]?.key ?? '';
  const registration = contents.cloudMapInstances[0]?.key ?? '';

  it('goes with the task that owns it', () => {
    expect(ask('target', target, { name: '', contents, is: true })).toBe(true);
    expect(ask('cloudmap-instance', registration, { name: '', contents, is: true })).toBe(true);
  });

  it('is not replaced where no task owns it', () => {
    const orphaned = { ...contents, tasks: [] };
    expect(ask('target', target, { name: '', contents: orphaned, is: false })).toBe(false);
    expect(ask('cloudmap-instance', registration, { name: '', contents: orphaned, is: false })).toBe(false);
  });
});

it('knows the newest task set, although one says not when it began', () => {
  const sets = aService({
    deploymentController: 'EXTERNAL',
    deployments: [
      { ...old, status: 'PRIMARY' },
      { ...rollout, status: 'ACTIVE', rolloutState: undefined },
    ],
  });
  expect(ask('task', aTask().arn, { name: '', contents: { services: [sets], tasks: [aTask()] }, is: true })).toBe(true);
});

it('is no question for other kinds', () => {
  expect(ask('service', aService().arn, { name: '', contents: { services: [rolling()] }, is: false })).toBe(false);
});
