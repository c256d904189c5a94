import { describe, expect, it } from '@jest/globals';
import type { CollectedKind } from '../../lib/snapshot/snapshot';
import type { Policy } from '../../lib/policy/policy';
import {
  aContainerInstance,
  anInstance,
  aTarget,
  aTargetGroup,
  aTask,
  CONTAINER_INSTANCE_ARN,
  NOW,
  aService,
} from '../support/builders';
import { aScope } from '../support/policy-builders';
import { aGap, type Contents } from '../support/snapshot-builder';
import {
  conditionOf,
  healthy,
  listOf,
  ofService,
  ofTarget,
  ofTask,
  rules,
  statusesOf,
  statusOf,
  task,
} from './a-checklist';

describe.each([
  ['task', ofTask],
  ['service', ofService],
  ['target', ofTarget],
] as const)('a healthy %s', (_, subject) => {
  const list = listOf(healthy, subject);

  it('has nothing that fails', () => {
    expect({ firstRed: list.firstRed, red: list.counts.red, unknown: list.counts.unknown }).toEqual({
      firstRed: null,
      red: 0,
      unknown: 0,
    });
    expect(statusesOf(list)).toMatchObject({
      'image-not-dual-stack': 'green',
      'task-running': 'green',
      'task-without-ipv6': 'green',
      'target-registered': 'green',
      'target-healthy': 'green',
      'target-orphaned': 'green',
      'cloudmap-registered': 'not-applicable',
      'instance-agent-too-old': 'not-applicable',
    });
  });

  it('has each condition once, in the order in which things happen', () => {
    const stages = list.conditions.map(({ stage }) => stage);
    expect(stages.indexOf('image')).toBeLessThan(stages.indexOf('health'));
    expect(list.conditions.length).toBe(rules.length + 7);
    expect(Object.values(list.counts).reduce((sum, one) => sum + one, 0)).toBe(list.conditions.length);
  });
});

describe('what fails', () => {
  const broken: Contents = {
    ...healthy,
    tasks: [aTask({ serviceName: 'api', ipv6Addresses: [], ipv4Addresses: ['10.0.0.4'] })],
    targetGroups: [aTargetGroup({ ipAddressType: 'ipv4' })],
    targets: [aTarget({ state: 'unhealthy', reason: 'Target.Timeout' })],
  };

  it('is led by what comes first on the way', () => {
    const list = listOf(broken, ofService);
    expect(list.firstRed).toBe('task-without-ipv6');
    expect(conditionOf(list, 'service-target-group-not-ipv6')).toMatchObject({ status: 'red', severity: 'high' });
    expect(conditionOf(list, 'target-healthy').verdicts[0]).toMatchObject({
      status: 'red',
      message: 'It is unhealthy (Target.Timeout).',
    });
  });

  it('says why it is silent where another finding explains it', () => {
    const list = listOf(broken, ofTask);
    expect(conditionOf(list, 'task-with-ipv4').verdicts[0]).toMatchObject({
      status: 'not-applicable',
      message: 'another finding explains it',
    });
  });

  it('is no more than a red condition for each task of others', () => {
    const other = aTask({
      arn: `${task.arn}9`,
      id: '9',
      serviceName: 'api',
      ipv6Addresses: [],
      ipv4Addresses: ['10.0.0.9'],
    });
    const contents = { ...healthy, tasks: [task, other] };
    expect(statusOf(contents, ofTask, 'task-without-ipv6')).toBe('green');
    expect(statusOf(contents, ofService, 'task-without-ipv6')).toBe('red');
  });
});

