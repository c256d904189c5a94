/** Random load balancers, groups of VPC Lattice and Cloud Map services, and what random services and groups say of them. */
import fc from 'fast-check';
import { aLatticeTargetGroup, aLoadBalancer } from '../support/balancing-builders';
import { aCloudMapService } from '../support/builders';

const pick = <const Value>(...values: readonly Value[]): fc.Arbitrary<Value> => fc.constantFrom(...values);
const arn = (prefix: string) => pick('1', '2', '3').map((number) => `${prefix}${number}`);
const some = <Value extends { readonly arn: string }>(value: fc.Arbitrary<Value>) =>
  fc.uniqueArray(value, { maxLength: 3, selector: (one) => one.arn });

const balancerArn = arn('arn:aws:elasticloadbalancing:eu-west-2:111122223333:loadbalancer/app/b');
const latticeArn = arn('arn:aws:vpc-lattice:eu-west-2:111122223333:targetgroup/tg-');
const registryArn = arn('arn:aws:servicediscovery:eu-west-2:111122223333:service/srv-');

const loadBalancer = fc
  .record({
    arn: balancerArn,
    type: pick('application', 'network'),
    securityGroupIds: fc.uniqueArray(pick('sg-1', 'sg-2', 'sg-3'), { maxLength: 1 }),
    ipAddressType: pick('ipv4', 'dualstack', undefined),
    scheme: pick('internal', 'internet-facing'),
    subnetIds: fc.uniqueArray(pick('subnet-1', 'subnet-2', 'subnet-3'), { maxLength: 2 }),
  }) // prettier-ignore
  .map((over) => aLoadBalancer(over));

const latticeGroup = fc
  .record({ arn: latticeArn, type: pick('IP', 'INSTANCE'), ipAddressType: pick('IPV4', 'IPV6', undefined) })
  .map((over) => aLatticeTargetGroup(over));

const registry = fc
  .record({ arn: registryArn, recordTypes: fc.subarray(['A', 'AAAA', 'SRV', 'CNAME']) })
  .map((over) => aCloudMapService(over));

const settings = fc.record({
  arn: arn('arn:aws:elasticloadbalancing:eu-west-2:111122223333:targetgroup/g'),
  preservesClientIp: fc.boolean(),
});

/** Names of Classic Load Balancers. */
export const aClassicName = fc.option(fc.constant('old'), { nil: undefined });
export const balancerArns = fc.array(balancerArn, { maxLength: 2 });
export const serviceParts = {
  latticeTargetGroupArns: fc.array(latticeArn, { maxLength: 1 }),
  serviceConnect: fc.boolean(),
};

export const aBalancing = {
  loadBalancers: some(loadBalancer),
  targetGroupSettings: some(settings),
  latticeTargetGroups: some(latticeGroup),
  cloudMapServices: some(registry),
};
export const balancingParts = [
  'loadBalancers',
  'targetGroupSettings',
  'latticeTargetGroups',
  'cloudMapServices',
] as const;
