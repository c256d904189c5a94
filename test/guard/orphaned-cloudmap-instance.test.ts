import { describe, expect, it } from '@jest/globals';
import { guard } from '../../lib/guard/guard';
import { aCloudMapRemoval, aMemory, aSighting, STRAY_KEY } from '../support/action-builders';
import {
  CLUSTER_ARN,
  REGISTRY_ARN,
  SERVICE_ARN,
  aCloudMapInstance,
  aCluster,
  aService,
  aTask,
} from '../support/builders';
import { exempted, gapIn, input, rollout, type Case } from './guard-input';

const cluster = aCluster({ arn: CLUSTER_ARN.replace('prod', 'test'), name: 'test' });
const here = { registryArn: REGISTRY_ARN };
const elsewhere = { registryArn: `${REGISTRY_ARN}2` };
const inTest = aService({ arn: SERVICE_ARN.replace('prod', 'test'), clusterArn: cluster.arn });

const strays: Readonly<Record<string, readonly [Case, string | undefined]>> = {
  'everything holds': [{}, undefined],
  'kill switch off': [{ policy: { enforcementOn: false } }, 'kill-switch-off'],
  'its registry is exempt': [exempted({ rule: 'cloudmap-instance-orphaned', resource: REGISTRY_ARN }), 'exempt'],
  'its service is exempt': [exempted({ rule: 'cloudmap-instance-orphaned', resource: SERVICE_ARN }), 'exempt'],
  'its service is exempt from every rule': [exempted({ rule: '*', resource: SERVICE_ARN }), 'exempt'],
  'a service that uses its registry is exempt': [
    {
      ...exempted({ rule: '*', resource: `${SERVICE_ARN}2` }),
      contents: { services: [aService(), aService({ name: 'api2', registries: [{ registryArn: REGISTRY_ARN }] })] },
    },
    'exempt',
  ],
  'a service of that name in another cluster is exempt': [
    {
      ...exempted({ rule: '*', resource: 'arn:aws:ecs:*:*:service/test/api' }),
      contents: { services: [aService({ registries: [{ registryArn: REGISTRY_ARN }] }), inTest] },
    },
    undefined,
  ],
  'its service is exempt, and registers elsewhere': [
    {
      ...exempted({ rule: '*', resource: SERVICE_ARN }),
      service: { registries: [] },
    },
    'exempt',
  ],
  'gap in Cloud Map instances': [gapIn('cloudMapInstances'), 'depends-on-gap'],
  'gap in services': [gapIn('services'), 'depends-on-gap'],
  'gap in tasks': [gapIn('tasks'), 'depends-on-gap'],
  'gap in stopping tasks': [gapIn('stoppingTasks'), 'depends-on-gap'],
  'gap in hosts': [gapIn('containerInstances'), 'depends-on-gap'],
  'gap in the instances beneath': [gapIn('instances'), 'depends-on-gap'],
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
  'the service registers nowhere': [{ service: { registries: [] } }, 'not-orphan-for-sure'],
  'the service registers elsewhere': [{ service: { registries: [elsewhere] } }, 'not-orphan-for-sure'],
  'another service of the cluster, which registers elsewhere': [
    { contents: { services: [aService({ name: 'web', registries: [elsewhere] }), aService({ registries: [here] })] } },
    undefined,
  ],
  'a task of the service has its id': [{ contents: { tasks: [aTask({ id: 'gone' })] } }, 'not-orphan-for-sure'],
  'a task of the service has its address': [{ contents: { tasks: [aTask()] } }, 'not-orphan-for-sure'],
  'a task reports no address yet': [{ contents: { tasks: [aTask({ ipv6Addresses: [] })] } }, 'depends-on-gap'],
  'CODE_DEPLOY controller': [{ service: { deploymentController: 'CODE_DEPLOY' } }, 'not-orphan-for-sure'],
  'not registered any more': [{ contents: { cloudMapInstances: [] } }, 'not-orphan-for-sure'],
  'first sighting': [{ memory: aMemory() }, 'first-sighting'],
};

const reasons: readonly (readonly [Case, RegExp])[] = [
  [{ contents: { services: [] } }, /name no service of this account and region/],
  [{ contents: { cloudMapInstances: [] } }, /not registered any more/],
  [{ service: { registries: [elsewhere] } }, /api does not name this Cloud Map service as its registry/],
];

describe('removal of a Cloud Map instance with an IPv4 address', () => {
  const rules = ['cloudmap-instance-with-ipv4'];
  const memory = aMemory([aSighting(STRAY_KEY, 15, 'cloudmap-instance-with-ipv4')]);

  const same = Object.entries(strays).filter(([, [one]]) => one.memory === undefined && one.exemptions === undefined);
  it.each(same)('%s', (_, [one, code]) => {
    const verdict = guard(input({ ...one, memory, actions: [aCloudMapRemoval({ rules })] }));
    expect(verdict.withheld.map((outcome) => outcome.code)).toEqual(code === undefined ? [] : [code]);
  });
});

describe('removal of an orphaned Cloud Map instance', () => {
  it.each(Object.entries(strays))('%s', (_, [one, code]) => {
    const verdict = guard(input({ ...one, actions: [aCloudMapRemoval()] }));
    expect(verdict.withheld.map((outcome) => outcome.code)).toEqual(code === undefined ? [] : [code]);
    expect(verdict.allowed).toEqual(code === undefined ? [aCloudMapRemoval()] : []);
  });

  it.each(reasons)('says why not', (one, reason) => {
    const [outcome] = guard(input({ ...one, actions: [aCloudMapRemoval()] })).withheld;
    expect(outcome?.reason).toMatch(reason);
  });
});
