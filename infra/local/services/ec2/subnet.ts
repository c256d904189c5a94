import { ApiError } from '../../kernel/api-error';
import type { Scope } from '../../kernel/scope';
import { arn, defineReplicatedStore } from '../../kernel/scope';
import type { Cidr } from './cidr';
import { cidrContains, cidrCovers, cidrsOverlap, parseCidr } from './cidr';
import type { Kind } from './ec2-error';
import { found, invalidValue } from './ec2-error';
import { associateDefaultAcl, dropAclAssociation } from './network-acl';
import { resourceId } from './resource-id';
import type { CidrAssociation, Vpc } from './vpc';
import { requireVpc } from './vpc';
import type { Zone } from './zone';
import { zoneFor } from './zone';

export interface Subnet {
  readonly id: string;
  readonly arn: string;
  readonly vpcId: string;
  readonly zone: Zone;
  /** Absent in an IPv6-only subnet. */
  readonly ipv4: Cidr | undefined;
  readonly ipv6: CidrAssociation[];
  /** IPv6-only: nothing in it ever gets an IPv4 address. */
  readonly ipv6Native: boolean;
  assignIpv6OnCreation: boolean;
  dns64: boolean;
  mapPublicIpOnLaunch: boolean;
  hostnameType: 'ip-name' | 'resource-name';
  resourceNameA: boolean;
  resourceNameAaaa: boolean;
}

export interface SubnetRequest {
  readonly vpcId: string;
  readonly cidrBlock?: string;
  readonly ipv6CidrBlock?: string;
  readonly ipv6Native?: boolean;
  readonly zoneName?: string;
  readonly zoneId?: string;
}

export const SUBNET: Kind = { notFound: 'InvalidSubnetID.NotFound', noun: 'subnet ID' };

/** https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html */
const IPV4_PREFIX = { shortest: 16, longest: 28 };
const IPV6_PREFIX = { shortest: 44, longest: 64, step: 4 };

const subnets = defineReplicatedStore(() => new Map<string, Subnet>());

export function allSubnets(scope: Scope): readonly Subnet[] {
  return [...subnets(scope).values()];
}

export function findSubnet(scope: Scope, id: string): Subnet | undefined {
  return subnets(scope).get(id);
}

/** The subnet, or `InvalidSubnetID.NotFound`. */
export function requireSubnet(scope: Scope, id: string): Subnet {
  return found(findSubnet(scope, id), SUBNET, id);
}

function vpcOf(scope: Scope, subnet: Subnet): Vpc {
  return requireVpc(scope, subnet.vpcId);
}

/** The subnet of the VPC in whose block the address lies. */
export function findSubnetByAddress(scope: Scope, vpcId: string, address: string): Subnet | undefined {
  return allSubnets(scope).find((subnet) => subnet.vpcId === vpcId && subnetContains(subnet, address));
}

function subnetContains(subnet: Subnet, address: string): boolean {
  return blocksOf(subnet).some((cidr) => cidrContains(cidr, address));
}

export function createSubnet(scope: Scope, request: SubnetRequest): Subnet {
  const vpc = requireVpc(scope, request.vpcId);
  const native = request.ipv6Native ?? false;
  if (native) refuseIpv4(request);
  const ipv4 = native ? undefined : ipv4Block(scope, vpc, request.cidrBlock);
  const ipv6 = request.ipv6CidrBlock === undefined ? undefined : ipv6Block(scope, vpc, request.ipv6CidrBlock);
  if (native && !ipv6) {
    throw new ApiError('MissingParameter', 'Either Ipv6CidrBlock or Ipv6IpamPoolId should be provided.');
  }
  const id = resourceId(scope, 'subnet');
  const subnet: Subnet = {
    id,
    arn: arn(scope, 'ec2', `subnet/${id}`),
    vpcId: vpc.id,
    zone: zoneFor(scope, { name: request.zoneName, id: request.zoneId }),
    ipv4,
    ipv6: ipv6 ? [{ id: resourceId(scope, 'subnet-cidr-assoc'), cidr: ipv6 }] : [],
    ipv6Native: native,
    // In an IPv6-only subnet AWS switches these on by itself.
    assignIpv6OnCreation: native,
    dns64: false,
    mapPublicIpOnLaunch: false,
    hostnameType: native ? 'resource-name' : 'ip-name',
    resourceNameA: false,
    resourceNameAaaa: native,
  };
  subnets(scope).set(id, subnet);
  associateDefaultAcl(scope, id, vpc.id);
  return subnet;
}

