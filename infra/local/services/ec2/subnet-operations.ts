import type {
  AssociateSubnetCidrBlockRequest,
  AssociateSubnetCidrBlockResult,
  CreateSubnetRequest,
  CreateSubnetResult,
  DeleteSubnetRequest,
  DescribeSubnetsRequest,
  DescribeSubnetsResult,
  ModifySubnetAttributeRequest,
} from '@aws-sdk/client-ec2';
import type { Operations } from '../../kernel/operation';
import { operation } from '../../kernel/operation';
import { dependencyViolation, invalidCombination, invalidValue, missingParameter } from './ec2-error';
import { list } from './listing';
import { allNetworkInterfaces } from './network-interface';
import { disassociateSubnet } from './route-table';
import type { Subnet } from './subnet';
import { addSubnetIpv6, createSubnet as makeSubnet, dropSubnet, requireSubnet } from './subnet';
import { SUBNET_LISTING, subnetAssociation, subnetShape } from './subnet-shape';
import { dropTags, writeTags } from './tag';
import { tagsFor } from './tag-shape';

const createSubnet = operation<CreateSubnetRequest, CreateSubnetResult>({
  accepts: [
    'VpcId',
    'CidrBlock',
    'Ipv6CidrBlock',
    'Ipv6Native',
    'AvailabilityZone',
    'AvailabilityZoneId',
    'TagSpecifications',
  ],
  run(input, { scope }) {
    const tags = tagsFor('subnet', input.TagSpecifications);
    const subnet = makeSubnet(scope, {
      vpcId: input.VpcId ?? '',
      cidrBlock: input.CidrBlock,
      ipv6CidrBlock: input.Ipv6CidrBlock,
      ipv6Native: input.Ipv6Native,
      zoneName: input.AvailabilityZone,
      zoneId: input.AvailabilityZoneId,
    });
    writeTags(scope, subnet.id, tags);
    const associating = subnet.ipv6.map((block) => subnetAssociation(block, 'associating'));
    return { Subnet: { ...subnetShape(scope, subnet), Ipv6CidrBlockAssociationSet: associating } };
  },
});

const describeSubnets = operation<DescribeSubnetsRequest, DescribeSubnetsResult>({
  accepts: ['SubnetIds', 'Filters', 'MaxResults', 'NextToken'],
  run(input, { scope }) {
    const { items, token } = list(scope, SUBNET_LISTING, {
      ids: input.SubnetIds,
      filters: input.Filters,
      maxResults: input.MaxResults,
      nextToken: input.NextToken,
    });
    return { Subnets: items.map((subnet) => subnetShape(scope, subnet)), NextToken: token };
  },
});

const deleteSubnet = operation<DeleteSubnetRequest, undefined>({
  accepts: ['SubnetId'],
  run(input, { scope }) {
    const { id } = requireSubnet(scope, input.SubnetId ?? '');
    if (allNetworkInterfaces(scope).some(({ subnetId }) => subnetId === id)) {
      throw dependencyViolation(`The subnet '${id}' has dependencies and cannot be deleted.`);
    }
    disassociateSubnet(scope, id);
    dropSubnet(scope, id);
    dropTags(scope, id);
  },
});

type Change = (subnet: Subnet, input: ModifySubnetAttributeRequest) => void;

/** What can be changed, parameter by parameter. */
const CHANGES: Readonly<Partial<Record<keyof ModifySubnetAttributeRequest, Change>>> = {
  AssignIpv6AddressOnCreation(subnet, { AssignIpv6AddressOnCreation: { Value = false } = {} }) {
    if (Value) expectIpv6(subnet, 'assign-ipv6-address-on-creation');
    subnet.assignIpv6OnCreation = Value;
  },
  EnableDns64(subnet, { EnableDns64: { Value = false } = {} }) {
    if (Value) expectIpv6(subnet, 'enable-dns64');
    subnet.dns64 = Value;
  },
  MapPublicIpOnLaunch(subnet, { MapPublicIpOnLaunch: { Value = false } = {} }) {
    if (Value && subnet.ipv6Native) {
      throw invalidValue(`Cannot set map-public-ip-on-launch to true: the subnet (${subnet.id}) is IPv6-only.`);
    }
    subnet.mapPublicIpOnLaunch = Value;
  },
  PrivateDnsHostnameTypeOnLaunch(subnet, { PrivateDnsHostnameTypeOnLaunch: type }) {
    if (type === undefined) return;
    if (type === 'ip-name' && subnet.ipv6Native) {
      throw invalidValue(`The hostname type of the IPv6-only subnet (${subnet.id}) must be resource-name.`);
    }
    subnet.hostnameType = type;
  },
  EnableResourceNameDnsARecordOnLaunch(subnet, { EnableResourceNameDnsARecordOnLaunch: { Value = false } = {} }) {
    subnet.resourceNameA = Value;
  },
  EnableResourceNameDnsAAAARecordOnLaunch(subnet, { EnableResourceNameDnsAAAARecordOnLaunch: { Value = false } = {} }) {
    if (Value) expectIpv6(subnet, 'enable-resource-name-dns-aaaa-record-on-launch');
    subnet.resourceNameAaaa = Value;
  },
};

const modifySubnetAttribute = operation<ModifySubnetAttributeRequest, undefined>({
  accepts: ['SubnetId', ...Object.keys(CHANGES)],
  run(input, { scope }) {
    const subnet = requireSubnet(scope, input.SubnetId ?? '');
    const changes = Object.entries(CHANGES).filter(([name]) => name in input);
    // https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifySubnetAttribute.html: one at a time
    if (changes.length > 1)
      throw invalidCombination('Fields for multiple attribute types specified: only one is allowed.');
    const [change] = changes;
    if (!change) throw missingParameter('attribute');
    change[1](subnet, input);
  },
});

const associateSubnetCidrBlock = operation<AssociateSubnetCidrBlockRequest, AssociateSubnetCidrBlockResult>({
  accepts: ['SubnetId', 'Ipv6CidrBlock'],
  run(input, { scope }) {
    const subnet = requireSubnet(scope, input.SubnetId ?? '');
    if (input.Ipv6CidrBlock === undefined) throw missingParameter('ipv6CidrBlock');
    const block = addSubnetIpv6(scope, subnet, input.Ipv6CidrBlock);
    return { SubnetId: subnet.id, Ipv6CidrBlockAssociation: subnetAssociation(block, 'associating') };
  },
});

function expectIpv6({ id, ipv6 }: Subnet, attribute: string): void {
  if (ipv6.length > 0) return;
  throw invalidValue(
    `Invalid value 'true' for ${attribute}. Cannot set ${attribute} to true unless the subnet (${id}) has an IPv6 CIDR block associated with it.`,
  );
}

export const subnetOperations: Operations = {
  AssociateSubnetCidrBlock: associateSubnetCidrBlock,
  CreateSubnet: createSubnet,
  DeleteSubnet: deleteSubnet,
  DescribeSubnets: describeSubnets,
  ModifySubnetAttribute: modifySubnetAttribute,
};
