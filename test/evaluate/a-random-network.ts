/** Random networks around the subnets `subnet-1` to `subnet-3` of `vpc-1`. */
import fc from 'fast-check';
import { aVpc, anAccount } from '../support/builders';
import {
  aFlowLog,
  aNetworkAcl,
  anEntry,
  aPermission,
  aRoute,
  aRouteTable,
  aSecurityGroup,
  aVpcEndpoint,
} from '../support/network-builders';

const pick = <const Value>(...values: readonly Value[]): fc.Arbitrary<Value> => fc.constantFrom(...values);
const number = pick('1', '2', '3');
const id = (prefix: string) => number.map((one) => `${prefix}${one}`);
const some = <Value extends { readonly id: string }>(value: fc.Arbitrary<Value>) =>
  fc.uniqueArray(value, { maxLength: 3, selector: (one) => one.id });

const route = fc
  .record({
    destination: pick('::/0', '::/0', '2000::/3', '64:ff9b::/96', 'pl-1'),
    target: pick(
      { kind: 'internet-gateway', id: 'igw-1' },
      { kind: 'egress-only-internet-gateway', id: 'eigw-1' },
      { kind: 'nat-gateway', id: 'nat-1' },
      { kind: 'elsewhere', id: 'tgw-1' },
    ),
    state: pick('active', 'active', 'blackhole', 'filtered'),
  })
  .map((over) => aRoute(over));

const routeTable = fc
  .record({ number, isOwn: fc.boolean(), routes: fc.array(route, { maxLength: 3 }) })
  .map(({ number: n, isOwn, routes }) =>
    // a subnet has one table at most, a VPC one main table
    aRouteTable({ id: `rtb-${n}`, isMain: n === '1', subnetIds: isOwn ? [`subnet-${n}`] : [], routes }),
  );

const permission = fc
  .record({
    protocol: pick('-1', 'tcp', 'udp'),
    ipv6Cidrs: fc.subarray(['::/0', '2001:db8::/56', '::1/128']),
    groupIds: fc.subarray(['sg-1', 'sg-2']),
    prefixListIds: fc.subarray(['pl-1']),
  })
  .map((over) => aPermission(over));
const permissions = fc.array(permission, { maxLength: 2 });

const securityGroup = fc
  .record({ id: id('sg-'), ingress: permissions, egress: permissions })
  .map((over) => aSecurityGroup(over));

const entry = fc
  .record({
    ruleNumber: fc.integer({ min: 1, max: 300 }),
    egress: fc.boolean(),
    action: pick('allow', 'allow', 'deny'),
    protocol: pick('-1', '6', '58'),
    ipv6Cidr: pick('::/0', '::/0', '2600::/16'),
  })
  .map((over) => anEntry(over));

const networkAcl = fc
  .record({ number, entries: fc.array(entry, { maxLength: 5 }) })
  .map(({ number: n, entries }) => aNetworkAcl({ id: `acl-${n}`, subnetIds: [`subnet-${n}`], entries }));

const vpcEndpoint = fc
  .record({
    id: id('vpce-'),
    serviceName: pick('com.amazonaws.eu-west-2.ecr.api', 'com.amazonaws.eu-west-2.s3'),
    ipAddressType: pick('ipv4', 'dualstack'),
    privateDns: fc.boolean(),
  })
  .map((over) => aVpcEndpoint(over));

const flowLog = fc
  .record({ id: id('fl-'), resourceId: pick('vpc-1', 'subnet-1', 'eni-1'), isActive: fc.boolean() })
  .map((over) => aFlowLog(over));

/** The parts of a snapshot that speak of networks. */
export const aNetwork = {
  vpcs: pick(['2001:db8::/56'], []).map((ipv6Cidrs) => [aVpc({ ipv6Cidrs })]),
  routeTables: some(routeTable),
  securityGroups: some(securityGroup),
  networkAcls: some(networkAcl),
  vpcEndpoints: some(vpcEndpoint),
  flowLogs: some(flowLog),
  accounts: fc.constant([anAccount()]),
};

export const networkParts = ['vpcs', 'routeTables', 'securityGroups', 'networkAcls', 'vpcEndpoints', 'flowLogs', 'accounts'] as const; // prettier-ignore
