import { targetFamilyMismatch } from '../../lib/rules/target-family-mismatch';
import type { Service, TargetGroup } from '../../lib/snapshot/snapshot';
import { aService, aTarget, aTargetGroup, aTask, aVpc, SERVICE_ARN, TARGET_GROUP_ARN } from '../support/builders';
import { aGap, type Contents } from '../support/snapshot-builder';
import { testRule } from '../support/test-rule';

const ipv4 = aTarget({ targetId: '10.0.0.1' });
const task = aTask({ ipv4Addresses: ['10.0.0.1'] });
const group = (over: Partial<TargetGroup> = {}): Contents => ({ services: [aService()], vpcs: [aVpc()], targetGroups: [aTargetGroup(over)] }); // prettier-ignore
const ipv4Group = group({ ipAddressType: 'ipv4' });
const cart = (over: Partial<Service> = {}): Contents => ({ ...group(), services: [aService(), aService({ name: 'cart', loadBalancers: [], ...over })], tasks: [aTask({ id: 'c1', serviceName: 'cart' })] }); // prettier-ignore
const moving: Service['deployments'] = [{ id: 'ecs-svc/1', status: 'PRIMARY', rolloutState: 'IN_PROGRESS' }];
const deregister = (target: string): string => `aws elbv2 deregister-targets --region eu-west-2 --target-group-arn ${TARGET_GROUP_ARN} --targets Id=${target},Port=8080`; // prettier-ignore

