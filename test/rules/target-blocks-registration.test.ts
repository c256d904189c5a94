import { targetBlocksRegistration } from '../../lib/rules/target-blocks-registration';
import type { Instance, Service, Task } from '../../lib/snapshot/snapshot';
import {
  aBridgeTask,
  aContainerInstance,
  anInstance,
  aService,
  aTargetGroup,
  aTask,
  aTaskDefinition,
  CONTAINER_INSTANCE_ARN,
  NOW,
  SERVICE_ARN,
  TARGET_GROUP_ARN,
} from '../support/builders';
import { aGap, type Contents } from '../support/snapshot-builder';
import { testRule } from '../support/test-rule';

const OTHER_HOST = CONTAINER_INSTANCE_ARN.replace('c0ffee', 'beef');
const OTHER_GROUP = TARGET_GROUP_ARN.replace('api', 'internal');
const group = aTargetGroup({ targetType: 'instance' });
const beside = aBridgeTask({ id: 'a2', containerInstanceArn: OTHER_HOST });
const world = (tasks: readonly Task[] = [aBridgeTask(), beside]): Contents => ({
  taskDefinitions: [aTaskDefinition({ networkMode: 'bridge' })],
  services: [aService()],
  targetGroups: [group],
  containerInstances: [aContainerInstance(), aContainerInstance({ arn: OTHER_HOST, ec2InstanceId: 'i-2' })],
  tasks,
});
const withHosts = (...statuses: readonly string[]): Contents => ({
  ...world(),
  containerInstances: statuses.map((status, index) =>
    aContainerInstance({ status, ...(index > 0 && { arn: `${CONTAINER_INSTANCE_ARN}${String(index)}` }) }),
  ),
});
const twoGroups: Contents = {
  ...world(),
  services: [aService({ loadBalancers: [{ targetGroupArn: TARGET_GROUP_ARN }, { targetGroupArn: OTHER_GROUP }] })],
};
const web = (loadBalancers: Service['loadBalancers']): Service => aService({ name: 'web', loadBalancers });
const ofWeb = aBridgeTask({ id: 'w1', serviceName: 'web' });
const elsewhere = anInstance({ vpcId: 'vpc-2' });
const withInterfaces = (over: Partial<Instance['interfaces'][number]>, vpcId = 'vpc-1'): Instance =>
  anInstance({ vpcId, interfaces: anInstance().interfaces.map((one) => ({ ...one, ...over })) });
const without = withInterfaces({ ipv6Addresses: [{ address: '2001:db8:0:1::100', isPrimary: false }] });
const said = (minutes: number, id = 'i-1'): Contents => {
  const at = new Date(NOW.getTime() - minutes * 60_000);
  const message = `(service api) failed to register targets in (target-group ${TARGET_GROUP_ARN}) with (error The following targets are not in the target group VPC 'vpc-1': '${id}')`;
  return { ...world([beside]), services: [aService({ registrationFailure: { at, message } })] };
};
const drain = `aws ecs update-container-instances-state --region eu-west-2 --cluster prod --container-instances ${CONTAINER_INSTANCE_ARN} --status DRAINING`;
const stop = `aws ecs stop-task --region eu-west-2 --cluster prod --task ${aBridgeTask().arn}`;
const enable =
  'aws ec2 modify-network-interface-attribute --region eu-west-2 --network-interface-id eni-host --enable-primary-ipv6';
const far = { registrable: false, refusedBy: { [TARGET_GROUP_ARN]: 'other-vpc' } };
const bare = { registrable: false, refusedBy: { [TARGET_GROUP_ARN]: 'no-primary-ipv6' } };

