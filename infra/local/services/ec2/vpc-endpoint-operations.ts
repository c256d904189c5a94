import type {
  CreateVpcEndpointRequest,
  DeleteVpcEndpointsRequest,
  DeleteVpcEndpointsResult,
  DescribeVpcEndpointServicesRequest,
  DescribeVpcEndpointServicesResult,
  DescribeVpcEndpointsRequest,
} from '@aws-sdk/client-ec2';
import type { Operations } from '../../kernel/operation';
import { operation } from '../../kernel/operation';
import type { Scope } from '../../kernel/scope';
import { found, notFound } from './ec2-error';
import { once } from './idempotency';
import { list } from './listing';
import { modifyVpcEndpoint } from './modify-vpc-endpoint';
import { groupsOf } from './network-interface-lifecycle';
import { resourceId } from './resource-id';
import { writeTags } from './tag';
import { tagsFor } from './tag-shape';
import type { Vpc } from './vpc';
import { requireVpc } from './vpc';
import type { VpcEndpoint } from './vpc-endpoint';
import { findVpcEndpoint, keepVpcEndpoint, VPC_ENDPOINT } from './vpc-endpoint';
import {
  addressTypeFor,
  checkPrivateDns,
  checkRouteTables,
  dnsRecordTypeFor,
  invalidParameter,
  subnetsFor,
} from './vpc-endpoint-check';
import { beginLife, endLife, joinSubnets, joinTables } from './vpc-endpoint-lifecycle';
import { OPEN_POLICY } from './vpc-endpoint-policy';
import type { EndpointService } from './vpc-endpoint-service';
import { ENDPOINT_SERVICE, ENDPOINT_SERVICES, endpointServices, serviceShape } from './vpc-endpoint-service';
import type { VpcEndpointShape } from './vpc-endpoint-shape';
import { VPC_ENDPOINTS, vpcEndpointShape } from './vpc-endpoint-shape';

interface CreatedEndpoint {
  readonly VpcEndpoint: VpcEndpointShape;
  readonly ClientToken: string | undefined;
}

const createOnce = once<VpcEndpoint>();

const createVpcEndpoint = operation<CreateVpcEndpointRequest, CreatedEndpoint>({
  accepts: [
    ...['VpcEndpointType', 'VpcId', 'ServiceName', 'PolicyDocument', 'RouteTableIds', 'SubnetIds', 'SecurityGroupIds'],
    ...['IpAddressType', 'DnsOptions.DnsRecordIpType', 'DnsOptions.PrivateDnsOnlyForInboundResolverEndpoint'],
    ...['ClientToken', 'PrivateDnsEnabled', 'TagSpecifications'],
  ],
  run(input, { scope }) {
    const tags = tagsFor('vpc-endpoint', input.TagSpecifications);
    const endpoint = createOnce(scope, input, () => create(scope, input));
    writeTags(scope, endpoint.id, tags);
    return { VpcEndpoint: vpcEndpointShape(scope, endpoint), ClientToken: input.ClientToken };
  },
});

function serviceFor(scope: Scope, { ServiceName = '', VpcEndpointType = 'Gateway' }: CreateVpcEndpointRequest) {
  const named = endpointServices(scope).filter(({ name }) => name === ServiceName);
  const [first] = named;
  const service = named.find(({ type }) => type === VpcEndpointType);
  if (service) return service;
  throw first
    ? invalidParameter(`The VPC endpoint type must match service type: ${first.type}.`)
    : notFound(ENDPOINT_SERVICE, [ServiceName]);
}

function create(scope: Scope, input: CreateVpcEndpointRequest): VpcEndpoint {
  const vpc = requireVpc(scope, input.VpcId ?? '');
  const service = serviceFor(scope, input);
  const endpoint = planned(scope, input, { vpc, service });
  if (service.type === 'Interface') {
    const subnets = subnetsFor(scope, endpoint, input.SubnetIds ?? []);
    if (endpoint.privateDns) checkPrivateDns(scope, vpc, endpoint);
    joinSubnets(
      scope,
      endpoint,
      subnets.map(({ id }) => id),
    );
  } else {
    if (input.SubnetIds || input.SecurityGroupIds)
      throw invalidParameter('Gateway endpoints have no subnets or groups.');
    checkRouteTables(scope, vpc.id, input.RouteTableIds ?? []);
    joinTables(scope, endpoint, input.RouteTableIds ?? []);
  }
  keepVpcEndpoint(scope, endpoint);
  beginLife(scope, endpoint);
  return endpoint;
}

