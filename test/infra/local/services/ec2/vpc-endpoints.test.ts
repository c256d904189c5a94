import { describe, expect, it, test } from '@jest/globals';
import type { CreateVpcEndpointCommandInput, VpcEndpoint } from '@aws-sdk/client-ec2';
import type { Ec2Network } from './an-ec2-account';
import { anEc2Network, codeOf, text } from './an-ec2-account';

const S3 = 'com.amazonaws.eu-west-2.s3';
const ECR = 'com.amazonaws.eu-west-2.ecr.dkr';
/** Longer than an endpoint takes to come or to go. */
const SOON = 60_000;

interface Site extends Ec2Network {
  readonly create: (input: Partial<CreateVpcEndpointCommandInput>) => Promise<string>;
  readonly look: (id: string) => Promise<VpcEndpoint | undefined>;
}

/** An endpoint of ECR in the dual-stack subnet, without private DNS, unless told otherwise. */
async function aSite(): Promise<Site> {
  const network = await anEc2Network();
  const { ec2, vpcId, dual } = network;
  return {
    ...network,
    create: async (input) => {
      const usual = { VpcId: vpcId, ServiceName: ECR, VpcEndpointType: 'Interface', SubnetIds: [dual] } as const;
      const made = await ec2.createVpcEndpoint({
        ...{ ...usual, SubnetIds: [...usual.SubnetIds], PrivateDnsEnabled: false },
        ...input,
      });
      return text(made.VpcEndpoint?.VpcEndpointId);
    },
    look: async (id) => (await ec2.describeVpcEndpoints({ VpcEndpointIds: [id] })).VpcEndpoints?.[0],
  };
}

async function openDns({ ec2, vpcId: VpcId }: Site): Promise<void> {
  await ec2.modifyVpcAttribute({ VpcId, EnableDnsHostnames: { Value: true } });
}

/** A gateway endpoint of S3 takes none of what the usual interface endpoint does. */
const GATEWAY: Partial<CreateVpcEndpointCommandInput> = {
  ...{ ServiceName: S3, VpcEndpointType: 'Gateway', SubnetIds: undefined, PrivateDnsEnabled: undefined },
};

test('services say which families they take', async () => {
  const { ec2 } = await anEc2Network();
  const { ServiceNames, ServiceDetails } = await ec2.describeVpcEndpointServices();
  expect(ServiceNames).toEqual([S3, 'com.amazonaws.eu-west-2.ecr.api', ECR]);
  expect(ServiceDetails?.map(({ SupportedIpAddressTypes }) => SupportedIpAddressTypes)).toEqual(
    Array(4).fill(['ipv4', 'ipv6']),
  );
  const gateways = await ec2.describeVpcEndpointServices({ Filters: [{ Name: 'service-type', Values: ['Gateway'] }] });
  expect(gateways.ServiceDetails).toMatchObject([{ ServiceName: S3, ServiceType: [{ ServiceType: 'Gateway' }] }]);
  const call = ec2.describeVpcEndpointServices({ ServiceNames: ['com.amazonaws.eu-west-2.nothing'] });
  expect(await codeOf(call)).toBe('InvalidServiceName');
});

