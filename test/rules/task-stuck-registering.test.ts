import { taskStuckRegistering } from '../../lib/rules/task-stuck-registering';
import type { Instance, Service, Task } from '../../lib/snapshot/snapshot';
import { aBridgeTask, aCloudMapInstance, aCloudMapService, aContainerInstance, anInstance, aService, aTarget, aTargetGroup, aTask, aTaskDefinition, NOW, REGISTRY_ARN, SERVICE_ARN, TARGET_GROUP_ARN } from '../support/builders'; // prettier-ignore
import { aGap, type Contents } from '../support/snapshot-builder';
import { testRule } from '../support/test-rule';

const ago = (minutes: number): Date => new Date(NOW.getTime() - minutes * 60_000);
const waiting = (over: Partial<Task> = {}): Task =>
  aTask({ lastStatus: 'ACTIVATING', createdAt: ago(15), pullStoppedAt: ago(12), ...over });
const taskDefinitions = [aTaskDefinition()];
const targetGroups = [aTargetGroup()];
const world: Contents = { services: [aService()], taskDefinitions, targetGroups };
const registries = [{ registryArn: REGISTRY_ARN }];
const discovered = (over: Partial<Service> = {}): Service => aService({ loadBalancers: [], registries, ...over });
/** Two task sets, the groups of which are `api` and one that is gone. */
const bySets = (): Service => aService({ loadBalancers: [], deploymentController: 'EXTERNAL', deployments: [
  { id: 'ecs-svc/1', status: 'PRIMARY', targetGroupArns: [TARGET_GROUP_ARN] },
  { id: 'ecs-svc/0', status: 'ACTIVE', targetGroupArns: [TARGET_GROUP_ARN.replace('/api/', '/former/')] },
] }); // prettier-ignore
const stuck = 'Task a1 of api has been ACTIVATING since 2026-11-30T11:48:00.000Z and is not registered';
const refused = '(service api) failed to register targets in (target-group api) with (error Rate exceeded).';

const onHost = (over: Partial<Task> = {}): Task =>
  aBridgeTask({ lastStatus: 'ACTIVATING', pullStoppedAt: ago(12), bindings: undefined, ...over });
const face = anInstance().interfaces[0];
const bare = (id: string): Instance => anInstance({ id, interfaces: face ? [{ ...face, ipv6Addresses: [] }] : [] });
const ofHosts: Contents = {
  services: [aService({ subnetIds: [], launchType: 'EC2' })],
  taskDefinitions: [aTaskDefinition({ networkMode: 'bridge' })],
  targetGroups: [aTargetGroup({ targetType: 'instance' })],
  containerInstances: [aContainerInstance(), aContainerInstance({ arn: 'host-2', ec2InstanceId: 'i-2' })],
};
const inCloudMap: Contents = { services: [discovered({ subnetIds: [] })], cloudMapServices: [aCloudMapService()] };

