import { describe, expect, it } from '@jest/globals';
import { anEc2Account, anEc2Network, codeOf, text } from './an-ec2-account';
import type { Ec2Network } from './an-ec2-account';
import { SOON } from './an-instance';

describe('a VPC', () => {
  it('gets its IPv6 block after the answer that announces it', async () => {
    const { ec2 } = await anEc2Account();
    const { Vpc } = await ec2.createVpc({ CidrBlock: '10.1.2.3/16', AmazonProvidedIpv6CidrBlock: true });
    expect(Vpc).toMatchObject({
      State: 'pending',
      CidrBlock: '10.1.0.0/16',
      Ipv6CidrBlockAssociationSet: [{ Ipv6CidrBlock: '', Ipv6CidrBlockState: { State: 'associating' } }],
    });
    const { Vpcs } = await ec2.describeVpcs({ VpcIds: [text(Vpc?.VpcId)] });
    expect(Vpcs).toMatchObject([
      {
        State: 'available',
        IsDefault: false,
        OwnerId: '111122223333',
        Ipv6CidrBlockAssociationSet: [{ Ipv6CidrBlockState: { State: 'associated' } }],
      },
    ]);
    expect(Vpcs?.[0]?.Ipv6CidrBlockAssociationSet?.[0]?.Ipv6CidrBlock).toMatch(/^2600:1f.*::\/56$/);
  });

  it('has none unless asked, and can be given one later: untouched security groups then let IPv6 out', async () => {
    const { ec2 } = await anEc2Account();
    const { Vpc } = await ec2.createVpc({ CidrBlock: '10.0.0.0/16' });
    const VpcId = text(Vpc?.VpcId);
    const { Vpcs } = await ec2.describeVpcs();
    expect(Vpcs?.[0]).not.toHaveProperty('Ipv6CidrBlockAssociationSet');
    const edited = text((await ec2.createSecurityGroup({ VpcId, GroupName: 'edited', Description: '-' })).GroupId);
    const out = { IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] };
    await ec2.revokeSecurityGroupEgress({ GroupId: edited, IpPermissions: [out] });
    await ec2.associateVpcCidrBlock({ VpcId, AmazonProvidedIpv6CidrBlock: true });
    const { SecurityGroups = [] } = await ec2.describeSecurityGroups({
      Filters: [{ Name: 'vpc-id', Values: [VpcId] }],
    });
    const egress = new Map(SecurityGroups.map((each) => [each.GroupName, each.IpPermissionsEgress]));
    expect(egress.get('edited')).toEqual([]);
    expect(egress.get('default')).toMatchObject([
      { Ipv6Ranges: [{ CidrIpv6: '::/0' }], IpRanges: [{ CidrIp: '0.0.0.0/0' }] },
    ]);
  });

  it('takes further IPv4 blocks that do not overlap', async () => {
    const { ec2, vpcId } = await anEc2Network();
    await ec2.associateVpcCidrBlock({ VpcId: vpcId, CidrBlock: '10.1.0.0/16' });
    expect(await codeOf(ec2.associateVpcCidrBlock({ VpcId: vpcId, CidrBlock: '10.1.4.0/24' }))).toBe(
      'InvalidVpc.Range',
    );
    expect(await codeOf(ec2.associateVpcCidrBlock({ VpcId: vpcId }))).toBe('InvalidParameterCombination');
    await ec2.createSubnet({ VpcId: vpcId, CidrBlock: '10.1.4.0/24' });
    const { Vpcs } = await ec2.describeVpcs({ VpcIds: [vpcId] });
    expect(Vpcs?.[0]?.CidrBlockAssociationSet?.map(({ CidrBlock }) => CidrBlock)).toEqual([
      '10.0.0.0/16',
      '10.1.0.0/16',
    ]);
  });

  it('goes only when nothing of the user is in it', async () => {
    const { ec2, vpcId, dual, native } = await anEc2Network();
    expect(await codeOf(ec2.deleteVpc({ VpcId: vpcId }))).toBe('DependencyViolation');
    for (const SubnetId of [dual, native]) await ec2.deleteSubnet({ SubnetId });
    await ec2.deleteVpc({ VpcId: vpcId });
    const { RouteTables } = await ec2.describeRouteTables();
    const { SecurityGroups } = await ec2.describeSecurityGroups();
    expect({ RouteTables, SecurityGroups }).toEqual({ RouteTables: [], SecurityGroups: [] });
    expect(await codeOf(ec2.deleteVpc({ VpcId: vpcId }))).toBe('InvalidVpcID.NotFound');
  });

  it('has DNS attributes, changed one at a time', async () => {
    const { ec2, vpcId: VpcId } = await anEc2Network();
    const read = async () =>
      (await ec2.describeVpcAttribute({ VpcId, Attribute: 'enableDnsHostnames' })).EnableDnsHostnames;
    expect(await read()).toEqual({ Value: false });
    await ec2.modifyVpcAttribute({ VpcId, EnableDnsHostnames: { Value: true } });
    expect(await read()).toEqual({ Value: true });
    const both = ec2.modifyVpcAttribute({
      VpcId,
      EnableDnsHostnames: { Value: false },
      EnableDnsSupport: { Value: false },
    });
    expect(await codeOf(both)).toBe('InvalidParameterCombination');
  });
});

