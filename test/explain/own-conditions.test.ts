import { describe, expect, it } from '@jest/globals';
import type { Subject } from '../../lib/explain/concerns';
import {
  aCloudMapInstance,
  aCloudMapService,
  aContainerInstance,
  aService,
  aTarget,
  aTargetGroup,
  aTask,
  REGISTRY_ARN,
  TARGET_GROUP_ARN,
  aBridgeTask,
  anInstance,
} from '../support/builders';
import { aGap, type Contents } from '../support/snapshot-builder';
import {
  bridge,
  conditionOf,
  healthy,
  listOf,
  ofInstance,
  ofService,
  ofTarget,
  ofTask,
  service,
  statusOf,
  task,
} from './a-checklist';

type Case = readonly [contents: Contents, subject: Subject, id: string, status: string];

describe('the conditions that are no rule', () => {
  const stopping = aTask({ serviceName: 'api', desiredStatus: 'STOPPED' });
  const pending = aTask({ serviceName: 'api', lastStatus: 'PENDING', ipv6Addresses: [] });
  const withRegistry = aService({ loadBalancers: [], registries: [{ registryArn: REGISTRY_ARN }] });

  it.each<readonly [string, ...Case]>([
    ['a task that is stopping', { ...healthy, tasks: [stopping] }, ofTask, 'task-running', 'not-applicable'],
    [
      'a target of a task that is stopping',
      { ...healthy, tasks: [stopping] },
      ofTask,
      'target-registered',
      'not-applicable',
    ],
    ['a task that is starting', { ...healthy, tasks: [pending] }, ofTask, 'task-running', 'unknown'],
    [
      'the target of a task that is starting',
      { ...healthy, tasks: [pending] },
      ofTask,
      'target-registered',
      'not-applicable',
    ],
    ['a task that is no target', { ...healthy, targets: [] }, ofTask, 'target-registered', 'red'],
    [
      'a task of no service',
      { ...healthy, tasks: [aTask({ serviceName: undefined })] },
      ofTask,
      'target-registered',
      'not-applicable',
    ],
    [
      'a service with too few tasks',
      { ...healthy, services: [aService({ desiredCount: 3, runningCount: 1 })] },
      ofService,
      'task-running',
      'red',
    ],
    [
      'a service that wants none',
      { ...healthy, services: [aService({ desiredCount: 0, runningCount: 0 })], tasks: [] },
      ofService,
      'task-running',
      'not-applicable',
    ],
    [
      'a task in its registry',
      {
        ...healthy,
        services: [withRegistry],
        cloudMapServices: [aCloudMapService()],
        cloudMapInstances: [aCloudMapInstance({ instanceId: task.id })],
      },
      ofTask,
      'cloudmap-registered',
      'green',
    ],
    [
      'a task that is not in its registry',
      { ...healthy, services: [withRegistry], cloudMapServices: [aCloudMapService()] },
      ofTask,
      'cloudmap-registered',
      'red',
    ],
    [
      'a registry that was not read',
      { ...healthy, services: [withRegistry], gaps: [aGap({ collection: 'cloudMapInstances' })] },
      ofTask,
      'cloudmap-registered',
      'unknown',
    ],
    ['a connected host', bridge, ofInstance, 'host-connected', 'green'],
    [
      'a host that is not connected',
      { ...bridge, containerInstances: [aContainerInstance({ agentConnected: false })] },
      ofInstance,
      'host-connected',
      'red',
    ],
    [
      'a host that is draining',
      { ...bridge, containerInstances: [aContainerInstance({ status: 'DRAINING' })] },
      ofInstance,
      'host-connected',
      'red',
    ],
    ['a host of a bridge task', bridge, { kind: 'service', key: service.arn }, 'host-connected', 'green'],
    [
      'a host without a task, for a service that could be placed on it',
      { ...bridge, tasks: [] },
      ofService,
      'host-connected',
      'green',
    ],
    [
      'one of a blue/green pair',
      {
        ...healthy,
        services: [
          aService({
            loadBalancers: [{ targetGroupArn: `${TARGET_GROUP_ARN}0`, alternateTargetGroupArn: TARGET_GROUP_ARN }],
          }),
        ],
      },
      ofTask,
      'target-registered',
      'green',
    ],
    [
      'a host whose ports are not known yet',
      {
        ...bridge,
        tasks: [aBridgeTask({ serviceName: 'api', bindings: undefined })],
        targets: [
          aTarget({ key: `${TARGET_GROUP_ARN}#${anInstance().id}:32768`, targetId: anInstance().id, port: 32768 }),
        ],
      },
      { kind: 'task', key: aBridgeTask().arn },
      'target-registered',
      'unknown',
    ],
    [
      'two hosts',
      {
        ...bridge,
        containerInstances: [aContainerInstance(), aContainerInstance({ arn: `${aContainerInstance().arn}0` })],
      },
      ofInstance,
      'host-connected',
      'green',
    ],
    [
      'two hosts, the other way round',
      {
        ...bridge,
        containerInstances: [aContainerInstance({ arn: `${aContainerInstance().arn}0` }), aContainerInstance()],
      },
      ofInstance,
      'host-connected',
      'green',
    ],
    [
      'a Classic Load Balancer',
      { ...healthy, services: [aService({ loadBalancers: [{ loadBalancerName: 'old' }] })] },
      ofTask,
      'target-registered',
      'not-applicable',
    ],
  ])('%s', (_, ...[contents, subject, id, status]) => {
    expect(statusOf(contents, subject, id)).toBe(status);
  });

  it.each([
    ['healthy', 'green'],
    ['initial', 'unknown'],
    ['unavailable', 'unknown'],
    ['unhealthy', 'red'],
    ['unhealthy.draining', 'red'],
    ['unused', 'red'],
    ['draining', 'not-applicable'],
  ] as const)('a target that is %s', (state, status) => {
    expect(statusOf({ ...healthy, targets: [aTarget({ state })] }, ofTarget, 'target-healthy')).toBe(status);
  });
});

describe('an unhealthy target', () => {
  const sick = aTarget({ state: 'unhealthy', reason: 'Target.Timeout' });
  const idsOf = (contents: Contents): readonly string[] =>
    conditionOf(listOf({ ...healthy, targets: [sick], ...contents }, ofTarget), 'target-healthy').verdicts.flatMap(
      ({ explanations = [] }) => explanations.map(({ id }) => id),
    );

  it('is explained by the reason that the load balancer gives', () => {
    expect(idsOf({})).toEqual(['health-check-timed-out']);
  });

  it.each<readonly [string, Contents]>([
    ['that no task has', { tasks: [] }],
    ['of an IPv4 group', { targetGroups: [aTargetGroup({ ipAddressType: 'ipv4' })] }],
    ['without a reason', { targets: [aTarget({ state: 'unhealthy' })] }],
    ['with a reason that is not known', { targets: [aTarget({ state: 'unhealthy', reason: 'Elb.InternalError' })] }],
  ])('%s is not', (_, contents) => {
    expect(idsOf(contents)).toEqual([]);
  });
});
