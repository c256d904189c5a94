import { targetOrphaned } from '../../lib/rules/target-orphaned';
import type { Service, Target } from '../../lib/snapshot/snapshot';
import { aBridgeTask, aContainerInstance, aService, aTarget, aTargetGroup, aTask, aTaskDefinition, aVpc, SERVICE_ARN, TARGET_GROUP_ARN } from '../support/builders'; // prettier-ignore
import { aGap, type Contents } from '../support/snapshot-builder';
import { testRule } from '../support/test-rule';

const ADDRESS = '2001:db8:0:1::dead';
const target = (over: Partial<Target> = {}): Target => aTarget({ targetId: ADDRESS, state: 'unhealthy', ...over });
const world: Contents = { services: [aService()], targetGroups: [aTargetGroup()], vpcs: [aVpc()], tasks: [aTask()] };
const held = { networkInterfaceId: 'eni-7', vpcId: 'vpc-1', address: ADDRESS };
const with_ = (over: Partial<Service>): Contents => ({ ...world, services: [aService(over)] });

const onHost = target({ targetId: 'i-1', port: 32768 });
const hosts: Contents = { services: [aService({ subnetIds: [] })], targetGroups: [aTargetGroup({ targetType: 'instance' })], taskDefinitions: [aTaskDefinition({ networkMode: 'bridge' })], containerInstances: [aContainerInstance()] }; // prettier-ignore
const auto = { remedy: 'auto' } as const;
const suggest = { remedy: 'suggest' } as const;

