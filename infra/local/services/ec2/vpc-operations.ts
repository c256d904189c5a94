import type {
  AssociateVpcCidrBlockRequest,
  AssociateVpcCidrBlockResult,
  CreateVpcRequest,
  CreateVpcResult,
  DeleteVpcRequest,
  DescribeVpcAttributeRequest,
  DescribeVpcAttributeResult,
  DescribeVpcsRequest,
  DescribeVpcsResult,
  ModifyVpcAttributeRequest,
} from '@aws-sdk/client-ec2';
import type { Operations } from '../../kernel/operation';
import { operation } from '../../kernel/operation';
import type { Scope } from '../../kernel/scope';
import { dependencyViolation, invalidCombination, invalidValue, missingParameter } from './ec2-error';
import { attachedGateways } from './internet-gateway';
import { list } from './listing';
import { createNetwork, giveIpv6 } from './network';
import { allNetworkAcls, dropNetworkAcl } from './network-acl';
import { allNetworkInterfaces } from './network-interface';
import { allRouteTables, dropRouteTable, isMain } from './route-table';
import { allSecurityGroups, DEFAULT_GROUP, dropSecurityGroup } from './security-group';
import { allSubnets } from './subnet';
import { dropTags, writeTags } from './tag';
import { tagsFor } from './tag-shape';
import { addIpv4, dropVpc, requireVpc } from './vpc';
import { allVpcEndpoints } from './vpc-endpoint';
import { ipv4Association, ipv6Association, VPC_LISTING, vpcShape } from './vpc-shape';

const createVpc = operation<CreateVpcRequest, CreateVpcResult>({
  accepts: ['CidrBlock', 'AmazonProvidedIpv6CidrBlock', 'InstanceTenancy', 'TagSpecifications'],
  run(input, { scope }) {
    if (input.CidrBlock === undefined) throw missingParameter('cidrBlock');
    const tags = tagsFor('vpc', input.TagSpecifications);
    if (input.InstanceTenancy === 'host') throw invalidValue(`Value (host) for parameter instanceTenancy is invalid.`);
    const vpc = createNetwork(scope, {
      cidrBlock: input.CidrBlock,
      ipv6: input.AmazonProvidedIpv6CidrBlock,
      tenancy: input.InstanceTenancy,
    });
    writeTags(scope, vpc.id, tags);
    // The answer tells of a block on its way; it is there when next looked at.
    const associating = vpc.ipv6.map((block) => ipv6Association(scope, block, 'associating'));
    return { Vpc: { ...vpcShape(scope, vpc), State: 'pending', Ipv6CidrBlockAssociationSet: associating } };
  },
});

const describeVpcs = operation<DescribeVpcsRequest, DescribeVpcsResult>({
  accepts: ['VpcIds', 'Filters', 'MaxResults', 'NextToken'],
  run(input, { scope }) {
    const { items, token } = list(scope, VPC_LISTING, {
      ids: input.VpcIds,
      filters: input.Filters,
      maxResults: input.MaxResults,
      nextToken: input.NextToken,
    });
    return { Vpcs: items.map((vpc) => vpcShape(scope, vpc)), NextToken: token };
  },
});

const deleteVpc = operation<DeleteVpcRequest, undefined>({
  accepts: ['VpcId'],
  run(input, { scope }) {
    const { id } = requireVpc(scope, input.VpcId ?? '');
    const { groups, tables, acls } = partsOf(scope, id);
    if (isBusy(scope, id)) throw dependencyViolation(`The vpc '${id}' has dependencies and cannot be deleted.`);
    for (const group of groups) dropSecurityGroup(scope, group.id);
    for (const table of tables) dropRouteTable(scope, table.id);
    for (const acl of acls) dropNetworkAcl(scope, acl.id);
    dropVpc(scope, id);
    dropTags(scope, id);
  },
});

interface InVpc {
  readonly vpcId: string;
}

/** What comes with a VPC and, alone of its kind, goes with it. */
function partsOf(scope: Scope, id: string) {
  const own = ({ vpcId }: InVpc): boolean => vpcId === id;
  return {
    groups: allSecurityGroups(scope).filter(own),
    tables: allRouteTables(scope).filter(own),
    acls: allNetworkAcls(scope).filter(own),
  };
}

