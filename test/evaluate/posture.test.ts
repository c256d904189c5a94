import { describe, expect, it } from '@jest/globals';
import { actualPosture } from '../../lib/evaluate/posture';
import type { ActualPosture } from '../../lib/policy/policy';
import {
  ACCOUNT,
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
  anAccount,
  anInstance,
  CLUSTER_ARN,
  CONTAINER_INSTANCE_ARN,
  REGISTRY_ARN,
  SERVICE_ARN,
  TARGET_GROUP_ARN,
  TASK_DEFINITION_ARN,
} from '../support/builders';
import { besideOthers, reversed } from '../support/arrangement';
import { aGap, type Contents } from '../support/snapshot-builder';
import { aSubject, type Named } from './a-subject';

const native = aSubnet({ id: 'native' });
const dual = aSubnet({ id: 'dual', ipv6Native: false, ipv4Cidr: '10.0.1.0/24' });
const old = aSubnet({ id: 'old', ipv6Native: false, ipv4Cidr: '10.0.2.0/24', ipv6Cidrs: [] });
const net: Contents = { subnets: [native, dual, old] };

const hostIn = (subnetId: string, over: Parameters<typeof anInstance>[0] = {}) =>
  anInstance({ subnetId, interfaces: [], ...over });
const bridge = aTaskDefinition({ networkMode: 'bridge' });
const bridgeService = aService({ subnetIds: [] });
/** A bridge service on one instance. */
const onHost: Contents = { ...net, services: [bridgeService], taskDefinitions: [bridge], containerInstances: [aContainerInstance()], instances: [hostIn('dual')] }; // prettier-ignore
const registries = [{ registryArn: REGISTRY_ARN }];
const nativeService = aService({ name: 'native', subnetIds: ['native'], registries });
const dualService = aService({ name: 'dual', subnetIds: ['dual'], registries });
const oldService = aService({ name: 'old', subnetIds: ['old'], registries });

type Row = readonly [name: string, subject: Named, contents: Contents, is: ActualPosture | 'unknown']; // prettier-ignore

const service = ['service', SERVICE_ARN] as const;
const withSubnets = (...subnetIds: string[]): Contents => ({ ...net, services: [aService({ subnetIds })] });
const serviceRows: readonly Row[] = [
  ['all subnets IPv6-only', service, withSubnets('native'), 'ipv6-only'],
  ['a dual-stack subnet', service, withSubnets('dual'), 'dual-stack'],
  ['an IPv4 subnet', service, withSubnets('old'), 'ipv4'],
  ['IPv6-only and IPv4 subnets', service, withSubnets('native', 'old'), 'dual-stack'],
  ['a subnet that was deleted', service, withSubnets('native', 'gone'), 'ipv6-only'],
  ['only subnets that were deleted', service, withSubnets('gone'), 'ipv4'],
  ['a subnet that could not be read', service, { ...withSubnets('native', 'hidden'), gaps: [aGap({ collection: 'subnets', resources: ['hidden'] })] }, 'unknown'],
  ['bridge: its task is on an instance', service, { ...onHost, tasks: [aBridgeTask()] }, 'dual-stack'],
  ['bridge without tasks: the instances of the cluster', service, onHost, 'dual-stack'],
  ['bridge on instances that differ', service, { ...onHost, instances: [hostIn('native'), hostIn('old', { id: 'i-2' })], containerInstances: [aContainerInstance(), aContainerInstance({ arn: 'arn:2', ec2InstanceId: 'i-2' })] }, 'dual-stack'],
  ['bridge without tasks: IPv6-only instances', service, { ...onHost, instances: [hostIn('native')] }, 'ipv6-only'],
  ['bridge, other revisions could not be read', service, { ...onHost, gaps: [aGap({ collection: 'taskDefinitions' })] }, 'dual-stack'],
  ['bridge in an empty cluster', service, { ...onHost, containerInstances: [] }, 'ipv4'],
  ['bridge in a cluster that could not be read', service, { ...onHost, containerInstances: [], gaps: [aGap({ collection: 'containerInstances' })] }, 'unknown'],
  ['bridge, tasks could not be read', service, { ...onHost, gaps: [aGap()] }, 'unknown'],
  ['revision could not be read', service, { ...onHost, taskDefinitions: [], gaps: [aGap({ collection: 'taskDefinitions' })] }, 'unknown'],
  ['revision is gone', service, { ...onHost, taskDefinitions: [] }, 'dual-stack'],
  ['awsvpc, subnets named by task sets: as its tasks', service, { ...net, services: [bridgeService], tasks: [aTask({ subnetId: 'native' })] }, 'ipv6-only'],
  ['awsvpc, subnets named by task sets, no task', service, { ...onHost, taskDefinitions: [aTaskDefinition()] }, 'ipv4'],
]; // prettier-ignore

