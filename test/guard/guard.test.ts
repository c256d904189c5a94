import { describe, expect, it } from '@jest/globals';
import type { Finding } from '../../lib/evaluate/finding';
import { guard, type GuardInput } from '../../lib/guard/guard';
import type { Action } from '../../lib/plan/action';
import type { DeregisterGuard, Exemption, LoadedPolicy } from '../../lib/policy/policy';
import type { Collection, Service, Target } from '../../lib/snapshot/snapshot';
import type { Memory } from '../../lib/state/memory';
import {
  aCloudMapRemoval,
  aFinding,
  aMemory,
  anEvaluation,
  aSighting,
  aTargetRemoval,
  ORPHAN_ADDRESS,
  ORPHAN_KEY,
  STRAY_KEY,
} from '../support/action-builders';
import {
  aCloudMapInstance,
  aCloudMapService,
  aCluster,
  aService,
  aTarget,
  aTargetGroup,
  aVpc,
  NOW,
  REGISTRY_ARN,
  SERVICE_ARN,
  TARGET_GROUP_ARN,
} from '../support/builders';
import { aLoadedPolicy, aPolicy } from '../support/policy-builders';
import { aGap, aSnapshot, type Contents } from '../support/snapshot-builder';

interface Case {
  readonly actions?: readonly Action[];
  readonly contents?: Contents;
  readonly service?: Partial<Service>;
  readonly target?: Partial<Target>;
  readonly settings?: Partial<DeregisterGuard>;
  readonly exemptions?: readonly Exemption[];
  readonly policy?: Partial<LoadedPolicy>;
  readonly findings?: readonly Finding[];
  readonly memory?: Memory;
  readonly now?: Date;
  readonly dryRun?: boolean;
}

const primary = new Map([[TARGET_GROUP_ARN, [SERVICE_ARN]]]);
const orphan = (over: Partial<Target> = {}) => aTarget({ targetId: ORPHAN_ADDRESS, state: 'unhealthy', ...over });

/** A world in which the orphan may be removed, changed by what the case is about. */
function input(one: Case): GuardInput {
  const base = aPolicy();
  const deregister = { ...base.guard.deregister, ...one.settings };
  const exemptions = one.exemptions ?? [];
  return {
    actions: one.actions ?? [aTargetRemoval()],
    evaluation: anEvaluation(one.findings ?? [aFinding()], []),
    snapshot: aSnapshot({
      clusters: [aCluster()],
      services: [aService(one.service)],
      targetGroups: [aTargetGroup()],
      targets: [orphan(one.target)],
      vpcs: [aVpc()],
      cloudMapServices: [aCloudMapService()],
      cloudMapInstances: [aCloudMapInstance({ instanceId: 'gone' })],
      registrars: { primary },
      ...one.contents,
    }),
    policy: { ...aLoadedPolicy({ guard: { ...base.guard, deregister }, exemptions }), ...one.policy },
    memory: one.memory ?? aMemory([aSighting(ORPHAN_KEY, 15), aSighting(STRAY_KEY, 15)]),
    settings: { dryRun: one.dryRun ?? false },
    now: one.now ?? NOW,
  };
}

const exemption = (over: Partial<Exemption>): Exemption => ({
  ...{ rule: 'target-orphaned', resource: ORPHAN_KEY, reason: 'known', owner: 'team-x', until: '2026-11-30' },
  ...over,
});
const exempted = (over: Partial<Exemption>): Case => ({ exemptions: [exemption(over)] });
const gapIn = (collection: Collection): Case => ({ contents: { gaps: [aGap({ collection, resources: ['other'] })] } });
const registrars = (over: NonNullable<Contents['registrars']>): Case => ({
  contents: { registrars: { primary, ...over } },
});
const rollout = { id: 'ecs-svc/2', status: 'PRIMARY', rolloutState: 'IN_PROGRESS' } as const;
const finished = { id: 'ecs-svc/1', status: 'ACTIVE', rolloutState: 'COMPLETED' } as const;
const holder = { networkInterfaceId: 'eni-9', vpcId: 'vpc-1', address: ORPHAN_ADDRESS };
const instanceGroup = { targetGroups: [aTargetGroup({ targetType: 'instance' })] } as const;

