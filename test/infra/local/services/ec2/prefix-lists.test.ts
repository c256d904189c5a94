import { describe, expect, it, test } from '@jest/globals';
import type { CreateManagedPrefixListCommandInput, EC2 } from '@aws-sdk/client-ec2';
import { anEc2Network, codeOf } from './an-ec2-account';

const CORP: CreateManagedPrefixListCommandInput = {
  ...{ PrefixListName: 'corp', AddressFamily: 'IPv6', MaxEntries: 5 },
  Entries: [{ Cidr: '2001:db8:A::/48', Description: 'office' }, { Cidr: '2001:db8:b::/48' }],
};

async function aList(ec2: EC2, over: Partial<CreateManagedPrefixListCommandInput> = {}): Promise<string> {
  const { PrefixList } = await ec2.createManagedPrefixList({ ...CORP, ...over });
  return PrefixList?.PrefixListId ?? '';
}

describe('managed prefix lists', () => {
  it('are made with their entries, found and deleted', async () => {
    const { ec2 } = await anEc2Network();
    const id = await aList(ec2, {
      TagSpecifications: [{ ResourceType: 'prefix-list', Tags: [{ Key: 'a', Value: 'b' }] }],
    });
    const Filters = [{ Name: 'prefix-list-name', Values: ['corp'] }];
    const { PrefixLists } = await ec2.describeManagedPrefixLists({ Filters });
    const shown = { PrefixListId: id, AddressFamily: 'IPv6', State: 'create-complete', MaxEntries: 5, Version: 1 };
    expect(PrefixLists).toMatchObject([{ ...shown, OwnerId: '111122223333', Tags: [{ Key: 'a', Value: 'b' }] }]);
    expect(PrefixLists?.[0]?.PrefixListArn).toBe(`arn:aws:ec2:eu-west-2:111122223333:prefix-list/${id}`);
    const { Entries } = await ec2.getManagedPrefixListEntries({ PrefixListId: id });
    expect(Entries).toEqual([{ Cidr: '2001:db8:a::/48', Description: 'office' }, { Cidr: '2001:db8:b::/48' }]);
    expect((await ec2.deleteManagedPrefixList({ PrefixListId: id })).PrefixList?.State).toBe('delete-complete');
    expect(await codeOf(ec2.getManagedPrefixListEntries({ PrefixListId: id }))).toBe('InvalidPrefixListID.NotFound');
  });

  it('give their entries in pages', async () => {
    const { ec2 } = await anEc2Network();
    const PrefixListId = await aList(ec2);
    const first = await ec2.getManagedPrefixListEntries({ PrefixListId, MaxResults: 1 });
    const second = await ec2.getManagedPrefixListEntries({ PrefixListId, MaxResults: 1, NextToken: first.NextToken });
    expect([first, second].flatMap(({ Entries = [] }) => Entries.map(({ Cidr }) => Cidr))).toEqual([
      '2001:db8:a::/48',
      '2001:db8:b::/48',
    ]);
    expect(second.NextToken).toBeUndefined();
    expect(await codeOf(ec2.getManagedPrefixListEntries({ PrefixListId, NextToken: 'no' }))).toBe(
      'InvalidParameterValue',
    );
    expect(await codeOf(ec2.getManagedPrefixListEntries({ PrefixListId, MaxResults: 101 }))).toBe(
      'InvalidParameterValue',
    );
  });

  it("of gateway services are AWS's own", async () => {
    const { ec2, vpcId } = await anEc2Network();
    const { RouteTables = [] } = await ec2.describeRouteTables({});
    const RouteTableIds = RouteTables.flatMap(({ RouteTableId }) => RouteTableId ?? []);
    await ec2.createVpcEndpoint({ VpcId: vpcId, ServiceName: 'com.amazonaws.eu-west-2.s3', RouteTableIds });
    const { PrefixLists = [] } = await ec2.describeManagedPrefixLists({
      Filters: [{ Name: 'owner-id', Values: ['AWS'] }],
    });
    expect(PrefixLists).toMatchObject([{ PrefixListName: 'com.amazonaws.eu-west-2.s3', AddressFamily: 'IPv4' }]);
    const [{ PrefixListId } = {}] = PrefixLists;
    expect((await ec2.getManagedPrefixListEntries({ PrefixListId })).Entries).toHaveLength(1);
    expect(await codeOf(ec2.deleteManagedPrefixList({ PrefixListId }))).toBe('InvalidParameterValue');
  });

  it('stand in rules and routes, which keep them', async () => {
    const { ec2, vpcId } = await anEc2Network();
    const PrefixListId = await aList(ec2);
    const group = { GroupName: 'g', Description: 'g', VpcId: vpcId };
    const { GroupId } = await ec2.createSecurityGroup(group);
    const IpPermissions = [{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, PrefixListIds: [{ PrefixListId }] }];
    await ec2.authorizeSecurityGroupIngress({ GroupId, IpPermissions });
    const named = [{ Name: 'ip-permission.prefix-list-id', Values: [PrefixListId] }];
    const { SecurityGroups } = await ec2.describeSecurityGroups({ Filters: named });
    expect(SecurityGroups?.[0]?.IpPermissions).toMatchObject(IpPermissions);
    expect(await codeOf(ec2.deleteManagedPrefixList({ PrefixListId }))).toBe('DependencyViolation');
    await ec2.revokeSecurityGroupIngress({ GroupId, IpPermissions });

    const { RouteTable } = await ec2.createRouteTable({ VpcId: vpcId });
    const { EgressOnlyInternetGateway } = await ec2.createEgressOnlyInternetGateway({ VpcId: vpcId });
    const EgressOnlyInternetGatewayId = EgressOnlyInternetGateway?.EgressOnlyInternetGatewayId;
    const { RouteTableId } = RouteTable ?? {};
    const route = { RouteTableId, DestinationPrefixListId: PrefixListId };
    await ec2.createRoute({ ...route, EgressOnlyInternetGatewayId });
    const { RouteTables } = await ec2.describeRouteTables({ RouteTableIds: [RouteTableId ?? ''] });
    expect(RouteTables?.[0]?.Routes).toContainEqual(
      expect.objectContaining({ DestinationPrefixListId: PrefixListId, State: 'active' }),
    );
    expect(await codeOf(ec2.deleteManagedPrefixList({ PrefixListId }))).toBe('DependencyViolation');
    await ec2.deleteRoute(route);
    await ec2.deleteManagedPrefixList({ PrefixListId });
  });

  it('of IPv4 lead to no egress-only gateway', async () => {
    const { ec2, vpcId } = await anEc2Network();
    const DestinationPrefixListId = await aList(ec2, { AddressFamily: 'IPv4', Entries: [{ Cidr: '192.0.2.0/24' }] });
    const { RouteTable } = await ec2.createRouteTable({ VpcId: vpcId });
    const { EgressOnlyInternetGateway } = await ec2.createEgressOnlyInternetGateway({ VpcId: vpcId });
    const EgressOnlyInternetGatewayId = EgressOnlyInternetGateway?.EgressOnlyInternetGatewayId;
    const { RouteTableId } = RouteTable ?? {};
    const route = { RouteTableId, DestinationPrefixListId, EgressOnlyInternetGatewayId };
    expect(await codeOf(ec2.createRoute(route))).toBe('InvalidParameterValue');
    const both = { ...route, DestinationIpv6CidrBlock: '::/0' };
    expect(await codeOf(ec2.createRoute(both))).toBe('InvalidParameterCombination');
  });

  test.each<[Partial<CreateManagedPrefixListCommandInput>, string]>([
    [{ PrefixListName: undefined }, 'MissingParameter'],
    [{ MaxEntries: undefined }, 'MissingParameter'],
    [{ AddressFamily: undefined }, 'MissingParameter'],
    [{ AddressFamily: 'both' }, 'InvalidParameterValue'],
    [{ PrefixListName: 'com.amazonaws.mine' }, 'InvalidParameterValue'],
    [{ MaxEntries: 0 }, 'InvalidParameterValue'],
    [{ MaxEntries: 1 }, 'InvalidParameterValue'],
    [{ Entries: [{ Cidr: '192.0.2.0/24' }] }, 'InvalidParameterValue'],
    [{ Entries: [{ Cidr: 'office' }] }, 'InvalidParameterValue'],
  ])('with %j are refused', async (over, code) => {
    const { ec2 } = await anEc2Network();
    expect(await codeOf(ec2.createManagedPrefixList({ ...CORP, ...over }))).toBe(code);
  });
});