interface Place {
  readonly vpc: Vpc;
  readonly service: EndpointService;
}

function planned(scope: Scope, input: CreateVpcEndpointRequest, { vpc, service }: Place): VpcEndpoint {
  const isInterface = service.type === 'Interface';
  const addressType = addressTypeFor(service, input.IpAddressType);
  const privateDns = isInterface && (input.PrivateDnsEnabled ?? true);
  return {
    ...{ id: resourceId(scope, 'vpce'), service, vpcId: vpc.id, createdAt: scope.clock.now(), state: 'pending' },
    ...{ addressType, privateDns, dnsRecordType: dnsRecordTypeFor(service, addressType, input.DnsOptions) },
    inboundResolverOnly: inboundResolverOnly(service, privateDns, input),
    policy: input.PolicyDocument ?? OPEN_POLICY,
    routeTableIds: [],
    interfaces: [],
    groups: isInterface ? groupsOf(scope, vpc.id, input.SecurityGroupIds) : [],
  };
}

/** S3 alone has it, and has it on with private DNS unless told otherwise. */
function inboundResolverOnly(
  { name, type }: EndpointService,
  privateDns: boolean,
  { DnsOptions: { PrivateDnsOnlyForInboundResolverEndpoint: asked } = {} }: CreateVpcEndpointRequest,
): boolean | undefined {
  if (type === 'Interface' && name.endsWith('.s3')) return asked ?? privateDns;
  if (asked === undefined) return undefined;
  throw invalidParameter(
    type === 'Gateway'
      ? 'DnsOptions PrivateDnsOnlyForInboundResolverEndpoint is applicable only to Interface VPC Endpoints.'
      : 'PrivateDnsOnlyForInboundResolverEndpoint not supported for this service.',
  );
}

interface EndpointPage {
  readonly VpcEndpoints: readonly VpcEndpointShape[];
  readonly NextToken: string | undefined;
}

const describeVpcEndpoints = operation<DescribeVpcEndpointsRequest, EndpointPage>({
  accepts: ['VpcEndpointIds', 'Filters', 'MaxResults', 'NextToken'],
  run(input, { scope }) {
    const { items, token } = list(scope, VPC_ENDPOINTS, {
      ids: input.VpcEndpointIds,
      filters: input.Filters,
      maxResults: input.MaxResults,
      nextToken: input.NextToken,
    });
    return { VpcEndpoints: items.map((endpoint) => vpcEndpointShape(scope, endpoint)), NextToken: token };
  },
});

const describeServices = operation<DescribeVpcEndpointServicesRequest, DescribeVpcEndpointServicesResult>({
  accepts: ['ServiceNames', 'Filters', 'MaxResults', 'NextToken'],
  run(input, { scope }) {
    const { items, token } = list(scope, ENDPOINT_SERVICES, {
      ids: input.ServiceNames,
      filters: input.Filters,
      maxResults: input.MaxResults,
      nextToken: input.NextToken,
    });
    return {
      ServiceNames: [...new Set(items.map(({ name }) => name))],
      ServiceDetails: items.map((service) => serviceShape(scope, service)),
      NextToken: token,
    };
  },
});

const deleteVpcEndpoints = operation<DeleteVpcEndpointsRequest, DeleteVpcEndpointsResult>({
  accepts: ['VpcEndpointIds'],
  run({ VpcEndpointIds = [] }, { scope }) {
    const unknown = VpcEndpointIds.filter((id) => !findVpcEndpoint(scope, id));
    for (const id of VpcEndpointIds) {
      if (!unknown.includes(id)) endLife(scope, found(findVpcEndpoint(scope, id), VPC_ENDPOINT, id));
    }
    return {
      Unsuccessful: unknown.map((id) => {
        const { code, message } = notFound(VPC_ENDPOINT, [id]);
        return { ResourceId: id, Error: { Code: code, Message: message } };
      }),
    };
  },
});

export const vpcEndpointOperations: Operations = {
  CreateVpcEndpoint: createVpcEndpoint,
  DeleteVpcEndpoints: deleteVpcEndpoints,
  DescribeVpcEndpointServices: describeServices,
  DescribeVpcEndpoints: describeVpcEndpoints,
  ModifyVpcEndpoint: modifyVpcEndpoint,
};
