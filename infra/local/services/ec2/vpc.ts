import { ApiError } from '../../kernel/api-error';
import type { Scope } from '../../kernel/scope';
import { defineReplicatedStore, defineStore } from '../../kernel/scope';
import type { Cidr } from './cidr';
import { addressAt, cidrContains, cidrsOverlap, parseCidr } from './cidr';
import type { Kind } from './ec2-error';
import { found, invalidValue } from './ec2-error';
import { resourceId } from './resource-id';

/** A CIDR block that belongs to a VPC or subnet. */
export interface CidrAssociation {
  readonly id: string;
  readonly cidr: Cidr;
}

export interface Vpc {
  readonly id: string;
  readonly dhcpOptionsId: string;
  readonly tenancy: 'default' | 'dedicated';
  /** The first is the primary one and cannot be taken away. */
  readonly ipv4: CidrAssociation[];
  readonly ipv6: CidrAssociation[];
  dnsSupport: boolean;
  dnsHostnames: boolean;
  addressUsageMetrics: boolean;
}

export interface VpcRequest {
  /** IPv4 block, /16 to /28. */
  readonly cidrBlock: string;
  /** true: with a /56 from Amazon's pool. */
  readonly ipv6?: boolean;
  readonly tenancy?: 'default' | 'dedicated';
}

export const VPC: Kind = { notFound: 'InvalidVpcID.NotFound', noun: 'vpc ID' };

/** https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html */
const IPV4_PREFIX = { shortest: 16, longest: 28 };

/** The block from which Amazon's IPv6 space of the local account is cut; each VPC gets a /56 of it. */
const AMAZON_POOL: Cidr = poolCidr('2600:1f00::/24');
const VPC_IPV6_PREFIX = 56;
/** Hexadecimal digits between the pool's prefix and the VPC's. */
const POOL_DIGITS = (VPC_IPV6_PREFIX - AMAZON_POOL.prefix) / 4;

const vpcs = defineReplicatedStore(() => new Map<string, Vpc>());
const dhcpOptions = defineStore((scope) => ({ id: resourceId(scope, 'dopt') }));

export function allVpcs(scope: Scope): readonly Vpc[] {
  return [...vpcs(scope).values()];
}

export function findVpc(scope: Scope, id: string): Vpc | undefined {
  return vpcs(scope).get(id);
}

/** The VPC, or `InvalidVpcID.NotFound`. */
export function requireVpc(scope: Scope, id: string): Vpc {
  return found(findVpc(scope, id), VPC, id);
}

/** The bare VPC; `createNetwork` makes it with what AWS puts into every VPC. */
export function addVpc(scope: Scope, request: VpcRequest): Vpc {
  const vpc: Vpc = {
    id: resourceId(scope, 'vpc'),
    dhcpOptionsId: dhcpOptions(scope).id,
    tenancy: request.tenancy ?? 'default',
    ipv4: [{ id: resourceId(scope, 'vpc-cidr-assoc'), cidr: vpcIpv4Cidr(request.cidrBlock) }],
    ipv6: [],
    dnsSupport: true,
    dnsHostnames: false,
    addressUsageMetrics: false,
  };
  if (request.ipv6) addAmazonIpv6(scope, vpc);
  vpcs(scope).set(vpc.id, vpc);
  return vpc;
}

export function dropVpc(scope: Scope, id: string): void {
  vpcs(scope).delete(id);
}

/** Gives the VPC one more IPv4 block. */
export function addIpv4(scope: Scope, vpc: Vpc, cidrBlock: string): CidrAssociation {
  const cidr = vpcIpv4Cidr(cidrBlock);
  const clash = vpc.ipv4.find((each) => cidrsOverlap(each.cidr, cidr));
  if (clash) {
    throw new ApiError(
      'InvalidVpc.Range',
      `The CIDR '${cidr.text}' conflicts with the VPC's CIDR '${clash.cidr.text}'.`,
    );
  }
  const association = { id: resourceId(scope, 'vpc-cidr-assoc'), cidr };
  vpc.ipv4.push(association);
  return association;
}

/** Gives the VPC a /56 of Amazon's pool that no other VPC of the account has. */
export function addAmazonIpv6(scope: Scope, vpc: Vpc): CidrAssociation {
  const taken = new Set(allVpcs(scope).flatMap((each) => each.ipv6.map(({ cidr }) => cidr.text)));
  let cidr = nextAmazonCidr(scope);
  while (taken.has(cidr.text)) cidr = nextAmazonCidr(scope);
  const association = { id: resourceId(scope, 'vpc-cidr-assoc'), cidr };
  vpc.ipv6.push(association);
  return association;
}

/** Takes a block away from its VPC. */
export function removeBlock(vpc: Vpc, id: string): void {
  for (const blocks of [vpc.ipv4, vpc.ipv6]) {
    const index = blocks.findIndex((block) => block.id === id);
    if (index >= 0) blocks.splice(index, 1);
  }
}

/** Whether one of the VPC's blocks, of either family, holds the address. */
export function vpcContains(vpc: Vpc, address: string): boolean {
  return [...vpc.ipv4, ...vpc.ipv6].some(({ cidr }) => cidrContains(cidr, address));
}

function nextAmazonCidr(scope: Scope): Cidr {
  const offset = BigInt(`0x${scope.ids.hex(POOL_DIGITS)}`) << BigInt(128 - VPC_IPV6_PREFIX);
  return poolCidr(`${addressAt(AMAZON_POOL, offset)}/${String(VPC_IPV6_PREFIX)}`);
}

function poolCidr(text: string): Cidr {
  const cidr = parseCidr(text);
  if (!cidr) throw new Error(`${text} is no CIDR block`);
  return cidr;
}

function vpcIpv4Cidr(text: string): Cidr {
  const cidr = parseCidr(text);
  if (cidr?.family !== 4) {
    throw invalidValue(`Value (${text}) for parameter cidrBlock is invalid. This is not a valid CIDR block.`);
  }
  if (cidr.prefix < IPV4_PREFIX.shortest || cidr.prefix > IPV4_PREFIX.longest) {
    throw new ApiError('InvalidVpc.Range', `The CIDR '${text}' is invalid.`);
  }
  return cidr;
}
