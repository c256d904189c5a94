import { vpcWithoutIpv6 } from '../../lib/rules/vpc-without-ipv6';
import { aService, aSubnet, aTask, aVpc } from '../support/builders';
import { testRule } from '../support/test-rule';

const old = aVpc({ ipv6Cidrs: [] });
const subnet = aSubnet({ ipv6Native: false, ipv6Cidrs: [] });
const inUse = {
  services: [aService()],
  subnets: [subnet, aSubnet({ id: 'subnet-2' }), aSubnet({ id: 'subnet-3', vpcId: 'vpc-2' })],
};
const subnetArn = 'arn:aws:ec2:eu-west-2:111122223333:subnet/subnet-1';

testRule(vpcWithoutIpv6, {
  valid: [
    { name: 'a block of IPv6', resource: aVpc(), world: inUse },
    { name: 'a block of IPv6, wanted dual-stack', resource: aVpc(), world: inUse, posture: 'dual-stack' },
    { name: 'nobody wants IPv6 there', resource: old, world: inUse, posture: 'ipv4' },
  ],
  invalid: [
    { name: 'IPv4 only', resource: old, world: inUse, reports: {
      message: 'vpc-1 has no IPv6 block, so none of its subnets can have one; ECS uses 1 subnet of it.',
      desired: { ipv6Cidr: true }, actual: { ipv4Cidrs: ['10.0.0.0/16'], ipv6Cidrs: [] }, related: [subnetArn],
      fix: ['aws ec2 associate-vpc-cidr-block --region eu-west-2 --vpc-id vpc-1 --amazon-provided-ipv6-cidr-block'],
    } },
    { name: 'IPv4 only, wanted dual-stack', resource: old, world: inUse, posture: 'dual-stack', reports: { messageId: 'none' } },
    { name: 'a task of no service alone uses it', resource: old, world: { subnets: [subnet], tasks: [aTask({ serviceName: undefined })] }, reports: { related: [subnetArn] } },
  ],
  apply: (_, { resource, world }) => ({ world, resource: { ...resource, ipv6Cidrs: ['2001:db8::/56'] } }),
}); // prettier-ignore
