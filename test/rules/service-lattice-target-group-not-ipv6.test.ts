import { serviceLatticeTargetGroupNotIpv6 } from '../../lib/rules/service-lattice-target-group-not-ipv6';
import { aLatticeTargetGroup, LATTICE_GROUP_ARN } from '../support/balancing-builders';
import { aService } from '../support/builders';
import { aGap, type Contents } from '../support/snapshot-builder';
import { testRule } from '../support/test-rule';

const OTHER = LATTICE_GROUP_ARN.replace('tg-0', 'tg-1');
const service = aService({ latticeTargetGroupArns: [LATTICE_GROUP_ARN] });
const both = aService({ latticeTargetGroupArns: [LATTICE_GROUP_ARN, OTHER] });
const ipv4 = aLatticeTargetGroup({ ipAddressType: 'IPV4' });
const other = aLatticeTargetGroup({ arn: OTHER, name: 'other', ipAddressType: 'IPV4' });
const create = (name: string): string => `aws vpc-lattice create-target-group --region eu-west-2 --name ${name}-ipv6 --type IP --config port=8080,protocol=HTTP,vpcIdentifier=vpc-1,ipAddressType=IPV6`; // prettier-ignore

testRule(serviceLatticeTargetGroupNotIpv6, {
  valid: [
    { name: 'an IPv6 group', resource: service, world: { latticeTargetGroups: [aLatticeTargetGroup()] } },
    { name: 'a group of instances, which has no address type', resource: service, world: { latticeTargetGroups: [aLatticeTargetGroup({ type: 'INSTANCE', ipAddressType: undefined })] } },
    { name: 'no group', resource: aService(), world: { latticeTargetGroups: [ipv4] } },
    { name: 'the group is gone', resource: service, world: { gone: [LATTICE_GROUP_ARN] } },
    { name: 'the service is going away', resource: { ...service, status: 'DRAINING' }, world: { latticeTargetGroups: [ipv4] } },
    { name: 'a dual-stack service', resource: service, posture: 'dual-stack', world: { latticeTargetGroups: [ipv4] } },
  ],
  invalid: [
    { name: 'an IPv4 group', resource: service, world: { latticeTargetGroups: [ipv4] }, reports: { message: 'api registers its tasks in 1 VPC Lattice target group of IP address type IPV4: api.', actual: { ipAddressTypes: { [LATTICE_GROUP_ARN]: 'IPV4' } }, related: [LATTICE_GROUP_ARN], fix: [create('api')] } },
    { name: 'two, in one finding', resource: both, world: { latticeTargetGroups: [ipv4, other] }, reports: { message: 'api registers its tasks in 2 VPC Lattice target groups of IP address type IPV4: api and other.' } },
    { name: 'one, and one could not be read', resource: both, world: { latticeTargetGroups: [other], gaps: [aGap({ collection: 'latticeTargetGroups', resources: [LATTICE_GROUP_ARN] })] }, reports: { related: [OTHER] } },
    { name: 'little known of the group', resource: service, world: { latticeTargetGroups: [aLatticeTargetGroup({ ...ipv4, name: 'n'.repeat(128), port: undefined, protocol: undefined, vpcId: undefined })] }, reports: { fix: [`aws vpc-lattice create-target-group --region eu-west-2 --name ${'n'.repeat(123)}-ipv6 --type IP --config ipAddressType=IPV6`] } },
  ],
  unknown: [
    { name: 'the group could not be read', resource: service, world: { gaps: [aGap({ collection: 'latticeTargetGroups', call: 'vpc-lattice:GetTargetGroup' })] }, because: 'AccessDenied' },
    { name: 'nobody read the group', resource: service, because: 'not read' },
    { name: 'a type that is not known here', resource: service, world: { latticeTargetGroups: [aLatticeTargetGroup({ ipAddressType: undefined })] }, because: 'unknown IP address type' },
  ],
  apply: ({ ipAddressType }, { resource, world = {} }) => {
    const done: Contents = { ...world, gaps: [], gone: [LATTICE_GROUP_ARN], latticeTargetGroups: world.latticeTargetGroups?.map((group) => ({ ...group, ipAddressType: ipAddressType === 'IPV6' ? 'IPV6' : 'IPV4' })) };
    return { resource, world: done };
  },
}); // prettier-ignore
