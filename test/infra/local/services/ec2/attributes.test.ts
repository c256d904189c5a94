/** What a user changes by hand on what is already there. */
import { describe, expect, it, test } from '@jest/globals';
import type { Ec2Network } from './an-ec2-account';
import { anEc2Network, codeOf, ECS_IMAGE, text } from './an-ec2-account';

async function anInstance({ ec2, native }: Ec2Network): Promise<string> {
  const { Instances } = await ec2.runInstances({
    ...{ ImageId: ECS_IMAGE, InstanceType: 'm5.large', MinCount: 1, MaxCount: 1, SubnetId: native },
  });
  return text(Instances?.[0]?.InstanceId);
}

async function metadataOf({ ec2 }: Ec2Network, id: string) {
  const { Reservations } = await ec2.describeInstances({ InstanceIds: [id] });
  return Reservations?.[0]?.Instances?.[0]?.MetadataOptions;
}

describe('metadata options', () => {
  it('of an instance are switched to IPv6, the others stay', async () => {
    const network = await anEc2Network();
    const InstanceId = await anInstance(network);
    const before = await metadataOf(network, InstanceId);
    expect(before?.HttpProtocolIpv6).toBe('disabled');
    const answer = await network.ec2.modifyInstanceMetadataOptions({ InstanceId, HttpProtocolIpv6: 'enabled' });
    expect(answer).toMatchObject({ InstanceId, InstanceMetadataOptions: { State: 'pending' } });
    expect(await metadataOf(network, InstanceId)).toEqual({ ...before, HttpProtocolIpv6: 'enabled' });
  });

  it('are refused without a change, out of range, and for what is not there', async () => {
    const network = await anEc2Network();
    const { ec2, clock } = network;
    const InstanceId = await anInstance(network);
    const modify = (input: object) => codeOf(ec2.modifyInstanceMetadataOptions({ InstanceId, ...input }));
    expect(await modify({})).toBe('MissingParameter');
    expect(await modify({ HttpPutResponseHopLimit: 65 })).toBe('InvalidParameterValue');
    expect(await modify({ InstanceId: 'i-0123456789abcdef0', HttpTokens: 'required' })).toBe(
      'InvalidInstanceID.NotFound',
    );
    await ec2.terminateInstances({ InstanceIds: [InstanceId] });
    await clock.advance(60_000);
    expect(await modify({ HttpTokens: 'required' })).toBe('IncorrectInstanceState');
  });
});

test('delegated prefixes and a primary IPv6 address exclude each other', async () => {
  const { ec2, dual } = await anEc2Network();
  const withPrefix = await ec2.createNetworkInterface({ SubnetId: dual, Ipv6AddressCount: 1 });
  const NetworkInterfaceId = withPrefix.NetworkInterface?.NetworkInterfaceId;
  await ec2.assignIpv6Addresses({ NetworkInterfaceId, Ipv6PrefixCount: 1 });
  const enable = { NetworkInterfaceId, EnablePrimaryIpv6: true };
  expect(await codeOf(ec2.modifyNetworkInterfaceAttribute(enable))).toBe('InvalidParameterCombination');
  const { NetworkInterfaces } = await ec2.describeNetworkInterfaces();
  const Ipv6Prefixes = NetworkInterfaces?.[0]?.Ipv6Prefixes?.map(({ Ipv6Prefix }) => text(Ipv6Prefix));
  await ec2.unassignIpv6Addresses({ NetworkInterfaceId, Ipv6Prefixes });
  await ec2.modifyNetworkInterfaceAttribute(enable);
  expect(await codeOf(ec2.assignIpv6Addresses({ NetworkInterfaceId, Ipv6PrefixCount: 1 }))).toBe(
    'InvalidParameterCombination',
  );
  await ec2.assignIpv6Addresses({ NetworkInterfaceId, Ipv6AddressCount: 1 });
});

