import { describe, expect, it } from '@jest/globals';
import { paginateDescribeInstances, paginateDescribeNetworkInterfaces } from '@aws-sdk/client-ec2';
import type { Filter } from '@aws-sdk/client-ec2';
import { anEc2Account, anEc2Network, codeOf, ECS_IMAGE, text } from './an-ec2-account';
import { described, launch, SOON } from './an-instance';

describe('pages', () => {
  it('count instances, not reservations, and never lose or repeat one', async () => {
    const network = await anEc2Network();
    const { ec2, dual } = network;
    const settings = { ImageId: ECS_IMAGE, InstanceType: 't3.micro' as const, SubnetId: dual };
    await ec2.runInstances({ ...settings, MinCount: 7, MaxCount: 7 });
    await ec2.runInstances({ ...settings, MinCount: 5, MaxCount: 5 });
    const sizes: number[] = [];
    const seen = new Set<string>();
    for await (const { Reservations = [] } of paginateDescribeInstances({ client: ec2, pageSize: 5 }, {})) {
      const ids = Reservations.flatMap(({ Instances = [] }) => Instances.map(({ InstanceId }) => text(InstanceId)));
      sizes.push(ids.length);
      for (const id of ids) seen.add(id);
    }
    expect(sizes).toEqual([5, 5, 2]);
    expect(seen.size).toBe(12);
    let interfaces = 0;
    for await (const page of paginateDescribeNetworkInterfaces({ client: ec2, pageSize: 5 }, {})) {
      interfaces += page.NetworkInterfaces?.length ?? 0;
    }
    expect(interfaces).toBe(12);
  });

  it('have sizes from 5 to 1000 and tokens that were given out', async () => {
    const { ec2 } = await anEc2Account();
    for (const MaxResults of [-1, 0, 4, 1001]) {
      expect(await codeOf(ec2.describeInstances({ MaxResults }))).toBe('InvalidParameterValue');
    }
    expect((await ec2.describeInstances({ MaxResults: 1000 })).Reservations).toEqual([]);
    expect(await codeOf(ec2.describeVpcs({ NextToken: 'abc' }))).toBe('InvalidNextToken');
  });

  it('and ids exclude each other', async () => {
    const { ec2, vpcId, dual } = await anEc2Network();
    const message = 'The parameter instancesSet cannot be used with the parameter maxResults';
    const both = ec2.describeInstances({ InstanceIds: ['i-00000001'], MaxResults: 5 });
    await expect(both).rejects.toMatchObject({ name: 'InvalidParameterCombination', message });
    const others = [
      ec2.describeInstanceStatus({ InstanceIds: ['i-00000001'], MaxResults: 5 }),
      ec2.describeNetworkInterfaces({ NetworkInterfaceIds: ['eni-00000001'], MaxResults: 5 }),
      ec2.describeVpcs({ VpcIds: [vpcId], MaxResults: 5 }),
      ec2.describeSubnets({ SubnetIds: [dual], MaxResults: 5 }),
    ];
    expect(await Promise.all(others.map(codeOf))).toEqual(Array(4).fill('InvalidParameterCombination'));
  });
});

