import { instanceWithoutPrimaryIpv6 } from '../../lib/rules/instance-without-primary-ipv6';
import type { InstanceAddress } from '../../lib/snapshot/host-resources';
import type { Instance, Service } from '../../lib/snapshot/snapshot';
import { aBridgeTask, aContainerInstance, aService, aTargetGroup, aTask, aTaskDefinition, anInstance, REGISTRY_ARN } from '../support/builders'; // prettier-ignore
import { aGap, type Contents } from '../support/snapshot-builder';
import { testRule } from '../support/test-rule';

const address = '2001:db8:0:1::100';
const [primary] = anInstance().interfaces;
function instanceWith(ipv6Addresses: readonly InstanceAddress[], over: Partial<Instance> = {}): Instance {
  if (!primary) throw new Error('The builder makes a primary interface.');
  const second = { ...primary, id: 'eni-second', deviceIndex: 1, ipv6Addresses: [{ address, isPrimary: true }] };
  return anInstance({ interfaces: [second, { ...primary, ipv6Addresses }], ...over });
}
const bad = instanceWith([{ address, isPrimary: false }]);

const bridge = aTaskDefinition({ networkMode: 'bridge' });
const service = (over: Partial<Service> = {}): Service => aService({ launchType: 'EC2', subnetIds: [], ...over });
const idle: Contents = { containerInstances: [aContainerInstance()], taskDefinitions: [bridge] };
const placeable: Contents = {
  ...idle,
  services: [service()],
  targetGroups: [aTargetGroup({ targetType: 'instance' })],
};
const running: Contents = { ...placeable, tasks: [aBridgeTask(), aBridgeTask({ id: 'a2' }), aBridgeTask({ id: 'x', serviceName: undefined })] }; // prettier-ignore
const modify = 'aws ec2 modify-network-interface-attribute --region eu-west-2 --network-interface-id eni-host --enable-primary-ipv6'; // prettier-ignore
const assign =
  'aws ec2 assign-ipv6-addresses --region eu-west-2 --network-interface-id eni-host --ipv6-address-count 1';
const critical = { severity: 'critical' } as const;
const low = { messageId: 'idle', severity: 'low' } as const;

