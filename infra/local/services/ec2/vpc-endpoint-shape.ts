import type { DnsEntry, VpcEndpoint as SdkEndpoint } from '@aws-sdk/client-ec2';
import type { Scope } from '../../kernel/scope';
import type { Listing } from './listing';
import { findRouteTable } from './route-table';
import { groupIdentifiers } from './network-interface-shape';
import { tagList } from './tag-shape';
import type { VpcEndpoint } from './vpc-endpoint';
import { allVpcEndpoints, VPC_ENDPOINT } from './vpc-endpoint';

/** The SDK's enum has the states capitalised; AWS does not send them so. */
export interface VpcEndpointShape extends Omit<SdkEndpoint, 'State'> {
  readonly State: VpcEndpoint['state'];
}

export const VPC_ENDPOINTS: Listing<VpcEndpoint> = {
  all: allVpcEndpoints,
  id: ({ id }) => id,
  kind: VPC_ENDPOINT,
  taggable: true,
  pageSize: { min: 1, max: 1_000 },
  filters: {
    'vpc-endpoint-id': ({ id }) => id,
    'vpc-id': ({ vpcId }) => vpcId,
    'service-name': ({ service }) => service.name,
    'service-region': (_, { region }) => region,
    'ip-address-type': ({ addressType }) => addressType,
    'vpc-endpoint-state': ({ state }) => state,
    'vpc-endpoint-type': ({ service }) => service.type,
  },
};

export function vpcEndpointShape(scope: Scope, endpoint: VpcEndpoint): VpcEndpointShape {
  const { service } = endpoint;
  return {
    VpcEndpointId: endpoint.id,
    VpcEndpointType: service.type,
    VpcId: endpoint.vpcId,
    ServiceName: service.name,
    ServiceRegion: scope.region,
    State: endpoint.state,
    PolicyDocument: endpoint.policy,
    RouteTableIds: endpoint.routeTableIds.filter((id) => findRouteTable(scope, id)),
    SubnetIds: endpoint.interfaces.map(({ subnetId }) => subnetId),
    Groups: groupIdentifiers(scope, endpoint.groups),
    IpAddressType: endpoint.addressType,
    DnsOptions: {
      DnsRecordIpType: endpoint.dnsRecordType,
      PrivateDnsOnlyForInboundResolverEndpoint: endpoint.inboundResolverOnly,
    },
    PrivateDnsEnabled: endpoint.privateDns,
    RequesterManaged: false,
    NetworkInterfaceIds: endpoint.interfaces.map(({ id }) => id),
    DnsEntries: dnsEntries(scope, endpoint),
    CreationTimestamp: endpoint.createdAt,
    OwnerId: scope.account,
    Tags: tagList(scope, endpoint.id),
  };
}

/** https://docs.aws.amazon.com/vpc/latest/privatelink/privatelink-access-aws-services.html#interface-endpoint-dns-hostnames */
function dnsEntries({ region }: Scope, { id, service, interfaces, privateDns }: VpcEndpoint): DnsEntry[] {
  if (service.type === 'Gateway') return [];
  const host = `${service.name.split('.').slice(3).reverse().join('.')}.${region}.vpce.amazonaws.com`;
  const names = [`${id}.${host}`, ...interfaces.map(({ zone }) => `${id}-${zone.name}.${host}`)];
  return [...names, ...(privateDns ? service.privateDnsNames : [])].map((DnsName) => ({ DnsName }));
}