describe('an interface endpoint', () => {
  it('is for IPv4 if nobody says otherwise, and takes a while', async () => {
    const site = await aSite();
    const id = await site.create({});
    expect(await site.look(id)).toMatchObject({
      ...{ State: 'pending', IpAddressType: 'ipv4', DnsOptions: { DnsRecordIpType: 'ipv4' } },
      ...{ PrivateDnsEnabled: false, SubnetIds: [site.dual] },
    });
    await site.clock.advance(SOON);
    // as AWS spells it
    expect(await site.look(id)).toMatchObject({ State: 'available' });
    const { NetworkInterfaces } = await site.ec2.describeNetworkInterfaces();
    expect(NetworkInterfaces).toMatchObject([
      { InterfaceType: 'vpc_endpoint', RequesterManaged: true, SubnetId: site.dual, Ipv6Addresses: [] },
    ]);
  });

  it.each([
    ['dualstack', 'dual', true],
    ['ipv6', 'native', false],
  ] as const)('of type %s has addresses of its families', async (IpAddressType, subnet, hasIpv4) => {
    const site = await aSite();
    const id = await site.create({ IpAddressType, SubnetIds: [site[subnet]] });
    expect(await site.look(id)).toMatchObject({ IpAddressType, DnsOptions: { DnsRecordIpType: IpAddressType } });
    const { NetworkInterfaces } = await site.ec2.describeNetworkInterfaces();
    expect(NetworkInterfaces?.[0]?.Ipv6Addresses).toHaveLength(1);
    expect(NetworkInterfaces?.[0]?.PrivateIpAddress !== undefined).toBe(hasIpv4);
  });

  it('is modified from IPv4 to dual-stack and back', async () => {
    const site = await aSite();
    const VpcEndpointId = await site.create({});
    await site.ec2.modifyVpcEndpoint({ VpcEndpointId, IpAddressType: 'dualstack' });
    expect(await site.look(VpcEndpointId)).toMatchObject({
      ...{ IpAddressType: 'dualstack', DnsOptions: { DnsRecordIpType: 'dualstack' } },
    });
    const addresses = async () =>
      (await site.ec2.describeNetworkInterfaces()).NetworkInterfaces?.[0]?.Ipv6Addresses?.length;
    expect(await addresses()).toBe(1);
    await site.ec2.modifyVpcEndpoint({ VpcEndpointId, DnsOptions: { DnsRecordIpType: 'ipv6' } });
    expect((await site.look(VpcEndpointId))?.DnsOptions?.DnsRecordIpType).toBe('ipv6');
    await site.ec2.modifyVpcEndpoint({ VpcEndpointId, IpAddressType: 'ipv4' });
    expect(await addresses()).toBe(0);
  });

  it('moves between subnets and groups, all or nothing', async () => {
    const site = await aSite();
    const { ec2, vpcId, dual, native } = site;
    const VpcEndpointId = await site.create({});
    const { GroupId = '' } = await ec2.createSecurityGroup({ VpcId: vpcId, GroupName: 'own', Description: 'own' });
    const misfit = { VpcEndpointId, AddSubnetIds: [native], AddSecurityGroupIds: [GroupId] };
    expect(await codeOf(ec2.modifyVpcEndpoint(misfit))).toBe('InvalidParameter');
    expect((await site.look(VpcEndpointId))?.Groups?.map(({ GroupName }) => GroupName)).toEqual(['default']);
    await ec2.modifyVpcEndpoint({ VpcEndpointId, AddSecurityGroupIds: [GroupId], RemoveSubnetIds: [dual] });
    expect(await site.look(VpcEndpointId)).toMatchObject({ SubnetIds: [], NetworkInterfaceIds: [] });
    expect((await site.look(VpcEndpointId))?.Groups?.map(({ GroupName }) => GroupName)).toEqual(['default', 'own']);
    await ec2.modifyVpcEndpoint({ VpcEndpointId, AddSubnetIds: [native], IpAddressType: 'ipv6' });
    expect(await site.look(VpcEndpointId)).toMatchObject({ SubnetIds: [native], IpAddressType: 'ipv6' });
  });

  test.each<[string, Partial<CreateVpcEndpointCommandInput>, string]>([
    ['an unknown service', { ServiceName: 'com.amazonaws.eu-west-2.nothing' }, 'InvalidServiceName'],
    ['a gateway to a service that has none', { VpcEndpointType: 'Gateway' }, 'InvalidParameter'],
    ['an unknown subnet', { SubnetIds: ['subnet-0'] }, 'InvalidSubnetID.NotFound'],
    ['records of a family that it lacks', { DnsOptions: { DnsRecordIpType: 'dualstack' } }, 'InvalidParameter'],
    ['private DNS in a VPC without host names', { PrivateDnsEnabled: true }, 'InvalidParameter'],
    ['private DNS, which is the default', { PrivateDnsEnabled: undefined }, 'InvalidParameter'],
    ['an unknown VPC', { VpcId: 'vpc-0' }, 'InvalidVpcID.NotFound'],
  ])('is refused with %s', async (_, input, code) => {
    const site = await aSite();
    expect(await codeOf(site.create(input))).toBe(code);
    expect((await site.ec2.describeVpcEndpoints()).VpcEndpoints).toEqual([]);
    expect((await site.ec2.describeNetworkInterfaces()).NetworkInterfaces).toEqual([]);
  });

  it('is refused in subnets that lack a family, or share a zone', async () => {
    const site = await aSite();
    const { dual, native } = site;
    for (const input of [
      { SubnetIds: [native] },
      { SubnetIds: [native], IpAddressType: 'dualstack' },
      { SubnetIds: [dual], IpAddressType: 'ipv6' },
    ] as const) {
      expect(await codeOf(site.create({ ...input, SubnetIds: [...input.SubnetIds] }))).toBe('InvalidParameter');
    }
    const { Subnet } = await site.ec2.createSubnet({ VpcId: site.vpcId, CidrBlock: '10.0.7.0/24' });
    const pair = [dual, text(Subnet?.SubnetId)];
    expect(await codeOf(site.create({ SubnetIds: pair }))).toBe('DuplicateSubnetsInSameZone');
  });

  it('answers for the names of its service once in a VPC', async () => {
    const site = await aSite();
    await openDns(site);
    const id = await site.create({ PrivateDnsEnabled: true, IpAddressType: 'dualstack' });
    const names = (await site.look(id))?.DnsEntries?.map(({ DnsName }) => DnsName);
    expect(names).toContain('*.dkr-ecr.eu-west-2.on.aws');
    expect(names).toContain('*.dkr.ecr.eu-west-2.amazonaws.com');
    expect(await codeOf(site.create({ PrivateDnsEnabled: true }))).toBe('InvalidParameter');
    await site.create({});
    await site.ec2.deleteVpcEndpoints({ VpcEndpointIds: [id] });
    await site.create({ PrivateDnsEnabled: true });
  });

  it('of S3 has private DNS beside a gateway only, unless it is for everyone', async () => {
    const site = await aSite();
    await openDns(site);
    const withDns = { ServiceName: S3, PrivateDnsEnabled: true };
    expect(await codeOf(site.create(withDns))).toBe('InvalidParameter');
    const open = { ...withDns, DnsOptions: { PrivateDnsOnlyForInboundResolverEndpoint: false } };
    const [id] = [await site.create(open)];
    await site.ec2.deleteVpcEndpoints({ VpcEndpointIds: [id] });
    await site.create(GATEWAY);
    await site.create(withDns);
  });

  it('keeps its subnet and VPC until it is gone', async () => {
    const site = await aSite();
    const { ec2, dual, clock } = site;
    const id = await site.create({});
    expect(await codeOf(ec2.deleteSubnet({ SubnetId: dual }))).toBe('DependencyViolation');
    const { Unsuccessful } = await ec2.deleteVpcEndpoints({ VpcEndpointIds: [id, 'vpce-0'] });
    expect(Unsuccessful).toMatchObject([{ ResourceId: 'vpce-0', Error: { Code: 'InvalidVpcEndpointId.NotFound' } }]);
    expect(await site.look(id)).toMatchObject({ State: 'deleting' });
    await clock.advance(SOON);
    expect(await codeOf(ec2.describeVpcEndpoints({ VpcEndpointIds: [id] }))).toBe('InvalidVpcEndpointId.NotFound');
    await ec2.deleteSubnet({ SubnetId: dual });
  });
});

