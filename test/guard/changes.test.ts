import { describe, expect, it } from '@jest/globals';
import { guard } from '../../lib/guard/guard';
import { attachedObjection } from '../../lib/guard/heal-conditions';
import type { AttachedInterface, InstanceInterface } from '../../lib/snapshot/host-resources';
import type { Instance, Service } from '../../lib/snapshot/snapshot';
import { aFinding, aMemory, anExecChange, aHeal } from '../support/action-builders';
import { aContainerInstance, anInstance, aService, SERVICE_ARN } from '../support/builders';
import { aGap, type Contents } from '../support/snapshot-builder';
import { input, rollout, type Case } from './guard-input';

const [present] = anInstance().interfaces;
const face = (over: Partial<InstanceInterface> = {}): InstanceInterface => ({
  ...{ id: 'eni-host', deviceIndex: 0, type: 'interface', ipv4Addresses: [], ipv6Prefixes: [], securityGroupIds: [] },
  ...present,
  ipv6Addresses: [{ address: '2001:db8:0:1::100', isPrimary: false }],
  ...over,
});
const host = (over: Partial<InstanceInterface> = {}, instance: Partial<Instance> = {}): Contents => ({
  instances: [anInstance({ interfaces: [face(over)], ...instance })],
  containerInstances: [aContainerInstance()],
});

const heal: Case = { actions: [aHeal()], findings: [], memory: aMemory(), contents: host() };
const exec: Case = { actions: [anExecChange()], findings: [], memory: aMemory() };

it.each([
  ['a primary IPv6 address', heal, aHeal()],
  ['ECS Exec', exec, anExecChange()],
])('a change of %s needs no second sighting', (_, one, action) => {
  expect(guard(input(one))).toEqual({ allowed: [action], withheld: [] });
});

const behind = (over: Parameters<typeof aFinding>[0]) =>
  aFinding({ rule: aHeal().rules[0], resource: aHeal().resource, kind: 'instance', ...over });

const hosts: Readonly<Record<string, readonly [Case, string, RegExp]>> = {
  'ECS knows no such instance': [
    { contents: { ...host(), containerInstances: [] } },
    'unmet-condition',
    /ECS knows no container instance i-1/,
  ],
  'ECS may know it': [
    { contents: { ...host(), containerInstances: [], gaps: [aGap({ collection: 'containerInstances' })] } },
    'depends-on-gap',
    /ecs:DescribeTasks could not be read/,
  ],
  'the instance is gone': [{ contents: { ...host(), instances: [] } }, 'unmet-condition', /not the primary interface/],
  'another interface is the primary one': [
    { contents: host({ id: 'eni-other' }) },
    'unmet-condition',
    /eni-host is not the primary interface of i-1/,
  ],
  'the interface is a second one': [{ contents: host({ deviceIndex: 1 }) }, 'unmet-condition', /not the primary/],
  'an AWS service operates the instance': [
    { contents: host({}, { operator: 'ecs.amazonaws.com' }) },
    'unmet-condition',
    /i-1 is operated by ecs.amazonaws.com/,
  ],
  'an AWS service operates the interface': [
    { contents: host({ operator: 'eks.amazonaws.com' }) },
    'unmet-condition',
    /eni-host is operated by eks.amazonaws.com/,
  ],
  'it is an interface for a purpose': [{ contents: host({ type: 'efa' }) }, 'unmet-condition', /of the type efa/],
  'EC2 does not say what it is': [{ contents: host({ type: undefined }) }, 'unmet-condition', /does not tell/],
  'it has a delegated prefix': [
    { contents: host({ ipv6Prefixes: ['2001:db8:0:1:1::/80'] }) },
    'unmet-condition',
    /delegated prefix 2001:db8:0:1:1::\/80/,
  ],
  'it has two': [
    { contents: host({ ipv6Prefixes: ['2001:db8:0:1:1::/80', '2001:db8:0:1:2::/80'] }) },
    'unmet-condition',
    /delegated prefix 2001:db8:0:1:1::\/80 2001:db8:0:1:2::\/80,/,
  ],
  'it has no IPv6 address': [{ contents: host({ ipv6Addresses: [] }) }, 'unmet-condition', /no global IPv6 address/],
  'it has a local one': [
    { contents: host({ ipv6Addresses: [{ address: 'fd00::1', isPrimary: false }] }) },
    'unmet-condition',
    /no global IPv6 address/,
  ],
  'the kill switch is off': [{ policy: { enforcementOn: false } }, 'kill-switch-off', /kill switch/],
  'its own fact is stale': [{ findings: [behind({ verify: true })] }, 'fact-to-verify', /due for a new check/],
  'a service that the finding names is exempt': [
    {
      findings: [behind({ related: [SERVICE_ARN] })],
      exemptions: [{ rule: '*', resource: SERVICE_ARN, reason: 'a', owner: 'b', until: '2026-12-31' }],
    },
    'exempt',
    /exempt from \*/,
  ],
};

