import { describe, expect, it } from '@jest/globals';
import { enteredBy, ownerOfCloudMapInstance, ownerOfTarget, registeredBy } from '../../lib/snapshot/ownership';
import type { CloudMapInstance, Target, Task } from '../../lib/snapshot/snapshot';
import {
  aBridgeTask,
  aCloudMapInstance,
  aContainerInstance,
  aService,
  aTarget,
  aTargetGroup,
  aTask,
  aTaskDefinition,
  anInstance,
  CLUSTER_ARN,
  TARGET_GROUP_ARN,
} from '../support/builders';
import { aGap, aSnapshot, type Contents } from '../support/snapshot-builder';

const registry = { registryArn: aCloudMapInstance().serviceArn };
const ipWorld: Contents = { services: [aService()], targetGroups: [aTargetGroup()] };
const hostWorld: Contents = {
  services: [aService({ subnetIds: [] }), aService({ name: 'other', loadBalancers: [] })],
  taskDefinitions: [aTaskDefinition({ networkMode: 'bridge' })],
  targetGroups: [aTargetGroup({ targetType: 'instance' })],
  containerInstances: [aContainerInstance()],
  instances: [anInstance()],
};
const ipTarget = aTarget();
const hostTarget = aTarget({ targetId: 'i-1', port: 32768 });

interface Case {
  readonly name: string;
  readonly world: Contents;
  readonly tasks?: readonly Task[];
  readonly is: 'owned' | 'foreign' | 'orphan' | 'unknown';
}

describe('owner of a target that is an address', () => {
  const cases: readonly (Case & { readonly target?: Target })[] = [
    { name: 'a running task has it', world: ipWorld, tasks: [aTask()], is: 'owned' },
    { name: 'spelled differently', world: ipWorld, tasks: [aTask({ ipv6Addresses: ['2001:DB8:0:1:0:0:0:A'] })], is: 'owned' },
    { name: 'an IPv4 address', world: ipWorld, target: aTarget({ targetId: '10.0.0.9' }), tasks: [aTask({ ipv4Addresses: ['10.0.0.9'] })], is: 'owned' },
    { name: 'a task that is stopping has it', world: ipWorld, tasks: [aTask({ lastStatus: 'DEPROVISIONING', desiredStatus: 'STOPPED' })], is: 'owned' },
    { name: 'a task of another service has it', world: ipWorld, tasks: [aTask({ serviceName: 'other' })], is: 'owned' },
    { name: 'a stopped task had it', world: ipWorld, tasks: [aTask({ lastStatus: 'STOPPED' })], is: 'orphan' },
    { name: 'no task has it', world: ipWorld, tasks: [aTask({ ipv6Addresses: ['2001:db8::b'] })], is: 'orphan' },
    { name: 'a task still starts', world: ipWorld, tasks: [aTask({ lastStatus: 'PENDING', ipv6Addresses: [] })], is: 'orphan' },
    { name: 'a running task tells no address', world: ipWorld, tasks: [aTask({ ipv6Addresses: [] })], is: 'unknown' },
    { name: 'a silent task of a service that does not use the group', world: ipWorld, tasks: [aTask({ serviceName: 'other', ipv6Addresses: [] })], is: 'orphan' },
    { name: 'a gap in tasks', world: { ...ipWorld, gaps: [aGap()] }, is: 'unknown' },
    { name: 'a gap in stopping tasks', world: { ...ipWorld, gaps: [aGap({ collection: 'stoppingTasks' })] }, is: 'unknown' },
    { name: 'owned in spite of a gap', world: { ...ipWorld, gaps: [aGap()] }, tasks: [aTask()], is: 'owned' },
    { name: 'a gap in services: an unread one may use the group, and its tasks tell no address', world: { ...ipWorld, gaps: [aGap({ collection: 'services' })] }, is: 'unknown' },
    { name: 'the user of the group is known from elsewhere only', world: { targetGroups: [aTargetGroup()], registrars: { primary: new Map([[TARGET_GROUP_ARN, ['arn:other']]]) } }, is: 'orphan' },
    { name: 'the group does not exist', world: {}, is: 'foreign' },
    { name: 'the group could not be read', world: { gaps: [aGap({ collection: 'targetGroups', resources: [TARGET_GROUP_ARN] })] }, is: 'unknown' },
    { name: 'a Lambda group', world: { targetGroups: [aTargetGroup({ targetType: 'lambda' })] }, is: 'foreign' },
  ]; // prettier-ignore
  it.each(cases)('$name: $is', ({ world, tasks, target, is }) => {
    expect(ownerOfTarget(aSnapshot({ ...world, tasks }), target ?? ipTarget).kind).toBe(is);
  });

  it('names the task', () => {
    expect(ownerOfTarget(aSnapshot({ ...ipWorld, tasks: [aTask()] }), ipTarget)).toEqual({
      kind: 'owned',
      task: aTask(),
    });
  });
});