testRule(targetBlocksRegistration, {
  valid: [
    { name: 'it can be registered', resource: anInstance(), world: world() },
    { name: 'no task beside it', resource: elsewhere, world: world([aBridgeTask()]) },
    { name: 'no task beside it, whichever other groups could not be read', resource: elsewhere, world: { ...world([aBridgeTask()]), gaps: [aGap({ collection: 'targetGroups' })] } },
    { name: 'the task beside it is on its way out', resource: elsewhere, world: world([aBridgeTask(), { ...beside, desiredStatus: 'STOPPED' }]) },
    { name: 'its own task is on its way out', resource: elsewhere, world: world([aBridgeTask({ desiredStatus: 'STOPPED' }), beside]) },
    { name: 'its task is of no service', resource: elsewhere, world: world([aBridgeTask({ serviceName: undefined }), beside]) },
    { name: 'tasks with interfaces of their own', resource: elsewhere, world: { ...world([aTask({ containerInstanceArn: CONTAINER_INSTANCE_ARN }), beside]), taskDefinitions: [aTaskDefinition()] } },
    { name: 'a group of addresses', resource: elsewhere, world: { ...world(), targetGroups: [aTargetGroup()] } },
    { name: 'a group of IPv4', resource: elsewhere, posture: 'dual-stack', world: { ...world(), targetGroups: [{ ...group, ipAddressType: 'ipv4' }] } },
    { name: 'a group that is gone', resource: elsewhere, world: { ...world(), targetGroups: [] } },
    { name: 'the VPC of the group is not stated', resource: elsewhere, world: { ...world(), targetGroups: [{ ...group, vpcId: undefined }] } },
    { name: 'its own VPC is not stated', resource: anInstance({ vpcId: undefined }), world: world() },
    { name: 'it shows no interface', resource: anInstance({ interfaces: [] }), world: world() },
    { name: 'it is stopped', resource: anInstance({ vpcId: 'vpc-2', state: 'stopped' }), world: world() },
    { name: 'an IPv4 instance', resource: elsewhere, posture: 'ipv4', world: world() },
    { name: 'it was refused as long ago as ECS never waits', resource: elsewhere, world: said(28) },
    { name: 'another one was refused', resource: elsewhere, world: said(5, 'i-12') },
    { name: 'it was refused and drains now', resource: elsewhere, world: { ...said(5), containerInstances: withHosts('DRAINING').containerInstances } },
    { name: 'it was refused, when its tasks had no interfaces of their own', resource: elsewhere, world: { ...said(5), taskDefinitions: [aTaskDefinition()] } },
    { name: 'ECS does not know it', resource: elsewhere, world: { ...world(), containerInstances: [] } },
    { name: 'a call takes what it can, as the policy says', resource: elsewhere, world: world(), facts: { 'registration-is-all-or-nothing': false } },
    { name: 'tasks in bridge mode have addresses of their own, as the policy says', resource: elsewhere, world: world(), facts: { 'modes-that-need-primary-ipv6': ['host'] } },
  ],
  invalid: [
    { name: 'in another VPC', resource: elsewhere, world: world(), reports: { message: 'i-1 cannot be a target of api: it is in vpc-2 and not in the VPC of api. A call that registers it with others is refused as a whole, at the cost of 1 task elsewhere.', actual: far, related: [TARGET_GROUP_ARN, SERVICE_ARN], fix: [drain] } },
    { name: 'without a primary IPv6 address', resource: without, posture: 'dual-stack', world: world(), reports: { values: { id: 'i-1', services: 'api', why: 'it has no primary IPv6 address for api', others: '1 task' }, actual: bare, fix: [enable] } },
    { name: 'without a primary IPv6 address, and draining', resource: without, world: withHosts('DRAINING'), reports: { actual: bare, fix: [enable] } },
    { name: 'two refusals', resource: withInterfaces({ ipv6Addresses: [] }, 'vpc-2'), world: { ...twoGroups, targetGroups: [group, { ...group, arn: OTHER_GROUP, name: 'internal', vpcId: 'vpc-2' }] }, reports: { values: { id: 'i-1', services: 'api', why: 'it is in vpc-2 and not in the VPC of api and it has no primary IPv6 address for internal', others: '1 task' }, actual: { registrable: false, refusedBy: { [TARGET_GROUP_ARN]: 'other-vpc', [OTHER_GROUP]: 'no-primary-ipv6' } }, fix: [drain] } },
    { name: 'one of two groups takes it', resource: elsewhere, world: { ...twoGroups, targetGroups: [group, { ...group, arn: OTHER_GROUP, vpcId: 'vpc-2' }] }, reports: { actual: far, related: [TARGET_GROUP_ARN, SERVICE_ARN] } },
    { name: 'it is starting', resource: anInstance({ vpcId: 'vpc-2', state: 'pending' }), world: world(), reports: { actual: far } },
    { name: 'refused minutes ago, with no task at present', resource: elsewhere, world: said(26), reports: { actual: far, fix: [drain] } },
    { name: 'refused as long ago as ECS waits at most', resource: elsewhere, world: said(27), reports: { actual: far } },
    { name: 'draining already', resource: elsewhere, world: withHosts('DRAINING'), reports: { fix: [stop] } },
    { name: 'draining already, with a task of another service', resource: elsewhere, world: { ...withHosts('DRAINING'), services: [aService(), web([])], tasks: [aBridgeTask(), ofWeb, beside] }, reports: { fix: [stop] } },
    { name: 'draining already, with tasks of two services', resource: elsewhere, world: { ...withHosts('DRAINING'), services: [aService(), web([{ targetGroupArn: TARGET_GROUP_ARN }])], tasks: [aBridgeTask(), ofWeb, beside] }, reports: { fix: [stop, stop.replace(/a1$/, 'w1')] } },
    { name: 'draining in one cluster', resource: elsewhere, world: withHosts('ACTIVE', 'DRAINING'), reports: { fix: [drain] } },
    { name: 'two tasks beside it', resource: elsewhere, world: world([aBridgeTask(), beside, aBridgeTask({ id: 'a3', containerInstanceArn: OTHER_HOST })]), reports: { values: { id: 'i-1', services: 'api', why: 'it is in vpc-2 and not in the VPC of api', others: '2 tasks' } } },
  ],
  unknown: [
    { name: 'the group could not be read', resource: elsewhere, world: { ...world(), targetGroups: [], gaps: [aGap({ collection: 'targetGroups' })] }, because: 'targetGroups' },
    { name: 'tasks could not be read', resource: elsewhere, world: { ...world([aBridgeTask()]), gaps: [aGap({ collection: 'tasks' })] }, because: 'tasks' },
    { name: 'services could not be read', resource: elsewhere, world: { ...world([aBridgeTask()]), gaps: [aGap({ collection: 'services' })] }, because: '"services"' },
    { name: 'hosts could not be read', resource: elsewhere, world: { ...world([aBridgeTask()]), gaps: [aGap({ collection: 'containerInstances' })] }, because: '"containerInstances"' },
    { name: 'what the tasks are could not be read', resource: elsewhere, world: { ...world(), taskDefinitions: [], gaps: [aGap({ collection: 'taskDefinitions' })] }, because: 'taskDefinitions' },
  ],
  apply: (_desired, { resource, world: before }) => ({ resource, world: { ...before, tasks: [beside], containerInstances: withHosts('DRAINING').containerInstances } }),
}); // prettier-ignore
