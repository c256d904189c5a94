import { serviceSubnetNotIpv6Only } from '../../lib/rules/service-subnet-not-ipv6-only';
import { aService, aSubnet, aTaskDefinition } from '../support/builders';
import { aGap, type Contents } from '../support/snapshot-builder';
import { testRule } from '../support/test-rule';

const native = aSubnet();
const dual = aSubnet({ id: 'subnet-2', ipv6Native: false, ipv4Cidr: '10.0.2.0/24' });
const old = aSubnet({ id: 'subnet-3', ipv6Native: false, ipv6Cidrs: [], vpcId: 'vpc-2' });
const inSubnets = (...subnetIds: string[]) => aService({ subnetIds });
const world: Contents = { subnets: [native, dual, old], taskDefinitions: [aTaskDefinition()] };
const show = (vpc: string): string =>
  `aws ec2 describe-subnets --region eu-west-2 --filters Name=vpc-id,Values=${vpc} Name=ipv6-native,Values=true`;

testRule(serviceSubnetNotIpv6Only, {
  valid: [
    { name: 'IPv6-only', resource: inSubnets('subnet-1'), world },
    { name: 'no subnets of its own', resource: inSubnets(), world },
    { name: 'a subnet that is gone', resource: inSubnets('subnet-9'), world },
    { name: 'its subnets were read, others could not be', resource: inSubnets('subnet-1'), world: { ...world, gaps: [aGap({ collection: 'subnets' })] } },
    { name: 'wanted dual-stack', resource: inSubnets('subnet-2'), world, posture: 'dual-stack' },
    { name: 'on its way out', resource: aService({ subnetIds: ['subnet-2'], status: 'DRAINING' }), world },
    { name: 'on hosts', resource: inSubnets('subnet-2'), world: { ...world, taskDefinitions: [aTaskDefinition({ networkMode: 'bridge' })] } },
  ],
  invalid: [
    { name: 'dual-stack beside IPv6-only', resource: inSubnets('subnet-1', 'subnet-2'), world, reports: {
      message: 'api places its tasks in subnet-2, where they get IPv4 addresses.',
      desired: { ipv6Native: true }, actual: { ipv6Native: { 'subnet-2': false } },
      related: ['arn:aws:ec2:eu-west-2:111122223333:subnet/subnet-2'], fix: [show('vpc-1')],
    } },
    { name: 'several', resource: inSubnets('subnet-2', 'subnet-3'), world, reports: { message: 'api places its tasks in subnet-2 and subnet-3, where they get IPv4 addresses.', fix: [show('vpc-1'), show('vpc-2')] } },
    { name: 'two of one VPC', resource: inSubnets('subnet-2', 'subnet-4'), world: { ...world, subnets: [dual, { ...dual, id: 'subnet-4' }] }, reports: { fix: [show('vpc-1')] } },
    { name: 'one could not be read, another is wrong', resource: inSubnets('subnet-8', 'subnet-3'), world: { ...world, gaps: [aGap({ collection: 'subnets', resources: ['subnet-8'] })] }, reports: { actual: { ipv6Native: { 'subnet-3': false } } } },
    { name: 'IPv6-only by name, its block is not associated', resource: inSubnets('subnet-1'), world: { ...world, subnets: [{ ...native, ipv6Cidrs: [] }] }, reports: { actual: { ipv6Native: { 'subnet-1': true } } } },
  ],
  unknown: [
    { name: 'a subnet that could not be read', resource: inSubnets('subnet-1', 'subnet-8'), world: { ...world, gaps: [aGap({ collection: 'subnets', resources: ['subnet-8'] })] }, because: 'AccessDenied' },
  ],
  apply: (_, { resource, world: around }) => ({ world: { ...around, subnets: [native] }, resource: { ...resource, subnetIds: ['subnet-1'] } }),
}); // prettier-ignore
