import { describe, expect, it } from '@jest/globals';
import type { EC2 } from '@aws-sdk/client-ec2';
import { paginateDescribeLaunchTemplates, paginateDescribeLaunchTemplateVersions } from '@aws-sdk/client-ec2';
import type { Authorization } from '../../../../../infra/local/kernel/operation';
import { ec2 as service } from '../../../../../infra/local/services/ec2/ec2';
import { EC2 as Client } from '@aws-sdk/client-ec2';
import { clientSettings, withLocalAccount } from '../../../../support/local-account';
import { ownQuestions } from '../../../../support/own-questions';
import { anEc2Account, anEc2Network, codeOf, ECS_IMAGE, text } from './an-ec2-account';

const HOST = { ImageId: ECS_IMAGE, InstanceType: 't3.micro' as const };

async function aTemplate(ec2: EC2, name = 'hosts'): Promise<string> {
  const created = await ec2.createLaunchTemplate({ LaunchTemplateName: name, LaunchTemplateData: HOST });
  return text(created.LaunchTemplate?.LaunchTemplateId);
}

async function numbers(ec2: EC2, input: Parameters<EC2['describeLaunchTemplateVersions']>[0]): Promise<unknown[]> {
  const { LaunchTemplateVersions = [] } = await ec2.describeLaunchTemplateVersions(input);
  return LaunchTemplateVersions.map(({ VersionNumber }) => VersionNumber);
}