const allowed: Readonly<Record<string, Case>> = {
  'everything holds': {},
  'it is healthy and the policy allows that': { target: { state: 'healthy' }, settings: { healthyOrphans: 'allow' } },
  'an exemption ended two days ago': exempted({ until: '2026-11-28' }),
  'an exemption of another rule': exempted({ rule: 'task-without-ipv6', resource: '*' }),
  'an exemption of another target': exempted({ resource: `${TARGET_GROUP_ARN}#2001:db8::1:8080` }),
  'a gap in what it does not need': gapIn('cloudMapInstances'),
  'an instance target, whose group needs no addresses': {
    contents: { ...instanceGroup, gaps: [aGap({ collection: 'vpcs' }), aGap({ collection: 'addressHolders' })] },
  },
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
  'stale fact': [{ findings: [aFinding({ verify: true })] }, 'fact-to-verify'],
  'the target is exempt, on the last day': [exempted({}), 'exempt', /until 2026-11-30: known/],
  'the exemption ended yesterday: nothing happens for a day': [exempted({ until: '2026-11-29' }), 'exempt'],
  'its group is exempt': [exempted({ resource: TARGET_GROUP_ARN }), 'exempt'],
  'its service is exempt': [exempted({ resource: 'arn:aws:ecs:*:*:service/prod/a*' }), 'exempt'],
  'gap in targets': [gapIn('targets'), 'depends-on-gap', /ecs:DescribeTasks/],
  'gap in target groups': [gapIn('targetGroups'), 'depends-on-gap'],
  'gap in services': [gapIn('services'), 'depends-on-gap'],
  'gap in tasks': [gapIn('tasks'), 'depends-on-gap'],
  'gap in stopping tasks': [gapIn('stoppingTasks'), 'depends-on-gap'],
  'gap in registrars': [gapIn('registrars'), 'depends-on-gap'],
  'gap in VPCs': [gapIn('vpcs'), 'depends-on-gap'],
  'gap in address holders': [gapIn('addressHolders'), 'depends-on-gap'],
  'instance target, gap in container instances': [
    { contents: { ...instanceGroup, gaps: [aGap({ collection: 'containerInstances' })] } },
    'depends-on-gap',
  ],
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
  'an unknown VPC': [{ contents: { vpcs: [] } }, 'not-orphan-for-sure', /VPC of the group/],
  'a group without a VPC': [
    { contents: { targetGroups: [aTargetGroup({ vpcId: undefined })] } },
    'not-orphan-for-sure',
    /VPC of the group/,
  ],
  'it is not registered any more': [{ contents: { targets: [] } }, 'not-orphan-for-sure', /not registered/],
  'first sighting': [{ memory: aMemory() }, 'first-sighting', /in 15 minutes/],
  'seen for too short a time': [
    { memory: aMemory([aSighting(ORPHAN_KEY, 14.99)]) },
    'first-sighting',
    /14 of the 15 minutes/,
  ],
};

const strays: Readonly<Record<string, readonly [Case, string | undefined]>> = {
  'everything holds': [{}, undefined],
  'kill switch off': [{ policy: { enforcementOn: false } }, 'kill-switch-off'],
  'its registry is exempt': [exempted({ rule: 'cloudmap-instance-orphaned', resource: REGISTRY_ARN }), 'exempt'],
  'its service is exempt': [exempted({ rule: 'cloudmap-instance-orphaned', resource: SERVICE_ARN }), 'exempt'],
  'gap in Cloud Map instances': [gapIn('cloudMapInstances'), 'depends-on-gap'],
  'gap in services': [gapIn('services'), 'depends-on-gap'],
  'gap in tasks': [gapIn('tasks'), 'depends-on-gap'],
  'gap in stopping tasks': [gapIn('stoppingTasks'), 'depends-on-gap'],
  'gap in targets does not matter': [gapIn('targets'), undefined],
  'names no cluster of ours': [{ contents: { clusters: [aCluster({ name: 'elsewhere' })] } }, 'not-orphan-for-sure'],
  'names no service of ours': [{ contents: { services: [aService({ name: 'web' })] } }, 'not-orphan-for-sure'],
  'not written by ECS': [
    {
      contents: {
        cloudMapInstances: [
          aCloudMapInstance({ instanceId: 'gone', ecsClusterName: undefined, ecsServiceName: undefined }),
        ],
      },
    },
    'not-orphan-for-sure',
  ],
  'a rollout in progress': [{ service: { deployments: [rollout] } }, 'not-orphan-for-sure'],
  'CODE_DEPLOY controller': [{ service: { deploymentController: 'CODE_DEPLOY' } }, 'not-orphan-for-sure'],
  'not registered any more': [{ contents: { cloudMapInstances: [] } }, 'not-orphan-for-sure'],
  'first sighting': [{ memory: aMemory() }, 'first-sighting'],
};

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