describe('a gateway endpoint', () => {
  it('puts routes to prefix lists into its tables, for each of its families', async () => {
    const site = await aSite();
    const { ec2, vpcId } = site;
    const { RouteTables } = await ec2.describeRouteTables();
    const RouteTableId = text(RouteTables?.[0]?.RouteTableId);
    const VpcEndpointId = await site.create({ ...GATEWAY, RouteTableIds: [RouteTableId] });
    expect(await site.look(VpcEndpointId)).toMatchObject({
      ...{ State: 'available', RouteTableIds: [RouteTableId], IpAddressType: 'ipv4' },
      DnsOptions: { DnsRecordIpType: 'service-defined' },
    });
    const lists = async (): Promise<(string | undefined)[]> => {
      const Filters = [{ Name: 'route.gateway-id', Values: [VpcEndpointId] }];
      const [table] = (await ec2.describeRouteTables({ Filters })).RouteTables ?? [];
      const own = table?.Routes?.filter(({ GatewayId }) => GatewayId === VpcEndpointId) ?? [];
      return own.map(({ DestinationPrefixListId }) => DestinationPrefixListId);
    };
    expect(await lists()).toEqual([expect.stringMatching(/^pl-/)]);
    await ec2.modifyVpcEndpoint({ VpcEndpointId, IpAddressType: 'dualstack' });
    expect(new Set(await lists()).size).toBe(2);
    await ec2.modifyVpcEndpoint({ VpcEndpointId, RemoveRouteTableIds: [RouteTableId] });
    expect(await lists()).toEqual([]);
    expect((await site.look(VpcEndpointId))?.RouteTableIds).toEqual([]);
    expect(await codeOf(ec2.deleteVpc({ VpcId: vpcId }))).toBe('DependencyViolation');
  });

  it('has neither subnets nor an own say in DNS', async () => {
    const site = await aSite();
    expect(await codeOf(site.create({ ...GATEWAY, SubnetIds: [site.dual] }))).toBe('InvalidParameter');
    const DnsOptions = { PrivateDnsOnlyForInboundResolverEndpoint: true };
    expect(await codeOf(site.create({ ...GATEWAY, DnsOptions }))).toBe('InvalidParameter');
  });
});

test('endpoints are made once for a token, tagged and filtered', async () => {
  const site = await aSite();
  const TagSpecifications = [{ ResourceType: 'vpc-endpoint' as const, Tags: [{ Key: 'team', Value: 'x' }] }];
  const first = await site.create({ ClientToken: 'one', TagSpecifications });
  expect(await site.create({ ClientToken: 'one', TagSpecifications })).toBe(first);
  await site.create(GATEWAY);
  for (const [Name, Value] of [
    ['tag:team', 'x'],
    ['service-name', ECR],
    ['vpc-endpoint-type', 'Interface'],
    ['vpc-endpoint-state', 'pending'],
  ] as const) {
    const { VpcEndpoints } = await site.ec2.describeVpcEndpoints({ Filters: [{ Name, Values: [Value] }] });
    expect(VpcEndpoints?.map(({ VpcEndpointId }) => VpcEndpointId)).toEqual([first]);
  }
});