describe('launch templates', () => {
  it('start with one version, which is the default and the latest', async () => {
    const { ec2 } = await anEc2Account();
    const { LaunchTemplate } = await ec2.createLaunchTemplate({
      LaunchTemplateName: 'hosts',
      VersionDescription: 'first',
      LaunchTemplateData: HOST,
      TagSpecifications: [{ ResourceType: 'launch-template', Tags: [{ Key: 'team', Value: 'a' }] }],
    });
    expect(LaunchTemplate).toEqual({
      LaunchTemplateId: expect.stringMatching(/^lt-[0-9a-f]{17}$/),
      LaunchTemplateName: 'hosts',
      CreateTime: new Date('2026-11-22T10:00:00Z'),
      CreatedBy: 'arn:aws:iam::111122223333:root',
      DefaultVersionNumber: 1,
      LatestVersionNumber: 1,
      Tags: [{ Key: 'team', Value: 'a' }],
    });
    const { LaunchTemplateVersions } = await ec2.describeLaunchTemplateVersions({ LaunchTemplateName: 'hosts' });
    expect(LaunchTemplateVersions).toMatchObject([
      { VersionNumber: 1, VersionDescription: 'first', DefaultVersion: true, LaunchTemplateData: HOST },
    ]);
  });

  it('come by id, name, tag and page by page', async () => {
    const { ec2 } = await anEc2Account();
    const ids: string[] = [];
    for (const name of ['one', 'two', 'three']) ids.push(await aTemplate(ec2, name));
    await ec2.createTags({ Resources: [ids[2] ?? ''], Tags: [{ Key: 'team', Value: 'a' }] });
    const named = async (input: Parameters<EC2['describeLaunchTemplates']>[0]) =>
      (await ec2.describeLaunchTemplates(input)).LaunchTemplates?.map(({ LaunchTemplateName }) => LaunchTemplateName);
    expect(await named({ LaunchTemplateIds: [ids[1] ?? ''] })).toEqual(['two']);
    expect(await named({ LaunchTemplateNames: ['three', 'one'] })).toEqual(['one', 'three']);
    expect(await named({ Filters: [{ Name: 'tag:team', Values: ['a'] }] })).toEqual(['three']);
    expect(await named({ Filters: [{ Name: 'launch-template-name', Values: ['t*'] }] })).toEqual(['two', 'three']);
    const sizes: unknown[] = [];
    for await (const page of paginateDescribeLaunchTemplates({ client: ec2, pageSize: 2 }, {}))
      sizes.push(page.LaunchTemplates?.length);
    expect(sizes).toEqual([2, 1]);
  });

  it('get versions that keep what they do not say from their source', async () => {
    const { ec2 } = await anEc2Account();
    const LaunchTemplateId = await aTemplate(ec2);
    const { LaunchTemplateVersion: second } = await ec2.createLaunchTemplateVersion({
      ...{ LaunchTemplateId, SourceVersion: '1', VersionDescription: 'bigger' },
      LaunchTemplateData: { InstanceType: 'm5.large' },
    });
    expect(second).toMatchObject({ VersionNumber: 2, DefaultVersion: false, VersionDescription: 'bigger' });
    expect(second?.LaunchTemplateData).toEqual({ ImageId: ECS_IMAGE, InstanceType: 'm5.large' });
    const { LaunchTemplateVersion: third } = await ec2.createLaunchTemplateVersion({
      LaunchTemplateId,
      LaunchTemplateData: { UserData: 'IyEvYmluL3No' },
    });
    expect(third?.LaunchTemplateData).toEqual({ UserData: 'IyEvYmluL3No' });
    await ec2.modifyLaunchTemplate({ LaunchTemplateId, DefaultVersion: '2' });
    const of = (Versions: string[]) => numbers(ec2, { LaunchTemplateId, Versions });
    expect(await of(['$Latest', '$Default'])).toEqual([3, 2]);
    expect(await of(['1'])).toEqual([1]);
    expect(await numbers(ec2, { LaunchTemplateId, MinVersion: '1' })).toEqual([3, 2]);
    expect(await numbers(ec2, { LaunchTemplateId, MaxVersion: '2' })).toEqual([2, 1]);
    expect(
      await numbers(ec2, { LaunchTemplateId, Filters: [{ Name: 'is-default-version', Values: ['true'] }] }),
    ).toEqual([2]);
    await aTemplate(ec2, 'other');
    expect(await numbers(ec2, { Versions: ['$Latest'] })).toEqual([3, 1]);
    const pages: unknown[] = [];
    for await (const page of paginateDescribeLaunchTemplateVersions({ client: ec2, pageSize: 2 }, { LaunchTemplateId }))
      pages.push(page.LaunchTemplateVersions?.map(({ VersionNumber }) => VersionNumber));
    expect(pages).toEqual([[3, 2], [1]]);
  });

  it('give no number twice, and keep their default version', async () => {
    const { ec2 } = await anEc2Account();
    const LaunchTemplateId = await aTemplate(ec2);
    const add = () => ec2.createLaunchTemplateVersion({ LaunchTemplateId, LaunchTemplateData: HOST });
    await add();
    const done = await ec2.deleteLaunchTemplateVersions({ LaunchTemplateId, Versions: ['1', '2', '9'] });
    expect(done.SuccessfullyDeletedLaunchTemplateVersions).toEqual([
      { LaunchTemplateId, LaunchTemplateName: 'hosts', VersionNumber: 2 },
    ]);
    expect(
      done.UnsuccessfullyDeletedLaunchTemplateVersions?.map(({ VersionNumber, ResponseError }) => [
        VersionNumber,
        ResponseError?.Code,
      ]),
    ).toEqual([
      [1, 'unexpectedError'],
      [9, 'launchTemplateVersionDoesNotExist'],
    ]);
    expect((await add()).LaunchTemplateVersion?.VersionNumber).toBe(3);
    expect(await numbers(ec2, { LaunchTemplateId })).toEqual([3, 1]);
  });

  it('are gone with all their versions and tags once deleted, and the name is free', async () => {
    const { ec2 } = await anEc2Account();
    const LaunchTemplateId = await aTemplate(ec2);
    await ec2.createTags({ Resources: [LaunchTemplateId], Tags: [{ Key: 'a', Value: '' }] });
    const { LaunchTemplate } = await ec2.deleteLaunchTemplate({ LaunchTemplateName: 'hosts' });
    expect(LaunchTemplate).toMatchObject({ LaunchTemplateId, LatestVersionNumber: 1 });
    expect((await ec2.describeTags({})).Tags).toEqual([]);
    expect((await ec2.describeLaunchTemplates({})).LaunchTemplates).toEqual([]);
    expect(await codeOf(numbers(ec2, { LaunchTemplateId }))).toBe('InvalidLaunchTemplateId.NotFound');
    expect(await aTemplate(ec2)).not.toBe(LaunchTemplateId);
  });

  it('are made once for one client token', async () => {
    const { ec2 } = await anEc2Account();
    const create = () =>
      ec2.createLaunchTemplate({ ClientToken: 'once', LaunchTemplateName: 'hosts', LaunchTemplateData: HOST });
    expect((await create()).LaunchTemplate).toEqual((await create()).LaunchTemplate);
    expect((await ec2.describeLaunchTemplates({})).LaunchTemplates).toHaveLength(1);
  });

  const missing = 'lt-0123456789abcdef0';
  const refused: readonly (readonly [string, string, (ec2: EC2, id: string) => Promise<unknown>])[] = [
    ['a name in use', 'InvalidLaunchTemplateName.AlreadyExistsException', (ec2) => aTemplate(ec2)],
    ['a name with a blank', 'InvalidLaunchTemplateName.MalformedException', (ec2) => aTemplate(ec2, 'a b')],
    [
      'an empty template',
      'MissingParameter',
      (ec2) => ec2.createLaunchTemplate({ LaunchTemplateName: 'empty', LaunchTemplateData: {} }),
    ],
    [
      'a parameter that is not simulated',
      'NotImplemented',
      (ec2) => ec2.createLaunchTemplate({ LaunchTemplateName: 'key', LaunchTemplateData: { KeyName: 'mine' } }),
    ],
    [
      'an unknown id',
      'InvalidLaunchTemplateId.NotFound',
      (ec2) => ec2.describeLaunchTemplates({ LaunchTemplateIds: [missing] }),
    ],
    [
      'an odd id',
      'InvalidLaunchTemplateId.Malformed',
      (ec2) => ec2.deleteLaunchTemplate({ LaunchTemplateId: 'hosts' }),
    ],
    [
      'an unknown name',
      'InvalidLaunchTemplateName.NotFoundException',
      (ec2) => ec2.deleteLaunchTemplate({ LaunchTemplateName: 'gone' }),
    ],
    [
      'an unknown name among others',
      'InvalidLaunchTemplateName.NotFoundException',
      (ec2) => ec2.describeLaunchTemplates({ LaunchTemplateNames: ['hosts', 'gone'] }),
    ],
    ['no name at all', 'MissingParameter', (ec2) => ec2.describeLaunchTemplateVersions({ Versions: ['1'] })],
    [
      'two names',
      'InvalidParameterCombination',
      (ec2, id) => ec2.deleteLaunchTemplate({ LaunchTemplateId: id, LaunchTemplateName: 'hosts' }),
    ],
    [
      'an unknown version',
      'InvalidLaunchTemplateId.VersionNotFound',
      (ec2, id) => ec2.describeLaunchTemplateVersions({ LaunchTemplateId: id, Versions: ['7'] }),
    ],
    [
      'an unknown default version',
      'InvalidLaunchTemplateId.VersionNotFound',
      (ec2, id) => ec2.modifyLaunchTemplate({ LaunchTemplateId: id, DefaultVersion: '666' }),
    ],
    [
      'an unknown source version',
      'InvalidLaunchTemplateId.VersionNotFound',
      (ec2, id) =>
        ec2.createLaunchTemplateVersion({ LaunchTemplateId: id, SourceVersion: 'x', LaunchTemplateData: HOST }),
    ],
    [
      'versions and a range',
      'InvalidParameterCombination',
      (ec2, id) => ec2.describeLaunchTemplateVersions({ LaunchTemplateId: id, Versions: ['1'], MinVersion: '0' }),
    ],
    ['a page of 201', 'InvalidParameterValue', (ec2) => ec2.describeLaunchTemplates({ MaxResults: 201 })],
    [
      'an unknown template at a launch',
      'InvalidLaunchTemplateId.NotFound',
      (ec2) => ec2.runInstances({ MinCount: 1, MaxCount: 1, LaunchTemplate: { LaunchTemplateId: missing } }),
    ],
  ];

  it.each(refused)('are refused with %s: %s', async (_, code, call) => {
    const { ec2 } = await anEc2Account();
    const id = await aTemplate(ec2);
    expect(await codeOf(call(ec2, id))).toBe(code);
    expect(await numbers(ec2, { LaunchTemplateId: id })).toEqual([1]);
  });

  it('ask IAM about themselves', async () => {
    const asked: Authorization[] = [];
    const account = await withLocalAccount({
      services: [service],
      authorize: (_, authorizations) => void asked.push(...ownQuestions(authorizations)),
    });
    const ec2 = new Client(clientSettings(account));
    const id = await aTemplate(ec2);
    await ec2.deleteLaunchTemplate({ LaunchTemplateName: 'hosts' });
    expect(asked).toEqual([
      { action: 'ec2:CreateLaunchTemplate', resource: 'arn:aws:ec2:eu-west-2:111122223333:launch-template/*' },
      { action: 'ec2:DeleteLaunchTemplate', resource: `arn:aws:ec2:eu-west-2:111122223333:launch-template/${id}` },
    ]);
  });
});

