import { taskOsUnsupported } from '../../lib/rules/task-os-unsupported';
import { aBridgeTask, aContainerInstance, anInstance, aService, aTask, aTaskDefinition, CONTAINER_INSTANCE_ARN, SERVICE_ARN } from '../support/builders'; // prettier-ignore
import { aGap, type Contents } from '../support/snapshot-builder';
import { testRule } from '../support/test-rule';

const world: Contents = { services: [aService()], taskDefinitions: [aTaskDefinition({ operatingSystem: 'windows' })] };
const { arn } = aTaskDefinition();
const hosts: Contents = { ...world, containerInstances: [aContainerInstance()], instances: [anInstance()] };

testRule(taskOsUnsupported, {
  valid: [
    { name: 'Linux', resource: aTask(), world: { taskDefinitions: [aTaskDefinition()] } },
    { name: 'Linux, says Fargate', resource: aTask({ operatingSystem: 'linux' }), world },
    { name: 'dual-stack', resource: aTask(), world, posture: 'dual-stack' },
    { name: 'stopping', resource: aTask({ desiredStatus: 'STOPPED' }), world },
  ],
  invalid: [
    { name: 'says the revision', resource: aTask(), world, reports: { message: 'Task a1 of api runs Windows, for which ECS does not support IPv6-only.', related: [SERVICE_ARN, arn] } },
    { name: 'says Fargate', resource: aTask({ operatingSystem: 'windows' }), reports: { related: [arn] } },
    { name: 'on a host', resource: aBridgeTask(), world: hosts, reports: { related: [SERVICE_ARN, arn, CONTAINER_INSTANCE_ARN, anInstance().arn] } },
    { name: 'on a host, whichever others could not be read', resource: aBridgeTask(), world: { ...hosts, gaps: [aGap({ collection: 'containerInstances' })] }, reports: { related: [SERVICE_ARN, arn, CONTAINER_INSTANCE_ARN, anInstance().arn] } },
    { name: 'on a host that is not there', resource: aBridgeTask(), world, reports: { related: [SERVICE_ARN, arn, CONTAINER_INSTANCE_ARN] } },
  ],
  unknown: [
    { name: 'its host could not be read', resource: aBridgeTask(), world: { ...world, gaps: [aGap({ collection: 'containerInstances' })] }, because: 'containerInstances' },
    { name: 'its instance could not be read', resource: aBridgeTask(), world: { ...hosts, instances: [], gaps: [aGap({ collection: 'instances' })] }, because: 'instances' },
    { name: 'the revision could not be read', resource: aTask(), world: { gaps: [aGap({ collection: 'taskDefinitions' })] }, because: 'taskDefinitions' },
  ],
  apply: ({ operatingSystem }, { resource, world: same = {} }) => ({
    resource: { ...resource, operatingSystem: operatingSystem as 'linux' },
    world: { ...same, taskDefinitions: [aTaskDefinition({ operatingSystem: operatingSystem as 'linux' })] },
  }),
}); // prettier-ignore
