import { describe, expect, it } from '@jest/globals';
import type { RequestLaunchTemplateData } from '@aws-sdk/client-ec2';
import type { Ec2Network } from './an-ec2-account';
import { anEc2Network, codeOf, ECS_IMAGE, text } from './an-ec2-account';
import { described } from './an-instance';

async function aTemplate({ ec2 }: Ec2Network, content: RequestLaunchTemplateData): Promise<string> {
  const LaunchTemplateData = { ImageId: ECS_IMAGE, InstanceType: 't3.micro' as const, ...content };
  const created = await ec2.createLaunchTemplate({ LaunchTemplateName: 'hosts', LaunchTemplateData });
  return text(created.LaunchTemplate?.LaunchTemplateId);
}

async function launch({ ec2 }: Ec2Network, input: Partial<Parameters<typeof ec2.runInstances>[0]>): Promise<string> {
  const { Instances = [] } = await ec2.runInstances({ MinCount: 1, MaxCount: 1, ...input });
  return text(Instances[0]?.InstanceId);
}

const tags = (...pairs: readonly (readonly [string, string])[]) => [
  { ResourceType: 'instance' as const, Tags: pairs.map(([Key, Value]) => ({ Key, Value })) },
];

describe('RunInstances with a launch template', () => {
  it('launches what the template describes', async () => {
    const network = await anEc2Network();
    const id = await aTemplate(network, {
      UserData: 'IyEvYmluL3No',
      IamInstanceProfile: { Name: 'ecsInstanceRole' },
      Monitoring: { Enabled: true },
      MetadataOptions: { HttpProtocolIpv6: 'enabled' },
      TagSpecifications: tags(['Name', 'host']),
      NetworkInterfaces: [{ DeviceIndex: 0, SubnetId: network.native, Ipv6AddressCount: 1, PrimaryIpv6: true }],
    });
    const instance = await described(network, await launch(network, { LaunchTemplate: { LaunchTemplateId: id } }));
    expect(instance).toMatchObject({
      InstanceType: 't3.micro',
      SubnetId: network.native,
      IamInstanceProfile: { Arn: 'arn:aws:iam::111122223333:instance-profile/ecsInstanceRole' },
      Monitoring: { State: 'enabled' },
      MetadataOptions: { HttpProtocolIpv6: 'enabled', HttpTokens: 'required' },
      NetworkInterfaces: [{ Ipv6Addresses: [{ IsPrimaryIpv6: true }] }],
    });
    expect(instance.Tags).toEqual([
      { Key: 'Name', Value: 'host' },
      { Key: 'aws:ec2launchtemplate:id', Value: id },
      { Key: 'aws:ec2launchtemplate:version', Value: '1' },
    ]);
  });

  it('gives way to what the request says', async () => {
    const network = await anEc2Network();
    await aTemplate(network, {
      MetadataOptions: { HttpProtocolIpv6: 'enabled', HttpPutResponseHopLimit: 3 },
      TagSpecifications: tags(['Name', 'host'], ['team', 'a']),
    });
    const id = await launch(network, {
      LaunchTemplate: { LaunchTemplateName: 'hosts' },
      InstanceType: 'm5.large',
      SubnetId: network.native,
      MetadataOptions: { HttpPutResponseHopLimit: 1 },
      TagSpecifications: tags(['Name', 'mine']),
    });
    const instance = await described(network, id);
    expect(instance).toMatchObject({
      InstanceType: 'm5.large',
      SubnetId: network.native,
      MetadataOptions: { HttpProtocolIpv6: 'enabled', HttpPutResponseHopLimit: 1 },
    });
    expect(instance.Tags?.slice(0, 2)).toEqual([
      { Key: 'team', Value: 'a' },
      { Key: 'Name', Value: 'mine' },
    ]);
  });

  it('takes the default version, or the one that is named', async () => {
    const network = await anEc2Network();
    const LaunchTemplateId = await aTemplate(network, {});
    const LaunchTemplateData = { InstanceType: 'm5.large' as const };
    await network.ec2.createLaunchTemplateVersion({ LaunchTemplateId, SourceVersion: '1', LaunchTemplateData });
    const typeOf = async (Version?: string) => {
      const LaunchTemplate = { LaunchTemplateId, Version };
      return (await described(network, await launch(network, { LaunchTemplate, SubnetId: network.dual }))).InstanceType;
    };
    expect(await typeOf()).toBe('t3.micro');
    expect(await typeOf('$Default')).toBe('t3.micro');
    expect(await typeOf('$Latest')).toBe('m5.large');
    expect(await typeOf('2')).toBe('m5.large');
    expect(await codeOf(typeOf('3'))).toBe('InvalidLaunchTemplateId.VersionNotFound');
  });

  it('gives prefixes where the template says so, which exclude a primary address', async () => {
    const network = await anEc2Network();
    const at = { DeviceIndex: 0, SubnetId: network.dual, Ipv6PrefixCount: 1 };
    await aTemplate(network, { NetworkInterfaces: [at] });
    const id = await launch(network, { LaunchTemplate: { LaunchTemplateName: 'hosts' } });
    const { NetworkInterfaces: [eni] = [] } = await described(network, id);
    expect(eni?.Ipv6Prefixes).toHaveLength(1);
    const NetworkInterfaces = [{ ...at, PrimaryIpv6: true }];
    const both = launch(network, { LaunchTemplate: { LaunchTemplateName: 'hosts' }, NetworkInterfaces });
    expect(await codeOf(both)).toBe('InvalidParameterCombination');
  });

  it('is refused where a subnet is named beside the interfaces of the template', async () => {
    const network = await anEc2Network();
    await aTemplate(network, { NetworkInterfaces: [{ DeviceIndex: 0, PrimaryIpv6: true }] });
    const beside = launch(network, { LaunchTemplate: { LaunchTemplateName: 'hosts' }, SubnetId: network.native });
    expect(await codeOf(beside)).toBe('InvalidParameterCombination');
    expect((await network.ec2.describeInstances({})).Reservations).toEqual([]);
  });
});
