import type { Vpc as VpcShape, VpcCidrBlockAssociation, VpcIpv6CidrBlockAssociation } from '@aws-sdk/client-ec2';
import type { Scope } from '../../kernel/scope';
import type { Listing } from './listing';
import { PAGE_5_TO_1000 } from './listing';
import { tagList } from './tag-shape';
import type { CidrAssociation, Vpc } from './vpc';
import { allVpcs, VPC } from './vpc';

type AssociationState = 'associating' | 'associated' | 'disassociating';

/** What AWS calls the pool from which it gives IPv6 blocks. */
const AMAZON_POOL = 'Amazon';

export const VPC_LISTING: Listing<Vpc> = {
  all: allVpcs,
  id: (vpc) => vpc.id,
  kind: VPC,
  taggable: true,
  pageSize: PAGE_5_TO_1000,
  exclusive: { ids: 'VpcIds', maxResults: 'MaxResults' },
  filters: {
    'vpc-id': (vpc) => vpc.id,
    cidr: (vpc) => vpc.ipv4[0]?.cidr.text,
    'cidr-block-association.cidr-block': (vpc) => vpc.ipv4.map(({ cidr }) => cidr.text),
    'cidr-block-association.association-id': (vpc) => vpc.ipv4.map(({ id }) => id),
    'cidr-block-association.state': (vpc) => vpc.ipv4.map(() => 'associated'),
    'ipv6-cidr-block-association.ipv6-cidr-block': (vpc) => vpc.ipv6.map(({ cidr }) => cidr.text),
    'ipv6-cidr-block-association.ipv6-pool': (vpc) => vpc.ipv6.map(() => AMAZON_POOL),
    'ipv6-cidr-block-association.association-id': (vpc) => vpc.ipv6.map(({ id }) => id),
    'ipv6-cidr-block-association.state': (vpc) => vpc.ipv6.map(() => 'associated'),
    'dhcp-options-id': (vpc) => vpc.dhcpOptionsId,
    'is-default': () => false,
    'owner-id': (_, scope) => scope.account,
    state: () => 'available',
  },
};

export function vpcShape(scope: Scope, vpc: Vpc): VpcShape {
  return {
    VpcId: vpc.id,
    OwnerId: scope.account,
    State: 'available',
    CidrBlock: vpc.ipv4[0]?.cidr.text,
    CidrBlockAssociationSet: vpc.ipv4.map((block) => ipv4Association(block, 'associated')),
    Ipv6CidrBlockAssociationSet:
      vpc.ipv6.length > 0 ? vpc.ipv6.map((block) => ipv6Association(scope, block, 'associated')) : undefined,
    DhcpOptionsId: vpc.dhcpOptionsId,
    InstanceTenancy: vpc.tenancy,
    IsDefault: false,
    Tags: tagList(scope, vpc.id),
  };
}

export function ipv4Association({ id, cidr }: CidrAssociation, state: AssociationState): VpcCidrBlockAssociation {
  return { AssociationId: id, CidrBlock: cidr.text, CidrBlockState: { State: state } };
}

/** While it is being associated, AWS does not say which block it will be. */
export function ipv6Association(
  scope: Scope,
  { id, cidr }: CidrAssociation,
  state: AssociationState,
): VpcIpv6CidrBlockAssociation {
  return {
    AssociationId: id,
    Ipv6CidrBlock: state === 'associating' ? '' : cidr.text,
    Ipv6CidrBlockState: { State: state },
    NetworkBorderGroup: scope.region,
    Ipv6Pool: AMAZON_POOL,
    Ipv6AddressAttribute: 'public',
    IpSource: 'amazon',
  };
}
