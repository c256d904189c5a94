import type {
  CreateNatGatewayRequest,
  CreateNatGatewayResult,
  DeleteNatGatewayRequest,
  DeleteNatGatewayResult,
  DescribeNatGatewaysRequest,
  DescribeNatGatewaysResult,
  NatGateway as NatGatewayShape,
} from '@aws-sdk/client-ec2';
import { ApiError } from '../../kernel/api-error';
import type { Operations } from '../../kernel/operation';
import { operation } from '../../kernel/operation';
import type { Scope } from '../../kernel/scope';
import { invalidCombination, invalidValue, missingParameter } from './ec2-error';
import type { ElasticAddress } from './elastic-address';
import { requireElasticAddress } from './elastic-address';
import { once } from './idempotency';
import type { Listing } from './listing';
import { list, PAGE_5_TO_1000 } from './listing';
import type { NatGateway } from './nat-gateway';
import {
  allNatGateways,
  createNatGateway as makeNatGateway,
  deleteNatGateway as endNatGateway,
  NAT_GATEWAY,
  requireNatGateway,
} from './nat-gateway';
import { requireSubnet } from './subnet';
import { tagList, tagsFor } from './tag-shape';

const NAT_GATEWAYS: Listing<NatGateway> = {
  all: allNatGateways,
  id: (gateway) => gateway.id,
  kind: NAT_GATEWAY,
  taggable: true,
  pageSize: PAGE_5_TO_1000,
  filters: {
    'nat-gateway-id': (gateway) => gateway.id,
    state: (gateway) => gateway.state,
    'subnet-id': (gateway) => gateway.subnetId,
    'vpc-id': (gateway) => gateway.vpcId,
  },
};

function natGatewayShape(scope: Scope, gateway: NatGateway): NatGatewayShape {
  const { networkInterface, address } = gateway;
  return {
    NatGatewayId: gateway.id,
    VpcId: gateway.vpcId,
    SubnetId: gateway.subnetId,
    State: gateway.state,
    ConnectivityType: gateway.connectivity,
    CreateTime: gateway.createTime,
    DeleteTime: gateway.deleteTime,
    NatGatewayAddresses: [
      {
        AllocationId: address?.id,
        PublicIp: address?.publicIpv4,
        NetworkInterfaceId: networkInterface.id,
        PrivateIp: networkInterface.ipv4[0],
        IsPrimary: true,
        Status: 'succeeded',
      },
    ],
    Tags: tagList(scope, gateway.id),
  };
}

function addressFor(scope: Scope, { ConnectivityType, AllocationId }: CreateNatGatewayRequest) {
  const isPublic = (ConnectivityType ?? 'public') === 'public';
  if (isPublic && AllocationId === undefined) throw missingParameter('AllocationId');
  if (!isPublic && AllocationId !== undefined) {
    throw invalidCombination('The parameter AllocationId cannot be used with the connectivity type private.');
  }
  return AllocationId === undefined ? undefined : free(requireElasticAddress(scope, AllocationId));
}

function free(address: ElasticAddress): ElasticAddress {
  if (!address.use) return address;
  throw new ApiError(
    'Resource.AlreadyAssociated',
    `resource ${address.id} is already associated with another resource`,
  );
}

const createOnce = once<NatGateway>();

const createNatGateway = operation<CreateNatGatewayRequest, CreateNatGatewayResult>({
  accepts: ['SubnetId', 'AllocationId', 'ConnectivityType', 'TagSpecifications', 'ClientToken'],
  run(input, { scope }) {
    const tags = tagsFor('natgateway', input.TagSpecifications);
    const gateway = createOnce(scope, input, () => {
      const subnet = requireSubnet(scope, input.SubnetId ?? '');
      if (subnet.ipv6Native) throw invalidValue(`A NAT gateway cannot live in the IPv6-only subnet '${subnet.id}'.`);
      return makeNatGateway(scope, { subnetId: subnet.id, address: addressFor(scope, input), tags });
    });
    return { ClientToken: input.ClientToken, NatGateway: natGatewayShape(scope, gateway) };
  },
});

const describeNatGateways = operation<DescribeNatGatewaysRequest, DescribeNatGatewaysResult>({
  accepts: ['NatGatewayIds', 'Filter', 'MaxResults', 'NextToken'],
  run(input, { scope }) {
    const { items, token } = list(scope, NAT_GATEWAYS, {
      ids: input.NatGatewayIds,
      filters: input.Filter,
      maxResults: input.MaxResults,
      nextToken: input.NextToken,
    });
    return { NatGateways: items.map((gateway) => natGatewayShape(scope, gateway)), NextToken: token };
  },
});

const deleteNatGateway = operation<DeleteNatGatewayRequest, DeleteNatGatewayResult>({
  accepts: ['NatGatewayId'],
  run(input, { scope }) {
    const gateway = requireNatGateway(scope, input.NatGatewayId ?? '');
    endNatGateway(scope, gateway);
    return { NatGatewayId: gateway.id };
  },
});

export const natGatewayOperations: Operations = {
  CreateNatGateway: createNatGateway,
  DeleteNatGateway: deleteNatGateway,
  DescribeNatGateways: describeNatGateways,
};
