import type { Subnet as SubnetShape, SubnetIpv6CidrBlockAssociation } from '@aws-sdk/client-ec2';
import type { Scope } from '../../kernel/scope';
import type { Listing } from './listing';
import { PAGE_5_TO_1000 } from './listing';
import type { Subnet } from './subnet';
import { allSubnets, SUBNET } from './subnet';
import { freeIpv4Count } from './subnet-addresses';
import { tagList } from './tag-shape';
import type { CidrAssociation } from './vpc';

const zoneName = (subnet: Subnet): string => subnet.zone.name;
const zoneId = (subnet: Subnet): string => subnet.zone.id;
const ipv4 = (subnet: Subnet): string | undefined => subnet.ipv4?.text;

export const SUBNET_LISTING: Listing<Subnet> = {
  all: allSubnets,
  id: (subnet) => subnet.id,
  kind: SUBNET,
  taggable: true,
  pageSize: PAGE_5_TO_1000,
  exclusive: { ids: 'SubnetIds', maxResults: 'MaxResults' },
  filters: {
    'subnet-id': (subnet) => subnet.id,
    'subnet-arn': (subnet) => subnet.arn,
    'vpc-id': (subnet) => subnet.vpcId,
    'availability-zone': zoneName,
    availabilityZone: zoneName,
    'availability-zone-id': zoneId,
    availabilityZoneId: zoneId,
    'cidr-block': ipv4,
    cidr: ipv4,
    cidrBlock: ipv4,
    'available-ip-address-count': (subnet, scope) => freeIpv4Count(scope, subnet),
    'ipv6-cidr-block-association.ipv6-cidr-block': (subnet) => subnet.ipv6.map(({ cidr }) => cidr.text),
    'ipv6-cidr-block-association.association-id': (subnet) => subnet.ipv6.map(({ id }) => id),
    'ipv6-cidr-block-association.state': (subnet) => subnet.ipv6.map(() => 'associated'),
    'ipv6-native': (subnet) => subnet.ipv6Native,
    'enable-dns64': (subnet) => subnet.dns64,
    'map-public-ip-on-launch': (subnet) => subnet.mapPublicIpOnLaunch,
    'default-for-az': () => false,
    defaultForAz: () => false,
    'owner-id': (_, scope) => scope.account,
    state: () => 'available',
  },
};

export function subnetShape(scope: Scope, subnet: Subnet): SubnetShape {
  return {
    SubnetId: subnet.id,
    SubnetArn: subnet.arn,
    VpcId: subnet.vpcId,
    OwnerId: scope.account,
    State: 'available',
    AvailabilityZone: subnet.zone.name,
    AvailabilityZoneId: subnet.zone.id,
    CidrBlock: subnet.ipv4?.text,
    Ipv6CidrBlockAssociationSet: subnet.ipv6.map((block) => subnetAssociation(block, 'associated')),
    Ipv6Native: subnet.ipv6Native,
    AvailableIpAddressCount: freeIpv4Count(scope, subnet),
    AssignIpv6AddressOnCreation: subnet.assignIpv6OnCreation,
    EnableDns64: subnet.dns64,
    MapPublicIpOnLaunch: subnet.mapPublicIpOnLaunch,
    MapCustomerOwnedIpOnLaunch: false,
    DefaultForAz: false,
    PrivateDnsNameOptionsOnLaunch: {
      HostnameType: subnet.hostnameType,
      EnableResourceNameDnsARecord: subnet.resourceNameA,
      EnableResourceNameDnsAAAARecord: subnet.resourceNameAaaa,
    },
    BlockPublicAccessStates: { InternetGatewayBlockMode: 'off' },
    Tags: tagList(scope, subnet.id),
  };
}

export function subnetAssociation(
  { id, cidr }: CidrAssociation,
  state: 'associating' | 'associated' | 'disassociating',
): SubnetIpv6CidrBlockAssociation {
  return {
    AssociationId: id,
    Ipv6CidrBlock: cidr.text,
    Ipv6CidrBlockState: { State: state },
    Ipv6AddressAttribute: 'public',
    IpSource: 'amazon',
  };
}
