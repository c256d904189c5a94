import { serviceTargetTypeMismatch } from '../../lib/rules/service-target-type-mismatch';
import type { NetworkMode, Service, TargetGroup } from '../../lib/snapshot/snapshot';
import { aService, aTargetGroup, aTaskDefinition, TARGET_GROUP_ARN, TASK_DEFINITION_ARN } from '../support/builders';
import { aGap, type Contents } from '../support/snapshot-builder';
import { testRule } from '../support/test-rule';

const GREEN = TARGET_GROUP_ARN.replace('/api/', '/green/');
const world = (networkMode: NetworkMode, ...groups: readonly Partial<TargetGroup>[]): Contents => ({
  taskDefinitions: [aTaskDefinition({ networkMode })],
  targetGroups: groups.map((over) => aTargetGroup(over)),
});
const instances: Partial<TargetGroup> = { targetType: 'instance' };
const blueGreen = aService({ loadBalancers: [{ targetGroupArn: TARGET_GROUP_ARN, alternateTargetGroupArn: GREEN }] });
/** Of an external controller, which names its revision in task sets only. */
const external: Service = aService({ taskDefinitionArn: undefined, deploymentController: 'EXTERNAL', launchType: undefined, loadBalancers: [], taskSetTargetGroupArns: [TARGET_GROUP_ARN], deployments: [{ id: 'ecs-svc/1', status: 'ACTIVE', taskDefinitionArn: TASK_DEFINITION_ARN }] }); // prettier-ignore
const create =
  'aws elbv2 create-target-group --region eu-west-2 --name api-instance --target-type instance --ip-address-type ipv6 --protocol HTTP --port 8080 --vpc-id vpc-1';

testRule(serviceTargetTypeMismatch, {
  valid: [
    { name: 'addresses of awsvpc tasks', resource: aService(), world: world('awsvpc', {}) },
    { name: 'instances of bridge tasks', resource: aService(), world: world('bridge', instances) },
    { name: 'instances of host tasks', resource: aService(), world: world('host', instances) },
    { name: 'instances where no mode is stated', resource: aService(), world: world('default', instances) },
    { name: 'tasks without a network', resource: aService(), world: world('none', instances) },
    { name: 'no load balancer', resource: aService({ loadBalancers: [] }), world: world('awsvpc', instances) },
    { name: 'the service is going away', resource: aService({ status: 'DRAINING' }), world: world('awsvpc', instances) },
    { name: 'the group is gone', resource: aService(), world: world('awsvpc') },
    { name: 'the revision is gone', resource: aService(), world: { targetGroups: [aTargetGroup(instances)] } },
    { name: 'no revision yet', resource: { ...external, deployments: [] }, world: world('awsvpc', instances) },
    { name: 'ECS Anywhere', resource: aService({ launchType: 'EXTERNAL' }), world: world('bridge', {}) },
  ],
  invalid: [
    { name: 'addresses of bridge tasks', resource: aService(), world: world('bridge', {}), reports: { message: 'api runs in bridge mode, which takes type instance; it uses 1 target group: api (ip).', desired: { targetType: 'instance' }, actual: { targetTypes: { [TARGET_GROUP_ARN]: 'ip' } }, related: [TARGET_GROUP_ARN], fix: [create] } },
    { name: 'instances of awsvpc tasks', resource: aService(), world: world('awsvpc', instances), reports: { desired: { targetType: 'ip' } } },
    { name: 'addresses where no mode is stated', resource: aService(), posture: 'dual-stack', world: world('default', {}), reports: { desired: { targetType: 'instance' } } },
    { name: 'the alternate group', resource: blueGreen, world: world('awsvpc', {}, { arn: GREEN, name: 'green', ...instances }), reports: { related: [GREEN] } },
    { name: 'the group of a task set', resource: external, world: world('awsvpc', instances), reports: { related: [TARGET_GROUP_ARN] } },
    { name: 'two, in one finding', resource: blueGreen, world: world('awsvpc', instances, { arn: GREEN, name: 'green', ...instances }), reports: { message: 'api runs in awsvpc mode, which takes type ip; it uses 2 target groups: api (instance) and green (instance).' } },
    { name: 'one, and one could not be read', resource: blueGreen, world: { ...world('awsvpc', instances), gaps: [aGap({ collection: 'targetGroups', resources: [GREEN] })] }, reports: { related: [TARGET_GROUP_ARN] } },
  ],
  unknown: [
    { name: 'the group could not be read', resource: aService(), world: { ...world('awsvpc'), gaps: [aGap({ collection: 'targetGroups' })] }, because: 'targetGroups' },
    { name: 'the revision could not be read', resource: aService(), world: { targetGroups: [aTargetGroup()], gaps: [aGap({ collection: 'taskDefinitions' })] }, because: 'taskDefinitions' },
    { name: "a task set's revision could not be read", resource: external, world: { targetGroups: [aTargetGroup()], gaps: [aGap({ collection: 'taskDefinitions' })] }, because: 'taskDefinitions' },
  ],
  apply: ({ targetType }, { resource, world: before = {} }) => {
    const mended = before.targetGroups?.map((group) => ({ ...group, targetType: targetType === 'ip' ? ('ip' as const) : ('instance' as const) }));
    return { resource, world: { ...before, gaps: [], targetGroups: mended } };
  },
}); // prettier-ignore