export function dropSubnet(scope: Scope, id: string): void {
  subnets(scope).delete(id);
  dropAclAssociation(scope, id);
}

/** Gives a subnet its IPv6 block; AWS allows one. */
export function addSubnetIpv6(scope: Scope, subnet: Subnet, cidrBlock: string): CidrAssociation {
  if (subnet.ipv6.length > 0) {
    throw new ApiError(
      'SubnetCidrBlockLimitExceeded',
      `This network '${subnet.id}' has met its maximum number of allowed CIDRs: 1`,
    );
  }
  const association = {
    id: resourceId(scope, 'subnet-cidr-assoc'),
    cidr: ipv6Block(scope, vpcOf(scope, subnet), cidrBlock),
  };
  subnet.ipv6.push(association);
  return association;
}

function refuseIpv4({ cidrBlock }: SubnetRequest): void {
  if (cidrBlock === undefined) return;
  throw new ApiError('InvalidParameterCombination', 'When specifying ipv6Native, you cannot specify an IPv4 CIDR.');
}

function ipv4Block(scope: Scope, vpc: Vpc, text: string | undefined): Cidr {
  if (text === undefined) {
    throw new ApiError('MissingParameter', 'Either CidrBlock or Ipv4IpamPoolId should be provided.');
  }
  const cidr = parseCidr(text);
  if (cidr?.family !== 4) {
    throw invalidValue(`Value (${text}) for parameter cidrBlock is invalid. This is not a valid CIDR block.`);
  }
  const sized = cidr.prefix >= IPV4_PREFIX.shortest && cidr.prefix <= IPV4_PREFIX.longest;
  return placed(scope, vpc, { cidr, sized });
}

function ipv6Block(scope: Scope, vpc: Vpc, text: string): Cidr {
  const cidr = parseCidr(text);
  if (cidr?.family !== 6) {
    throw invalidValue(`Value (${text}) for parameter ipv6CidrBlock is invalid. This is not a valid IPv6 CIDR block.`);
  }
  const { shortest, longest, step } = IPV6_PREFIX;
  const sized = cidr.prefix >= shortest && cidr.prefix <= longest && cidr.prefix % step === 0;
  return placed(scope, vpc, { cidr, sized });
}

/** The block, if it lies within the VPC and collides with no other subnet. */
function placed(scope: Scope, vpc: Vpc, { cidr, sized }: { cidr: Cidr; sized: boolean }): Cidr {
  const inside = [...vpc.ipv4, ...vpc.ipv6].some((block) => cidrCovers(block.cidr, cidr));
  if (!sized || !inside) throw new ApiError('InvalidSubnet.Range', `The CIDR '${cidr.text}' is invalid.`);
  const neighbours = allSubnets(scope).filter((subnet) => subnet.vpcId === vpc.id);
  if (neighbours.some((subnet) => blocksOf(subnet).some((block) => cidrsOverlap(block, cidr)))) {
    throw new ApiError('InvalidSubnet.Conflict', `The CIDR '${cidr.text}' conflicts with another subnet`);
  }
  return cidr;
}

function blocksOf(subnet: Subnet): Cidr[] {
  const ipv6 = subnet.ipv6.map(({ cidr }) => cidr);
  return subnet.ipv4 ? [subnet.ipv4, ...ipv6] : ipv6;
}