describe('GetLaunchTemplateData', () => {
  it('says what a template would have to say to launch the same', async () => {
    const { ec2, native } = await anEc2Network();
    const UserData = Buffer.from('ECS_CLUSTER=prod').toString('base64');
    const { Instances } = await ec2.runInstances({
      ...{ ImageId: ECS_IMAGE, InstanceType: 'm5.large', MinCount: 1, MaxCount: 1, UserData },
      NetworkInterfaces: [{ DeviceIndex: 0, SubnetId: native, Ipv6AddressCount: 1, PrimaryIpv6: true }],
      MetadataOptions: { HttpTokens: 'required', HttpProtocolIpv6: 'enabled' },
      TagSpecifications: [{ ResourceType: 'instance', Tags: [{ Key: 'team', Value: 'web' }] }],
    });
    const InstanceId = text(Instances?.[0]?.InstanceId);
    const { NetworkInterfaces } = await ec2.describeNetworkInterfaces();
    const { LaunchTemplateData } = await ec2.getLaunchTemplateData({ InstanceId });
    expect(LaunchTemplateData).toMatchObject({
      ...{ ImageId: ECS_IMAGE, InstanceType: 'm5.large', UserData, Monitoring: { Enabled: false } },
      MetadataOptions: { HttpTokens: 'required', HttpProtocolIpv6: 'enabled', HttpEndpoint: 'enabled' },
      NetworkInterfaces: [
        {
          ...{ DeviceIndex: 0, SubnetId: native, PrimaryIpv6: true, DeleteOnTermination: true },
          NetworkInterfaceId: NetworkInterfaces?.[0]?.NetworkInterfaceId,
          Ipv6Addresses: [{ Ipv6Address: NetworkInterfaces?.[0]?.Ipv6Address }],
        },
      ],
      TagSpecifications: [{ ResourceType: 'instance', Tags: [{ Key: 'team', Value: 'web' }] }],
    });
  });

  it('knows no instance that is not there', async () => {
    const { ec2 } = await anEc2Account();
    const none = ec2.getLaunchTemplateData({ InstanceId: 'i-00000000000000000' });
    expect(await codeOf(none)).toBe('InvalidInstanceID.NotFound');
    expect(await codeOf(ec2.getLaunchTemplateData({ InstanceId: 'x' }))).toBe('InvalidInstanceID.Malformed');
  });
});
