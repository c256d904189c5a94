import { describe, expect, it } from '@jest/globals';
import { toAddressHolders, toInstance, toSubnet, toVpc } from '../../lib/snapshot/ec2-shapes';

const place = { account: '111122223333', region: 'cn-north-1', partition: 'aws-cn' };

describe('toInstance', () => {
  it('says what little an empty answer says', () => {
    expect(toInstance({ InstanceId: 'i-1' }, place)).toEqual({
      id: 'i-1',
      arn: 'arn:aws-cn:ec2:cn-north-1:111122223333:instance/i-1',
      state: '',
      operatingSystem: 'linux',
      interfaces: [],
      tags: {},
    });
  });

  it('tells primary from other IPv6 addresses, and takes none that is missing for primary', () => {
    const Ipv6Addresses = [
      { Ipv6Address: '2001:db8::1', IsPrimaryIpv6: true },
      { Ipv6Address: '2001:db8::2', IsPrimaryIpv6: false },
      { Ipv6Address: '2001:db8::3' },
      {},
    ];
    const [read] = toInstance(
      { NetworkInterfaces: [{ Ipv6Addresses, Attachment: { DeviceIndex: 0 } }] },
      place,
    ).interfaces;
    expect(read?.deviceIndex).toBe(0);
    expect(read?.ipv6Addresses.map(({ isPrimary }) => isPrimary)).toEqual([true, false, false]);
  });

  it('takes no IPv6 address for one of IPv4, wherever it stands', () => {
    const NetworkInterfaces = [
      {
        PrivateIpAddress: '10.0.0.1',
        PrivateIpAddresses: [{ PrivateIpAddress: '10.0.0.1' }, { PrivateIpAddress: '10.0.0.2' }],
      },
      { PrivateIpAddress: '2001:db8::1' },
    ];
    const { interfaces } = toInstance({ NetworkInterfaces }, place);
    expect(interfaces.map(({ ipv4Addresses }) => ipv4Addresses)).toEqual([['10.0.0.1', '10.0.0.2'], []]);
  });

  it.each([
    ['windows', 'windows'],
    ['Windows', 'windows'],
    [undefined, 'linux'],
  ])('platform %s is %s', (Platform, system) => {
    // @ts-expect-error -- the SDK knows one spelling, EC2 gives two
    expect(toInstance({ Platform }, place).operatingSystem).toBe(system);
  });
});

describe('toSubnet and toVpc', () => {
  const association = (Ipv6CidrBlock: string, State: string) => ({
    Ipv6CidrBlock,
    Ipv6CidrBlockState: { State: State as 'associated' },
  });

  it('count the IPv6 blocks that are associated, not those that come or go', () => {
    const Ipv6CidrBlockAssociationSet = [
      association('2001:db8:1::/64', 'associated'),
      association('2001:db8:2::/64', 'disassociated'),
      association('2001:db8:3::/64', 'associating'),
      association('2001:db8:4::/64', "{'State': 'associated'}"),
    ];
    const cidrs = ['2001:db8:1::/64', '2001:db8:4::/64'];
    expect(toSubnet({ Ipv6CidrBlockAssociationSet }).ipv6Cidrs).toEqual(cidrs);
    expect(toVpc({ Ipv6CidrBlockAssociationSet }).ipv6Cidrs).toEqual(cidrs);
  });

  it('know an IPv6-only subnet', () => {
    expect(toSubnet({ SubnetId: 's', Ipv6Native: true, CidrBlock: '' })).toMatchObject({
      ipv6Native: true,
      ipv4Cidr: undefined,
    });
    expect(toSubnet({ CidrBlock: '10.0.0.0/24' })).toMatchObject({ ipv6Native: false, ipv4Cidr: '10.0.0.0/24' });
  });

  it('take every IPv4 block of a VPC once', () => {
    const CidrBlockAssociationSet = [
      { CidrBlock: '10.0.0.0/16', CidrBlockState: { State: 'associated' as const } },
      { CidrBlock: '10.1.0.0/16', CidrBlockState: { State: 'associated' as const } },
      { CidrBlock: '10.2.0.0/16', CidrBlockState: { State: 'failed' as const } },
    ];
    expect(toVpc({ CidrBlock: '10.0.0.0/16', CidrBlockAssociationSet }).ipv4Cidrs).toEqual([
      '10.0.0.0/16',
      '10.1.0.0/16',
    ]);
  });
});

describe('toAddressHolders', () => {
  it('names every address once, in canonical form', () => {
    const holders = toAddressHolders({
      ...{ NetworkInterfaceId: 'eni-1', VpcId: 'vpc-1', PrivateIpAddress: '10.0.0.1', Ipv6Address: '2001:db8::1' },
      PrivateIpAddresses: [{ PrivateIpAddress: '10.0.0.1' }, { PrivateIpAddress: '10.0.0.2' }],
      Ipv6Addresses: [{ Ipv6Address: '2001:DB8:0::1' }],
    });
    expect(new Set(holders.map(({ address }) => address))).toEqual(new Set(['10.0.0.1', '10.0.0.2', '2001:db8::1']));
    for (const holder of holders) expect(holder).toMatchObject({ networkInterfaceId: 'eni-1', vpcId: 'vpc-1' });
  });
});

describe('who operates an instance', () => {
  it.each([
    ['nobody else', undefined, undefined],
    ['nobody else, said aloud', { Managed: false }, undefined],
    ['a service of AWS', { Managed: true, Principal: 'ecs.amazonaws.com' }, 'ecs.amazonaws.com'],
    ['a service without a name', { Managed: true }, 'unnamed'],
  ])('%s', (_, Operator, operator) => {
    expect(toInstance({ InstanceId: 'i-1', Operator }, place).operator).toBe(operator);
  });
});