describe('a primary IPv6 address is withheld where', () => {
  it.each(Object.entries(hosts))('%s', (_, [over, code, reason]) => {
    expect(guard(input({ ...heal, ...over }))).toEqual({
      allowed: [],
      withheld: [{ action: aHeal(), status: 'withheld', code, reason: expect.stringMatching(reason) }],
    });
  });

  it('not where the fact of another finding is stale', () => {
    const findings = [
      behind({ verify: true, rule: 'instance-agent-too-old' }),
      behind({ verify: true, resource: 'i-2' }),
    ];
    expect(guard(input({ ...heal, findings })).allowed).toEqual([aHeal()]);
  });
});

const attached = (over: Partial<AttachedInterface>): AttachedInterface => ({
  ...face(),
  ...{ instanceId: 'i-1', requesterManaged: false },
  ...over,
});

it.each([
  ['it is as it was', attached({}), undefined],
  ['it is gone', undefined, /not the primary interface/],
  ['it is attached elsewhere', attached({ instanceId: 'i-2' }), /not the primary interface/],
  ['it is attached to nothing', attached({ instanceId: undefined }), /not the primary interface/],
  ['it is at another place', attached({ deviceIndex: 1 }), /not the primary interface/],
  ['a service of AWS manages it', attached({ requesterManaged: true }), /managed by the AWS service/],
  ['a prefix came', attached({ ipv6Prefixes: ['2001:db8::/80'] }), /delegated prefix/],
])('EC2 shows right before the write that %s', (_, shown, reason) => {
  const objection = attachedObjection(aHeal(), shown);
  if (reason === undefined) expect(objection).toBeUndefined();
  else expect(objection).toEqual({ code: 'unmet-condition', reason: expect.stringMatching(reason) });
});

const services: Readonly<Record<string, readonly [Partial<Service>, RegExp]>> = {
  'it is being deleted': [{ status: 'DRAINING' }, /web|api/],
  'CodeDeploy deploys it': [{ deploymentController: 'CODE_DEPLOY' }, /deployed by CODE_DEPLOY/],
  'its owner deploys it': [{ deploymentController: 'EXTERNAL' }, /deployed by EXTERNAL/],
  'a deployment is in progress': [{ deployments: [rollout] }, /in progress/],
  'no deployment is known': [{ deployments: [] }, /in progress/],
};

describe('ECS Exec stays on where', () => {
  it.each(Object.entries(services))('%s', (_, [service, reason]) => {
    expect(guard(input({ ...exec, service }))).toEqual({
      allowed: [],
      withheld: [
        { action: anExecChange(), status: 'withheld', code: 'unmet-condition', reason: expect.stringMatching(reason) },
      ],
    });
  });

  it('the service is gone', () => {
    expect(guard(input({ ...exec, contents: { services: [] } })).allowed).toEqual([]);
  });
});

it('each kind of action has a budget of its own in a run', () => {
  const heals = ['i-1', 'i-2'].map((id) => aHeal({ instanceId: id, resource: id, networkInterfaceId: `eni-${id}` }));
  const names = ['a', 'b'];
  const changes = names.map((name) => anExecChange({ serviceName: name, resource: `${SERVICE_ARN}-${name}` }));
  const contents: Contents = {
    instances: ['i-1', 'i-2'].map((id) => anInstance({ id, interfaces: [face({ id: `eni-${id}` })] })),
    containerInstances: ['i-1', 'i-2'].map((id) => aContainerInstance({ arn: `arn:${id}`, ec2InstanceId: id })),
    services: names.map((name) => aService({ name, arn: `${SERVICE_ARN}-${name}` })),
  };
  const one = input({ ...heal, actions: [...heals, ...changes], contents });
  const { policy } = one.policy;
  const limits = { ...policy.guard, heal: { perRun: 1, perHour: 9 }, disableExec: { perRun: 1, perHour: 9 } };
  const { allowed, withheld } = guard({ ...one, policy: { ...one.policy, policy: { ...policy, guard: limits } } });
  expect(allowed).toEqual([heals[0], changes[0]]);
  expect(withheld.map(({ action, reason }) => [action.resource, reason])).toEqual([
    ['i-2', 'guard.heal.perRun allows 1 changes a run'],
    [`${SERVICE_ARN}-b`, 'guard.disableExec.perRun allows 1 changes a run'],
  ]);
});
