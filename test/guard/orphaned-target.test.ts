import { describe, expect, it } from '@jest/globals';
import { guard } from '../../lib/guard/guard';
import { aFinding, aMemory, aSighting, aTargetRemoval, ORPHAN_ADDRESS, ORPHAN_KEY } from '../support/action-builders';
import { aService, aTargetGroup, aTask, aVpc, SERVICE_ARN, TARGET_GROUP_ARN } from '../support/builders';
import { exempted, gapIn, input, registrars, rollout, type Case } from './guard-input';

const finished = { id: 'ecs-svc/1', status: 'ACTIVE', rolloutState: 'COMPLETED' } as const;
const holder = { networkInterfaceId: 'eni-9', vpcId: 'vpc-1', address: ORPHAN_ADDRESS };
const allowed: Readonly<Record<string, Case>> = {
  'everything holds': {},
  'a stale fact about something else': {
    findings: [aFinding(), aFinding({ resource: 'other', verify: true })],
  },
  'it is healthy and the policy allows that': { target: { state: 'healthy' }, settings: { healthyOrphans: 'allow' } },
  'it serves nothing: no load balancer uses the group': { target: { state: 'unused' } },
  'its health is not known and the policy allows healthy ones': {
    target: { state: 'initial' },
    settings: { healthyOrphans: 'allow' },
  },
  'an exemption ended two days ago': exempted({ until: '2026-11-28' }),
  'an exemption of another rule': exempted({ rule: 'task-without-ipv6', resource: '*' }),
  'an exemption of another service': exempted({ rule: '*', resource: `${SERVICE_ARN}2` }),
  'an exemption of another target': exempted({ resource: `${TARGET_GROUP_ARN}#2001:db8::1:8080` }),
  'a gap in what it does not need': gapIn('cloudMapInstances'),
  'the VPC is our own': { contents: { vpcs: [aVpc({ ownerId: '111122223333' })] } },
  'an interface holds another address': {
    contents: { addressHolders: [{ ...holder, address: '2001:db8:0:1::beef' }] },
  },
  'another group is an alternate one': registrars({ secondary: new Map([['other', [SERVICE_ARN]]]) }),
  'orphanMinutes is 0 and an earlier pass saw it just now': {
    settings: { orphanMinutes: 0 },
    memory: aMemory([aSighting(ORPHAN_KEY, 0)]),
  },
};