describe('an association of a route table', () => {
  it('is replaced, that of the main table as well', async () => {
    const { ec2, vpcId, native } = await anEc2Network();
    const table = async () => text((await ec2.createRouteTable({ VpcId: vpcId })).RouteTable?.RouteTableId);
    const [one, other, main] = [await table(), await table(), await table()];
    const holders = async (Name: string, Value: string) =>
      (await ec2.describeRouteTables({ Filters: [{ Name, Values: [Value] }] })).RouteTables ?? [];
    const { AssociationId } = await ec2.associateRouteTable({ RouteTableId: one, SubnetId: native });
    await ec2.replaceRouteTableAssociation({ AssociationId, RouteTableId: other });
    expect(await holders('association.subnet-id', native)).toMatchObject([{ RouteTableId: other }]);
    expect(await codeOf(ec2.replaceRouteTableAssociation({ AssociationId, RouteTableId: one }))).toBe(
      'InvalidAssociationID.NotFound',
    );
    const [former] = await holders('association.main', 'true');
    const mainAssociation = former?.Associations?.[0]?.RouteTableAssociationId;
    await ec2.replaceRouteTableAssociation({ AssociationId: mainAssociation, RouteTableId: main });
    expect(await holders('association.main', 'true')).toMatchObject([{ RouteTableId: main }]);
    await ec2.deleteRouteTable({ RouteTableId: former?.RouteTableId });
  });
});

describe('IPv6 blocks', () => {
  it('leave a subnet and its VPC once nothing uses them', async () => {
    const { ec2, vpcId, dual, native } = await anEc2Network();
    const blockOf = async (id: string) => {
      const { Subnets } = await ec2.describeSubnets({ SubnetIds: [id] });
      return Subnets?.[0]?.Ipv6CidrBlockAssociationSet?.[0]?.AssociationId;
    };
    const vpc = async () => (await ec2.describeVpcs({ VpcIds: [vpcId] })).Vpcs?.[0];
    const AssociationId = (await vpc())?.Ipv6CidrBlockAssociationSet?.[0]?.AssociationId;
    expect(await codeOf(ec2.disassociateVpcCidrBlock({ AssociationId }))).toBe('InvalidCidrBlock.InUse');
    await ec2.deleteSubnet({ SubnetId: native });

    await ec2.modifySubnetAttribute({ SubnetId: dual, AssignIpv6AddressOnCreation: { Value: true } });
    const { NetworkInterface: held } = await ec2.createNetworkInterface({ SubnetId: dual });
    const block = { AssociationId: await blockOf(dual) };
    expect(await codeOf(ec2.disassociateSubnetCidrBlock(block))).toBe('InvalidCidrBlock.InUse');
    await ec2.deleteNetworkInterface({ NetworkInterfaceId: held?.NetworkInterfaceId });
    await ec2.disassociateSubnetCidrBlock(block);
    const { Subnets } = await ec2.describeSubnets({ SubnetIds: [dual] });
    expect(Subnets).toMatchObject([{ Ipv6CidrBlockAssociationSet: [], AssignIpv6AddressOnCreation: false }]);
    expect(await codeOf(ec2.disassociateSubnetCidrBlock(block))).toBe('InvalidSubnetCidrBlockAssociationID.NotFound');

    await ec2.disassociateVpcCidrBlock({ AssociationId });
    expect((await vpc())?.Ipv6CidrBlockAssociationSet).toBeUndefined();
    expect(await codeOf(ec2.disassociateVpcCidrBlock({ AssociationId }))).toBe(
      'InvalidVpcCidrBlockAssociationID.NotFound',
    );
  });

  it('of an IPv6-only subnet, and the first block of a VPC, stay', async () => {
    const { ec2, vpcId, native } = await anEc2Network();
    const { Subnets } = await ec2.describeSubnets({ SubnetIds: [native] });
    const own = Subnets?.[0]?.Ipv6CidrBlockAssociationSet?.[0]?.AssociationId;
    expect(await codeOf(ec2.disassociateSubnetCidrBlock({ AssociationId: own }))).toBe('OperationNotPermitted');
    const { Vpcs } = await ec2.describeVpcs({ VpcIds: [vpcId] });
    const first = Vpcs?.[0]?.CidrBlockAssociationSet?.[0]?.AssociationId;
    expect(await codeOf(ec2.disassociateVpcCidrBlock({ AssociationId: first }))).toBe('OperationNotPermitted');
  });
});
