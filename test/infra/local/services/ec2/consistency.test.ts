import { expect, test } from '@jest/globals';
import { EC2 } from '@aws-sdk/client-ec2';
import { SimulatedClock } from '../../../../../infra/local/kernel/clock';
import { ec2 as service } from '../../../../../infra/local/services/ec2/ec2';
import { clientSettings, withLocalAccount } from '../../../../support/local-account';
import { codeOf, text } from './an-ec2-account';

const WINDOW_MS = 10_000;

async function aLateAccount(): Promise<{ ec2: EC2; clock: SimulatedClock }> {
  const clock = new SimulatedClock({ start: new Date('2026-11-22T10:00:00Z'), running: false });
  const account = await withLocalAccount({ services: [service], clock, consistency: { seconds: WINDOW_MS / 1_000 } });
  return { ec2: new EC2(clientSettings(account)), clock };
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
