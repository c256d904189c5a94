/** Taking blocks away from VPCs and subnets; what still lies in them keeps them. */
import type {
  DisassociateSubnetCidrBlockRequest,
  DisassociateSubnetCidrBlockResult,
  DisassociateVpcCidrBlockRequest,
  DisassociateVpcCidrBlockResult,
} from '@aws-sdk/client-ec2';
import { ApiError } from '../../kernel/api-error';
import type { Operations } from '../../kernel/operation';
import { operation } from '../../kernel/operation';
import type { Scope } from '../../kernel/scope';
import type { Cidr } from './cidr';
import { cidrsOverlap } from './cidr';
import { allNetworkInterfaces } from './network-interface';
import type { Subnet } from './subnet';
import { allSubnets } from './subnet';
import { subnetAssociation } from './subnet-shape';
import type { Vpc } from './vpc';
import { allVpcs, removeBlock } from './vpc';
import { ipv4Association, ipv6Association } from './vpc-shape';

function inUse(message: string): ApiError {
  return new ApiError('InvalidCidrBlock.InUse', message);
}

function refuseSubnets(scope: Scope, { id: vpcId }: Vpc, cidr: Cidr): void {
  const blocks = allSubnets(scope)
    .filter((subnet) => subnet.vpcId === vpcId)
    .flatMap(({ ipv4, ipv6 }) => [...(ipv4 ? [ipv4] : []), ...ipv6.map((block) => block.cidr)]);
  if (blocks.some((block) => cidrsOverlap(block, cidr))) {
    throw inUse(`The vpc ${vpcId} currently has a subnet within CIDR block ${cidr.text}`);
  }
}

const disassociateVpc = operation<DisassociateVpcCidrBlockRequest, DisassociateVpcCidrBlockResult>({
  accepts: ['AssociationId'],
  run({ AssociationId = '' }, { scope }) {
    const vpc = allVpcs(scope).find(({ ipv4, ipv6 }) => [...ipv4, ...ipv6].some(({ id }) => id === AssociationId));
    const block = vpc && [...vpc.ipv4, ...vpc.ipv6].find(({ id }) => id === AssociationId);
    if (!vpc || !block) {
      const message = `The vpc CIDR block association ID '${AssociationId}' does not exist`;
      throw new ApiError('InvalidVpcCidrBlockAssociationID.NotFound', message);
    }
    if (block === vpc.ipv4[0]) {
      const message = `The vpc CIDR block with association ID ${AssociationId} may not be disassociated. It is the primary IPv4 CIDR block of the VPC`;
      throw new ApiError('OperationNotPermitted', message);
    }
    refuseSubnets(scope, vpc, block.cidr);
    removeBlock(vpc, block.id);
    if (block.cidr.family === 4) {
      return { VpcId: vpc.id, CidrBlockAssociation: ipv4Association(block, 'disassociating') };
    }
    const gone = { ...ipv6Association(scope, block, 'disassociating'), Ipv6CidrBlock: block.cidr.text };
    return { VpcId: vpc.id, Ipv6CidrBlockAssociation: gone };
  },
});

function refuseAddresses(scope: Scope, { id, ipv6Native }: Subnet): void {
  const held = allNetworkInterfaces(scope).some(
    (each) => each.subnetId === id && each.ipv6.length + each.ipv6Prefixes.length > 0,
  );
  if (held) throw inUse(`The subnet ${id} currently has network interfaces with addresses within its IPv6 CIDR block`);
  if (ipv6Native) throw new ApiError('OperationNotPermitted', `The subnet ${id} is IPv6-only and keeps its CIDR block`);
}

const disassociateSubnet = operation<DisassociateSubnetCidrBlockRequest, DisassociateSubnetCidrBlockResult>({
  accepts: ['AssociationId'],
  run({ AssociationId = '' }, { scope }) {
    const subnet = allSubnets(scope).find(({ ipv6 }) => ipv6.some(({ id }) => id === AssociationId));
    const block = subnet?.ipv6.find(({ id }) => id === AssociationId);
    if (!subnet || !block) {
      const message = `The subnet CIDR block association ID '${AssociationId}' does not exist`;
      throw new ApiError('InvalidSubnetCidrBlockAssociationID.NotFound', message);
    }
    refuseAddresses(scope, subnet);
    subnet.ipv6.splice(subnet.ipv6.indexOf(block), 1);
    // What needs IPv6 goes with it.
    Object.assign(subnet, { assignIpv6OnCreation: false, dns64: false, resourceNameAaaa: false });
    return { SubnetId: subnet.id, Ipv6CidrBlockAssociation: subnetAssociation(block, 'disassociating') };
  },
});

export const disassociationOperations: Operations = {
  DisassociateSubnetCidrBlock: disassociateSubnet,
  DisassociateVpcCidrBlock: disassociateVpc,
};