const task = ['task', aTask().arn] as const;
const host = ['container-instance', CONTAINER_INSTANCE_ARN] as const;
const instance = ['instance', 'i-1'] as const;
const placedRows: readonly Row[] = [
  ['task by its subnet', task, { ...net, tasks: [aTask({ subnetId: 'native' })] }, 'ipv6-only'],
  ['task whose subnet could not be read', task, { tasks: [aTask()], gaps: [aGap({ collection: 'subnets' })] }, 'unknown'],
  ['awsvpc task without an interface yet: its service', task, { ...withSubnets('native'), tasks: [aTask({ subnetId: undefined })] }, 'ipv6-only'],
  ['awsvpc task of no service, without an interface yet', task, { tasks: [aTask({ subnetId: undefined, serviceName: undefined })] }, 'ipv4'],
  ['awsvpc task without an interface yet, its service could not be read', task, { tasks: [aTask({ subnetId: undefined })], gaps: [aGap({ collection: 'services' })] }, 'unknown'],
  ['bridge task by its instance', task, { ...onHost, tasks: [aBridgeTask()] }, 'dual-stack'],
  ['bridge task on an instance that could not be read', task, { tasks: [aBridgeTask()], gaps: [aGap({ collection: 'containerInstances' })] }, 'unknown'],
  ['container instance by its EC2 instance', host, onHost, 'dual-stack'],
  ['container instance whose EC2 instance could not be read', host, { containerInstances: [aContainerInstance()], gaps: [aGap({ collection: 'instances' })] }, 'unknown'],
  ['container instance outside EC2', host, { containerInstances: [aContainerInstance({ ec2InstanceId: undefined })] }, 'ipv4'],
  ['instance by its primary interface', instance, { ...net, instances: [hostIn('old', { interfaces: [{ id: 'eni-2', deviceIndex: 1, subnetId: 'dual', ipv4Addresses: [], ipv6Addresses: [], ipv6Prefixes: [], securityGroupIds: [] }, { id: 'eni-1', deviceIndex: 0, subnetId: 'native', ipv4Addresses: [], ipv6Addresses: [], ipv6Prefixes: [], securityGroupIds: [] }] })] }, 'ipv6-only'],
  ['instance by its subnet', instance, { ...net, instances: [hostIn('dual')] }, 'dual-stack'],
  ['instance in no subnet', instance, { instances: [hostIn('dual', { subnetId: undefined })] }, 'ipv4'],
  ['cluster by its instances', ['cluster', CLUSTER_ARN], { ...onHost, clusters: [aCluster()] }, 'dual-stack'],
  ['cluster by its IPv6-only instances', ['cluster', CLUSTER_ARN], { ...onHost, clusters: [aCluster()], services: [], instances: [hostIn('native')] }, 'ipv6-only'],
  ['cluster by its services', ['cluster', CLUSTER_ARN], { ...net, clusters: [aCluster()], services: [nativeService] }, 'ipv6-only'],
  ['cluster by its tasks of no service', ['cluster', CLUSTER_ARN], { ...net, clusters: [aCluster()], tasks: [aTask({ subnetId: 'native', serviceName: undefined })] }, 'ipv6-only'],
  ['cluster by its services, whose tasks count with them', ['cluster', CLUSTER_ARN], { ...net, clusters: [aCluster()], services: [nativeService], tasks: [aTask({ subnetId: 'old', serviceName: 'native' })] }, 'ipv6-only'],
  ['cluster of one thing and another', ['cluster', CLUSTER_ARN], { ...net, clusters: [aCluster()], services: [nativeService, oldService] }, 'dual-stack'],
  ['account by all that is in it', ['account', ACCOUNT], { ...net, accounts: [anAccount()], services: [oldService], containerInstances: [aContainerInstance()], instances: [hostIn('dual')] }, 'dual-stack'],
  ['account by its tasks of no service', ['account', ACCOUNT], { ...net, accounts: [anAccount()], tasks: [aTask({ subnetId: 'native', serviceName: undefined })] }, 'ipv6-only'],
  ['cluster whose instances could not be read', ['cluster', CLUSTER_ARN], { clusters: [aCluster()], gaps: [aGap({ collection: 'containerInstances' })] }, 'unknown'],
  ['subnet by the services in it', ['subnet', 'native'], withSubnets('native'), 'ipv6-only'],
  ['subnet by the tasks in it', ['subnet', 'native'], { ...net, tasks: [aTask({ subnetId: 'native', serviceName: undefined })] }, 'ipv6-only'],
  ['subnet by the hosts in it', ['subnet', 'dual'], { ...net, containerInstances: [aContainerInstance()], instances: [hostIn('dual')] }, 'dual-stack'],
  ['subnet with an instance that ECS does not know', ['subnet', 'dual'], { ...net, instances: [hostIn('dual')] }, 'ipv4'],
  ['subnet with a task that stopped', ['subnet', 'native'], { ...net, tasks: [aTask({ subnetId: 'native', serviceName: undefined, lastStatus: 'STOPPED' })] }, 'ipv4'],
  ['subnet with a task that its service left there', ['subnet', 'native'], { ...net, services: [oldService], tasks: [aTask({ subnetId: 'native', serviceName: 'old' })] }, 'ipv4'],
  ['subnet that nobody uses', ['subnet', 'native'], net, 'ipv4'],
  ['subnet whose users are unread', ['subnet', 'native'], { ...net, gaps: [aGap({ collection: 'services' })] }, 'unknown'],
  ['subnet whose tasks are unread', ['subnet', 'native'], { ...net, gaps: [aGap()] }, 'unknown'],
  ['subnet whose instances are unread', ['subnet', 'native'], { ...net, gaps: [aGap({ collection: 'instances' })] }, 'unknown'],
  ['VPC by the strictest of its subnets', ['vpc', 'vpc-1'], { ...net, services: [nativeService, oldService], vpcs: [aVpc()] }, 'ipv6-only'],
  ['VPC that nobody uses', ['vpc', 'vpc-1'], { vpcs: [aVpc()] }, 'ipv4'],
]; // prettier-ignore