describe('filters', () => {
  it('on instances find what they describe', async () => {
    const network = await anEc2Network();
    const { ec2, clock, native } = network;
    const tags = [{ ResourceType: 'instance' as const, Tags: [{ Key: 'Name', Value: 'web' }] }];
    const id = await launch(network, { SubnetId: native, EnablePrimaryIpv6: true, TagSpecifications: tags });
    await launch(network, { SubnetId: network.dual, InstanceType: 't3.small' });
    await clock.advance(SOON);
    const instance = await described(network, id);
    const eni = text(instance.NetworkInterfaces?.[0]?.NetworkInterfaceId);
    const filters: readonly (readonly [string, string])[] = [
      ['instance-id', id],
      ['instance-id', `${id.slice(0, 12)}*`],
      ['instance-type', 't3.micro'],
      ['subnet-id', native],
      ['private-dns-name', `${id}.*`],
      ['ipv6-address', text(instance.Ipv6Address)],
      ['network-interface.network-interface-id', eni],
      ['network-interface.ipv6-addresses.ipv6-address', text(instance.Ipv6Address)],
      ['network-interface.ipv6-addresses.is-primary-ipv6', 'true'],
      ['tag:Name', 'w?b'],
      ['tag-key', 'Name'],
    ];
    for (const [Name, value] of filters) {
      const { Reservations = [] } = await ec2.describeInstances({ Filters: [{ Name, Values: [value] }] });
      expect([Name, Reservations.flatMap(({ Instances }) => Instances?.map(({ InstanceId }) => InstanceId))]).toEqual([
        Name,
        [id],
      ]);
    }
    const running: Filter[] = [{ Name: 'instance-state-name', Values: ['running', 'pending'] }];
    expect((await ec2.describeInstances({ Filters: running })).Reservations).toHaveLength(2);
  });

  it('on interfaces find what they describe', async () => {
    const network = await anEc2Network();
    const { ec2, vpcId, dual } = network;
    const { GroupId = '' } = await ec2.createSecurityGroup({ VpcId: vpcId, GroupName: 'web', Description: 'web' });
    const settings = { DeviceIndex: 0, SubnetId: dual, Groups: [GroupId], Ipv6AddressCount: 1, Description: 'front' };
    const id = await launch(network, { NetworkInterfaces: [settings] });
    await ec2.createNetworkInterface({ SubnetId: network.native });
    const instance = await described(network, id);
    const eni = text(instance.NetworkInterfaces?.[0]?.NetworkInterfaceId);
    const filters: readonly (readonly [string, string])[] = [
      ['network-interface-id', eni],
      ['addresses.private-ip-address', text(instance.PrivateIpAddress)],
      ['private-ip-address', text(instance.PrivateIpAddress)],
      ['ipv6-addresses.ipv6-address', text(instance.Ipv6Address)],
      ['attachment.instance-id', id],
      ['attachment.device-index', '0'],
      ['attachment.status', 'attaching'],
      ['group-id', GroupId],
      ['group-name', 'web'],
      ['subnet-id', dual],
      ['description', 'fr*'],
      ['status', 'in-use'],
      ['availability-zone', 'eu-west-2a'],
    ];
    for (const [Name, value] of filters) {
      const found = await ec2.describeNetworkInterfaces({
        Filters: [
          { Name, Values: [value] },
          { Name: 'subnet-id', Values: [dual] },
        ],
      });
      expect([Name, found.NetworkInterfaces?.map((each) => each.NetworkInterfaceId)]).toEqual([Name, [eni]]);
    }
    const all = await ec2.describeNetworkInterfaces({ Filters: [{ Name: 'vpc-id', Values: [vpcId] }] });
    expect(all.NetworkInterfaces).toHaveLength(2);
  });

  it('apply to named ids as well', async () => {
    const { ec2, dual, native } = await anEc2Network();
    const found = await ec2.describeSubnets({
      SubnetIds: [dual, native],
      Filters: [{ Name: 'ipv6-native', Values: ['true'] }],
    });
    expect(found.Subnets).toMatchObject([{ SubnetId: native }]);
  });

  it('that nobody knows are refused by every operation, with nothing to filter too', async () => {
    const { ec2 } = await anEc2Account();
    const Filters = [{ Name: 'colour', Values: ['red'] }];
    const calls = [
      ...[ec2.describeInstances({ Filters }), ec2.describeSubnets({ Filters }), ec2.describeImages({ Filters })],
      ...[ec2.describeRegions({ Filters }), ec2.describeAvailabilityZones({ Filters }), ec2.describeTags({ Filters })],
    ];
    expect(await Promise.all(calls.map(codeOf))).toEqual(Array(6).fill('InvalidParameterValue'));
  });
});

describe('what AWS provides', () => {
  it('are three zones in each region', async () => {
    const { ec2 } = await anEc2Account();
    const { AvailabilityZones } = await ec2.describeAvailabilityZones();
    expect(AvailabilityZones?.map(({ ZoneName, ZoneId }) => [ZoneName, ZoneId])).toEqual([
      ['eu-west-2a', 'euw2-az1'],
      ['eu-west-2b', 'euw2-az2'],
      ['eu-west-2c', 'euw2-az3'],
    ]);
    expect(await codeOf(ec2.describeAvailabilityZones({ ZoneNames: ['eu-west-2z'] }))).toBe('InvalidParameterValue');
    const { Regions } = await ec2.describeRegions({ RegionNames: ['eu-west-2'] });
    expect(Regions).toEqual([
      { RegionName: 'eu-west-2', Endpoint: 'ec2.eu-west-2.amazonaws.com', OptInStatus: 'opt-in-not-required' },
    ]);
  });

  it('are images, ECS-optimized ones among them', async () => {
    const { ec2 } = await anEc2Account();
    const Filters = [{ Name: 'name', Values: ['al2023-ami-ecs-hvm-*-kernel-6.1-arm64'] }];
    const { Images } = await ec2.describeImages({ Owners: ['amazon'], Filters });
    expect(Images).toMatchObject([{ ImageOwnerAlias: 'amazon', Architecture: 'arm64', State: 'available' }]);
    expect((await ec2.describeImages({ Owners: ['self'] })).Images).toEqual([]);
    const message = "The image id '[ami-00000000]' does not exist";
    await expect(ec2.describeImages({ ImageIds: ['ami-00000000'] })).rejects.toMatchObject({ message });
  });

  it('are instance types with what they can do', async () => {
    const { ec2 } = await anEc2Account();
    const Filters = [
      { Name: 'hypervisor', Values: ['xen'] },
      { Name: 'network-info.ipv6-supported', Values: ['false'] },
    ];
    const { InstanceTypes } = await ec2.describeInstanceTypes({ Filters });
    expect(InstanceTypes?.map(({ InstanceType }) => InstanceType)).toContain('m3.medium');
    const { InstanceTypes: all, NextToken } = await ec2.describeInstanceTypes({});
    expect(all?.length).toBeLessThanOrEqual(100);
    expect(NextToken === undefined || all?.length === 100).toBe(true);
  });
});