const withheld: Readonly<Record<string, readonly [Case, string, RegExp?]>> = {
  'kill switch off': [{ policy: { enforcementOn: false } }, 'kill-switch-off'],
  'one stale fact of two': [
    { findings: [aFinding(), aFinding({ rule: 'other', verify: true })] },
    'fact-to-verify',
    /due for a new check/,
  ],
  'no deployment is known': [{ service: { deployments: [] } }, 'not-orphan-for-sure', /in progress/],
  'stale fact': [{ findings: [aFinding({ verify: true })] }, 'fact-to-verify'],
  'the target is exempt, on the last day': [
    exempted({}),
    'exempt',
    /exempt from target-orphaned until 2026-11-30 \(.*8080, team-x\): known/,
  ],
  'the target is exempt from every rule': [exempted({ rule: '*' }), 'exempt', /exempt from \* until/],
  'the exemption ended yesterday: nothing happens for a day': [exempted({ until: '2026-11-29' }), 'exempt'],
  'its group is exempt': [exempted({ resource: TARGET_GROUP_ARN }), 'exempt'],
  'its service is exempt': [exempted({ resource: 'arn:aws:ecs:*:*:service/prod/a*' }), 'exempt'],
  'its group is exempt from every rule': [exempted({ rule: '*', resource: TARGET_GROUP_ARN }), 'exempt'],
  'its service is exempt from every rule': [exempted({ rule: '*', resource: SERVICE_ARN }), 'exempt'],
  'a service that uses it as alternate group is exempt': [
    {
      ...exempted({ resource: `${SERVICE_ARN}2` }),
      ...registrars({ secondary: new Map([[TARGET_GROUP_ARN, [`${SERVICE_ARN}2`]]]) }),
    },
    'exempt',
  ],
  'gap in targets': [gapIn('targets'), 'depends-on-gap', /ecs:DescribeTasks/],
  'gap in target groups': [gapIn('targetGroups'), 'depends-on-gap'],
  'gap in services': [gapIn('services'), 'depends-on-gap'],
  'gap in tasks': [gapIn('tasks'), 'depends-on-gap'],
  'gap in stopping tasks': [gapIn('stoppingTasks'), 'depends-on-gap'],
  'gap in registrars': [gapIn('registrars'), 'depends-on-gap'],
  'gap in VPCs': [gapIn('vpcs'), 'depends-on-gap'],
  'gap in address holders': [gapIn('addressHolders'), 'depends-on-gap'],
  'group of two services': [
    registrars({ primary: new Map([[TARGET_GROUP_ARN, [SERVICE_ARN, `${SERVICE_ARN}2`]]]) }),
    'not-orphan-for-sure',
    /2 ECS services/,
  ],
  'group of no service': [registrars({ primary: new Map() }), 'not-orphan-for-sure', /0 ECS services/],
  'the service could not be read': [
    { contents: { services: [aService({ name: 'other' })] } },
    'not-orphan-for-sure',
    /could not be read/,
  ],
  'alternate or task-set group': [
    registrars({ secondary: new Map([[TARGET_GROUP_ARN, [SERVICE_ARN]]]) }),
    'not-orphan-for-sure',
    /alternate or task-set/,
  ],
  'group of an Auto Scaling group': [
    registrars({ autoScalingGroups: new Map([[TARGET_GROUP_ARN, ['hosts']]]) }),
    'not-orphan-for-sure',
    /Auto Scaling/,
  ],
  'CODE_DEPLOY controller': [
    { service: { deploymentController: 'CODE_DEPLOY' } },
    'not-orphan-for-sure',
    /CODE_DEPLOY/,
  ],
  'external controller': [{ service: { deploymentController: 'EXTERNAL' } }, 'not-orphan-for-sure', /EXTERNAL/],
  'a rollout in progress': [{ service: { deployments: [rollout] } }, 'not-orphan-for-sure', /in progress/],
  'two deployments': [
    { service: { deployments: [finished, { ...finished, id: 'ecs-svc/3', status: 'PRIMARY' }] } },
    'not-orphan-for-sure',
    /in progress/,
  ],
  draining: [{ target: { state: 'draining' } }, 'not-orphan-for-sure', /draining/],
  'unhealthy and draining': [{ target: { state: 'unhealthy.draining' } }, 'not-orphan-for-sure', /draining/],
  'healthy, and the policy only reports those': [
    { target: { state: 'healthy' } },
    'not-orphan-for-sure',
    /healthyOrphans: allow/,
  ],
  'in its first health checks': [{ target: { state: 'initial' } }, 'not-orphan-for-sure', /initial: its health/],
  'of unknown health': [{ target: { state: 'unavailable' } }, 'not-orphan-for-sure', /unavailable: its health/],
  'an id that is no address': [
    { target: { targetId: 'odd', key: ORPHAN_KEY } },
    'not-orphan-for-sure',
    /its id is no IP address/,
  ],
  'an address outside the VPC': [
    { contents: { vpcs: [aVpc({ ipv6Cidrs: ['2001:db8:ffff::/56'] })] } },
    'not-orphan-for-sure',
    /outside the group's VPC vpc-1/,
  ],
  'an address that an interface holds': [
    { contents: { addressHolders: [holder] } },
    'not-orphan-for-sure',
    /eni-9 holds the address/,
  ],
  'a VPC that another account shares': [
    { contents: { vpcs: [aVpc({ ownerId: '444455556666' })] } },
    'not-orphan-for-sure',
    /account 444455556666 shares the group's VPC/,
  ],
  'an unknown VPC': [{ contents: { vpcs: [] } }, 'not-orphan-for-sure', /VPC of the group/],
  'a group without a VPC': [
    { contents: { targetGroups: [aTargetGroup({ vpcId: undefined })] } },
    'not-orphan-for-sure',
    /VPC of the group/,
  ],
  'a task of the service has the address': [
    { contents: { tasks: [aTask({ ipv6Addresses: [ORPHAN_ADDRESS] })] } },
    'not-orphan-for-sure',
    /task .*a1 owns it/,
  ],
  'a task on its way out still has the address': [
    {
      contents: {
        tasks: [aTask({ ipv6Addresses: [ORPHAN_ADDRESS], lastStatus: 'STOPPING', desiredStatus: 'STOPPED' })],
      },
    },
    'not-orphan-for-sure',
    /owns it/,
  ],
  'a task of another service has the address': [
    { contents: { tasks: [aTask({ ipv6Addresses: [ORPHAN_ADDRESS], serviceName: 'other' })] } },
    'not-orphan-for-sure',
    /owns it/,
  ],
  'a task reports no address yet': [
    { contents: { tasks: [aTask({ ipv6Addresses: [] })] } },
    'depends-on-gap',
    /address not known yet/,
  ],
  'it is not registered any more': [{ contents: { targets: [] } }, 'not-orphan-for-sure', /not registered/],
  'first sighting': [{ memory: aMemory() }, 'first-sighting', /in 15 minutes/],
  'only another rule saw it before': [
    { memory: aMemory([aSighting(ORPHAN_KEY, 60, 'target-family-mismatch')]) },
    'first-sighting',
    /first seen now/,
  ],
  'seen by a process whose clock is ahead': [
    { memory: aMemory([aSighting(ORPHAN_KEY, -1)]) },
    'first-sighting',
    /seen for 0 of the 15 minutes/,
  ],
  'seen for too short a time': [
    { memory: aMemory([aSighting(ORPHAN_KEY, 14.99)]) },
    'first-sighting',
    /14 of the 15 minutes/,
  ],
};

