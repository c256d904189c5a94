/** What random hosts are made from, and the account. */
import fc from 'fast-check';
import type { InstanceType } from '../../lib/snapshot/host-resources';
import type { Tags } from '../../lib/snapshot/snapshot';
import {
  aLaunchTemplate,
  anAccount,
  anAutoScalingGroup,
  anImage,
  anInstance,
  anInstanceType,
} from '../support/builders';

const few = ['1', '2', '3'] as const;
const pick = <const Value>(...values: readonly Value[]): fc.Arbitrary<Value> => fc.constantFrom(...values);
/** One of each name: what rules need together is rare enough. */
const each = <Value>(make: (number: string) => fc.Arbitrary<Value>) => fc.tuple(...few.map(make));

const id = (prefix: string) => pick(...few).map((number) => `${prefix}${number}`);
const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });

const hostTags = fc.constantFrom<Tags>({}, { team: 'a' }, { 'aws:autoscaling:groupName': 'g1' }, { 'aws:autoscaling:groupName': 'g2' }); // prettier-ignore
const hostInterface = fc.record({
  id: id('eni-'),
  deviceIndex: pick(0, 1, undefined),
  subnetId: maybe(id('subnet-')),
  ipv4Addresses: fc.subarray(['10.0.0.1']),
  ipv6Addresses: fc.array(fc.record({ address: pick('2001:db8:0:1::2', 'fd00::1'), isPrimary: fc.boolean() }), { maxLength: 1 }), // prettier-ignore
  ipv6Prefixes: fc.constant([]),
  securityGroupIds: fc.subarray(['sg-1', 'sg-2']),
});
export const aRandomInstance = fc
  .record({
    id: id('i-'),
    vpcId: pick('vpc-1', 'vpc-1', 'vpc-1', 'vpc-2'),
    state: pick('running', 'running', 'running', 'stopped'),
    operatingSystem: pick('linux', 'linux', 'linux', 'windows'),
    operator: pick(undefined, undefined, 'ecs.amazonaws.com'),
    instanceType: id('type'),
    imageId: maybe(id('ami-')),
    subnetId: maybe(id('subnet-')),
    interfaces: fc.array(hostInterface, { maxLength: 2 }),
    tags: hostTags,
  })
  .map((over) => anInstance(over));

const image = (number: string) =>
  fc
    .record({
      name: pick('al2023-ami-ecs-hvm-1', 'al2023-ami-1', 'bottlerocket-1', undefined),
      ownerAlias: pick('amazon', undefined),
    })
    .map((over) => anImage({ ...over, id: `ami-${number}` }));

const fit = {};
const type = (number: string) =>
  pick<Partial<InstanceType>>(
    ...[fit, fit, fit, fit, { hypervisor: 'xen' }, { ipv6Supported: false }],
    ...[{ bareMetal: true }, { hypervisor: undefined }, { ipv6Supported: undefined }],
  ).map((over) => anInstanceType({ ...over, name: `type${number}` }));

const settings = (number: string) =>
  fc.record({
    instanceId: fc.constant(`i-${number}`),
    ipCompatibility: pick('ipv4', 'ipv4', 'ipv6', 'unset', 'unreadable'),
  });

const wanted = pick('$Default', '$Latest', '3');
const templateId = pick(...few).map((number) => `lt-${number}`);
const group = (number: string) =>
  fc
    .record({
      templates: fc.array(fc.record({ templateId, version: wanted }), { maxLength: 2 }),
      isMixed: fc.boolean(),
      subnetIds: fc.array(id('subnet-'), { maxLength: 1 }),
    })
    .map((over) => anAutoScalingGroup({ ...over, name: `g${number}` }));

const provider = (number: string) =>
  maybe(pick('g1', 'g2', 'g3')).map((autoScalingGroup) => ({ name: `p${number}`, autoScalingGroup }));

const version = fc.record({ number: pick(1, 2, 3), hasPrimaryInterface: fc.boolean(), primaryIpv6: fc.boolean() });
const template = (number: string) =>
  fc
    .array(fc.tuple(wanted, version), { maxLength: 2 })
    .map((of) => aLaunchTemplate({ id: `lt-${number}`, versions: new Map(of) }));

const account = fc.constantFrom<Tags | undefined>(
  { dualStackIPv6: 'enabled' },
  { dualStackIPv6: 'disabled' },
  {},
  undefined,
);

/** Collections of a random world. */
export const randomHostParts = {
  images: each(image),
  instanceTypes: each(type),
  hostSettings: each(settings),
  capacityProviders: each(provider),
  autoScalingGroups: each(group),
  launchTemplates: each(template),
  accounts: account.map((of) => [{ ...anAccount(), settings: of }]),
};

/** Their names. */
export const hostParts = [
  ...(['images', 'instanceTypes', 'hostSettings', 'autoScalingGroups'] as const),
  ...(['capacityProviders', 'launchTemplates', 'accounts'] as const),
];
