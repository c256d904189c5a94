/** What random hosts are made from, and the account. */
import fc from 'fast-check';
import type { InstanceType } from '../../lib/snapshot/host-resources';
import type { Tags } from '../../lib/snapshot/snapshot';
import { aLaunchTemplate, anAccount, anAutoScalingGroup, anImage, anInstanceType } from '../support/builders';

const few = ['1', '2', '3'] as const;
const pick = <const Value>(...values: readonly Value[]): fc.Arbitrary<Value> => fc.constantFrom(...values);
const some = <Value>(value: fc.Arbitrary<Value>, key: (value: Value) => string) =>
  fc.uniqueArray(value, { maxLength: 3, selector: key });
/** One of each name: what rules need together is rare enough. */
const each = <Value>(make: (number: string) => fc.Arbitrary<Value>) => fc.tuple(...few.map(make));

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
const group = fc
  .record({
    name: pick('g1', 'g2', 'g3'),
    templates: fc.array(fc.record({ templateId, version: wanted }), { maxLength: 2 }),
    isMixed: fc.boolean(),
  })
  .map((over) => anAutoScalingGroup(over));

const version = fc.record({ number: pick(1, 2, 3), hasPrimaryInterface: fc.boolean(), primaryIpv6: fc.boolean() });
const template = fc
  .record({ id: templateId, versions: fc.array(fc.tuple(wanted, version), { maxLength: 2 }).map((of) => new Map(of)) })
  .map((over) => aLaunchTemplate(over));

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
  autoScalingGroups: some(group, ({ name }) => name),
  launchTemplates: some(template, ({ id }) => id),
  accounts: account.map((of) => [{ ...anAccount(), settings: of }]),
};

/** Their names. */
export const hostParts = [
  ...(['images', 'instanceTypes', 'hostSettings', 'autoScalingGroups'] as const),
  ...(['launchTemplates', 'accounts'] as const),
];