testRule(targetFamilyMismatch, {
  valid: [
    { name: 'an IPv6 target of a task', resource: aTarget(), world: { ...group(), tasks: [aTask()] } },
    { name: 'an instance in an IPv6 group', resource: aTarget({ targetId: 'i-1' }), world: group({ targetType: 'instance' }) },
    { name: 'draining', resource: aTarget({ targetId: '10.0.0.1', state: 'draining' }), world: ipv4Group },
    { name: 'draining and unhealthy', resource: aTarget({ targetId: '10.0.0.1', state: 'unhealthy.draining' }), world: ipv4Group },
    { name: 'unused', resource: aTarget({ targetId: '10.0.0.1', state: 'unused' }), world: ipv4Group },
    { name: 'a group of no service', resource: ipv4, world: { ...ipv4Group, services: [] } },
    { name: 'the group is gone', resource: ipv4 },
    { name: 'a dual-stack service', resource: ipv4, posture: 'dual-stack', world: ipv4Group },
    { name: 'a task of no service, registered by people', resource: aTarget(), world: { ...group(), tasks: [aTask({ serviceName: undefined })] } },
    { name: 'a task of a service on its way to another group', resource: aTarget(), world: cart({ deployments: moving }) },
    { name: 'a task of a service of two deployments', resource: aTarget(), world: cart({ deployments: [...aService().deployments, { id: 'ecs-svc/0', status: 'ACTIVE', rolloutState: 'COMPLETED' }] }) },
    { name: 'a task of a service without deployments', resource: aTarget(), world: cart({ deployments: [] }) },
    { name: 'a task of no service, and tasks could not be read', resource: aTarget(), world: { ...group(), tasks: [aTask({ serviceName: undefined })], gaps: [aGap()] } },
    { name: 'a task of a service that is gone', resource: aTarget(), world: { ...group(), tasks: [aTask({ serviceName: 'cart' })] } },
    { name: 'a group that two services share', resource: aTarget(), world: cart({ loadBalancers: [{ targetGroupArn: TARGET_GROUP_ARN }] }) },
  ],
  invalid: [
    { name: 'an IPv4 target of a task', resource: ipv4, world: { ...ipv4Group, tasks: [task] }, reports: { messageId: 'family', message: '10.0.0.1:8080 in api is reached over ipv4; api is to be reached over IPv6 only.', severity: 'medium', remedy: 'suggest', desired: { family: 'ipv6' }, related: [TARGET_GROUP_ARN, SERVICE_ARN], fix: [] } },
    { name: 'of a task, where the policy lets it go', resource: ipv4, mayTakeOwned: true, world: { ...ipv4Group, tasks: [task] }, reports: { remedy: 'auto', fix: [] } },
    { name: 'of a task that somebody registered, where the policy lets go what ECS registers', resource: ipv4, mayTakeOwned: true, world: { ...ipv4Group, tasks: [{ ...task, serviceName: undefined }] }, reports: { remedy: 'suggest' } },
    { name: 'of a task, in a group of two services, where the policy lets it go', resource: ipv4, mayTakeOwned: true, world: { ...ipv4Group, services: [aService(), aService({ name: 'b' })], tasks: [task] }, reports: { remedy: 'suggest' } },
    { name: 'an IPv4 target of no task', resource: ipv4, world: ipv4Group, reports: { remedy: 'auto', fix: [deregister('10.0.0.1')] } },
    { name: 'of no task, in a group of two services', resource: ipv4, world: { ...ipv4Group, services: [aService(), aService({ name: 'b' })] }, reports: { remedy: 'suggest' } },
    { name: 'of no task, in an alternate group', resource: ipv4, world: { ...ipv4Group, services: [aService({ loadBalancers: [{ targetGroupArn: 'blue', alternateTargetGroupArn: TARGET_GROUP_ARN }] })] }, reports: { remedy: 'suggest' } },
    { name: 'of no task, whose address an interface holds', resource: ipv4, world: { ...ipv4Group, addressHolders: [{ address: '10.0.0.1', networkInterfaceId: 'eni-9', vpcId: 'vpc-1' }] }, reports: { remedy: 'suggest' } },
    { name: 'of no task, outside the VPC', resource: aTarget({ targetId: '192.168.0.1' }), world: ipv4Group, reports: { remedy: 'suggest' } },
    { name: 'whose owner is not known', resource: ipv4, world: { ...ipv4Group, gaps: [aGap()] }, reports: { remedy: 'suggest' } },
    { name: 'an instance in an IPv4 group', resource: aTarget({ targetId: 'i-1' }), world: group({ ipAddressType: 'ipv4', targetType: 'instance' }), reports: { messageId: 'family', remedy: 'suggest' } },
    { name: 'an IPv4 address in an IPv6 group, if there could be one', resource: ipv4, world: group(), reports: { message: '10.0.0.1:8080 in api is reached over ipv4; api is to be reached over IPv6 only.' } },
    { name: 'an IPv6 address in an IPv4 group, if there could be one', resource: aTarget(), world: { ...ipv4Group, tasks: [aTask()] }, reports: { messageId: 'family' } },
    { name: 'a task of another service', resource: aTarget(), world: cart(), reports: { messageId: 'group', message: '2001:db8:0:1::a:8080 in api of api is task c1 of cart, which does not use that group.', remedy: 'suggest', desired: { registered: false }, related: [TARGET_GROUP_ARN, aTask({ id: 'c1' }).arn], fix: [deregister('2001:db8:0:1::a')] } },
  ],
  unknown: [
    { name: 'the group could not be read', resource: ipv4, world: { gaps: [aGap({ collection: 'targetGroups' })] }, because: 'targetGroups' },
    { name: 'another service of the group could not be read', resource: ipv4, world: { ...ipv4Group, gaps: [aGap({ collection: 'services' })] }, because: 'services' },
    { name: 'a task of another service, where others could not be read', resource: aTarget(), world: { ...cart(), gaps: [aGap()] }, because: 'tasks' },
    { name: 'the service of the task could not be read', resource: aTarget(), world: { ...group(), tasks: [aTask({ serviceName: 'cart' })], gaps: [aGap({ collection: 'services' })] }, because: 'services' },
  ],
  apply: ({ family }, { world: before = {} }) => {
    if (family === undefined) return undefined;
    return { resource: aTarget(), world: { ...before, gaps: [], tasks: [aTask()], targetGroups: before.targetGroups?.map((one) => ({ ...one, ipAddressType: 'ipv6' as const })) } };
  },
}); // prettier-ignore