describe('removal of an orphaned Cloud Map instance', () => {
  it.each(Object.entries(strays))('%s', (_, [one, code]) => {
    const verdict = guard(input({ ...one, actions: [aCloudMapRemoval()] }));
    expect(verdict.withheld.map((outcome) => outcome.code)).toEqual(code === undefined ? [] : [code]);
    expect(verdict.allowed).toEqual(code === undefined ? [aCloudMapRemoval()] : []);
  });
});

describe('a run', () => {
  const addresses = ['2001:db8:0:1::1', '2001:db8:0:1::2', '2001:db8:0:1::3'];
  const targets = addresses.map((targetId) => orphan({ targetId }));
  const actions = targets.map(({ key, targetId }) => aTargetRemoval({ resource: key, targetId }));
  const memory = aMemory(targets.map(({ key }) => aSighting(key, 60)));
  const many: Case = { actions, contents: { targets }, memory, settings: { perRun: 2 } };

  it('removes at most perRun, whatever their kind', () => {
    const verdict = guard(input(many));
    expect(verdict.allowed).toEqual(actions.slice(0, 2));
    expect(verdict.withheld).toMatchObject([{ action: actions[2], status: 'withheld', code: 'over-budget' }]);
  });

  it('does not count what is withheld for another reason', () => {
    const sightings = aMemory(targets.slice(1).map(({ key }) => aSighting(key, 60)));
    const verdict = guard(input({ ...many, memory: sightings }));
    expect(verdict.allowed).toEqual(actions.slice(1));
    expect(verdict.withheld).toMatchObject([{ action: actions[0], code: 'first-sighting' }]);
  });

  it('removes nothing with perRun 0', () => {
    expect(guard(input({ ...many, settings: { perRun: 0 } })).allowed).toEqual([]);
  });

  it('plans on a dry run exactly what it would do', () => {
    const verdict = guard(input({ ...many, dryRun: true }));
    expect(verdict.allowed).toEqual([]);
    expect(verdict.withheld.map(({ status, code }) => [status, code])).toEqual([
      ['planned', 'dry-run'],
      ['planned', 'dry-run'],
      ['withheld', 'over-budget'],
    ]);
  });
});

describe('tags', () => {
  const tag: Action = {
    ...{ kind: 'tag', resource: SERVICE_ARN, resourceKind: 'service', rules: ['image-not-dual-stack'] },
    ...{ scope: 'all', mode: 'tag', from: {}, to: { 'ecs-ipv6:status': 'violation' } },
  };
  const untag: Action = { ...tag, kind: 'untag', to: {} };
  const propagating: Case = { actions: [tag], service: { propagateTags: 'SERVICE' } };

  it('need neither the kill switch nor a sighting', () => {
    const verdict = guard(input({ actions: [tag], policy: { enforcementOn: false }, memory: aMemory() }));
    expect(verdict.allowed).toEqual([tag]);
  });

  it('stay off a service that copies its tags to new tasks', () => {
    expect(guard(input(propagating))).toMatchObject({ allowed: [], withheld: [{ code: 'propagates-tags' }] });
  });

  it('are allowed there when the policy says so, and may always be taken away', () => {
    const policy = aLoadedPolicy({ tags: { prefix: 'ecs-ipv6', propagating: true } });
    expect(guard(input({ ...propagating, policy })).allowed).toEqual([tag]);
    expect(guard(input({ ...propagating, actions: [untag] })).allowed).toEqual([untag]);
  });
});
