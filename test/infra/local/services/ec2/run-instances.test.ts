import { describe, expect, it } from '@jest/globals';
import type { Ec2Network } from './an-ec2-account';
import { anEc2Network, codeOf, ECS_IMAGE, text } from './an-ec2-account';
import type { Launch } from './an-instance';
import { described, launch } from './an-instance';

describe('RunInstances', () => {
  it('in an IPv6-only subnet gives a primary IPv6 address and no trace of IPv4', async () => {
    const network = await anEc2Network();
    const id = await launch(network, { SubnetId: network.native, EnablePrimaryIpv6: true });
    const instance = await described(network, id);
    const [eni] = instance.NetworkInterfaces ?? [];
    expect(eni?.Ipv6Addresses).toEqual([{ Ipv6Address: instance.Ipv6Address, IsPrimaryIpv6: true }]);
    expect(instance.Ipv6Address).toMatch(/^2600:1f/);
    expect(eni).not.toHaveProperty('PrivateIpAddress');
    expect(eni?.PrivateIpAddresses).toEqual([]);
    expect(instance).not.toHaveProperty('PrivateIpAddress');
    expect(instance.PrivateDnsName).toBe(`${id}.eu-west-2.compute.internal`);
  });

  it('answers without the instance-level IPv6 address that DescribeInstances has', async () => {
    const network = await anEc2Network();
    const { Instances: [answered] = [], ReservationId } = await network.ec2.runInstances({
      ...{ ImageId: ECS_IMAGE, InstanceType: 't3.micro', MinCount: 1, MaxCount: 1 },
      ...{ SubnetId: network.dual, Ipv6AddressCount: 1 },
    });
    expect(ReservationId).toMatch(/^r-[0-9a-f]{17}$/);
    expect(answered).not.toHaveProperty('Ipv6Address');
    expect(answered).toMatchObject({
      State: { Code: 0, Name: 'pending' },
      NetworkInterfaces: [{ Status: 'in-use', Attachment: { Status: 'attaching' } }],
    });
    const instance = await described(network, text(answered?.InstanceId));
    expect(instance.PrivateIpAddress).toMatch(/^10\.0\.1\./);
    expect(answered?.NetworkInterfaces).toMatchObject([
      { Ipv6Addresses: [{ Ipv6Address: instance.Ipv6Address, IsPrimaryIpv6: false }] },
    ]);
  });

  it('gives what was asked for back', async () => {
    const network = await anEc2Network();
    const { GroupId } = await network.ec2.createSecurityGroup({
      VpcId: network.vpcId,
      GroupName: 'w',
      Description: 'w',
    });
    const id = await launch(network, {
      UserData: Buffer.from('#!/bin/sh').toString('base64'),
      IamInstanceProfile: { Name: 'ecsInstanceRole' },
      MetadataOptions: { HttpProtocolIpv6: 'enabled' },
      Monitoring: { Enabled: true },
      TagSpecifications: [
        { ResourceType: 'instance', Tags: [{ Key: 'Name', Value: 'one' }] },
        { ResourceType: 'network-interface', Tags: [{ Key: 'Name', Value: 'eni' }] },
      ],
      NetworkInterfaces: [
        {
          ...{ DeviceIndex: 0, SubnetId: network.dual, Groups: [text(GroupId)], Description: 'front' },
          ...{ Ipv6AddressCount: 2, PrimaryIpv6: true, PrivateIpAddress: '10.0.1.50' },
        },
        { DeviceIndex: 1, SubnetId: network.native },
      ],
    });
    const instance = await described(network, id);
    expect(instance).toMatchObject({
      IamInstanceProfile: { Arn: 'arn:aws:iam::111122223333:instance-profile/ecsInstanceRole' },
      MetadataOptions: { HttpProtocolIpv6: 'enabled', HttpTokens: 'required', State: 'applied' },
      Monitoring: { State: 'enabled' },
      Tags: [{ Key: 'Name', Value: 'one' }],
      PrivateIpAddress: '10.0.1.50',
      SecurityGroups: [{ GroupId, GroupName: 'w' }],
    });
    const [front, back] = instance.NetworkInterfaces ?? [];
    const attribute = async (Attribute: 'userData' | 'instanceType' | 'kernel') =>
      network.ec2.describeInstanceAttribute({ InstanceId: id, Attribute });
    expect(await attribute('userData')).toMatchObject({ UserData: { Value: 'IyEvYmluL3No' } });
    expect(await attribute('instanceType')).toMatchObject({ InstanceType: { Value: 't3.micro' } });
    expect(await codeOf(attribute('kernel'))).toBe('NotImplemented');
    expect(await codeOf(attribute('nothing' as 'kernel'))).toBe('InvalidParameterValue');
    expect(front?.Ipv6Addresses?.map(({ IsPrimaryIpv6 }) => IsPrimaryIpv6)).toEqual([true, false]);
    expect(back).toMatchObject({ SubnetId: network.native, Attachment: { DeviceIndex: 1 } });
    const enis = await network.ec2.describeNetworkInterfaces({ Filters: [{ Name: 'tag:Name', Values: ['eni'] }] });
    expect(enis.NetworkInterfaces).toHaveLength(2);
  });

  it('launches one reservation for one client token', async () => {
    const network = await anEc2Network();
    const token = { SubnetId: network.dual, ClientToken: 'once' };
    const id = await launch(network, token);
    expect(await launch(network, token)).toBe(id);
    expect(await codeOf(launch(network, { ...token, SubnetId: network.native }))).toBe('IdempotentParameterMismatch');
    const { Reservations } = await network.ec2.describeInstances();
    expect(Reservations).toHaveLength(1);
  });

  it('launches as many as there are addresses for, and none below MinCount', async () => {
    const network = await anEc2Network();
    const { Subnet } = await network.ec2.createSubnet({ VpcId: network.vpcId, CidrBlock: '10.0.9.0/28' });
    const settings = { ImageId: ECS_IMAGE, InstanceType: 't3.micro' as const, SubnetId: Subnet?.SubnetId };
    const refused = network.ec2.runInstances({ ...settings, MinCount: 12, MaxCount: 12 });
    expect(await codeOf(refused)).toBe('InsufficientFreeAddressesInSubnet');
    expect((await network.ec2.describeInstances()).Reservations).toEqual([]);
    const { Instances } = await network.ec2.runInstances({ ...settings, MinCount: 5, MaxCount: 20 });
    expect(Instances?.map(({ AmiLaunchIndex }) => AmiLaunchIndex)).toEqual([...Array(11).keys()]);
  });

  const refused: readonly (readonly [string, string, (network: Ec2Network) => Launch])[] = [
    ['an unknown image', 'InvalidAMIID.NotFound', ({ dual }) => ({ SubnetId: dual, ImageId: 'ami-00000000' })],
    ['a malformed image id', 'InvalidAMIID.Malformed', ({ dual }) => ({ SubnetId: dual, ImageId: 'amazon-linux' })],
    ['an unknown subnet', 'InvalidSubnetID.NotFound', () => ({ SubnetId: 'subnet-0' })],
    ['no subnet', 'MissingInput', () => ({})],
    [
      'an unknown group',
      'InvalidGroup.NotFound',
      ({ dual }) => ({ SubnetId: dual, SecurityGroupIds: ['sg-00000000'] }),
    ],
    ['arm64 on x86_64', 'InvalidParameterValue', ({ dual }) => ({ SubnetId: dual, InstanceType: 't4g.micro' })],
    ['Xen in IPv6-only', 'UnsupportedOperation', ({ native }) => ({ SubnetId: native, InstanceType: 't2.micro' })],
    [
      'IPv6 on a type without it',
      'UnsupportedOperation',
      ({ dual }) => ({ SubnetId: dual, InstanceType: 'm3.medium', Ipv6AddressCount: 1 }),
    ],
    [
      'IPv6 in a subnet without it',
      'InvalidParameterCombination',
      ({ dual }) => ({ SubnetId: dual, EnablePrimaryIpv6: true }),
    ],
    [
      'count and addresses',
      'InvalidParameterValue',
      ({ dual, slice }) => ({
        SubnetId: dual,
        Ipv6AddressCount: 1,
        Ipv6Addresses: [{ Ipv6Address: slice(1).replace('/64', '9') }],
      }),
    ],
    [
      'two places for the subnet',
      'InvalidParameterCombination',
      ({ dual }) => ({ SubnetId: dual, NetworkInterfaces: [{ DeviceIndex: 0, SubnetId: dual }] }),
    ],
    [
      'no interface at index 0',
      'InvalidParameterValue',
      ({ dual }) => ({ NetworkInterfaces: [{ DeviceIndex: 1, SubnetId: dual }] }),
    ],
    [
      'more interfaces than the type carries',
      'AttachmentLimitExceeded',
      ({ dual }) => ({ NetworkInterfaces: [0, 1, 2].map((DeviceIndex) => ({ DeviceIndex, SubnetId: dual })) }),
    ],
    [
      'IPv6 metadata on Xen',
      'InvalidParameterValue',
      ({ dual }) => ({ SubnetId: dual, InstanceType: 't2.micro', MetadataOptions: { HttpProtocolIpv6: 'enabled' } }),
    ],
    ['a parameter that is not simulated', 'NotImplemented', ({ dual }) => ({ SubnetId: dual, KeyName: 'mine' })],
    [
      'a tag on a thing that is not made',
      'InvalidParameterValue',
      ({ dual }) => ({
        SubnetId: dual,
        TagSpecifications: [{ ResourceType: 'vpc', Tags: [{ Key: 'a', Value: 'b' }] }],
      }),
    ],
  ];

  it.each(refused)('refuses %s: %s', async (_, code, input) => {
    const network = await anEc2Network();
    expect(await codeOf(launch(network, input(network)))).toBe(code);
    const { Reservations } = await network.ec2.describeInstances();
    const { NetworkInterfaces } = await network.ec2.describeNetworkInterfaces();
    expect({ Reservations, NetworkInterfaces }).toEqual({ Reservations: [], NetworkInterfaces: [] });
  });

  it('maps a public IPv4 address where the subnet says so or the caller asks', async () => {
    const network = await anEc2Network();
    const { ec2, vpcId, dual, native } = network;
    await ec2.modifyVpcAttribute({ VpcId: vpcId, EnableDnsHostnames: { Value: true } });
    const asked = { DeviceIndex: 0, SubnetId: dual, AssociatePublicIpAddress: true };
    const byRequest = await described(network, await launch(network, { NetworkInterfaces: [asked] }));
    await ec2.modifySubnetAttribute({ SubnetId: dual, MapPublicIpOnLaunch: { Value: true } });
    const bySubnet = await described(network, await launch(network, { SubnetId: dual }));
    for (const instance of [byRequest, bySubnet]) {
      expect(instance.PublicIpAddress).toMatch(/^35\.17[67]\./);
      expect(instance.PublicDnsName).toBe(
        `ec2-${text(instance.PublicIpAddress).replaceAll('.', '-')}.eu-west-2.compute.amazonaws.com`,
      );
      expect(instance.NetworkInterfaces).toMatchObject([{ Association: { PublicIp: instance.PublicIpAddress } }]);
    }
    const declined = { ...asked, AssociatePublicIpAddress: false };
    const without = await described(network, await launch(network, { NetworkInterfaces: [declined] }));
    expect(without).not.toHaveProperty('PublicIpAddress');
    const second = { DeviceIndex: 1, SubnetId: native };
    expect(await codeOf(launch(network, { NetworkInterfaces: [asked, second] }))).toBe('InvalidParameterCombination');
  });

  it('does nothing on a dry run', async () => {
    const network = await anEc2Network();
    expect(await codeOf(launch(network, { SubnetId: network.dual, DryRun: true }))).toBe('DryRunOperation');
    expect((await network.ec2.describeInstances()).Reservations).toEqual([]);
  });
});
