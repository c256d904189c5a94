/** Instance types that the local account knows: https://docs.aws.amazon.com/ec2/latest/instancetypes/ */
export interface InstanceType {
  /** e.g. `m5.large` */
  readonly name: string;
  readonly hypervisor: 'nitro' | 'xen';
  readonly architecture: Architecture;
  readonly ipv6Supported: boolean;
  readonly currentGeneration: boolean;
  readonly burstable: boolean;
  readonly vcpus: number;
  readonly memoryMib: number;
  readonly maxInterfaces: number;
  /** Limit of one interface, for each of the two address families. */
  readonly addressesPerInterface: number;
}

export type Architecture = 'x86_64' | 'arm64';

/** vCPUs, GiB of memory, interfaces, addresses on an interface */
type Size = readonly [vcpus: number, gib: number, interfaces: number, addresses: number];
type Sizes = Readonly<Record<string, Size>>;

const T3: Sizes = {
  nano: [2, 0.5, 2, 2],
  micro: [2, 1, 2, 2],
  small: [2, 2, 3, 4],
  medium: [2, 4, 3, 6],
  large: [2, 8, 3, 12],
  xlarge: [4, 16, 4, 15],
  '2xlarge': [8, 32, 4, 15],
};
const T2: Sizes = {
  nano: [1, 0.5, 2, 2],
  micro: [1, 1, 2, 2],
  small: [1, 2, 3, 4],
  medium: [2, 4, 3, 6],
  large: [2, 8, 3, 12],
  xlarge: [4, 16, 3, 15],
  '2xlarge': [8, 32, 3, 15],
};

/** Sizes that differ in memory only: `gib` for each vCPU. */
function sized(gib: number): Sizes {
  return {
    large: [2, 2 * gib, 3, 10],
    xlarge: [4, 4 * gib, 4, 15],
    '2xlarge': [8, 8 * gib, 4, 15],
    '4xlarge': [16, 16 * gib, 8, 30],
  };
}

const COMPUTE = sized(2);
const GENERAL = sized(4);
const MEMORY = sized(8);

type Family = Omit<InstanceType, 'name' | 'vcpus' | 'memoryMib' | 'maxInterfaces' | 'addressesPerInterface'>;

const NITRO: Family = {
  hypervisor: 'nitro',
  architecture: 'x86_64',
  ipv6Supported: true,
  currentGeneration: true,
  burstable: false,
};
const GRAVITON: Family = { ...NITRO, architecture: 'arm64' };
const XEN: Family = { ...NITRO, hypervisor: 'xen', currentGeneration: false };
/** https://docs.aws.amazon.com/vpc/latest/userguide/vpc-migrate-ipv6.html */
const WITHOUT_IPV6: Family = { ...XEN, ipv6Supported: false };

const FAMILIES: readonly (readonly [family: string, traits: Family, sizes: Sizes])[] = [
  ['t3', { ...NITRO, burstable: true }, T3],
  ['t3a', { ...NITRO, burstable: true }, T3],
  ['t4g', { ...GRAVITON, burstable: true }, T3],
  ['t2', { ...XEN, currentGeneration: true, burstable: true }, T2],
  ['m5', NITRO, GENERAL],
  ['m6i', NITRO, GENERAL],
  ['m7i', NITRO, GENERAL],
  ['m6g', GRAVITON, GENERAL],
  ['m7g', GRAVITON, GENERAL],
  ['c5', NITRO, COMPUTE],
  ['c6i', NITRO, COMPUTE],
  ['c7i', NITRO, COMPUTE],
  ['c6g', GRAVITON, COMPUTE],
  ['c7g', GRAVITON, COMPUTE],
  ['r5', NITRO, MEMORY],
  ['r6i', NITRO, MEMORY],
  ['r7i', NITRO, MEMORY],
  ['r6g', GRAVITON, MEMORY],
  ['m4', XEN, { ...GENERAL, large: [2, 8, 2, 10] }],
  ['c4', XEN, { large: [2, 3.75, 3, 10], xlarge: [4, 7.5, 4, 15] }],
  ['c3', XEN, { large: [2, 3.75, 3, 10], xlarge: [4, 7.5, 4, 15] }],
  ['m3', WITHOUT_IPV6, { medium: [1, 3.75, 2, 6], large: [2, 7.5, 3, 10] }],
  ['m1', WITHOUT_IPV6, { small: [1, 1.7, 2, 4] }],
  ['t1', WITHOUT_IPV6, { micro: [1, 0.612, 2, 2] }],
];

export const INSTANCE_TYPES: readonly InstanceType[] = FAMILIES.flatMap(([family, traits, sizes]) =>
  Object.entries(sizes).map(([size, [vcpus, gib, maxInterfaces, addressesPerInterface]]) => ({
    ...traits,
    name: `${family}.${size}`,
    vcpus,
    memoryMib: Math.round(gib * 1024),
    maxInterfaces,
    addressesPerInterface,
  })),
);

const BY_NAME = new Map(INSTANCE_TYPES.map((type) => [type.name, type]));

export function findInstanceType(name: string): InstanceType | undefined {
  return BY_NAME.get(name);
}
