import type {
  AttachInternetGatewayRequest,
  CreateEgressOnlyInternetGatewayRequest,
  CreateEgressOnlyInternetGatewayResult,
  CreateInternetGatewayRequest,
  DeleteEgressOnlyInternetGatewayRequest,
  DeleteEgressOnlyInternetGatewayResult,
  DeleteInternetGatewayRequest,
  DescribeEgressOnlyInternetGatewaysRequest,
  DescribeEgressOnlyInternetGatewaysResult,
  DescribeInternetGatewaysRequest,
  DetachInternetGatewayRequest,
  EgressOnlyInternetGateway,
  InternetGateway as InternetGatewayShape,
} from '@aws-sdk/client-ec2';
import { ApiError } from '../../kernel/api-error';
import type { Operations } from '../../kernel/operation';
import { operation } from '../../kernel/operation';
import type { Scope } from '../../kernel/scope';
import { dependencyViolation } from './ec2-error';
import type { EgressOnlyGateway, InternetGateway } from './internet-gateway';
import {
  allEgressOnlyGateways,
  allInternetGateways,
  createEgressOnlyGateway,
  createInternetGateway as makeInternetGateway,
  dropEgressOnlyGateway,
  dropInternetGateway,
  EGRESS_ONLY_GATEWAY,
  INTERNET_GATEWAY,
  requireEgressOnlyGateway,
  requireInternetGateway,
} from './internet-gateway';
import type { Listing } from './listing';
import { list, PAGE_5_TO_1000 } from './listing';
import { allNetworkInterfaces } from './network-interface';
import { dropTags, writeTags } from './tag';
import { tagList, tagsFor } from './tag-shape';
import { requireVpc } from './vpc';

const GATEWAYS: Listing<InternetGateway> = {
  all: allInternetGateways,
  id: (gateway) => gateway.id,
  kind: INTERNET_GATEWAY,
  taggable: true,
  pageSize: PAGE_5_TO_1000,
  filters: {
    'internet-gateway-id': (gateway) => gateway.id,
    'attachment.vpc-id': (gateway) => gateway.vpcId,
    'attachment.state': (gateway) => (gateway.vpcId === undefined ? undefined : 'available'),
    'owner-id': (_, scope) => scope.account,
  },
};

const EGRESS_ONLY: Listing<EgressOnlyGateway> = {
  all: allEgressOnlyGateways,
  id: (gateway) => gateway.id,
  kind: EGRESS_ONLY_GATEWAY,
  taggable: true,
  pageSize: { min: 5, max: 255 },
  filters: {},
};

/** The state of an attached gateway is `available`, which the SDK's enum lacks but its text names. */
interface AttachedGatewayShape extends Omit<InternetGatewayShape, 'Attachments'> {
  readonly Attachments: readonly { readonly VpcId: string; readonly State: 'available' }[];
}

function gatewayShape(scope: Scope, { id, vpcId }: InternetGateway): AttachedGatewayShape {
  return {
    InternetGatewayId: id,
    OwnerId: scope.account,
    Attachments: vpcId === undefined ? [] : [{ VpcId: vpcId, State: 'available' }],
    Tags: tagList(scope, id),
  };
}

function egressOnlyShape(scope: Scope, { id, vpcId }: EgressOnlyGateway): EgressOnlyInternetGateway {
  return {
    EgressOnlyInternetGatewayId: id,
    Attachments: [{ VpcId: vpcId, State: 'attached' }],
    Tags: tagList(scope, id),
  };
}

const createInternetGateway = operation<CreateInternetGatewayRequest, { InternetGateway: AttachedGatewayShape }>({
  accepts: ['TagSpecifications'],
  run(input, { scope }) {
    const tags = tagsFor('internet-gateway', input.TagSpecifications);
    const gateway = makeInternetGateway(scope);
    writeTags(scope, gateway.id, tags);
    return { InternetGateway: gatewayShape(scope, gateway) };
  },
});

interface GatewayPage {
  readonly InternetGateways: readonly AttachedGatewayShape[];
  readonly NextToken: string | undefined;
}

const describeInternetGateways = operation<DescribeInternetGatewaysRequest, GatewayPage>({
  accepts: ['InternetGatewayIds', 'Filters', 'MaxResults', 'NextToken'],
  run(input, { scope }) {
    const { items, token } = list(scope, GATEWAYS, {
      ids: input.InternetGatewayIds,
      filters: input.Filters,
      maxResults: input.MaxResults,
      nextToken: input.NextToken,
    });
    return { InternetGateways: items.map((gateway) => gatewayShape(scope, gateway)), NextToken: token };
  },
});