/** Is there anything in the VPC that someone put there? */
function isBusy(scope: Scope, id: string): boolean {
  const own = ({ vpcId }: InVpc): boolean => vpcId === id;
  const { groups, tables, acls } = partsOf(scope, id);
  const added = [
    ...allSubnets(scope).filter(own),
    ...allNetworkInterfaces(scope).filter(own),
    ...attachedGateways(scope, id),
    ...allVpcEndpoints(scope).filter((endpoint) => own(endpoint) && endpoint.state !== 'deleting'),
    ...groups.filter(({ name }) => name !== DEFAULT_GROUP),
    ...tables.filter((table) => !isMain(table)),
    ...acls.filter(({ isDefault }) => !isDefault),
  ];
  return added.length > 0;
}

const modifyVpcAttribute = operation<ModifyVpcAttributeRequest, undefined>({
  accepts: ['VpcId', 'EnableDnsHostnames', 'EnableDnsSupport', 'EnableNetworkAddressUsageMetrics'],
  run(input, { scope }) {
    const vpc = requireVpc(scope, input.VpcId ?? '');
    const wanted = [input.EnableDnsHostnames, input.EnableDnsSupport, input.EnableNetworkAddressUsageMetrics];
    if (wanted.filter((each) => each !== undefined).length !== 1) {
      throw invalidCombination('Fields for multiple attribute types specified: exactly one is allowed.');
    }
    vpc.dnsHostnames = input.EnableDnsHostnames?.Value ?? vpc.dnsHostnames;
    vpc.dnsSupport = input.EnableDnsSupport?.Value ?? vpc.dnsSupport;
    vpc.addressUsageMetrics = input.EnableNetworkAddressUsageMetrics?.Value ?? vpc.addressUsageMetrics;
  },
});

const describeVpcAttribute = operation<DescribeVpcAttributeRequest, DescribeVpcAttributeResult>({
  accepts: ['VpcId', 'Attribute'],
  run(input, { scope }) {
    const vpc = requireVpc(scope, input.VpcId ?? '');
    switch (input.Attribute) {
      case 'enableDnsSupport':
        return { VpcId: vpc.id, EnableDnsSupport: { Value: vpc.dnsSupport } };
      case 'enableDnsHostnames':
        return { VpcId: vpc.id, EnableDnsHostnames: { Value: vpc.dnsHostnames } };
      case 'enableNetworkAddressUsageMetrics':
        return { VpcId: vpc.id, EnableNetworkAddressUsageMetrics: { Value: vpc.addressUsageMetrics } };
      default:
        throw missingParameter('attribute');
    }
  },
});

const associateVpcCidrBlock = operation<AssociateVpcCidrBlockRequest, AssociateVpcCidrBlockResult>({
  accepts: ['VpcId', 'CidrBlock', 'AmazonProvidedIpv6CidrBlock'],
  run(input, { scope }) {
    const vpc = requireVpc(scope, input.VpcId ?? '');
    if ((input.CidrBlock !== undefined) === (input.AmazonProvidedIpv6CidrBlock ?? false)) {
      throw invalidCombination('Exactly one of CidrBlock and AmazonProvidedIpv6CidrBlock must be specified.');
    }
    if (input.CidrBlock !== undefined) {
      const CidrBlockAssociation = ipv4Association(addIpv4(scope, vpc, input.CidrBlock), 'associating');
      return { VpcId: vpc.id, CidrBlockAssociation };
    }
    return { VpcId: vpc.id, Ipv6CidrBlockAssociation: ipv6Association(scope, giveIpv6(scope, vpc), 'associating') };
  },
});

export const vpcOperations: Operations = {
  AssociateVpcCidrBlock: associateVpcCidrBlock,
  CreateVpc: createVpc,
  DeleteVpc: deleteVpc,
  DescribeVpcAttribute: describeVpcAttribute,
  DescribeVpcs: describeVpcs,
  ModifyVpcAttribute: modifyVpcAttribute,
};
