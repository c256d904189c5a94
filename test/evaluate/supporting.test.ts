/** What stands in no cluster takes scope and posture from those who use it. */
import { describe, expect, it } from '@jest/globals';
import { assignmentOf } from '../../lib/evaluate/assignment';
import { possiblePostures } from '../../lib/evaluate/possible-postures';
import { usersOfFileSystem } from '../../lib/evaluate/users';
import type { PolicyScope } from '../../lib/policy/policy';
import type { CollectedKind } from '../../lib/snapshot/snapshot';
import {
  aBridgeTask,
  aCluster,
  aContainerInstance,
  aFileSystem,
  aLaunchTemplate,
  anAccount,
  anAutoScalingGroup,
  anInstance,
  aService,
  aSubnet,
  aTask,
  aTaskDefinition,
  aVpc,
  ACCOUNT,
} from '../support/builders';
import { aNetworkAcl, aSecurityGroup, aVpcEndpoint } from '../support/network-builders';
import { aPolicy, aScope } from '../support/policy-builders';
import { besideOthers, reversed } from '../support/arrangement';
import { aGap, aSnapshot, type Contents } from '../support/snapshot-builder';
import { aSubject } from './a-subject';

const group = aSecurityGroup();
const acl = aNetworkAcl({ subnetIds: ['subnet-1'] });
const endpoint = aVpcEndpoint();
const world: Contents = {
  services: [aService({ subnetIds: ['subnet-1'], securityGroupIds: [group.id] })],
  tasks: [aTask(), aBridgeTask({ id: 'b1' })],
  taskDefinitions: [aTaskDefinition({ fileSystemIds: ['fs-1'] })],
  containerInstances: [aContainerInstance()],
  instances: [anInstance({ tags: { 'aws:autoscaling:groupName': 'hosts' } })],
  autoScalingGroups: [anAutoScalingGroup()],
  launchTemplates: [aLaunchTemplate()],
  subnets: [aSubnet()],
  vpcs: [aVpc()],
  securityGroups: [group],
  networkAcls: [acl],
  vpcEndpoints: [endpoint],
  fileSystems: [aFileSystem()],
  accounts: [anAccount()],
};
const kinds: readonly (readonly [CollectedKind, string])[] = [
  ['subnet', 'subnet-1'],
  ['vpc', 'vpc-1'],
  ['security-group', group.id],
  ['network-acl', acl.id],
  ['vpc-endpoint', endpoint.id],
  ['launch-template', 'lt-1'],
  ['file-system', 'fs-1'],
  ['account', ACCOUNT],
];

function see(named: readonly [CollectedKind, string], scopes: readonly PolicyScope[], contents: Contents = world) {
  const { snapshot, kind, resource } = aSubject(contents, named);
  const assignment = assignmentOf(aPolicy({ scopes }), snapshot, { kind, resource });
  return { assignment, postures: assignment && possiblePostures(assignment, snapshot, { kind, resource }) };
}
const none = aScope().match;
const onService = (name: string): PolicyScope => aScope({ name, match: { ...none, services: [name] } });

describe.each(kinds)('%s', (...named) => {
  it('is judged by the scope of who uses it, and by no other', () => {
    expect(see(named, [onService('api')]).assignment).toMatchObject({ scope: 'api' });
    expect(see(named, [onService('other')]).assignment).toBeUndefined();
  });

  it('has the posture of who uses it', () => {
    expect(see(named, [aScope()]).postures).toEqual({ possible: ['ipv6-only'] });
  });

  it('has no user where tasks of no service have stopped', () => {
    const stopped = aTask({ serviceName: undefined, lastStatus: 'STOPPED' });
    const contents = { ...world, services: [], containerInstances: [], tasks: [stopped] };
    expect(see(named, [onService('')], contents).postures?.possible).not.toContain('ipv6-only');
  });

  it('is in doubt where users were not read', () => {
    const { assignment } = see(named, [onService('other')], { ...world, gaps: [aGap({ collection: 'services' })] });
    expect(assignment).toMatchObject({ mode: 'observe', doubt: { call: 'ecs:DescribeTasks' } });
    const { postures } = see(named, [aScope()], { ...world, gaps: [aGap({ collection: 'services' })] });
    // the strictest of all is certain already
    expect(postures?.possible).toContain('ipv6-only');
  });
});

describe('who says nothing of where it is', () => {
  const contents: Contents = {
    ...world,
    services: [],
    tasks: [aTask({ serviceName: undefined, subnetId: undefined })],
    instances: [anInstance({ interfaces: [], subnetId: undefined })],
    taskDefinitions: [],
  };
  it.each([
    ['subnet', 'subnet-1'],
    ['security-group', group.id],
    ['file-system', 'fs-1'],
  ] as const)('uses no %s', (...named) => {
    expect(see(named, [onService('api')], contents).assignment).toBeUndefined();
    expect(see(named, [aScope()], contents).postures?.possible).toEqual(['ipv4']);
  });
});