testRule(instanceWithoutPrimaryIpv6, {
  valid: [
    { name: 'a primary IPv6 address', resource: anInstance(), world: running },
    { name: 'no container instance', resource: bad },
    { name: 'Windows', resource: instanceWith([], { operatingSystem: 'windows' }), world: running },
    { name: 'Windows, as ECS says', resource: bad, world: { ...running, containerInstances: [aContainerInstance({ operatingSystem: 'windows' })] } },
    { name: 'operated by AWS, as in ECS Managed Instances', resource: instanceWith([], { operator: 'ecs.amazonaws.com' }), world: running },
    { name: 'stopping', resource: instanceWith([], { state: 'shutting-down' }), world: running },
    { name: 'draining', resource: bad, world: { ...running, containerInstances: [aContainerInstance({ status: 'DRAINING' })] } },
    { name: 'dual-stack and idle', resource: bad, world: idle, posture: 'dual-stack' },
    { name: 'dual-stack behind IPv4 groups', resource: bad, world: { ...running, targetGroups: [aTargetGroup({ targetType: 'instance', ipAddressType: 'ipv4' })] }, posture: 'dual-stack' },
    { name: 'dual-stack with a Cloud Map registry only', resource: bad, world: { ...running, services: [service({ loadBalancers: [], registries: [{ registryArn: REGISTRY_ARN }] })] }, posture: 'dual-stack' },
  ],
  invalid: [
    { name: 'runs bridge tasks behind an IPv6 group', resource: bad, world: running, reports: { messageId: 'running', ...critical, message: 'i-1 runs 2 tasks of api that are registered by the instance: it has no primary IPv6 address.', actual: { primaryIpv6: false, ipv6Addresses: [address] }, fix: [modify], related: [aContainerInstance().arn, aService().arn] } },
    { name: 'runs a host task with a Cloud Map registry', resource: bad, world: { ...running, taskDefinitions: [aTaskDefinition({ networkMode: 'host' })], tasks: [aBridgeTask()], services: [service({ loadBalancers: [], registries: [{ registryArn: REGISTRY_ARN }] })] }, reports: { messageId: 'running', ...critical, message: 'i-1 runs 1 task of api that are registered by the instance: it has no primary IPv6 address.' } },
    { name: 'the network mode is not stated', resource: bad, world: { ...running, taskDefinitions: [aTaskDefinition({ networkMode: 'default' })] }, reports: { messageId: 'running', ...critical } },
    { name: 'dual-stack behind an IPv6 group', resource: bad, world: running, posture: 'dual-stack', reports: { messageId: 'running', ...critical } },
    { name: 'such services could be placed on it', resource: bad, world: { ...placeable, services: ['d', 'c', 'b', 'a'].map((name) => service({ name })) }, reports: { messageId: 'placeable', ...critical, message: 'i-1 has no primary IPv6 address: tasks of a, b, c and 1 more placed on it could not be registered.' } },
    { name: 'awsvpc tasks only', resource: bad, world: { ...idle, taskDefinitions: [aTaskDefinition()], services: [aService({ launchType: 'EC2' })], tasks: [aTask({ containerInstanceArn: aContainerInstance().arn })] }, reports: low },
    { name: 'the service is not registered anywhere', resource: bad, world: { ...running, services: [service({ loadBalancers: [] })] }, reports: low },
    { name: 'the service is going away', resource: bad, world: { ...placeable, services: [service({ status: 'DRAINING' })] }, reports: low },
    { name: 'the service runs outside EC2', resource: bad, world: { ...placeable, services: [service({ launchType: 'EXTERNAL' })] }, reports: low },
    { name: 'the service runs on instances of AWS', resource: bad, world: { ...placeable, services: [service({ launchType: 'MANAGED_INSTANCES' })] }, reports: low },
    { name: 'the service is in another cluster', resource: bad, world: { ...placeable, services: [service({ clusterArn: 'arn:other/dev' })] }, reports: low },
    { name: 'a stopped task does not count', resource: bad, world: { ...running, services: [service({ loadBalancers: [] })], tasks: [aBridgeTask({ lastStatus: 'STOPPED' })] }, reports: low },
    { name: 'starting', resource: instanceWith([], { state: 'pending' }), world: idle, reports: low },
    { name: 'idle, whichever groups could not be read', resource: bad, world: { ...idle, gaps: [aGap({ collection: 'targetGroups' })] }, reports: low },
    { name: 'no IPv6 address at all', resource: instanceWith([]), world: idle, reports: { ...low, fix: [assign, modify] } },
    { name: 'only a private IPv6 address, which cannot be primary', resource: instanceWith([{ address: 'fd00::1', isPrimary: false }]), world: idle, reports: { ...low, fix: [assign, modify] } },
  ],
  unknown: [
    { name: 'whether ECS knows the instance', resource: bad, world: { gaps: [aGap({ collection: 'containerInstances' })] }, because: 'containerInstances' },
    { name: 'what runs there', resource: bad, world: { ...idle, gaps: [aGap()] }, because: 'tasks' },
    { name: 'what could be placed there', resource: bad, world: { ...idle, gaps: [aGap({ collection: 'services' })] }, because: 'services' },
    { name: 'in which network mode', resource: bad, world: { ...idle, gaps: [aGap({ collection: 'taskDefinitions' })] }, because: 'taskDefinitions' },
    { name: 'in which group, dual-stack', resource: bad, world: { ...placeable, targetGroups: [], gaps: [aGap({ collection: 'targetGroups' })] }, posture: 'dual-stack', because: 'targetGroups' },
    { name: 'no network interface shown', resource: anInstance({ interfaces: [] }), world: running, because: 'no primary interface' },
  ],
  apply: ({ primaryIpv6 }, { resource, world }) => ({
    world,
    resource: {
      ...resource,
      interfaces: resource.interfaces.map((one) => ({ ...one, ipv6Addresses: [{ address, isPrimary: primaryIpv6 === true }] })),
    },
  }),
}); // prettier-ignore
