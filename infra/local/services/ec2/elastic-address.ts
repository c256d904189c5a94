import type {
  Address,
  AllocateAddressRequest,
  AllocateAddressResult,
  DescribeAddressesRequest,
  DescribeAddressesResult,
  ReleaseAddressRequest,
} from '@aws-sdk/client-ec2';
import { ApiError } from '../../kernel/api-error';
import type { Operations } from '../../kernel/operation';
import { operation } from '../../kernel/operation';
import type { Scope } from '../../kernel/scope';
import { defineReplicatedStore } from '../../kernel/scope';
import type { Kind } from './ec2-error';
import { found, missingParameter } from './ec2-error';
import type { Listing } from './listing';
import { list, PAGE_5_TO_1000 } from './listing';
import { giveBackPublicIpv4, takePublicIpv4 } from './public-address';
import { resourceId } from './resource-id';
import { dropTags, writeTags } from './tag';
import { tagList, tagsFor } from './tag-shape';

/** An Elastic IP address of the account; here only NAT gateways use them. */
export interface ElasticAddress {
  readonly id: string;
  readonly publicIpv4: string;
  /** Set while something uses it. */
  use: { readonly associationId: string; readonly networkInterfaceId: string; readonly ipv4: string } | undefined;
}

export const ELASTIC_ADDRESS: Kind = { notFound: 'InvalidAllocationID.NotFound', noun: 'allocation ID' };

const addresses = defineReplicatedStore(() => new Map<string, ElasticAddress>());

export function requireElasticAddress(scope: Scope, id: string): ElasticAddress {
  return found(addresses(scope).get(id), ELASTIC_ADDRESS, id);
}

export function allElasticAddresses(scope: Scope): readonly ElasticAddress[] {
  return [...addresses(scope).values()];
}

const ADDRESSES: Listing<ElasticAddress> = {
  all: allElasticAddresses,
  id: (address) => address.id,
  kind: ELASTIC_ADDRESS,
  taggable: true,
  pageSize: PAGE_5_TO_1000,
  filters: {
    'allocation-id': (address) => address.id,
    'public-ip': (address) => address.publicIpv4,
    'association-id': (address) => address.use?.associationId,
    'network-interface-id': (address) => address.use?.networkInterfaceId,
    'private-ip-address': (address) => address.use?.ipv4,
  },
};

function addressShape(scope: Scope, { id, publicIpv4, use }: ElasticAddress): Address {
  return {
    AllocationId: id,
    PublicIp: publicIpv4,
    Domain: 'vpc',
    PublicIpv4Pool: 'amazon',
    NetworkBorderGroup: scope.region,
    AssociationId: use?.associationId,
    NetworkInterfaceId: use?.networkInterfaceId,
    NetworkInterfaceOwnerId: use && scope.account,
    PrivateIpAddress: use?.ipv4,
    Tags: tagList(scope, id),
  };
}

const allocateAddress = operation<AllocateAddressRequest, AllocateAddressResult>({
  accepts: ['Domain', 'TagSpecifications'],
  run(input, { scope }) {
    if (input.Domain === 'standard') throw new ApiError('UnsupportedOperation', 'EC2-Classic is gone.');
    const tags = tagsFor('elastic-ip', input.TagSpecifications);
    const address = { id: resourceId(scope, 'eipalloc'), publicIpv4: takePublicIpv4(scope), use: undefined };
    addresses(scope).set(address.id, address);
    writeTags(scope, address.id, tags);
    const { AllocationId, PublicIp, Domain, PublicIpv4Pool, NetworkBorderGroup } = addressShape(scope, address);
    return { AllocationId, PublicIp, Domain, PublicIpv4Pool, NetworkBorderGroup };
  },
});

const describeAddresses = operation<DescribeAddressesRequest, DescribeAddressesResult>({
  accepts: ['AllocationIds', 'Filters'],
  run(input, { scope }) {
    const { items } = list(scope, ADDRESSES, { ids: input.AllocationIds, filters: input.Filters });
    return { Addresses: items.map((address) => addressShape(scope, address)) };
  },
});

const releaseAddress = operation<ReleaseAddressRequest, undefined>({
  accepts: ['AllocationId'],
  run(input, { scope }) {
    if (input.AllocationId === undefined) throw missingParameter('allocationId');
    const address = requireElasticAddress(scope, input.AllocationId);
    if (address.use) throw new ApiError('InvalidIPAddress.InUse', `Address ${address.publicIpv4} is in use.`);
    giveBackPublicIpv4(scope, address.publicIpv4);
    addresses(scope).delete(address.id);
    dropTags(scope, address.id);
  },
});

export const elasticAddressOperations: Operations = {
  AllocateAddress: allocateAddress,
  DescribeAddresses: describeAddresses,
  ReleaseAddress: releaseAddress,
};
