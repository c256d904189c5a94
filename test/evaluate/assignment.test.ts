import { describe, expect, it } from '@jest/globals';
import { assignmentOf, type Assignment } from '../../lib/evaluate/assignment';
import type { Mode, PolicyScope } from '../../lib/policy/policy';
import {
  aBridgeTask,
  aCloudMapInstance,
  aCloudMapService,
  aCluster,
  aContainerInstance,
  aService,
  aSubnet,
  aTarget,
  aTargetGroup,
  aTask,
  aTaskDefinition,
  aVpc,
  anInstance,
  CLUSTER_ARN,
  REGISTRY_ARN,
  SERVICE_ARN,
  TARGET_GROUP_ARN,
  TASK_DEFINITION_ARN,
} from '../support/builders';
import { aPolicy, aScope } from '../support/policy-builders';
import { besideOthers, reversed } from '../support/arrangement';
import { aGap, type Contents } from '../support/snapshot-builder';
import { aSubject, type Named } from './a-subject';

const none = aScope().match;
const scopeFor = (name: string, over: Partial<PolicyScope> = {}): PolicyScope =>
  aScope({ name, match: { ...none, services: [name] }, ...over });
const registry = { registryArn: aCloudMapService().arn };

/** Two services that share everything, and what they share. */
const api = aService({ registries: [registry] });
const web = aService({ name: 'web', registries: [registry], tags: { team: 'web' } });
const world: Contents = {
  clusters: [aCluster()],
  services: [api, web],
  tasks: [aBridgeTask(), aBridgeTask({ id: 'b2' }), aBridgeTask({ id: 'w1', serviceName: 'web' })],
  taskDefinitions: [aTaskDefinition()],
  containerInstances: [aContainerInstance()],
  instances: [anInstance()],
  subnets: [aSubnet()],
  vpcs: [aVpc()],
  targetGroups: [aTargetGroup()],
  targets: [aTarget()],
  cloudMapServices: [aCloudMapService()],
  cloudMapInstances: [aCloudMapInstance()],
};

function assign(scopes: readonly PolicyScope[], name: Named, contents: Contents = world): Assignment | undefined {
  const { snapshot, kind, resource } = aSubject(contents, name);
  return assignmentOf(aPolicy({ mode: 'tag', scopes }), snapshot, { kind, resource });
}

const shared: readonly Named[] = [
  ['task-definition', TASK_DEFINITION_ARN],
  ['container-instance', aContainerInstance().arn],
  ['instance', 'i-1'],
  ['target-group', TARGET_GROUP_ARN],
  ['target', aTarget().key],
  ['cloudmap-service', aCloudMapService().arn],
];

describe('what several services share', () => {
  const both = [
    scopeFor('web', { mode: 'observe', posture: 'dual-stack', deploymentGraceMinutes: 5 }),
    scopeFor('api', { mode: 'enforce', posture: 'ipv6-only' }),
  ];
  it.each(shared)('%s takes every posture, the lowest mode and the least grace', (...subject) => {
    const { wanted, ...rest } = assign(both, subject) ?? {};
    expect(wanted?.toSorted()).toEqual(['dual-stack', 'ipv6-only']);
    expect(rest).toEqual({
      scope: 'web',
      mode: 'observe',
      graceMinutes: 5,
    });
  });

  it.each(shared)('%s is judged if one scope says so, and never written', (...subject) => {
    expect(assign([scopeFor('api', { mode: 'enforce' })], subject)).toMatchObject({ scope: 'api', mode: 'observe' });
  });

  it.each(shared)('%s is not judged if no scope says so', (...subject) => {
    expect(assign([scopeFor('other')], subject)).toBeUndefined();
  });

  it.each(shared)('%s: services that could not be read make the scope unknown', (...subject) => {
    const gaps = (['services', 'tasks', 'containerInstances'] as const).map((collection) => aGap({ collection }));
    const scopes = [scopeFor('api'), scopeFor('web')];
    const found = assign(scopes, subject, { ...world, gaps });
    expect(found).toMatchObject({ mode: 'observe', doubt: { call: 'ecs:DescribeTasks' } });
  });

  it.each(shared)('%s: a gap does not matter to a scope for everything', (...subject) => {
    const gaps = [aGap({ collection: 'services' }), aGap({ collection: 'tasks' })];
    const found = assign([aScope({ mode: 'enforce' })], subject, { ...world, gaps });
    expect(found).toMatchObject({ scope: 'all', mode: 'enforce' });
    expect(found?.doubt).toBeUndefined();
  });
});