/** The same conditions, whichever rule asks for the removal. */
const mismatch = (one: Case): Case => ({
  ...one,
  actions: [aTargetRemoval({ rules: ['target-family-mismatch'] })],
  memory: one.memory ?? aMemory([aSighting(ORPHAN_KEY, 15, 'target-family-mismatch')]),
  exemptions: one.exemptions?.map((exemption) => ({ ...exemption, rule: '*' })),
});

describe('removal of a target of the wrong family', () => {
  it('is allowed if everything holds', () => {
    const one = mismatch({});
    expect(guard(input(one))).toEqual({ allowed: one.actions, withheld: [] });
  });

  const same = Object.entries(withheld).filter(([, [one]]) => one.memory === undefined);
  it.each(same)('is withheld: %s', (_, [one, code]) => {
    const verdict = guard(input(mismatch(one)));
    expect(verdict.allowed).toEqual([]);
    expect(verdict.withheld).toMatchObject([{ status: 'withheld', code }]);
  });

  it('is withheld if only the rule for orphans saw it before', () => {
    const verdict = guard(input({ ...mismatch({}), memory: aMemory([aSighting(ORPHAN_KEY, 60)]) }));
    expect(verdict.withheld).toMatchObject([{ code: 'first-sighting' }]);
  });
});

describe('removal of an orphaned target', () => {
  it.each(Object.entries(allowed))('is allowed: %s', (_, one) => {
    const { actions } = input(one);
    expect(guard(input(one))).toEqual({ allowed: actions, withheld: [] });
  });

  it.each(Object.entries(withheld))('is withheld: %s', (_, [one, code, reason = /./]) => {
    expect(guard(input(one))).toEqual({
      allowed: [],
      withheld: [{ action: aTargetRemoval(), status: 'withheld', code, reason: expect.stringMatching(reason) }],
    });
  });
});
