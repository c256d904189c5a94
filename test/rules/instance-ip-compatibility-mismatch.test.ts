import { instanceIpCompatibilityMismatch } from '../../lib/rules/instance-ip-compatibility-mismatch';
import type { IpCompatibility } from '../../lib/snapshot/host-resources';
import type { Task } from '../../lib/snapshot/snapshot';
import { aBridgeTask, aContainerInstance, anInstance, aTask, aTaskDefinition } from '../support/builders';
import { aGap, type Contents } from '../support/snapshot-builder';
import { testRule } from '../support/test-rule';

const host = aContainerInstance();
const bound = (bindIp: string, over: Partial<Task> = {}) => aBridgeTask({ bindings: [{ bindIp, containerPort: 80, hostPort: 32768 }], ...over }); // prettier-ignore
const running = (...tasks: readonly Task[]): Contents => ({ instances: [anInstance()], tasks, taskDefinitions: [aTaskDefinition({ networkMode: 'bridge' })] }); // prettier-ignore
const says = (ipCompatibility: IpCompatibility): Contents => ({ instances: [anInstance()], hostSettings: [{ instanceId: 'i-1', ipCompatibility }] }); // prettier-ignore
const [primary] = anInstance().interfaces;
const faces = (...more: readonly { id: string; ipv4Addresses: string[] }[]) => anInstance({ interfaces: primary ? [primary, ...more.map((one) => ({ ...primary, ipv6Addresses: [], deviceIndex: 1, ...one }))] : [] }); // prettier-ignore
const withIpv4 = anInstance({ interfaces: primary ? [{ ...primary, ipv4Addresses: ['10.0.0.1'] }] : [] });
const ofTask = { id: 'eni-a1', ipv4Addresses: ['10.0.0.9'] };
const awsvpc = aTask({ launchType: 'EC2', containerInstanceArn: host.arn });

testRule(instanceIpCompatibilityMismatch, {
  valid: [
    { name: 'bridge tasks bound to IPv6', resource: host, world: running(bound('::')) },
    { name: 'bound to IPv6, whatever user data says', resource: host, world: { ...running(bound('::')), ...says('ipv4') } },
    { name: 'user data says ipv6', resource: host, world: says('ipv6') },
    { name: 'user data leaves it to the agent', resource: host, world: says('unset') },
    { name: 'bound to IPv4, which tells nothing by the policy, and user data says ipv6', resource: host, world: { ...running(bound('0.0.0.0')), ...says('ipv6') }, facts: { 'agent-binds-ipv6-only': false } },
    { name: 'a host with IPv4', resource: host, world: { ...running(bound('0.0.0.0')), instances: [withIpv4] } },
    { name: 'a host with IPv4 on another interface', resource: host, world: { ...says('ipv4'), instances: [faces({ id: 'eni-2', ipv4Addresses: ['10.0.0.9'] })] } },
    { name: 'a host without addresses', resource: host, world: { ...says('ipv4'), instances: [anInstance({ interfaces: [] })] } },
    { name: 'draining', resource: aContainerInstance({ status: 'DRAINING' }), world: running(bound('0.0.0.0')) },
    { name: 'Windows', resource: aContainerInstance({ operatingSystem: 'windows' }), world: running(bound('0.0.0.0')) },
    { name: 'dual-stack', resource: host, world: running(bound('0.0.0.0')), posture: 'dual-stack' },
    { name: 'an instance that is gone from EC2', resource: host },
  ],
  invalid: [
    { name: 'a bridge task bound to IPv4', resource: host, world: running(bound('0.0.0.0')), reports: { messageId: 'bound', message: 'i-1 has no IPv4 address, but 1 bridge task on it is bound to 0.0.0.0: its agent takes it for an IPv4 host.', actual: { ipCompatibility: 'ipv4', shownBy: 'bindings' }, related: [anInstance().arn] } },
    { name: 'two of them', resource: host, world: running(bound('0.0.0.0'), bound('0.0.0.0', { id: 'a2' }), bound('::', { id: 'a3' })), reports: { message: 'i-1 has no IPv4 address, but 2 bridge tasks on it are bound to 0.0.0.0: its agent takes it for an IPv4 host.' } },
    { name: 'bound to IPv4, whatever user data says', resource: host, world: { ...running(bound('0.0.0.0')), ...says('ipv6') }, reports: { messageId: 'bound' } },
    { name: 'bound to IPv6, which tells nothing by the policy', resource: host, world: { ...running(bound('::')), ...says('ipv4') }, facts: { 'agent-binds-ipv6-only': false }, reports: { messageId: 'stated' } },
    { name: 'user data says ipv4', resource: host, world: says('ipv4'), reports: { messageId: 'stated', message: 'i-1 has no IPv4 address, but its user data sets ECS_INSTANCE_IP_COMPATIBILITY to ipv4.', actual: { ipCompatibility: 'ipv4', shownBy: 'user data' }, fix: [`aws ssm send-command --region eu-west-2 --instance-ids i-1 --document-name AWS-RunShellScript --parameters '{"commands":["sed -i /^ECS_INSTANCE_IP_COMPATIBILITY=/d /etc/ecs/ecs.config; echo ECS_INSTANCE_IP_COMPATIBILITY=ipv6 >> /etc/ecs/ecs.config; systemctl restart ecs"]}'`] } },
    { name: 'IPv4 of a task on it is not its own', resource: host, world: { ...says('ipv4'), tasks: [awsvpc], taskDefinitions: [aTaskDefinition()], instances: [faces(ofTask)] }, reports: { messageId: 'stated' } },
    { name: 'a host-mode task shows nothing', resource: host, world: { ...says('ipv4'), tasks: [bound('::')], taskDefinitions: [aTaskDefinition({ networkMode: 'host' })] }, reports: { messageId: 'stated' } },
  ],
  unknown: [
    { name: 'nothing shows it, on an event', resource: host, world: running(), because: 'only sweeps and people' },
    { name: 'a task without bindings yet', resource: host, world: running(bound('::', { bindings: undefined })), because: 'only sweeps and people' },
    { name: 'user data hides it', resource: host, world: says('unreadable'), because: 'not to be seen' },
    { name: 'user data could not be read', resource: host, world: { ...running(), gaps: [aGap({ collection: 'hostSettings', call: 'ec2:DescribeInstanceAttribute', resources: ['i-1'] })] }, because: 'AccessDenied' },
    { name: 'user data says ipv4, but tasks were not read', resource: host, world: { ...says('ipv4'), gaps: [aGap()] }, because: 'ecs:DescribeTasks' },
    { name: 'user data says ipv4, but what the tasks are was not read', resource: host, world: { ...says('ipv4'), gaps: [aGap({ collection: 'taskDefinitions', call: 'ecs:DescribeTaskDefinition' })] }, because: 'ecs:DescribeTaskDefinition' },
    { name: 'the instance could not be read', resource: host, world: { gaps: [aGap({ collection: 'instances' })] }, because: 'instances' },
  ],
  apply: ({ ipCompatibility }, { resource, world }) => ({
    resource,
    world: { ...world, tasks: (world?.tasks ?? []).map((task) => (task === awsvpc ? task : { ...task, bindings: [{ bindIp: '::' }] })), hostSettings: [{ instanceId: 'i-1', ipCompatibility: ipCompatibility as 'ipv6' }] },
  }),
}); // prettier-ignore
