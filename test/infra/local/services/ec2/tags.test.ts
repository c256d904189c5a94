import { describe, expect, it } from '@jest/globals';
import type { EC2 } from '@aws-sdk/client-ec2';
import type { Authorization } from '../../../../../infra/local/kernel/operation';
import { ec2 as service } from '../../../../../infra/local/services/ec2/ec2';
import { EC2 as Client } from '@aws-sdk/client-ec2';
import { clientSettings, withLocalAccount } from '../../../../support/local-account';
import { ownQuestions } from '../../../../support/own-questions';
import { anEc2Network, codeOf } from './an-ec2-account';

async function tagsOf(ec2: EC2, id: string): Promise<Record<string, string>> {
  const { Tags = [] } = await ec2.describeTags({ Filters: [{ Name: 'resource-id', Values: [id] }] });
  return Object.fromEntries(Tags.map(({ Key = '', Value = '' }) => [Key, Value]));
}

describe('CreateTags', () => {
  it('writes over by key, on every resource named', async () => {
    const { ec2, vpcId, dual } = await anEc2Network();
    await ec2.createTags({
      Resources: [vpcId, dual],
      Tags: [
        { Key: 'a', Value: '1' },
        { Key: 'b', Value: '' },
      ],
    });
    await ec2.createTags({ Resources: [vpcId], Tags: [{ Key: 'a', Value: '2' }] });
    expect(await tagsOf(ec2, vpcId)).toEqual({ a: '2', b: '' });
    const { Subnets } = await ec2.describeSubnets({ SubnetIds: [dual] });
    expect(Subnets?.[0]?.Tags).toEqual([
      { Key: 'a', Value: '1' },
      { Key: 'b', Value: '' },
    ]);
  });

  it('changes nothing if one id is bad', async () => {
    const { ec2, vpcId } = await anEc2Network();
    const Tags = [{ Key: 'a', Value: '1' }];
    const tag = (id: string) => codeOf(ec2.createTags({ Resources: [vpcId, id], Tags }));
    expect(await tag('i-0123456789abcdef0')).toBe('InvalidInstanceID.NotFound');
    expect(await tag('eni-0123456789abcdef0')).toBe('InvalidNetworkInterfaceID.NotFound');
    expect(await tag('my-server')).toBe('InvalidID');
    expect(await tagsOf(ec2, vpcId)).toEqual({});
  });

  it.each([
    ['a reserved key', [{ Key: 'aws:mine', Value: '1' }], 'InvalidParameterValue'],
    ['an empty key', [{ Key: '', Value: '1' }], 'InvalidParameterValue'],
    ['a long key', [{ Key: 'k'.repeat(129), Value: '1' }], 'InvalidParameterValue'],
    ['a long value', [{ Key: 'k', Value: 'v'.repeat(257) }], 'InvalidParameterValue'],
    ['51 tags', Array.from({ length: 51 }, (_, n) => ({ Key: `k${String(n)}`, Value: '' })), 'TagLimitExceeded'],
  ])('refuses %s', async (...[, Tags, code]) => {
    const { ec2, vpcId } = await anEc2Network();
    expect(await codeOf(ec2.createTags({ Resources: [vpcId], Tags }))).toBe(code);
    expect(await tagsOf(ec2, vpcId)).toEqual({});
  });

  it('counts those that are there', async () => {
    const { ec2, vpcId, dual } = await anEc2Network();
    const many = Array.from({ length: 50 }, (_, n) => ({ Key: `k${String(n)}`, Value: '' }));
    await ec2.createTags({ Resources: [vpcId], Tags: many });
    const more = ec2.createTags({ Resources: [dual, vpcId], Tags: [{ Key: 'one-more', Value: '' }] });
    expect(await codeOf(more)).toBe('TagLimitExceeded');
    expect(await tagsOf(ec2, dual)).toEqual({});
  });
});

describe('DeleteTags', () => {
  const start = { a: '1', b: '2', empty: '' };

  it.each([
    ['by key, whatever the value', [{ Key: 'a' }], { b: '2', empty: '' }],
    ['by key and matching value', [{ Key: 'a', Value: '1' }], { b: '2', empty: '' }],
    ['not with another value', [{ Key: 'a', Value: '2' }], start],
    [
      'an empty value means the empty value',
      [
        { Key: 'a', Value: '' },
        { Key: 'empty', Value: '' },
      ],
      { a: '1', b: '2' },
    ],
    ['a key that is not there', [{ Key: 'c' }], start],
    ['everything, if no tags are named', undefined, {}],
  ])('%s', async (...[, Tags, left]) => {
    const { ec2, vpcId } = await anEc2Network();
    await ec2.createTags({ Resources: [vpcId], Tags: Object.entries(start).map(([Key, Value]) => ({ Key, Value })) });
    await ec2.deleteTags({ Resources: [vpcId], Tags });
    expect(await tagsOf(ec2, vpcId)).toEqual(left);
  });
});

describe('DescribeTags', () => {
  it('shows each tag with its resource, filtered by any of its parts', async () => {
    const { ec2, vpcId, dual } = await anEc2Network();
    await ec2.createTags({
      Resources: [vpcId, dual],
      Tags: [
        { Key: 'team', Value: 'a' },
        { Key: 'cost', Value: 'b' },
      ],
    });
    const found = async (Name: string, value: string) =>
      (await ec2.describeTags({ Filters: [{ Name, Values: [value] }] })).Tags?.map(({ ResourceType, Key }) => [
        ResourceType,
        Key,
      ]);
    expect(await found('resource-type', 'subnet')).toEqual([
      ['subnet', 'team'],
      ['subnet', 'cost'],
    ]);
    expect(await found('key', 'team')).toEqual([
      ['vpc', 'team'],
      ['subnet', 'team'],
    ]);
    expect(await found('value', 'b')).toEqual([
      ['vpc', 'cost'],
      ['subnet', 'cost'],
    ]);
    expect(await found('tag:team', 'a')).toEqual([
      ['vpc', 'team'],
      ['subnet', 'team'],
    ]);
  });
});

describe('what IAM is asked', () => {
  it('names each resource, and the tags or the attribute that are to be written', async () => {
    const asked: Authorization[] = [];
    const account = await withLocalAccount({
      services: [service],
      authorize: (_, authorizations) => void asked.push(...ownQuestions(authorizations)),
    });
    const ec2 = new Client(clientSettings(account));
    const resource = (kind: string, id: string) => `arn:aws:ec2:eu-west-2:111122223333:${kind}/${id}`;
    await codeOf(ec2.createTags({ Resources: ['i-00000001', 'vpc-1'], Tags: [{ Key: 'Team', Value: 'a' }] }));
    const context = { 'aws:requesttag/team': ['a'], 'aws:tagkeys': ['Team'] };
    expect(asked).toEqual([
      { action: 'ec2:CreateTags', resource: resource('instance', 'i-00000001'), context },
      { action: 'ec2:CreateTags', resource: resource('vpc', 'vpc-1'), context },
    ]);
    asked.length = 0;
    await codeOf(ec2.modifyNetworkInterfaceAttribute({ NetworkInterfaceId: 'eni-00000001', EnablePrimaryIpv6: true }));
    expect(asked).toEqual([
      {
        action: 'ec2:ModifyNetworkInterfaceAttribute',
        resource: resource('network-interface', 'eni-00000001'),
        context: { 'ec2:attribute': ['EnablePrimaryIpv6'] },
      },
    ]);
  });
});