testRule(taskStuckRegistering, {
  valid: [
    { name: 'not long enough', resource: waiting({ pullStoppedAt: ago(9) }), world },
    { name: 'the pull took long', resource: waiting({ createdAt: ago(60), pullStoppedAt: ago(2) }), world },
    { name: 'not long enough for the policy', resource: waiting(), world, options: { minutes: 30 } },
    { name: 'running', resource: aTask({ createdAt: ago(60) }), world },
    { name: 'stopping', resource: waiting({ desiredStatus: 'STOPPED' }), world },
    { name: 'registered, and waits for something else', resource: waiting(), world: { ...world, targets: [aTarget({ state: 'initial' })] } },
    { name: 'registered where its task set registers; another task set has a group of its own', resource: waiting({ startedBy: 'ecs-svc/1' }), world: { ...world, services: [bySets()], targets: [aTarget({ state: 'initial' })] } },
    { name: 'in Cloud Map', resource: waiting(), world: { ...world, services: [discovered()], cloudMapServices: [aCloudMapService()], cloudMapInstances: [aCloudMapInstance()] } },
    { name: 'its host is registered', resource: onHost(), world: { ...ofHosts, instances: [anInstance()], targets: [aTarget({ targetId: 'i-1', port: 32768 })] } },
    { name: 'nothing to be registered with', resource: waiting(), world: { ...world, services: [discovered({ registries: [] })] } },
    { name: 'behind a Classic Load Balancer alone', resource: waiting(), world: { ...world, services: [aService({ loadBalancers: [{ loadBalancerName: 'classic' }] })] } },
    { name: 'of no service', resource: waiting({ serviceName: undefined }), world },
    { name: 'of a service that is gone', resource: waiting() },
    { name: 'of no service, and services could not be read', resource: waiting({ serviceName: undefined }), world: { ...world, gaps: [aGap({ collection: 'services' })] } },
    { name: 'nothing to be registered with, and targets could not be read', resource: waiting(), world: { ...world, services: [discovered({ registries: [] })], gaps: [aGap({ collection: 'targets' })] } },
  ],
  invalid: [
    { name: 'the group takes IPv4', resource: waiting(), world: { ...world, targetGroups: [aTargetGroup({ ipAddressType: 'ipv4' })] }, reports: { message: `${stuck}: target group api takes IPv4 addresses.`, related: [SERVICE_ARN, TARGET_GROUP_ARN], fix: ["aws ecs describe-services --region eu-west-2 --cluster prod --services api --query 'services[].events[:5].message'"] } },
    { name: 'the group takes IPv4, dual-stack wanted, no IPv4 address', resource: waiting(), world: { ...world, targetGroups: [aTargetGroup({ ipAddressType: 'ipv4' })] }, posture: 'dual-stack', reports: { messageId: 'known' } },
    { name: 'the task has IPv4 alone', resource: waiting({ ipv4Addresses: ['10.0.0.7'], ipv6Addresses: [] }), world, reports: { message: `${stuck}: target group api takes IPv6 addresses and the task has none.`, related: [SERVICE_ARN, TARGET_GROUP_ARN] } },
    { name: 'the group takes instances', resource: waiting(), world: { ...world, targetGroups: [aTargetGroup({ targetType: 'instance' })] }, reports: { message: `${stuck}: target group api takes targets of type instance, not ip.`, related: [SERVICE_ARN, TARGET_GROUP_ARN] } },
    { name: 'of a task set, whose group is gone', resource: waiting({ startedBy: 'ecs-svc/0' }), world: { ...world, services: [bySets()] }, reports: { message: `${stuck}: target group former does not exist.` } },
    { name: 'of a task set that is gone, and any group may be its', resource: waiting({ startedBy: 'ecs-svc/9' }), world: { ...world, services: [bySets()] }, reports: { message: `${stuck}: target group former does not exist.` } },
    { name: 'the group is gone', resource: waiting(), world: { ...world, targetGroups: [] }, reports: { message: `${stuck}: target group api does not exist.`, related: [SERVICE_ARN, TARGET_GROUP_ARN] } },
    { name: 'its host', resource: onHost(), world: { ...ofHosts, instances: [bare('i-1')] }, reports: { message: `${stuck}: its host i-1 has no primary IPv6 address.`, related: [SERVICE_ARN, bare('i-1').arn] } },
    { name: 'another host', resource: onHost(), world: { ...ofHosts, instances: [anInstance(), bare('i-2')], tasks: [onHost({ id: 'b2', containerInstanceArn: 'host-2' })] }, reports: { message: `${stuck}: i-2, another host of api, has no primary IPv6 address, and one such target fails all that are registered with it.`, related: [SERVICE_ARN, bare('i-2').arn] } },
    { name: 'another host, and the policy says that each target is registered by itself', resource: onHost(), world: { ...ofHosts, instances: [anInstance(), bare('i-2')], tasks: [onHost({ id: 'b2', containerInstanceArn: 'host-2' })] }, facts: { 'registration-is-all-or-nothing': false }, reports: { messageId: 'unknown' } },
    { name: 'its host, and the policy says that tasks of its mode are registered themselves', resource: onHost(), world: { ...ofHosts, instances: [bare('i-1')] }, facts: { 'modes-that-need-primary-ipv6': ['host'] }, reports: { message: `${stuck}: target group api takes IPv6 addresses and the task has none.` } },
    { name: 'its host, in another VPC', resource: onHost(), world: { ...ofHosts, instances: [anInstance({ vpcId: 'vpc-2' })] }, reports: { message: `${stuck}: its host i-1 is not in the VPC of api.` } },
    { name: 'another host, in another VPC', resource: onHost(), world: { ...ofHosts, instances: [anInstance(), anInstance({ id: 'i-2', vpcId: 'vpc-2' })], tasks: [onHost({ id: 'b2', containerInstanceArn: 'host-2' })] }, reports: { message: `${stuck}: i-2, another host of api, is not in the VPC of api, and one such target fails all that are registered with it.` } },
    { name: 'records that it has no address for', resource: waiting(), world: { ...world, services: [discovered()], cloudMapServices: [aCloudMapService({ recordTypes: ['A', 'AAAA'] })] }, reports: { message: `${stuck}: Cloud Map service api has A records and the task no address for them.`, related: [SERVICE_ARN, REGISTRY_ARN] } },
    { name: 'records that its host has no address for', resource: onHost(), world: { ...ofHosts, services: [discovered({ subnetIds: [] })], instances: [bare('i-1')], cloudMapServices: [aCloudMapService()] }, reports: { message: `${stuck}: Cloud Map service api has AAAA records and the task no address for them.` } },
    { name: 'the Cloud Map service is gone', resource: waiting(), world: { ...world, services: [discovered()] }, reports: { message: `${stuck}: Cloud Map service srv-api does not exist.`, related: [SERVICE_ARN, REGISTRY_ARN] } },
    { name: 'AAAA records and IPv4 alone', resource: waiting({ ipv4Addresses: ['10.0.0.7'], ipv6Addresses: [] }), world: { ...world, services: [discovered()], cloudMapServices: [aCloudMapService()] }, reports: { message: `${stuck}: Cloud Map service api has AAAA records and the task no address for them.` } },
    { name: 'records that it has addresses for', resource: waiting(), world: { ...world, services: [discovered()], cloudMapServices: [aCloudMapService()] }, reports: { messageId: 'unknown' } },
    { name: 'all hosts have what the group takes', resource: onHost(), world: { ...ofHosts, instances: [anInstance()], tasks: [onHost({ id: 'b2', containerInstanceArn: 'elsewhere' })] }, reports: { messageId: 'unknown' } },
    { name: 'the group takes IPv4, and the task has it', resource: waiting({ ipv4Addresses: ['10.0.0.7'] }), world: { ...world, targetGroups: [aTargetGroup({ ipAddressType: 'ipv4' })] }, posture: 'dual-stack', reports: { messageId: 'unknown' } },
    { name: 'A records and both addresses', resource: waiting({ ipv4Addresses: ['10.0.0.7'] }), world: { ...world, services: [discovered()], cloudMapServices: [aCloudMapService({ recordTypes: ['A', 'AAAA'] })] }, reports: { messageId: 'unknown' } },
    { name: 'SRV records, whatever its addresses', resource: waiting({ ipv4Addresses: ['10.0.0.7'], ipv6Addresses: [] }), world: { ...world, services: [discovered()], cloudMapServices: [aCloudMapService({ recordTypes: ['SRV'] })] }, reports: { messageId: 'unknown' } },
    { name: 'A records, for which its host has an address', resource: onHost(), world: { ...ofHosts, services: [discovered({ subnetIds: [] })], instances: [anInstance()], cloudMapServices: [aCloudMapService({ recordTypes: ['A'] })] }, reports: { messageId: 'unknown' } },
    { name: 'AAAA records, for which its host has an address', resource: onHost(), world: { ...ofHosts, ...inCloudMap, instances: [anInstance()] }, reports: { messageId: 'unknown' } },
    { name: 'AAAA records, for which its host has no address', resource: onHost(), world: { ...ofHosts, ...inCloudMap, instances: [bare('i-1')] }, reports: { messageId: 'known' } },
    { name: 'AAAA records, and its host is gone', resource: onHost(), world: { ...ofHosts, ...inCloudMap }, reports: { messageId: 'unknown' } },
    { name: 'the group takes IPv4 of its host', resource: onHost(), world: { ...ofHosts, instances: [anInstance()], targetGroups: [aTargetGroup({ targetType: 'instance', ipAddressType: 'ipv4' })] }, posture: 'dual-stack', reports: { messageId: 'unknown' } },
    { name: 'the group takes IPv4, the task has it, and ought not to', resource: waiting({ ipv4Addresses: ['10.0.0.7'] }), world: { ...world, targetGroups: [aTargetGroup({ ipAddressType: 'ipv4' })] }, reports: { messageId: 'known' } },
    { name: 'registered, and taken out again', resource: waiting(), world: { ...world, targets: [aTarget({ state: 'draining' })] }, reports: { messageId: 'unknown' } },
    { name: 'its address in another group', resource: waiting(), world: { ...world, targets: [aTarget({ targetGroupArn: 'arn:other' })] }, reports: { messageId: 'unknown' } },
    { name: 'another address in its group', resource: waiting(), world: { ...world, targets: [aTarget({ targetId: '2001:db8::77' })] }, reports: { messageId: 'unknown' } },
    { name: 'in Cloud Map and not in its group', resource: waiting(), world: { ...world, services: [aService({ registries })], cloudMapServices: [aCloudMapService()], cloudMapInstances: [aCloudMapInstance()] }, reports: { messageId: 'unknown' } },
    { name: 'two other hosts: the first by name', resource: onHost(), world: { ...ofHosts, instances: [anInstance(), bare('i-3'), bare('i-2')], containerInstances: [aContainerInstance(), aContainerInstance({ arn: 'host-3', ec2InstanceId: 'i-3' }), aContainerInstance({ arn: 'host-2', ec2InstanceId: 'i-2' })], tasks: [onHost({ id: 'b3', containerInstanceArn: 'host-2' }), onHost({ id: 'b2', containerInstanceArn: 'host-3' })] }, reports: { related: [SERVICE_ARN, bare('i-2').arn] } },
    { name: 'what ECS said as the task came', resource: waiting(), world: { ...world, services: [aService({ registrationFailure: { at: ago(15), message: `${refused}. ` } })] }, reports: { message: `${stuck}: ECS says: ${refused.slice(0, -1)}.` } },
    { name: 'what ECS says', resource: waiting(), world: { ...world, services: [aService({ registrationFailure: { at: ago(3), message: refused } })] }, reports: { message: `${stuck}: ECS says: ${refused.slice(0, -1)}.`, actual: { lastStatus: 'ACTIVATING', serviceEvent: refused }, related: [SERVICE_ARN] } },
    { name: 'what ECS said of tasks before', resource: waiting(), world: { ...world, services: [aService({ registrationFailure: { at: ago(20), message: refused } })] }, reports: { messageId: 'unknown', message: `${stuck}; nothing says why.` } },
    { name: 'only the task is asked for', resource: waiting(), world: { ...world, judged: new Map(), covered: [SERVICE_ARN] }, reports: { messageId: 'unknown' } },
    { name: 'long enough for the policy', resource: waiting({ pullStoppedAt: undefined, createdAt: ago(2) }), world, options: { minutes: 2 }, reports: { messageId: 'unknown' } },
  ],
  unknown: [
    { name: 'since when is not known', resource: waiting({ createdAt: undefined, pullStoppedAt: undefined }), world, because: 'no time' },
    { name: 'the service could not be read', resource: waiting(), world: { ...world, services: [], gaps: [aGap({ collection: 'services' })] }, because: 'services' },
    { name: 'the targets could not be read', resource: waiting(), world: { ...world, gaps: [aGap({ collection: 'targets' })] }, because: 'targets' },
    { name: 'the hosts could not be read', resource: onHost(), world: { ...ofHosts, gaps: [aGap({ collection: 'instances' })] }, because: 'instances' },
    ...(['targetGroups', 'cloudMapServices', 'cloudMapInstances', 'tasks', 'taskDefinitions', 'containerInstances'] as const).map((collection) => (
      { name: `${collection} could not be read`, resource: waiting(), world: { ...world, gaps: [aGap({ collection })] }, because: `"${collection}"` }
    )),
    { name: 'the service is not looked at', resource: waiting(), world: { ...world, judged: new Map() }, because: 'not judged' },
  ],
  // from then on it runs
  apply: ({ registered }, { resource, world: same }) => ({
    world: same,
    resource: { ...resource, lastStatus: registered === true ? 'RUNNING' : resource.lastStatus },
  }),
}); // prettier-ignore