describe('owner of a target that is an instance', () => {
  const silent = { bindings: undefined, lastStatus: 'PENDING' };
  const udp = { bindIp: '::', hostPort: 32768, protocol: 'udp' };
  const away = { containerInstanceArn: 'arn:elsewhere' };
  const cases: readonly (Case & { readonly target?: Target })[] = [
    { name: 'a task of the service holds instance and port', world: hostWorld, tasks: [aBridgeTask()], is: 'owned' },
    { name: 'the default port of the group', world: hostWorld, target: { ...hostTarget, port: undefined }, tasks: [aBridgeTask({ bindings: [{ hostPort: 8080 }] })], is: 'owned' },
    { name: 'another port', world: hostWorld, tasks: [aBridgeTask({ bindings: [{ hostPort: 32769 }] })], is: 'orphan' },
    { name: 'the port went to a task of another service', world: hostWorld, tasks: [aBridgeTask({ serviceName: 'other' })], is: 'foreign' },
    { name: 'the same port of UDP went to a task of another service', world: hostWorld, tasks: [aBridgeTask({ serviceName: 'other', bindings: [udp] })], is: 'orphan' },
    { name: 'the port went to it in both protocols', world: hostWorld, tasks: [aBridgeTask({ serviceName: 'other', bindings: [udp, { ...udp, protocol: 'tcp' }] })], is: 'foreign' },
    { name: 'the service holds the same port of UDP: ECS registers what it names', world: hostWorld, tasks: [aBridgeTask({ bindings: [udp] })], is: 'owned' },
    { name: 'the port went to a task of a service of the same name elsewhere', world: hostWorld, tasks: [aBridgeTask({ clusterArn: 'arn:aws:ecs:eu-west-2:111122223333:cluster/dev' })], is: 'foreign' },
    { name: 'a task there does not tell its ports yet', world: hostWorld, tasks: [aBridgeTask(silent)], is: 'unknown' },
    { name: 'so does a task of another service', world: hostWorld, tasks: [aBridgeTask({ ...silent, serviceName: 'other' })], is: 'unknown' },
    { name: 'an awsvpc task there has no host ports', world: hostWorld, tasks: [aTask({ containerInstanceArn: aContainerInstance().arn })], is: 'orphan' },
    { name: 'the same port on another instance', world: hostWorld, tasks: [aBridgeTask(away)], is: 'orphan' },
    { name: 'a task on an instance that could not be read', world: { ...hostWorld, gaps: [aGap({ collection: 'containerInstances', resources: ['arn:elsewhere'] })] }, tasks: [aBridgeTask(away)], is: 'unknown' },
    { name: 'a stopped task on such an instance', world: { ...hostWorld, gaps: [aGap({ collection: 'containerInstances' })] }, tasks: [aBridgeTask({ ...away, lastStatus: 'STOPPED' })], is: 'orphan' },
    { name: 'a gap in tasks', world: { ...hostWorld, gaps: [aGap()] }, is: 'unknown' },
    { name: 'a gap in services: whose the task is cannot be told', world: { ...hostWorld, gaps: [aGap({ collection: 'services' })] }, tasks: [aBridgeTask({ serviceName: 'third' })], is: 'unknown' },
    { name: 'no task at all', world: hostWorld, is: 'orphan' },
  ]; // prettier-ignore
  it.each(cases)('$name: $is', ({ world, tasks, target, is }) => {
    expect(ownerOfTarget(aSnapshot({ ...world, tasks }), target ?? hostTarget).kind).toBe(is);
  });
});

