import { instanceOsUnsupported } from '../../lib/rules/instance-os-unsupported';
import { aContainerInstance, anInstance } from '../support/builders';
import { aGap, type Contents } from '../support/snapshot-builder';
import { testRule } from '../support/test-rule';

const windows = { operatingSystem: 'windows' } as const;
const world: Contents = { instances: [anInstance(windows)] };

testRule(instanceOsUnsupported, {
  valid: [
    { name: 'Linux', resource: aContainerInstance(), world: { instances: [anInstance()] } },
    { name: 'Linux, instance unread', resource: aContainerInstance(), world: { gaps: [aGap({ collection: 'instances' })] } },
    { name: 'draining', resource: aContainerInstance({ ...windows, status: 'DRAINING' }), world },
    { name: 'outside EC2', resource: aContainerInstance({ ...windows, ec2InstanceId: undefined }) },
    { name: 'dual-stack', resource: aContainerInstance(windows), world, posture: 'dual-stack' },
  ],
  invalid: [
    { name: 'says ECS', resource: aContainerInstance(windows), world: { instances: [anInstance()] }, reports: { message: 'i-1 runs Windows; ECS supports IPv6-only on Linux alone.', related: [anInstance().arn], fix: ['aws ssm get-parameter --region eu-west-2 --name /aws/service/ecs/optimized-ami/amazon-linux-2023/recommended/image_id'] } },
    { name: 'says EC2', resource: aContainerInstance(), world, reports: { actual: { operatingSystem: 'windows' } } },
    { name: 'registering', resource: aContainerInstance({ ...windows, status: 'REGISTERING' }), reports: { related: [] } },
  ],
  unknown: [
    { name: 'Windows, instance unread: it may be operated by AWS', resource: aContainerInstance(windows), world: { gaps: [aGap({ collection: 'instances' })] }, because: 'instances' },
  ],
  apply: ({ operatingSystem }, { resource }) => ({
    resource: { ...resource, operatingSystem: operatingSystem as 'linux' },
    world: { instances: [anInstance({ operatingSystem: operatingSystem as 'linux' })] },
  }),
}); // prettier-ignore
