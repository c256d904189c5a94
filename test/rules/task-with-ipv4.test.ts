import { taskWithIpv4 } from '../../lib/rules/task-with-ipv4';
import type { Subnet, Task } from '../../lib/snapshot/snapshot';
import { aBridgeTask, aService, aSubnet, aTask, aTaskDefinition, SERVICE_ARN } from '../support/builders';
import { aGap, type Contents } from '../support/snapshot-builder';
import { testRule } from '../support/test-rule';

const both = (over: Partial<Task> = {}): Task => aTask({ ipv4Addresses: ['10.0.0.7'], ...over });
const taskDefinitions = [aTaskDefinition()];
const inSubnet = (over: Partial<Subnet>): Contents => ({ services: [aService()], taskDefinitions, subnets: [aSubnet(over)] }); // prettier-ignore
const dual = inSubnet({ ipv6Native: false, ipv4Cidr: '10.0.0.0/24' });
const show =
  'aws ec2 describe-subnets --region eu-west-2 --filters Name=vpc-id,Values=vpc-1 Name=ipv6-native,Values=true';
const windows: Contents = { taskDefinitions: [aTaskDefinition({ operatingSystem: 'windows' })] };

testRule(taskWithIpv4, {
  valid: [
    { name: 'IPv6 alone', resource: aTask(), world: dual },
    { name: 'dual-stack wanted', resource: both(), world: dual, posture: 'dual-stack' },
    { name: 'bridge', resource: aBridgeTask({ ipv4Addresses: ['10.0.0.7'] }), world: { taskDefinitions: [aTaskDefinition({ networkMode: 'bridge' })] } },
    { name: 'Windows has to have IPv4', resource: both(), world: windows },
    { name: 'stopping', resource: both({ desiredStatus: 'STOPPED' }), world: dual },
    { name: 'not started', resource: aTask({ lastStatus: 'PENDING', ipv6Addresses: [] }), world: dual },
  ],
  invalid: [
    { name: 'both', resource: both(), world: dual, reports: { message: 'Task a1 of api is meant to be IPv6-only and holds 10.0.0.7.', related: [SERVICE_ARN, aTaskDefinition().arn], fix: [show] } },
    { name: 'two of them', resource: both({ ipv4Addresses: ['10.0.0.7', '10.0.0.8'] }), world: dual, reports: { message: 'Task a1 of api is meant to be IPv6-only and holds 10.0.0.7, 10.0.0.8.' } },
    { name: 'IPv4 alone, while it is being registered', resource: both({ ipv6Addresses: [], lastStatus: 'ACTIVATING' }), world: dual, reports: { messageId: 'ipv4' } },
    { name: 'the service has been moved, the task has not', resource: both({ subnetId: 'subnet-old' }), world: inSubnet({}), reports: { fix: ['aws ecs update-service --region eu-west-2 --cluster prod --service api --force-new-deployment'] } },
    { name: 'of no service', resource: both({ serviceName: undefined }), world: dual, reports: { message: 'Task a1 of no service (api:3) is meant to be IPv6-only and holds 10.0.0.7.', related: [aTaskDefinition().arn], fix: [show] } },
    { name: 'the subnet is not known', resource: both({ serviceName: undefined, subnetId: undefined }), world: dual, reports: { fix: [] } },
  ],
  unknown: [
    { name: 'no address reported yet', resource: aTask({ ipv6Addresses: [] }), world: dual, because: 'no address yet' },
    { name: 'the revision could not be read: it may be Windows', resource: both(), world: { gaps: [aGap({ collection: 'taskDefinitions' })] }, because: 'taskDefinitions' },
  ],
  apply: ({ ipv4Addresses }, { resource, world }) => ({
    world,
    // who loses its only address has been given another
    resource: { ...resource, ipv4Addresses: ipv4Addresses as string[], ipv6Addresses: ['2001:db8:0:1::a'] },
  }),
}); // prettier-ignore