describe('owner of a Cloud Map instance', () => {
  const world: Contents = { ...hostWorld, services: [aService({ registries: [registry] })] };
  const onHost: Partial<CloudMapInstance> = { instanceId: 'x', ipv6: '2001:db8:0:1::100', port: 32768 };
  const cases: readonly (Case & { readonly over?: Partial<CloudMapInstance> })[] = [
    { name: 'a task has its id', world, over: { ipv6: undefined }, tasks: [aTask()], is: 'owned' },
    { name: 'a task of the service has its address', world, over: { instanceId: 'x' }, tasks: [aTask()], is: 'owned' },
    { name: 'a task of another service has its address', world, over: { instanceId: 'x' }, tasks: [aTask({ serviceName: 'other' })], is: 'orphan' },
    { name: 'the task stopped', world, tasks: [aTask({ lastStatus: 'STOPPED' })], is: 'orphan' },
    { name: 'a bridge task has host address and port', world, over: onHost, tasks: [aBridgeTask()], is: 'owned' },
    { name: 'a bridge task on the named host has the port', world, over: { ...onHost, ipv6: undefined, attributes: { EC2_INSTANCE_ID: 'i-1' } }, tasks: [aBridgeTask()], is: 'owned' },
    { name: 'a bridge task there has another port', world, over: { ...onHost, port: 1 }, tasks: [aBridgeTask()], is: 'orphan' },
    { name: 'a bridge task there does not tell its ports yet', world, over: onHost, tasks: [aBridgeTask({ bindings: undefined })], is: 'unknown' },
    { name: 'a running task tells no address', world, over: { instanceId: 'x' }, tasks: [aTask({ ipv6Addresses: [] })], is: 'unknown' },
    { name: 'a gap in tasks', world: { ...world, gaps: [aGap()] }, is: 'unknown' },
    { name: 'not registered by ECS', world, over: { ecsServiceName: undefined }, is: 'foreign' },
    { name: 'registered by ECS in another region', world, over: { attributes: { REGION: 'eu-west-1' } }, is: 'foreign' },
    { name: 'a service that is not ours', world: {}, is: 'foreign' },
    { name: 'a service that could not be read', world: { gaps: [aGap({ collection: 'services' })] }, is: 'unknown' },
  ]; // prettier-ignore
  it.each(cases)('$name: $is', ({ world: contents, tasks, over, is }) => {
    expect(ownerOfCloudMapInstance(aSnapshot({ ...contents, tasks }), aCloudMapInstance(over)).kind).toBe(is);
  });

  it('tells clusters of the same service name apart', () => {
    const inDev = aService({ arn: 'arn:dev/api', clusterArn: CLUSTER_ARN.replace('prod', 'dev') });
    const snapshot = aSnapshot({ services: [aService(), inDev], tasks: [aTask()] });
    expect(ownerOfCloudMapInstance(snapshot, aCloudMapInstance({ ecsClusterName: 'dev' })).kind).toBe('orphan');
    expect(ownerOfCloudMapInstance(snapshot, aCloudMapInstance()).kind).toBe('owned');
  });
});

describe('what ECS registered for a task, and would again', () => {
  const cases: readonly (Omit<Case, 'is'> & { readonly target?: Target; readonly isOfEcs: boolean })[] = [
    { name: 'its address with the port of the container', world: ipWorld, tasks: [aTask()], isOfEcs: true },
    { name: 'its address with another port', world: ipWorld, target: aTarget({ port: 9 }), tasks: [aTask()], isOfEcs: false },
    { name: 'no task', world: ipWorld, isOfEcs: false },
    { name: 'a task of no service', world: ipWorld, tasks: [aTask({ serviceName: undefined })], isOfEcs: false },
    { name: 'a task of another service', world: { ...ipWorld, services: [aService(), aService({ name: 'cart', loadBalancers: [] })] }, tasks: [aTask({ serviceName: 'cart' })], isOfEcs: false },
    { name: 'a host with the port of its task', world: hostWorld, target: hostTarget, tasks: [aBridgeTask()], isOfEcs: true },
  ]; // prettier-ignore
  it.each(cases)('of targets, $name: $isOfEcs', ({ world, tasks, target, isOfEcs }) => {
    expect(registeredBy(aSnapshot({ ...world, tasks }), target ?? ipTarget) !== undefined).toBe(isOfEcs);
  });

  it.each([
    ['named by the task', aCloudMapInstance(), [registry], true],
    ['another name with its address', aCloudMapInstance({ instanceId: 'copy' }), [registry], false],
    ['in a registry that the service does not name', aCloudMapInstance(), [], false],
  ])('of Cloud Map instances, %s: %s', (...[, instance, registries, isOfEcs]) => {
    const snapshot = aSnapshot({ services: [aService({ registries })], tasks: [aTask()] });
    expect(enteredBy(snapshot, instance)?.id).toBe(isOfEcs ? aTask().id : undefined);
  });
});