describe('what the policy says', () => {
  const broken = { ...healthy, targetGroups: [aTargetGroup({ ipAddressType: 'ipv4' })] } satisfies Contents;
  const id = 'service-target-group-not-ipv6';

  it.each<[string, Partial<Policy>, string]>([
    ['the policy turns the rule off', { rules: { [id]: { off: true, options: {} } } }, 'not-applicable'],
    [
      'no scope of the policy matches it',
      { scopes: [aScope({ match: { accounts: ['0'], regions: [], clusters: [], services: [], tags: {} } })] },
      'not-applicable',
    ],
    ['its posture is dual-stack', { scopes: [aScope({ posture: 'dual-stack' })] }, 'not-applicable'],
    [
      'Exempt until 2027-01-01: old.',
      { exemptions: [{ rule: id, resource: '*', reason: 'old', owner: 'me', until: '2027-01-01' }] },
      'exempt',
    ],
  ])('is followed: %s', (message, policy, status) => {
    const condition = conditionOf(listOf(broken, ofService, policy), id);
    expect(condition).toMatchObject({ status, verdicts: [{ message: expect.stringContaining(message) }] });
  });

  it('is advice where a finding is worth no more than info', () => {
    const rulesSet = { [id]: { off: false, severity: 'info' as const, options: {} } };
    const list = listOf(broken, ofService, { rules: rulesSet });
    expect(list.firstRed).toBeNull();
    expect(conditionOf(list, id).status).toBe('advice');
  });
});

describe('what could not be read', () => {
  it('is unknown, and named', () => {
    const gaps = [aGap({ collection: 'targets', call: 'elasticloadbalancing:DescribeTargetHealth' })];
    const list = listOf({ ...healthy, targets: [], gaps }, ofTask);
    expect(conditionOf(list, 'target-registered').status).toBe('unknown');
    expect(conditionOf(list, 'target-orphaned')).toMatchObject({ status: 'unknown' });
    expect(list.gaps).toEqual([{ call: 'elasticloadbalancing:DescribeTargetHealth', reason: 'AccessDenied' }]);
  });
});

it('names the host of a task on EC2', () => {
  const contents = {
    ...healthy,
    tasks: [aTask({ serviceName: 'api', containerInstanceArn: CONTAINER_INSTANCE_ARN })],
    containerInstances: [aContainerInstance({ agentVersion: '1.90.0' })],
    instances: [anInstance()],
  };
  expect(listOf(contents, ofTask).firstRed).toBe('instance-agent-too-old');
});

it('has nothing to say of what is not there', () => {
  const list = listOf(healthy, { kind: 'task', key: 'none' });
  expect(list.counts).toMatchObject({ red: 0, green: 0, unknown: 0 });
});

it('leaves out what a deployment under way replaces', () => {
  const rollout = { id: 'ecs-svc/2', status: 'PRIMARY', rolloutState: 'IN_PROGRESS', createdAt: NOW } as const;
  const old = aTask({ serviceName: 'api', startedBy: 'ecs-svc/1', ipv6Addresses: [], ipv4Addresses: ['10.0.0.4'] });
  const list = listOf({ ...healthy, services: [aService({ deployments: [rollout] })], tasks: [old] }, ofTask);
  expect(conditionOf(list, 'task-without-ipv6').verdicts[0]?.message).toBe('a deployment under way replaces it');
});

it('takes a target that belongs to no task by the service of its group', () => {
  const list = listOf({ ...healthy, tasks: [], targets: [aTarget({ state: 'unhealthy' })] }, ofTarget);
  expect(conditionOf(list, 'service-target-group-not-ipv6').status).toBe('green');
  expect(list.firstRed).toBe('target-orphaned');
});

it('knows a service without a task definition, as other deployment controllers have it', () => {
  const list = listOf({ ...healthy, services: [aService({ taskDefinitionArn: undefined })], tasks: [] }, ofService);
  expect(conditionOf(list, 'image-not-dual-stack').status).toBe('not-applicable');
});

it('says nothing of what was not read to be judged', () => {
  const judged = new Map<CollectedKind, ReadonlySet<string>>([
    ['task-definition', new Set([task.taskDefinitionArn])],
    ['subnet', new Set(['subnet-9'])],
  ]);
  const list = listOf({ ...healthy, taskDefinitions: [], judged }, ofTask);
  expect(list.counts).toMatchObject({ red: 0, green: 0, unknown: 0 });
});
