import { subnetNotAutoAssigningIpv6 } from '../../lib/rules/subnet-not-auto-assigning-ipv6';
import { aSubnet } from '../support/builders';
import { testRule } from '../support/test-rule';

const off = aSubnet({ assignsIpv6: false });

testRule(subnetNotAutoAssigningIpv6, {
  valid: [
    { name: 'it assigns', resource: aSubnet() },
    { name: 'it has nothing to assign', resource: aSubnet({ assignsIpv6: false, ipv6Cidrs: [], ipv6Native: false }) },
    { name: 'nobody wants IPv6 there', resource: off, posture: 'ipv4' },
  ],
  invalid: [
    { name: 'IPv6-only', resource: off, reports: {
      message: 'subnet-1 does not assign an IPv6 address to what starts in it.',
      desired: { assignsIpv6: true }, actual: { assignsIpv6: false },
      related: ['arn:aws:ec2:eu-west-2:111122223333:vpc/vpc-1'],
      fix: ['aws ec2 modify-subnet-attribute --region eu-west-2 --subnet-id subnet-1 --assign-ipv6-address-on-creation'],
    } },
    { name: 'dual-stack', resource: { ...off, ipv6Native: false, ipv4Cidr: '10.0.1.0/24' }, posture: 'dual-stack', reports: { messageId: 'off' } },
  ],
  apply: (_, { resource, world }) => ({ world, resource: { ...resource, assignsIpv6: true } }),
}); // prettier-ignore