describe('a launch template of a group that has no host yet', () => {
  const cluster = aCluster({ capacityProviders: ['p'] });
  const waiting: Contents = {
    ...{ clusters: [cluster], capacityProviders: [{ name: 'p', autoScalingGroup: 'hosts' }] },
    ...{ autoScalingGroups: [anAutoScalingGroup()], launchTemplates: [aLaunchTemplate()] },
    services: [aService({ subnetIds: [], launchType: undefined, capacityProviders: ['p'] })],
    taskDefinitions: [aTaskDefinition({ networkMode: 'bridge' })],
    subnets: [aSubnet()],
  };
  const named = ['launch-template', 'lt-1'] as const;

  it('stands where those stand who wait for its hosts, or else in the cluster', () => {
    expect(see(named, [onService('api')], waiting).assignment).toMatchObject({ scope: 'api' });
    const alone = { ...waiting, services: [] };
    expect(see(named, [onService('api')], alone).assignment).toBeUndefined();
    const prod = aScope({ name: 'prod', match: { ...none, clusters: ['prod'] } });
    expect(see(named, [prod], alone).assignment).toMatchObject({ scope: 'prod' });
    expect(see(named, [prod], { ...alone, capacityProviders: [] }).assignment).toBeUndefined();
  });

  it('has the posture of the subnets that the group launches in', () => {
    expect(see(named, [aScope()], waiting).postures).toEqual({ possible: ['ipv6-only'] });
    const dual = { ...waiting, subnets: [aSubnet({ ipv6Native: false, ipv4Cidr: '10.0.0.0/24' })] };
    expect(see(named, [aScope({ posture: 'any' })], dual).postures).toEqual({ possible: ['dual-stack'] });
  });
});

describe('what others use', () => {
  it.each(kinds)('%s: the same beside others, in any order', (...named) => {
    if (named[0] === 'account') return;
    const seen = see(named, [aScope()]);
    expect(see(named, [aScope()], besideOthers(world))).toEqual(seen);
    expect(see(named, [aScope()], reversed(world))).toEqual(seen);
  });
});

describe('the postures of an account', () => {
  const mixed: Contents = {
    ...world,
    services: [aService({ subnetIds: ['subnet-1'] }), aService({ name: 'web', subnetIds: ['dual'] })],
    subnets: [aSubnet(), aSubnet({ id: 'dual', ipv6Native: false })],
  };
  const postures = (scopes: readonly PolicyScope[], contents = mixed) =>
    see(['account', ACCOUNT], scopes, contents).postures;

  it('are all that are wanted', () => {
    const scopes = [
      { ...onService('web'), posture: 'dual-stack' as const },
      aScope({ posture: 'ipv6-only', name: 'rest' }),
    ];
    expect(postures(scopes)).toEqual({ possible: ['ipv6-only', 'dual-stack'] });
  });

  it('are all that are there, where any is wanted', () => {
    expect(postures([aScope()])).toEqual({ possible: ['ipv6-only', 'dual-stack'] });
  });

  it('may be IPv4 beside IPv6-only', () => {
    const old = aSubnet({ id: 'dual', ipv6Native: false, ipv6Cidrs: [] });
    expect(postures([aScope()], { ...mixed, subnets: [aSubnet(), old] })).toEqual({ possible: ['ipv6-only', 'ipv4'] });
  });

  it('are what is wanted of some, and what is there of others', () => {
    const scopes = [{ ...onService('web'), posture: 'dual-stack' as const }, aScope({ name: 'rest' })];
    const native = {
      ...mixed,
      services: [aService({ subnetIds: ['subnet-1'] }), aService({ name: 'web', subnetIds: ['subnet-1'] })],
    };
    expect(postures(scopes, native)?.possible).toEqual(['ipv6-only', 'dual-stack']);
  });

  it('may be any, where it cannot be told which are there', () => {
    const unread = { ...mixed, gaps: [aGap({ collection: 'subnets' })], subnets: [] };
    expect(postures([aScope()], unread)).toMatchObject({ cause: { call: 'ecs:DescribeTasks' } });
  });
});

it.each([[['b', 'a', 'c']], [['a', 'b', 'c']], [['c', 'b', 'a']]])(
  'users of a file system come by ARN: %j',
  (names) => {
    const revisions = names.map((name) => aTaskDefinition({ arn: `arn:td/${name}:1`, fileSystemIds: ['fs-1'] }));
    const own = names.map((name) => aService({ name, taskDefinitionArn: `arn:td/${name}:1`, deployments: [] }));
    const snapshot = aSnapshot({ services: own, taskDefinitions: revisions });
    expect(usersOfFileSystem(snapshot, 'fs-1').services.map(({ name }) => name)).toEqual(['a', 'b', 'c']);
  },
);

it('users of a file system are services and tasks of none', () => {
  const alone = aTask({ id: 'alone', serviceName: undefined });
  const snapshot = aSnapshot({ ...world, tasks: [aTask(), alone] });
  expect(usersOfFileSystem(snapshot, 'fs-1')).toEqual({ services: world.services, tasks: [alone], instances: [] });
});
