/** What an endpoint may look like: https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html */
import type { DnsOptionsSpecification } from '@aws-sdk/client-ec2';
import { ApiError } from '../../kernel/api-error';
import type { Scope } from '../../kernel/scope';
import { requireRouteTable } from './route-table';
import type { Subnet } from './subnet';
import { requireSubnet } from './subnet';
import type { Vpc } from './vpc';
import type { AddressType, VpcEndpoint } from './vpc-endpoint';
import { allVpcEndpoints } from './vpc-endpoint';
import type { EndpointService } from './vpc-endpoint-service';

export function invalidParameter(message: string): ApiError {
  return new ApiError('InvalidParameter', message);
}

const ADDRESS_TYPES: readonly string[] = ['ipv4', 'dualstack', 'ipv6'] satisfies AddressType[];

/** The address type that is asked for, if the service has the families of it; IPv4 if none is. */
export function addressTypeFor({ addressTypes, name }: EndpointService, asked: string | undefined): AddressType {
  const wanted = ADDRESS_TYPES.find((each): each is AddressType => each === (asked ?? 'ipv4'));
  if (!wanted) throw invalidParameter(`IP address type ${String(asked)} is not valid.`);
  const families = wanted === 'dualstack' ? (['ipv4', 'ipv6'] as const) : [wanted];
  if (families.every((family) => addressTypes.includes(family))) return wanted;
  throw invalidParameter(`The service ${name} does not support the IP address type ${wanted}.`);
}

const FITS: Readonly<Record<AddressType, (subnet: Subnet) => boolean>> = {
  ipv4: ({ ipv4 }) => ipv4 !== undefined,
  dualstack: ({ ipv4, ipv6 }) => ipv4 !== undefined && ipv6.length > 0,
  ipv6: ({ ipv6Native }) => ipv6Native,
};

/** The subnets of an endpoint: of its VPC, with the families of its address type, one in a zone. */
export function subnetsFor(
  scope: Scope,
  { vpcId, addressType }: Pick<VpcEndpoint, 'vpcId' | 'addressType'>,
  ids: readonly string[],
): readonly Subnet[] {
  const subnets = ids.map((id) => requireSubnet(scope, id));
  const stranger = subnets.find((subnet) => subnet.vpcId !== vpcId);
  if (stranger) throw invalidParameter(`The subnet ${stranger.id} does not belong to the VPC ${vpcId}.`);
  const misfit = subnets.find((subnet) => !FITS[addressType](subnet));
  if (misfit) throw invalidParameter(`The IP address type ${addressType} does not match the subnet ${misfit.id}.`);
  const zones = subnets.map(({ zone }) => zone.name);
  const second = subnets.find(({ zone }, index) => zones.indexOf(zone.name) < index);
  if (!second) return subnets;
  throw new ApiError(
    'DuplicateSubnetsInSameZone',
    `Found another VPC endpoint subnet in the availability zone of ${second.id}`,
  );
}

const RECORDS: Readonly<Record<AddressType, readonly VpcEndpoint['dnsRecordType'][]>> = {
  ipv4: ['ipv4'],
  ipv6: ['ipv6'],
  dualstack: ['dualstack', 'ipv4', 'ipv6', 'service-defined'],
};

/** The kind of DNS records that is asked for, or the one that the address type brings. */
export function dnsRecordTypeFor(
  { type }: EndpointService,
  addressType: AddressType,
  { DnsRecordIpType: asked }: DnsOptionsSpecification = {},
): VpcEndpoint['dnsRecordType'] {
  const allowed = type === 'Gateway' ? (['service-defined', ...RECORDS[addressType]] as const) : RECORDS[addressType];
  const record = asked === undefined ? allowed[0] : allowed.find((each) => each === asked);
  if (record) return record;
  throw invalidParameter(`DNS record IP type ${String(asked)} does not match the IP address type ${addressType}.`);
}

export function checkRouteTables(scope: Scope, vpcId: string, ids: readonly string[]): void {
  const stranger = ids.map((id) => requireRouteTable(scope, id)).find((table) => table.vpcId !== vpcId);
  if (stranger) throw invalidParameter(`The route table ${stranger.id} does not belong to the VPC ${vpcId}.`);
}

/** What private DNS needs, in the VPC and of the other endpoints there. */
export function checkPrivateDns(scope: Scope, vpc: Vpc, endpoint: VpcEndpoint): void {
  if (!vpc.dnsSupport || !vpc.dnsHostnames) {
    throw invalidParameter(
      `Enabling private DNS requires both enableDnsSupport and enableDnsHostnames VPC attributes set to true for ${vpc.id}`,
    );
  }
  const others = allVpcEndpoints(scope).filter(
    ({ id, vpcId, service }) => id !== endpoint.id && vpcId === vpc.id && service.name === endpoint.service.name,
  );
  if (others.some(({ privateDns }) => privateDns)) {
    throw invalidParameter(
      `private-dns-enabled cannot be set because there is already a conflicting DNS domain for ` +
        `${endpoint.service.privateDnsNames[0] ?? endpoint.service.name} in the VPC ${vpc.id}`,
    );
  }
  if (endpoint.inboundResolverOnly && !others.some(({ service }) => service.type === 'Gateway')) {
    throw invalidParameter(
      `To set PrivateDnsOnlyForInboundResolverEndpoint to true, the VPC ${vpc.id} must have a Gateway endpoint for the service.`,
    );
  }
}