const group = ['target-group', TARGET_GROUP_ARN] as const;
const definition = ['task-definition', TASK_DEFINITION_ARN] as const;
const shared: Contents = { ...net, targetGroups: [aTargetGroup()], targets: [aTarget()], taskDefinitions: [aTaskDefinition()], cloudMapServices: [aCloudMapService()], cloudMapInstances: [aCloudMapInstance({ ecsServiceName: 'dual' })] }; // prettier-ignore
const noServices = [aGap({ collection: 'services' })];
const sharedRows: readonly Row[] = [
  ['target group of one service', group, { ...shared, services: [dualService] }, 'dual-stack'],
  ['target group of two services: the stricter', group, { ...shared, services: [oldService, dualService] }, 'dual-stack'],
  ['target group of an IPv6-only service, others unread', group, { ...shared, services: [nativeService], gaps: noServices }, 'ipv6-only'],
  ['target group of a dual-stack service, others unread', group, { ...shared, services: [dualService], gaps: noServices }, 'unknown'],
  ['target group of no service', group, shared, 'ipv4'],
  ['target group of a service that is gone', group, { ...shared, registrars: { primary: new Map([[TARGET_GROUP_ARN, ['arn:gone']]]) } }, 'ipv4'],
  ['target as its group', ['target', aTarget().key], { ...shared, services: [dualService] }, 'dual-stack'],
  ['Cloud Map service', ['cloudmap-service', REGISTRY_ARN], { ...shared, services: [dualService, oldService] }, 'dual-stack'],
  ['Cloud Map instance as the service it names', ['cloudmap-instance', `${REGISTRY_ARN}#a1`], { ...shared, services: [dualService, nativeService] }, 'dual-stack'],
  ['Cloud Map instance of something else as its Cloud Map service', ['cloudmap-instance', `${REGISTRY_ARN}#a1`], { ...shared, cloudMapInstances: [aCloudMapInstance({ ecsClusterName: undefined, ecsServiceName: undefined })], services: [dualService] }, 'dual-stack'],
  ['revision of services and a task of none', definition, { ...shared, services: [oldService], tasks: [aTask({ serviceName: undefined, subnetId: 'native' })] }, 'ipv6-only'],
  ['revision of a service', definition, { ...shared, services: [nativeService] }, 'ipv6-only'],
  ['revision, tasks unread', definition, { ...shared, services: [oldService], gaps: [aGap()] }, 'unknown'],
  ['revision that nothing uses', definition, shared, 'ipv4'],
]; // prettier-ignore

describe('posture as it is', () => {
  it.each([...serviceRows, ...placedRows, ...sharedRows])('%s', (...row) => {
    const [, name, contents, is] = row;
    const { snapshot, kind, resource } = aSubject(contents, name);
    const seen = actualPosture(snapshot, kind, resource);
    expect(typeof seen === 'string' ? seen : 'unknown').toBe(is);
  });

  it.each([...serviceRows, ...placedRows, ...sharedRows])('%s: the same beside others, in any order', (...row) => {
    const [, name, contents] = row;
    const { snapshot, kind, resource } = aSubject(contents, name);
    const seen = actualPosture(snapshot, kind, resource);
    for (const arranged of [besideOthers(contents), reversed(contents)]) {
      expect(actualPosture(aSubject(arranged, name).snapshot, kind, resource)).toEqual(seen);
    }
  });
});