describe('where a resource stands', () => {
  const onTeam = (team: string): PolicyScope => aScope({ match: { ...none, tags: { team } } });
  const cases: readonly {
    name: string;
    subject: Named;
    scope: PolicyScope;
    contents?: Contents;
    is: 'in' | 'out' | 'unknown';
  }[] = [
    { name: 'a service by its name', subject: ['service', SERVICE_ARN], scope: scopeFor('api'), is: 'in' },
    { name: 'a service by its tags', subject: ['service', web.arn], scope: onTeam('web'), is: 'in' },
    { name: 'a cluster by its name', subject: ['cluster', CLUSTER_ARN], scope: aScope({ match: { ...none, clusters: ['prod'] } }), is: 'in' },
    { name: 'a cluster is no service', subject: ['cluster', CLUSTER_ARN], scope: scopeFor('api'), is: 'out' },
    { name: 'a subnet by its tags', subject: ['subnet', 'subnet-1'], scope: onTeam('net'), contents: { subnets: [aSubnet({ tags: { team: 'net' } })] }, is: 'in' },
    { name: 'a VPC by its tags', subject: ['vpc', 'vpc-1'], scope: onTeam('net'), is: 'out' },
    { name: 'a task by its service', subject: ['task', aTask().arn], scope: scopeFor('api'), is: 'in' },
    { name: "a task by its service's tags", subject: ['task', aTask({ id: 'w1' }).arn], scope: onTeam('web'), is: 'in' },
    { name: "a task by its own tags, which stand above the service's", subject: ['task', aTask().arn], scope: onTeam('web'), contents: { services: [web], tasks: [aTask({ serviceName: 'web', tags: { team: 'other' } })] }, is: 'out' },
    { name: 'a task of no service', subject: ['task', aTask().arn], scope: scopeFor('api'), contents: { tasks: [aTask({ serviceName: undefined })] }, is: 'out' },
    { name: 'a task of a service that is gone, by name', subject: ['task', aTask().arn], scope: scopeFor('api'), contents: { tasks: [aTask()] }, is: 'in' },
    { name: 'a task of a service that is gone, by tags', subject: ['task', aTask().arn], scope: onTeam('web'), contents: { tasks: [aTask()] }, is: 'out' },
    { name: 'a task of a service that could not be read, by tags', subject: ['task', aTask().arn], scope: onTeam('web'), contents: { tasks: [aTask()], gaps: [aGap({ collection: 'services' })] }, is: 'unknown' },
    { name: 'a revision that nothing uses', subject: ['task-definition', TASK_DEFINITION_ARN], scope: scopeFor('api'), contents: { taskDefinitions: [aTaskDefinition()] }, is: 'out' },
    { name: 'a revision that only a task of no service uses', subject: ['task-definition', TASK_DEFINITION_ARN], scope: onTeam('web'), contents: { taskDefinitions: [aTaskDefinition()], tasks: [aTask({ serviceName: undefined, tags: { team: 'web' } })] }, is: 'in' },
    { name: 'a container instance without tasks', subject: ['container-instance', aContainerInstance().arn], scope: aScope({ match: { ...none, clusters: ['prod'], services: ['*'] } }), contents: { containerInstances: [aContainerInstance()] }, is: 'in' },
    { name: 'a container instance with tasks of a service that is gone', subject: ['container-instance', aContainerInstance().arn], scope: onTeam('web'), contents: { containerInstances: [aContainerInstance()], tasks: [aBridgeTask({ tags: { team: 'web' } })] }, is: 'out' },
    { name: 'an instance that is no container instance', subject: ['instance', 'i-1'], scope: aScope({ match: { ...none, clusters: ['prod'] } }), contents: { instances: [anInstance()] }, is: 'out' },
    { name: 'an instance by its own tags', subject: ['instance', 'i-1'], scope: onTeam('web'), contents: { instances: [anInstance({ tags: { team: 'web' } })] }, is: 'in' },
    { name: 'a target group that nothing uses, by its tags', subject: ['target-group', TARGET_GROUP_ARN], scope: onTeam('web'), contents: { targetGroups: [aTargetGroup({ tags: { team: 'web' } })] }, is: 'in' },
    { name: 'a target group by the tags of the service that uses it', subject: ['target-group', TARGET_GROUP_ARN], scope: onTeam('web'), contents: { targetGroups: [aTargetGroup()], services: [web] }, is: 'in' },
    { name: 'a target group whose tags were not read', subject: ['target-group', TARGET_GROUP_ARN], scope: onTeam('web'), contents: { targetGroups: [aTargetGroup({ tags: undefined })], services: [aService()] }, is: 'unknown' },
    { name: 'a target group whose tags were denied', subject: ['target-group', TARGET_GROUP_ARN], scope: onTeam('web'), contents: { targetGroups: [aTargetGroup({ tags: undefined })], gaps: [aGap({ collection: 'targetGroups' })] }, is: 'unknown' },
    { name: 'a target group of a service known by ARN only, by name', subject: ['target-group', TARGET_GROUP_ARN], scope: aScope({ match: { ...none, clusters: ['prod'], services: ['api'] } }), contents: { targetGroups: [aTargetGroup()], registrars: { primary: new Map([[TARGET_GROUP_ARN, [SERVICE_ARN]]]) } }, is: 'in' },
    { name: 'a target group of a service known by ARN only, by tags', subject: ['target-group', TARGET_GROUP_ARN], scope: onTeam('web'), contents: { targetGroups: [aTargetGroup()], registrars: { primary: new Map([[TARGET_GROUP_ARN, [SERVICE_ARN]]]) } }, is: 'unknown' },
    { name: 'a target group of something odd', subject: ['target-group', TARGET_GROUP_ARN], scope: scopeFor('api'), contents: { targetGroups: [aTargetGroup()], registrars: { secondary: new Map([[TARGET_GROUP_ARN, ['odd']]]) } }, is: 'unknown' },
    { name: 'a target whose group is gone', subject: ['target', aTarget().key], scope: scopeFor('api'), contents: { targets: [aTarget()] }, is: 'out' },
    { name: 'a target whose group could not be read', subject: ['target', aTarget().key], scope: scopeFor('api'), contents: { targets: [aTarget()], gaps: [aGap({ collection: 'targetGroups' })] }, is: 'unknown' },
    { name: 'a Cloud Map service whose tags were not read', subject: ['cloudmap-service', aCloudMapService().arn], scope: onTeam('web'), contents: { cloudMapServices: [aCloudMapService({ tags: undefined })] }, is: 'unknown' },
    { name: 'a Cloud Map instance by the service it names', subject: ['cloudmap-instance', aCloudMapInstance().key], scope: scopeFor('api'), is: 'in' },
    { name: 'a Cloud Map instance by the tags of the service it names', subject: ['cloudmap-instance', aCloudMapInstance().key], scope: onTeam('web'), contents: { services: [web], cloudMapInstances: [aCloudMapInstance({ ecsServiceName: 'web' })] }, is: 'in' },
    { name: 'a Cloud Map instance of a service that is gone', subject: ['cloudmap-instance', aCloudMapInstance().key], scope: scopeFor('api'), contents: { cloudMapInstances: [aCloudMapInstance()] }, is: 'in' },
    { name: 'a Cloud Map instance of something else, by who uses its service', subject: ['cloudmap-instance', aCloudMapInstance().key], scope: scopeFor('web'), contents: { ...world, cloudMapInstances: [aCloudMapInstance({ ecsServiceName: undefined })] }, is: 'in' },
    { name: 'a Cloud Map instance of nothing that is known', subject: ['cloudmap-instance', aCloudMapInstance().key], scope: aScope(), contents: { cloudMapInstances: [aCloudMapInstance({ ecsClusterName: undefined })] }, is: 'in' },
    { name: 'a subnet by the tags of a task of no service in it', subject: ['subnet', 'subnet-1'], scope: onTeam('web'), contents: { subnets: [aSubnet()], tasks: [aTask({ serviceName: undefined, tags: { team: 'web' } })] }, is: 'in' },
    { name: 'a Cloud Map instance of something else, alone', subject: ['cloudmap-instance', aCloudMapInstance().key], scope: scopeFor('web'), contents: { cloudMapInstances: [aCloudMapInstance({ ecsClusterName: undefined })] }, is: 'out' },
  ]; // prettier-ignore
  it.each(cases)('$name: $is', ({ subject, scope, contents, is }) => {
    const found = assign([scope], subject, contents);
    expect(found?.doubt ? 'unknown' : found ? 'in' : 'out').toBe(is);
    for (const arranged of [besideOthers(contents ?? world), reversed(contents ?? world)]) {
      expect(assign([scope], subject, arranged)).toEqual(found);
    }
  });

  const doubts: readonly { name: string; subject: Named; contents: Contents; call: string; message: string }[] = [
    { name: 'tags that nobody asked for', subject: ['target-group', TARGET_GROUP_ARN], contents: { targetGroups: [aTargetGroup({ tags: undefined })] }, call: 'tag:GetResources', message: `the tags of ${TARGET_GROUP_ARN} were not read` },
    { name: 'tags that were denied', subject: ['target-group', TARGET_GROUP_ARN], contents: { targetGroups: [aTargetGroup({ tags: undefined })], gaps: [aGap({ call: 'elasticloadbalancing:DescribeTags', collection: 'targetGroups', resources: [TARGET_GROUP_ARN] })] }, call: 'elasticloadbalancing:DescribeTags', message: 'User is not authorized' },
    { name: 'tags of a Cloud Map service that were denied', subject: ['cloudmap-service', REGISTRY_ARN], contents: { cloudMapServices: [aCloudMapService({ tags: undefined })], gaps: [aGap({ call: 'servicediscovery:ListTagsForResource', collection: 'cloudMapServices', resources: [REGISTRY_ARN] })] }, call: 'servicediscovery:ListTagsForResource', message: 'User is not authorized' },
    { name: 'a service known by ARN only', subject: ['target-group', TARGET_GROUP_ARN], contents: { targetGroups: [aTargetGroup()], registrars: { primary: new Map([[TARGET_GROUP_ARN, [SERVICE_ARN]]]) } }, call: 'ecs:DescribeServices', message: `${SERVICE_ARN} was not read` },
    { name: 'a service known by ARN only, that was denied', subject: ['target-group', TARGET_GROUP_ARN], contents: { targetGroups: [aTargetGroup()], registrars: { primary: new Map([[TARGET_GROUP_ARN, [SERVICE_ARN]]]) }, gaps: [aGap({ call: 'ecs:Denied', collection: 'services', resources: [SERVICE_ARN] })] }, call: 'ecs:Denied', message: 'User is not authorized' },
    { name: 'tags unread of a group whose user is unread: the user', subject: ['target-group', TARGET_GROUP_ARN], contents: { targetGroups: [aTargetGroup({ tags: undefined })], registrars: { primary: new Map([[TARGET_GROUP_ARN, [SERVICE_ARN]]]) } }, call: 'ecs:DescribeServices', message: `${SERVICE_ARN} was not read` },
    { name: 'hosts of which not all are known', subject: ['instance', 'i-1'], contents: { instances: [anInstance()], gaps: [aGap({ call: 'ecs:Denied', collection: 'containerInstances' })] }, call: 'ecs:Denied', message: 'User is not authorized' },
    { name: 'tasks of which not all are known', subject: ['instance', 'i-1'], contents: { instances: [anInstance()], gaps: [aGap({ collection: 'tasks' })] }, call: 'ecs:DescribeTasks', message: 'User is not authorized' },
    { name: 'a revision, tasks unread', subject: ['task-definition', TASK_DEFINITION_ARN], contents: { taskDefinitions: [aTaskDefinition()], gaps: [aGap({ collection: 'tasks' })] }, call: 'ecs:DescribeTasks', message: 'User is not authorized' },
    { name: 'a revision, services unread', subject: ['task-definition', TASK_DEFINITION_ARN], contents: { taskDefinitions: [aTaskDefinition()], gaps: [aGap({ call: 'ecs:Denied', collection: 'services' })] }, call: 'ecs:Denied', message: 'User is not authorized' },
    { name: 'a service known by name only', subject: ['task', aTask().arn], contents: { tasks: [aTask()], gaps: [aGap({ call: 'ecs:Denied', collection: 'services' })] }, call: 'ecs:Denied', message: 'User is not authorized' },
    { name: 'a target, its group unread', subject: ['target', aTarget().key], contents: { targets: [aTarget()], gaps: [aGap({ call: 'elasticloadbalancing:Denied', collection: 'targetGroups' })] }, call: 'elasticloadbalancing:Denied', message: 'User is not authorized' },
    { name: 'a host, tasks unread', subject: ['container-instance', aContainerInstance().arn], contents: { containerInstances: [aContainerInstance()], gaps: [aGap({ collection: 'tasks' })] }, call: 'ecs:DescribeTasks', message: 'User is not authorized' },
  ]; // prettier-ignore
  const demanding = aScope({ match: { ...none, tags: { team: 'web' } } });
  it.each(doubts)('$name: is told', ({ subject, contents, call, message }) => {
    expect(assign([demanding], subject, contents)?.doubt).toMatchObject({
      call,
      message,
      reason: expect.stringMatching(/\S{2}/),
    });
  });

  it('in doubt has the longest grace, every posture, and the name of a scope that matches all the same', () => {
    const scopes = [
      scopeFor('other', { posture: 'dual-stack', deploymentGraceMinutes: 5 }),
      scopeFor('api', { mode: 'enforce', posture: 'ipv6-only', deploymentGraceMinutes: 90 }),
    ];
    const gaps = [aGap({ call: 'ecs:Denied', collection: 'services' })];
    expect(assign(scopes, ['target-group', TARGET_GROUP_ARN], { ...world, gaps })).toEqual({
      ...{ scope: 'api', mode: 'observe', wanted: ['dual-stack', 'ipv6-only'], graceMinutes: 90 },
      doubt: gaps[0],
    });
  });

  it('in doubt about everything has no scope', () => {
    const contents = { targetGroups: [aTargetGroup()], gaps: [aGap({ collection: 'services' })] };
    expect(assign([scopeFor('api')], ['target-group', TARGET_GROUP_ARN], contents)?.scope).toBe('');
  });

  const tagged: readonly { name: string; tags: Record<string, string>; is: boolean }[] = [
    { name: 'all tags', tags: { team: 'web', stage: 'prod' }, is: true },
    { name: 'one of two tags', tags: { team: 'web' }, is: false },
    { name: 'a tag of another value', tags: { team: 'web', stage: 'test' }, is: false },
    { name: 'a tag without a value', tags: { team: 'web', stage: '' }, is: false },
  ];
  it.each(tagged)('$name: $is', ({ tags, is }) => {
    const scope = aScope({ match: { ...none, tags: { team: '*', stage: 'p*' } } });
    expect(assign([scope], ['service', SERVICE_ARN], { services: [aService({ tags })] }) !== undefined).toBe(is);
  });

  it('needs a tag to be there, whatever its value', () => {
    const scope = aScope({ match: { ...none, tags: { team: '*' } } });
    expect(assign([scope], ['service', SERVICE_ARN], { services: [aService()] })).toBeUndefined();
    expect(assign([scope], ['service', SERVICE_ARN], { services: [aService({ tags: { team: '' } })] })).toBeDefined();
  });

  it("takes a task's tags above its service's, and those of neither away", () => {
    const scope = aScope({ match: { ...none, tags: { team: 'web', stage: 'test' } } });
    const tasks = [aTask({ serviceName: 'web', tags: { stage: 'test' } })];
    expect(assign([scope], ['task', aTask().arn], { services: [web], tasks })).toBeDefined();
  });
});

describe('mode', () => {
  const modes: readonly { scope?: Mode; is: Mode }[] = [
    { scope: undefined, is: 'tag' },
    { scope: 'enforce', is: 'enforce' },
    { scope: 'observe', is: 'observe' },
  ];
  it.each(modes)('scope says $scope above a policy of tag: $is', ({ scope, is }) => {
    expect(assign([aScope({ mode: scope })], ['service', SERVICE_ARN])?.mode).toBe(is);
  });
});