const attachInternetGateway = operation<AttachInternetGatewayRequest, undefined>({
  accepts: ['InternetGatewayId', 'VpcId'],
  run(input, { scope }) {
    const gateway = requireInternetGateway(scope, input.InternetGatewayId ?? '');
    const vpc = requireVpc(scope, input.VpcId ?? '');
    if (gateway.vpcId !== undefined) {
      const message = `resource ${gateway.id} is already attached to network ${gateway.vpcId}`;
      throw new ApiError('Resource.AlreadyAssociated', message);
    }
    const rival = allInternetGateways(scope).find(({ vpcId }) => vpcId === vpc.id);
    if (rival) {
      throw new ApiError('InvalidParameterValue', `Network ${vpc.id} already has an internet gateway attached`);
    }
    gateway.vpcId = vpc.id;
  },
});

const detachInternetGateway = operation<DetachInternetGatewayRequest, undefined>({
  accepts: ['InternetGatewayId', 'VpcId'],
  run(input, { scope }) {
    const gateway = requireInternetGateway(scope, input.InternetGatewayId ?? '');
    if (gateway.vpcId === undefined || gateway.vpcId !== input.VpcId) {
      const message = `resource ${gateway.id} is not attached to network ${input.VpcId ?? ''}`;
      throw new ApiError('Gateway.NotAttached', message);
    }
    const mapped = allNetworkInterfaces(scope).some((each) => each.vpcId === input.VpcId && each.publicIpv4);
    if (mapped) throw dependencyViolation(`Network ${gateway.vpcId} has some mapped public address(es).`);
    gateway.vpcId = undefined;
  },
});

const deleteInternetGateway = operation<DeleteInternetGatewayRequest, undefined>({
  accepts: ['InternetGatewayId'],
  run(input, { scope }) {
    const { id, vpcId } = requireInternetGateway(scope, input.InternetGatewayId ?? '');
    if (vpcId !== undefined) {
      throw dependencyViolation(`The internetGateway '${id}' has dependencies and cannot be deleted.`);
    }
    dropInternetGateway(scope, id);
    dropTags(scope, id);
  },
});

const createEgressOnly = operation<CreateEgressOnlyInternetGatewayRequest, CreateEgressOnlyInternetGatewayResult>({
  accepts: ['VpcId', 'TagSpecifications'],
  run(input, { scope }) {
    const tags = tagsFor('egress-only-internet-gateway', input.TagSpecifications);
    const gateway = createEgressOnlyGateway(scope, requireVpc(scope, input.VpcId ?? '').id);
    writeTags(scope, gateway.id, tags);
    return { EgressOnlyInternetGateway: egressOnlyShape(scope, gateway) };
  },
});

const describeEgressOnly = operation<
  DescribeEgressOnlyInternetGatewaysRequest,
  DescribeEgressOnlyInternetGatewaysResult
>({
  accepts: ['EgressOnlyInternetGatewayIds', 'Filters', 'MaxResults', 'NextToken'],
  run(input, { scope }) {
    const { items, token } = list(scope, EGRESS_ONLY, {
      ids: input.EgressOnlyInternetGatewayIds,
      filters: input.Filters,
      maxResults: input.MaxResults,
      nextToken: input.NextToken,
    });
    return { EgressOnlyInternetGateways: items.map((gateway) => egressOnlyShape(scope, gateway)), NextToken: token };
  },
});

const deleteEgressOnly = operation<DeleteEgressOnlyInternetGatewayRequest, DeleteEgressOnlyInternetGatewayResult>({
  accepts: ['EgressOnlyInternetGatewayId'],
  run(input, { scope }) {
    const { id } = requireEgressOnlyGateway(scope, input.EgressOnlyInternetGatewayId ?? '');
    dropEgressOnlyGateway(scope, id);
    dropTags(scope, id);
    return { ReturnCode: true };
  },
});

export const internetGatewayOperations: Operations = {
  AttachInternetGateway: attachInternetGateway,
  CreateEgressOnlyInternetGateway: createEgressOnly,
  CreateInternetGateway: createInternetGateway,
  DeleteEgressOnlyInternetGateway: deleteEgressOnly,
  DeleteInternetGateway: deleteInternetGateway,
  DescribeEgressOnlyInternetGateways: describeEgressOnly,
  DescribeInternetGateways: describeInternetGateways,
  DetachInternetGateway: detachInternetGateway,
};
