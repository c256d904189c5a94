import { taskWithoutIpv6 } from '../../lib/rules/task-without-ipv6';
import type { Subnet, Task } from '../../lib/snapshot/snapshot';
import { aBridgeTask, aService, aSubnet, aTask, aTaskDefinition, TASK_ADDRESS } from '../support/builders';
import { aGap, type Contents } from '../support/snapshot-builder';
import { testRule } from '../support/test-rule';

const ipv4 = (over: Partial<Task> = {}): Task => aTask({ ipv6Addresses: [], ipv4Addresses: ['10.0.0.7'], ...over });
const inSubnet = (over: Partial<Subnet>): Contents => ({ services: [aService()], taskDefinitions: [aTaskDefinition()], subnets: [aSubnet(over)] }); // prettier-ignore
const world = inSubnet({});
const bridge: Contents = { taskDefinitions: [aTaskDefinition({ networkMode: 'bridge' })] };
const dual = { ipv6Native: false, ipv4Cidr: '10.0.0.0/24' };
const redeploy = 'aws ecs update-service --region eu-west-2 --cluster prod --service api --force-new-deployment';

testRule(taskWithoutIpv6, {
  valid: [
    { name: 'an IPv6 address', resource: aTask(), world },
    { name: 'an IPv6 and an IPv4 address', resource: aTask({ ipv4Addresses: ['10.0.0.7'] }), world },
    { name: 'bridge', resource: aBridgeTask(), world: bridge },
    { name: 'Windows', resource: ipv4(), world: { taskDefinitions: [aTaskDefinition({ operatingSystem: 'windows' })] } },
    { name: 'no address yet, not started', resource: ipv4({ lastStatus: 'PENDING' }), world },
    { name: 'stopping', resource: ipv4({ desiredStatus: 'STOPPED' }), world },
    { name: 'stopped', resource: ipv4({ lastStatus: 'STOPPED', desiredStatus: 'STOPPED' }), world },
    { name: 'bridge, other revisions unread', resource: aBridgeTask(), world: { ...bridge, gaps: [aGap({ collection: 'taskDefinitions' })] } },
  ],
  invalid: [
    { name: 'IPv4 only', resource: ipv4(), world, reports: { messageId: 'ipv4', severity: 'high', message: 'Task a1 of api has no IPv6 address, only 10.0.0.7.', related: [aTaskDefinition().arn], fix: [redeploy] } },
    { name: 'two of them', resource: ipv4({ ipv4Addresses: ['10.0.0.7', '10.0.0.8'] }), world, reports: { message: 'Task a1 of api has no IPv6 address, only 10.0.0.7, 10.0.0.8.' } },
    { name: 'while it is being registered', resource: ipv4({ lastStatus: 'ACTIVATING' }), world, reports: { severity: 'high' } },
    { name: 'dual-stack', resource: ipv4(), world, posture: 'dual-stack', reports: { severity: 'medium' } },
    { name: 'of no service', resource: ipv4({ serviceName: undefined }), world, reports: { message: 'Task a1 of no service (api:3) has no IPv6 address, only 10.0.0.7.', fix: [] } },
    { name: 'the subnet does not assign', resource: ipv4(), world: inSubnet({ ...dual, assignsIpv6: false }), reports: { fix: ['aws ec2 modify-subnet-attribute --region eu-west-2 --subnet-id subnet-1 --assign-ipv6-address-on-creation', redeploy] } },
    { name: 'the account does not give dual-stack tasks IPv6', resource: ipv4(), world: inSubnet(dual), reports: { fix: ['aws ecs put-account-setting-default --region eu-west-2 --name dualStackIPv6 --value enabled', redeploy] } },
    { name: 'the subnet has no IPv6', resource: ipv4(), world: inSubnet({ ...dual, ipv6Cidrs: [] }), reports: { fix: ['aws ec2 describe-subnets --region eu-west-2 --filters Name=vpc-id,Values=vpc-1 Name=ipv6-native,Values=true'] } },
    { name: 'the subnet is not known', resource: ipv4({ subnetId: undefined }), world, reports: { fix: [] } },
    { name: 'the revision is gone', resource: ipv4(), reports: { messageId: 'ipv4' } },
    { name: 'Windows, which the policy says is supported', resource: ipv4(), world: { taskDefinitions: [aTaskDefinition({ operatingSystem: 'windows' })] }, facts: { 'windows-over-ipv6-only': true }, reports: {} },
  ],
  unknown: [
    { name: 'no address reported yet', resource: ipv4({ ipv4Addresses: [] }), world, because: 'no address yet' },
    { name: 'the revision could not be read: it may be Windows', resource: ipv4(), world: { gaps: [aGap({ collection: 'taskDefinitions' })] }, because: 'taskDefinitions' },
  ],
  apply: ({ ipv6Address }, { resource, world: same }) => ({
    world: same,
    resource: { ...resource, ipv6Addresses: ipv6Address === true ? [TASK_ADDRESS] : [] },
  }),
}); // prettier-ignore
