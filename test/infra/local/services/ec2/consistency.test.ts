import { expect, test } from '@jest/globals';
import { EC2 } from '@aws-sdk/client-ec2';
import { SimulatedClock } from '../../../../../infra/local/kernel/clock';
import { ec2 as service } from '../../../../../infra/local/services/ec2/ec2';
import { clientSettings, withLocalAccount } from '../../../../support/local-account';
import { codeOf, text } from './an-ec2-account';

const WINDOW_MS = 10_000;

async function aLateAccount(): Promise<{ ec2: EC2; elsewhere: EC2; clock: SimulatedClock }> {
  const clock = new SimulatedClock({ start: new Date('2026-11-22T10:00:00Z'), running: false });
  const account = await withLocalAccount({ services: [service], clock, consistency: { seconds: WINDOW_MS / 1_000 } });
  const credentials = { accessKeyId: '444455556666', secretAccessKey: 'test' };
  const elsewhere = new EC2(clientSettings(account, { region: 'eu-west-1', credentials }));
  return { ec2: new EC2(clientSettings(account)), elsewhere, clock };
}

test('what was just made is not found until its time has come, tags and all', async () => {
  const { ec2, clock } = await aLateAccount();
  const Tags = [{ Key: 'team', Value: 'x' }];
  const { Vpc } = await ec2.createVpc({
    ...{ CidrBlock: '10.0.0.0/16', TagSpecifications: [{ ResourceType: 'vpc', Tags }] },
  });
  expect(Vpc?.Tags).toEqual(Tags);
  const VpcIds = [text(Vpc?.VpcId)];
  const { Subnet } = await ec2.createSubnet({ VpcId: VpcIds[0], CidrBlock: '10.0.1.0/24' });
  expect(await codeOf(ec2.describeVpcs({ VpcIds }))).toBe('InvalidVpcID.NotFound');
  expect(await codeOf(ec2.createTags({ Resources: VpcIds, Tags }))).toBe('InvalidVpcID.NotFound');
  expect((await ec2.describeVpcs()).Vpcs).toEqual([]);
  expect((await ec2.describeSecurityGroups()).SecurityGroups).toEqual([]);
  await clock.advance(WINDOW_MS - 1);
  expect((await ec2.describeSubnets()).Subnets).toEqual([]);
  await clock.advance(1);
  expect((await ec2.describeVpcs({ VpcIds })).Vpcs).toMatchObject([{ Tags }]);
  expect((await ec2.describeSubnets()).Subnets).toMatchObject([{ SubnetId: Subnet?.SubnetId }]);
});

test('changed tags are seen as they were before, by filters as well', async () => {
  const { ec2, clock } = await aLateAccount();
  const { Vpc } = await ec2.createVpc({ CidrBlock: '10.0.0.0/16' });
  await clock.advance(WINDOW_MS);
  const Resources = [text(Vpc?.VpcId)];
  const shown = async () => {
    const { Vpcs } = await ec2.describeVpcs({ VpcIds: Resources });
    const { Tags: all } = await ec2.describeTags();
    const { Vpcs: found } = await ec2.describeVpcs({ Filters: [{ Name: 'tag:team', Values: ['*'] }] });
    return [Vpcs?.[0]?.Tags?.map(({ Value }) => Value), all?.map(({ Value }) => Value), found?.length];
  };
  await ec2.createTags({ Resources, Tags: [{ Key: 'team', Value: 'x' }] });
  expect(await shown()).toEqual([undefined, [], 0]);
  await clock.advance(WINDOW_MS);
  expect(await shown()).toEqual([['x'], ['x'], 1]);
  await ec2.deleteTags({ Resources, Tags: [{ Key: 'team' }] });
  expect(await shown()).toEqual([['x'], ['x'], 1]);
  await clock.advance(WINDOW_MS);
  expect(await shown()).toEqual([undefined, [], 0]);
});