testRule(targetOrphaned, {
  valid: [
    { name: 'its task runs', resource: aTarget(), world },
    { name: 'its task is stopping', resource: aTarget(), world: { ...world, tasks: [aTask({ lastStatus: 'STOPPING', desiredStatus: 'STOPPED' })] } },
    { name: 'draining', resource: target({ state: 'draining' }), world },
    { name: 'draining and unhealthy', resource: target({ state: 'unhealthy.draining' }), world },
    { name: 'in a group of no ECS service', resource: target(), world: { ...world, services: [] } },
    { name: 'the group is gone', resource: target(), world: { ...world, targetGroups: [] } },
    { name: 'in a Lambda group', resource: target(), world: { ...world, targetGroups: [aTargetGroup({ targetType: 'lambda' })] } },
    { name: 'a bridge task holds instance and port', resource: onHost, world: { ...hosts, tasks: [aBridgeTask()] } },
  ],
  invalid: [
    { name: 'no task has the address', resource: target(), world, reports: { messageId: 'orphaned', severity: 'medium', ...auto, message: `${ADDRESS}:8080 in api is unhealthy and belongs to no task of api.`, actual: { registered: true, state: 'unhealthy' }, related: [TARGET_GROUP_ARN, SERVICE_ARN], fix: [`aws elbv2 deregister-targets --region eu-west-2 --target-group-arn ${TARGET_GROUP_ARN} --targets Id=${ADDRESS},Port=8080`] } },
    { name: 'and it is healthy', resource: target({ state: 'healthy' }), world, reports: { messageId: 'orphaned', severity: 'high', ...auto } },
    { name: 'in one of two groups of the service', resource: target(), world: with_({ loadBalancers: [{ targetGroupArn: TARGET_GROUP_ARN }, { targetGroupArn: 'arn:other' }] }), reports: { messageId: 'orphaned', ...auto } },
    { name: 'an IPv4 address left behind', resource: target({ targetId: '10.0.0.9' }), world, reports: { messageId: 'orphaned', ...auto } },
    { name: 'an interface holds the address', resource: target(), world: { ...world, addressHolders: [held] }, reports: { messageId: 'held', severity: 'low', ...suggest, message: `${ADDRESS}:8080 in api is unhealthy and no task of api: eni-7 holds the address.` } },
    { name: 'outside the VPC', resource: target({ targetId: '192.168.1.1' }), world, reports: { messageId: 'outside', severity: 'low', ...suggest } },
    { name: 'the VPC of the group is not known', resource: target(), world: { ...world, vpcs: [] }, reports: { messageId: 'outside', ...suggest } },
    { name: 'no VPC at all', resource: target(), world: { ...world, targetGroups: [aTargetGroup({ vpcId: undefined })] }, reports: { messageId: 'outside', ...suggest } },
    { name: 'no address', resource: target({ targetId: 'odd' }), world, reports: { messageId: 'outside', ...suggest } },
    { name: 'no task holds the port', resource: onHost, world: hosts, reports: { messageId: 'orphaned', ...auto } },
    { name: 'a task of another service took the port', resource: onHost, world: { ...hosts, tasks: [aBridgeTask({ serviceName: 'web' })] }, reports: { messageId: 'port-taken', severity: 'high', ...suggest, message: 'i-1:32768 in api is unhealthy, but the port belongs to task a1, not to api.' } },
    { name: 'an instance that ECS does not know', resource: onHost, world: { ...hosts, containerInstances: [] }, reports: { messageId: 'not-ecs', severity: 'low', ...suggest } },
    { name: 'two services use the group', resource: target(), world: { ...world, services: [aService(), aService({ name: 'web' })] }, reports: { messageId: 'orphaned', ...suggest, message: `${ADDRESS}:8080 in api is unhealthy and belongs to no task of api and web.` } },
    { name: 'the group is the alternate one', resource: target(), world: with_({ loadBalancers: [{ targetGroupArn: 'arn:blue', alternateTargetGroupArn: TARGET_GROUP_ARN }] }), reports: suggest },
    { name: 'the group is the alternate one of one of two', resource: target(), world: with_({ loadBalancers: [{ targetGroupArn: TARGET_GROUP_ARN }, { targetGroupArn: 'arn:blue', alternateTargetGroupArn: TARGET_GROUP_ARN }] }), reports: suggest },
    { name: 'the group is the primary and the alternate one', resource: target(), world: with_({ loadBalancers: [{ targetGroupArn: TARGET_GROUP_ARN, alternateTargetGroupArn: TARGET_GROUP_ARN }] }), reports: suggest },
    { name: 'the group is of a task set', resource: target(), world: with_({ deployments: [{ id: 'ecs-svc/1', status: 'PRIMARY', targetGroupArns: [TARGET_GROUP_ARN] }] }), reports: suggest },
    { name: 'the service is known by its ARN only', resource: target(), world: { ...world, services: [], registrars: { primary: new Map([[TARGET_GROUP_ARN, [SERVICE_ARN]]]) } }, reports: suggest },
    { name: 'the service has left the group since others were asked', resource: target(), world: { ...with_({ loadBalancers: [{ targetGroupArn: 'arn:other' }] }), registrars: { primary: new Map([[TARGET_GROUP_ARN, [SERVICE_ARN]]]) } }, reports: suggest },
    { name: 'registered without a port', resource: { ...target(), key: `${TARGET_GROUP_ARN}#${ADDRESS}`, port: undefined }, world, reports: { fix: [`aws elbv2 deregister-targets --region eu-west-2 --target-group-arn ${TARGET_GROUP_ARN} --targets Id=${ADDRESS}`] } },
  ],
  unknown: [
    { name: 'a gap in tasks', resource: target(), world: { ...world, gaps: [aGap()] }, because: 'tasks' },
    { name: 'who uses the group', resource: target(), world: { ...world, services: [], gaps: [aGap({ collection: 'services' })] }, because: 'services' },
    { name: 'the group could not be read', resource: target(), world: { ...world, targetGroups: [], gaps: [aGap({ collection: 'targetGroups' })] }, because: 'targetGroups' },
    { name: 'who holds the address', resource: target(), world: { ...world, gaps: [aGap({ collection: 'addressHolders', resources: [ADDRESS] })] }, because: 'addressHolders' },
    { name: 'the VPC could not be read', resource: target(), world: { ...world, vpcs: [], gaps: [aGap({ collection: 'vpcs' })] }, because: 'vpcs' },
    { name: 'whether ECS knows the instance', resource: onHost, world: { ...hosts, containerInstances: [], gaps: [aGap({ collection: 'containerInstances' })] }, because: 'containerInstances' },
    { name: 'a task there does not tell its ports yet', resource: onHost, world: { ...hosts, tasks: [aBridgeTask({ bindings: undefined })] }, because: 'port not known yet' },
  ],
  apply: ({ registered }, one) => (registered === false ? undefined : one),
}); // prettier-ignore
