import { instanceTypeWithoutIpv6 } from '../../lib/rules/instance-type-without-ipv6';
import { aContainerInstance, anInstance, anInstanceType, CONTAINER_INSTANCE_ARN } from '../support/builders';
import { aGap, type Contents } from '../support/snapshot-builder';
import { testRule } from '../support/test-rule';

const ofType = (over: Parameters<typeof anInstanceType>[0]): Contents => ({
  containerInstances: [aContainerInstance()],
  instanceTypes: [anInstanceType(over)],
});
const xen = ofType({ hypervisor: 'xen', architectures: ['i386', 'x86_64'], vcpus: 1 });
const old = ofType({ ipv6Supported: false, hypervisor: 'xen' });
const list = (more: string): string => `aws ec2 describe-instance-types --region eu-west-2 --filters Name=hypervisor,Values=nitro Name=network-info.ipv6-supported,Values=true Name=current-generation,Values=true${more} --query 'InstanceTypes[].InstanceType' --output text`; // prettier-ignore

testRule(instanceTypeWithoutIpv6, {
  valid: [
    { name: 'Nitro', resource: anInstance(), world: ofType({}) },
    { name: 'bare metal', resource: anInstance(), world: ofType({ bareMetal: true, hypervisor: undefined }) },
    { name: 'Xen with IPv6, dual-stack', resource: anInstance(), world: xen, posture: 'dual-stack' },
    { name: 'hypervisor not stated, dual-stack', resource: anInstance(), world: ofType({ hypervisor: undefined }), posture: 'dual-stack' },
    { name: 'stopping', resource: anInstance({ state: 'stopping' }), world: xen },
    { name: 'draining', resource: anInstance(), world: { ...xen, containerInstances: [aContainerInstance({ status: 'DRAINING' })] } },
    { name: 'no container instance', resource: anInstance(), world: { ...xen, containerInstances: [] } },
    { name: 'operated by AWS', resource: anInstance({ operator: 'ecs.amazonaws.com' }), world: xen },
  ],
  invalid: [
    { name: 'Xen', resource: anInstance(), world: xen, reports: { messageId: 'hypervisor', message: 'i-1 is of type m7g.large, which is not built on Nitro: no IPv6-only subnet takes it.', desired: { ipv6Supported: true, hypervisors: ['nitro'] }, actual: { instanceType: 'm7g.large', ipv6Supported: true, hypervisor: 'xen' }, related: [CONTAINER_INSTANCE_ARN], fix: [list(' Name=processor-info.supported-architecture,Values=i386,x86_64 Name=vcpu-info.default-vcpus,Values=1')] } },
    { name: 'Xen, starting', resource: anInstance({ state: 'pending' }), world: xen, reports: { messageId: 'hypervisor' } },
    { name: 'no IPv6', resource: anInstance(), world: old, reports: { messageId: 'ipv6', message: 'i-1 is of type m7g.large, which has no IPv6 at all.' } },
    { name: 'no IPv6, dual-stack', resource: anInstance(), world: old, posture: 'dual-stack', reports: { messageId: 'ipv6', desired: { ipv6Supported: true } } },
    { name: 'bare metal without IPv6', resource: anInstance(), world: ofType({ ipv6Supported: false, bareMetal: true, architectures: [], vcpus: undefined }), reports: { messageId: 'ipv6', fix: [list('')] } },
  ],
  unknown: [
    { name: 'types could not be read', resource: anInstance(), world: { ...xen, instanceTypes: [], gaps: [aGap({ collection: 'instanceTypes', call: 'ec2:DescribeInstanceTypes' })] }, because: 'AccessDenied' },
    { name: 'EC2 does not know it', resource: anInstance({ instanceType: 'q1.huge' }), world: xen, because: 'anything of instance type q1.huge' },
    { name: 'IPv6 is not stated', resource: anInstance(), world: ofType({ ipv6Supported: undefined }), because: 'whether IPv6' },
    { name: 'hypervisor is not stated', resource: anInstance(), world: ofType({ hypervisor: undefined }), because: 'the hypervisor' },
  ],
  apply: ({ ipv6Supported, hypervisors }, { resource, world }) => ({
    resource,
    world: { ...world, instanceTypes: [anInstanceType({ ipv6Supported: Boolean(ipv6Supported), ...(Array.isArray(hypervisors) && { hypervisor: String(hypervisors[0]) }) })] },
  }),
}); // prettier-ignore