describe('a subnet', () => {
  it('of IPv6 alone has no IPv4 block and no IPv4 addresses', async () => {
    const { ec2, native } = await anEc2Network();
    const { Subnets } = await ec2.describeSubnets({ SubnetIds: [native] });
    expect(Subnets).toMatchObject([
      { Ipv6Native: true, AvailableIpAddressCount: 0, AssignIpv6AddressOnCreation: true, EnableDns64: false },
    ]);
    expect(Subnets?.[0]).not.toHaveProperty('CidrBlock');
  });

  it('counts the addresses that are left', async () => {
    const { ec2, dual } = await anEc2Network();
    const count = async () => (await ec2.describeSubnets({ SubnetIds: [dual] })).Subnets?.[0]?.AvailableIpAddressCount;
    expect(await count()).toBe(251);
    await ec2.createNetworkInterface({ SubnetId: dual });
    expect(await count()).toBe(250);
  });

  it('is changed one attribute at a time', async () => {
    const { ec2, dual, vpcId } = await anEc2Network();
    await ec2.modifySubnetAttribute({ SubnetId: dual, EnableDns64: { Value: true } });
    await ec2.modifySubnetAttribute({ SubnetId: dual, AssignIpv6AddressOnCreation: { Value: true } });
    const { Subnets } = await ec2.describeSubnets({ SubnetIds: [dual] });
    expect(Subnets).toMatchObject([
      { EnableDns64: true, AssignIpv6AddressOnCreation: true, MapPublicIpOnLaunch: false },
    ]);
    const on = { Value: true };
    const two = ec2.modifySubnetAttribute({ SubnetId: dual, EnableDns64: on, MapPublicIpOnLaunch: on });
    expect(await codeOf(two)).toBe('InvalidParameterCombination');
    const { Subnet } = await ec2.createSubnet({ VpcId: vpcId, CidrBlock: '10.0.7.0/24' });
    const ipv4 = ec2.modifySubnetAttribute({ SubnetId: Subnet?.SubnetId, AssignIpv6AddressOnCreation: on });
    expect(await codeOf(ipv4)).toBe('InvalidParameterValue');
  });

  it('gets an IPv6 block later, once', async () => {
    const { ec2, vpcId, slice } = await anEc2Network();
    const { Subnet } = await ec2.createSubnet({ VpcId: vpcId, CidrBlock: '10.0.7.0/24' });
    const SubnetId = Subnet?.SubnetId;
    await ec2.associateSubnetCidrBlock({ SubnetId, Ipv6CidrBlock: slice(7) });
    const again = ec2.associateSubnetCidrBlock({ SubnetId, Ipv6CidrBlock: slice(8) });
    expect(await codeOf(again)).toBe('SubnetCidrBlockLimitExceeded');
    const { Subnets } = await ec2.describeSubnets({ SubnetIds: [text(SubnetId)] });
    expect(Subnets?.[0]?.Ipv6CidrBlockAssociationSet).toMatchObject([{ Ipv6CidrBlock: slice(7) }]);
  });

  const refused: readonly (readonly [string, string, (network: Ec2Network) => object])[] = [
    ['a block outside the VPC', 'InvalidSubnet.Range', () => ({ CidrBlock: '192.168.0.0/24' })],
    ['a block that is too small', 'InvalidSubnet.Range', () => ({ CidrBlock: '10.0.7.0/29' })],
    ['a block in use', 'InvalidSubnet.Conflict', () => ({ CidrBlock: '10.0.0.0/22' })],
    ['no block', 'InvalidParameterValue', () => ({ CidrBlock: 'big' })],
    [
      'an IPv6 block in use',
      'InvalidSubnet.Conflict',
      ({ slice }) => ({ CidrBlock: '10.0.7.0/24', Ipv6CidrBlock: slice(1) }),
    ],
    [
      'an IPv6 prefix of 65',
      'InvalidSubnet.Range',
      ({ slice }) => ({ Ipv6Native: true, Ipv6CidrBlock: slice(7).replace('64', '65') }),
    ],
    [
      'IPv4 in IPv6-only',
      'InvalidParameterCombination',
      ({ slice }) => ({ Ipv6Native: true, CidrBlock: '10.0.7.0/24', Ipv6CidrBlock: slice(7) }),
    ],
    ['IPv6-only without a block', 'MissingParameter', () => ({ Ipv6Native: true })],
    ['no block at all', 'MissingParameter', () => ({})],
    [
      'a zone of another region',
      'InvalidParameterValue',
      () => ({ CidrBlock: '10.0.7.0/24', AvailabilityZone: 'us-east-1a' }),
    ],
    ['an unknown VPC', 'InvalidVpcID.NotFound', () => ({ CidrBlock: '10.0.7.0/24', VpcId: 'vpc-0' })],
  ];

  it.each(refused)('is refused with %s: %s', async (_, code, input) => {
    const network = await anEc2Network();
    const { ec2, vpcId } = network;
    expect(await codeOf(ec2.createSubnet({ VpcId: vpcId, ...input(network) }))).toBe(code);
    expect((await ec2.describeSubnets()).Subnets).toHaveLength(2);
  });

  it('is made in the zone asked for, by name or id', async () => {
    const { ec2, vpcId: VpcId } = await anEc2Network();
    const byName = await ec2.createSubnet({ VpcId, CidrBlock: '10.0.7.0/24', AvailabilityZone: 'eu-west-2b' });
    const byId = await ec2.createSubnet({ VpcId, CidrBlock: '10.0.8.0/24', AvailabilityZoneId: 'euw2-az2' });
    const place = { AvailabilityZone: 'eu-west-2b', AvailabilityZoneId: 'euw2-az2' };
    expect([byName.Subnet, byId.Subnet]).toMatchObject([place, place]);
  });

  it('cannot go while something has an address in it', async () => {
    const { ec2, dual, clock } = await anEc2Network();
    const { AllocationId } = await ec2.allocateAddress({ Domain: 'vpc' });
    const { NatGateway } = await ec2.createNatGateway({ SubnetId: dual, AllocationId });
    expect(await codeOf(ec2.deleteSubnet({ SubnetId: dual }))).toBe('DependencyViolation');
    await ec2.deleteNatGateway({ NatGatewayId: NatGateway?.NatGatewayId });
    await clock.advance(SOON);
    await ec2.deleteSubnet({ SubnetId: dual });
    await ec2.releaseAddress({ AllocationId });
    expect((await ec2.describeAddresses()).Addresses).toEqual([]);
  });
});