test('what was deleted is still shown for a while, and gone for every call that acts on it', async () => {
  const { ec2, clock } = await aLateAccount();
  const { Vpc } = await ec2.createVpc({ CidrBlock: '10.0.0.0/16' });
  const VpcId = text(Vpc?.VpcId);
  await clock.advance(WINDOW_MS);
  await ec2.deleteVpc({ VpcId });
  expect((await ec2.describeVpcs({ VpcIds: [VpcId] })).Vpcs).toMatchObject([{ VpcId, CidrBlock: '10.0.0.0/16' }]);
  expect(await codeOf(ec2.deleteVpc({ VpcId }))).toBe('InvalidVpcID.NotFound');
  expect(await codeOf(ec2.createSubnet({ VpcId, CidrBlock: '10.0.1.0/24' }))).toBe('InvalidVpcID.NotFound');
  expect(await codeOf(ec2.createTags({ Resources: [VpcId], Tags: [{ Key: 'a' }] }))).toBe('InvalidVpcID.NotFound');
  await clock.advance(WINDOW_MS - 1);
  expect((await ec2.describeVpcs()).Vpcs).toHaveLength(1);
  await clock.advance(1);
  expect((await ec2.describeVpcs()).Vpcs).toEqual([]);
});

test('attributes that were changed are shown as they were, while the call itself answers with what is', async () => {
  const { ec2, clock } = await aLateAccount();
  const { Vpc } = await ec2.createVpc({ CidrBlock: '10.0.0.0/16', AmazonProvidedIpv6CidrBlock: true });
  const VpcId = text(Vpc?.VpcId);
  await clock.advance(WINDOW_MS);
  const { Vpcs } = await ec2.describeVpcs();
  const Ipv6CidrBlock = text(Vpcs?.[0]?.Ipv6CidrBlockAssociationSet?.[0]?.Ipv6CidrBlock).replace('/56', '/64');
  const { Subnet } = await ec2.createSubnet({ VpcId, CidrBlock: '10.0.1.0/24', Ipv6CidrBlock });
  const SubnetId = text(Subnet?.SubnetId);
  const { NetworkInterface } = await ec2.createNetworkInterface({ SubnetId, Ipv6AddressCount: 1 });
  const NetworkInterfaceId = text(NetworkInterface?.NetworkInterfaceId);
  await clock.advance(WINDOW_MS);
  await ec2.modifySubnetAttribute({ SubnetId, AssignIpv6AddressOnCreation: { Value: true } });
  await ec2.modifyNetworkInterfaceAttribute({ NetworkInterfaceId, EnablePrimaryIpv6: true });
  expect(await ec2.describeSubnets()).toMatchObject({ Subnets: [{ AssignIpv6AddressOnCreation: false }] });
  const before = await ec2.describeNetworkInterfaces();
  expect(before).toMatchObject({ NetworkInterfaces: [{ Ipv6Addresses: [{ IsPrimaryIpv6: false }] }] });
  const made = await ec2.createNetworkInterface({ SubnetId });
  expect(made.NetworkInterface?.Ipv6Addresses).toHaveLength(1);
  await clock.advance(WINDOW_MS);
  const after = await ec2.describeNetworkInterfaces({ NetworkInterfaceIds: [NetworkInterfaceId] });
  expect(after).toMatchObject({ NetworkInterfaces: [{ Ipv6Addresses: [{ IsPrimaryIpv6: true }] }] });
});

test('every account and region is late', async () => {
  const { ec2, clock, elsewhere } = await aLateAccount();
  await elsewhere.createVpc({ CidrBlock: '10.0.0.0/16' });
  expect((await elsewhere.describeVpcs()).Vpcs).toEqual([]);
  await clock.advance(WINDOW_MS);
  expect((await elsewhere.describeVpcs()).Vpcs).toHaveLength(1);
  expect((await ec2.describeVpcs()).Vpcs).toEqual([]);
});
