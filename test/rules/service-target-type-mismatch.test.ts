import { serviceTargetTypeMismatch } from '../../lib/rules/service-target-type-mismatch';
import type { Deployment } from '../../lib/snapshot/service-resources';
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
const FORMER = TASK_DEFINITION_ARN.replace(/\d+$/, '1');
const aSet = (over: Partial<Deployment> = {}): Deployment => ({ id: 'ecs-svc/1', status: 'PRIMARY', taskDefinitionArn: TASK_DEFINITION_ARN, targetGroupArns: [TARGET_GROUP_ARN], ...over }); // prettier-ignore
/** Of an external controller, which names revisions and groups in task sets only. */
const bySets = (...deployments: readonly Deployment[]): Service => aService({ taskDefinitionArn: undefined, deploymentController: 'EXTERNAL', launchType: undefined, loadBalancers: [], deployments }); // prettier-ignore
const external = bySets(aSet());
const former = aSet({ id: 'ecs-svc/0', status: 'ACTIVE', taskDefinitionArn: FORMER, targetGroupArns: [GREEN] });
/** From bridge mode, with a group of its own, to awsvpc. */
const moved = (api: Partial<TargetGroup>, green: Partial<TargetGroup>): Contents => ({
  taskDefinitions: [aTaskDefinition(), aTaskDefinition({ arn: FORMER, networkMode: 'bridge' })],
  targetGroups: [aTargetGroup(api), aTargetGroup({ arn: GREEN, name: 'green', ...green })],
});
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
    { name: 'no revision yet', resource: bySets(), world: world('awsvpc', instances) },
    { name: 'no revision yet, whichever could not be read', resource: { ...bySets(), loadBalancers: [{ targetGroupArn: TARGET_GROUP_ARN }] }, world: { targetGroups: [aTargetGroup()], gaps: [aGap({ collection: 'taskDefinitions' })] } },
    { name: 'a former task set without a network', resource: bySets(aSet(), former), world: { ...moved({}, {}), taskDefinitions: [aTaskDefinition(), aTaskDefinition({ arn: FORMER, networkMode: 'none' })] } },
    { name: 'task sets of two network modes, each with a group of its own kind', resource: bySets(aSet(), former), world: moved({}, instances) },
    { name: 'CodeDeploy, which keeps the first group beside the task sets', resource: { ...bySets(aSet(), former), deploymentController: 'CODE_DEPLOY', loadBalancers: [{ targetGroupArn: GREEN }] }, world: moved({}, instances) },
    { name: 'a task set on its way out', resource: bySets(aSet(), { ...former, status: 'DRAINING' }), world: moved({}, {}) },
    { name: 'a task set without a load balancer', resource: bySets(aSet({ targetGroupArns: [] })), world: world('awsvpc', instances) },
    { name: 'ECS Anywhere', resource: aService({ launchType: 'EXTERNAL' }), world: world('bridge', {}) },
  ],
  invalid: [
    { name: 'addresses of bridge tasks', resource: aService(), world: world('bridge', {}), reports: { message: 'api uses 1 target group of the wrong type: api (ip) for bridge tasks, which need instance.', desired: { targetTypes: { [TARGET_GROUP_ARN]: 'instance' } }, actual: { targetTypes: { [TARGET_GROUP_ARN]: 'ip' } }, related: [TARGET_GROUP_ARN], fix: [create] } },
    { name: 'instances of awsvpc tasks', resource: aService(), world: world('awsvpc', instances), reports: { desired: { targetTypes: { [TARGET_GROUP_ARN]: 'ip' } } } },
    { name: 'addresses where no mode is stated', resource: aService(), posture: 'dual-stack', world: world('default', {}), reports: { desired: { targetTypes: { [TARGET_GROUP_ARN]: 'instance' } } } },
    { name: 'the alternate group', resource: blueGreen, world: world('awsvpc', {}, { arn: GREEN, name: 'green', ...instances }), reports: { related: [GREEN] } },
    { name: 'the group of a task set', resource: external, world: world('awsvpc', instances), reports: { related: [TARGET_GROUP_ARN] } },
    { name: 'two, in one finding', resource: blueGreen, world: world('awsvpc', instances, { arn: GREEN, name: 'green', ...instances }), reports: { message: 'api uses 2 target groups of the wrong type: api (instance) and green (instance) for awsvpc tasks, which need ip.' } },
    { name: 'groups of two task sets, each of the other kind', resource: bySets(aSet(), former), world: moved(instances, {}), reports: { message: 'api uses 2 target groups of the wrong type: api (instance) for awsvpc tasks, which need ip; green (ip) for bridge tasks, which need instance.', desired: { targetTypes: { [TARGET_GROUP_ARN]: 'ip', [GREEN]: 'instance' } } } },
    { name: 'the group of a former task set', resource: bySets(aSet(), former), world: moved({}, {}), reports: { related: [GREEN] } },
    { name: 'a group that no task set names', resource: { ...external, deploymentController: 'CODE_DEPLOY', loadBalancers: [{ targetGroupArn: GREEN }] }, world: moved({}, instances), reports: { related: [GREEN] } },
    { name: 'one, and one could not be read', resource: blueGreen, world: { ...world('awsvpc', instances), gaps: [aGap({ collection: 'targetGroups', resources: [GREEN] })] }, reports: { related: [TARGET_GROUP_ARN] } },
  ],
  unknown: [
    { name: 'the group could not be read', resource: aService(), world: { ...world('awsvpc'), gaps: [aGap({ collection: 'targetGroups' })] }, because: 'targetGroups' },
    { name: 'the revision could not be read', resource: aService(), world: { targetGroups: [aTargetGroup()], gaps: [aGap({ collection: 'taskDefinitions' })] }, because: 'taskDefinitions' },
    { name: "a task set's revision could not be read", resource: external, world: { targetGroups: [aTargetGroup()], gaps: [aGap({ collection: 'taskDefinitions' })] }, because: 'taskDefinitions' },
    { name: "a former task set's revision could not be read", resource: { ...bySets(aSet(), former), taskDefinitionArn: TASK_DEFINITION_ARN }, world: { ...moved({}, {}), taskDefinitions: [aTaskDefinition()], gaps: [aGap({ collection: 'taskDefinitions', resources: [FORMER] })] }, because: 'taskDefinitions' },
    { name: 'neither of two groups could be read', resource: blueGreen, world: { ...world('awsvpc'), gaps: [aGap({ collection: 'targetGroups' })] }, because: 'targetGroups' },
  ],
  apply: ({ targetTypes }, { resource, world: before = {} }) => {
    const wanted = targetTypes as Readonly<Record<string, TargetGroup['targetType']>>;
    const mended = before.targetGroups?.map((group) => ({ ...group, targetType: wanted[group.arn] ?? group.targetType }));
    return { resource, world: { ...before, gaps: [], targetGroups: mended } };
  },
}); // prettier-ignore
