import { describe, expect, it } from '@jest/globals';
import type { EC2 } from '@aws-sdk/client-ec2';
import { anEc2Network, codeOf, text } from './an-ec2-account';
import type { Ec2Network } from './an-ec2-account';
import { SOON } from './an-instance';

async function attachedGateway({ ec2, vpcId }: Ec2Network): Promise<string> {
  const { InternetGateway } = await ec2.createInternetGateway();
  const InternetGatewayId = text(InternetGateway?.InternetGatewayId);
  await ec2.attachInternetGateway({ InternetGatewayId, VpcId: vpcId });
  return InternetGatewayId;
}

async function egressOnlyGateway({ ec2, vpcId }: Ec2Network): Promise<string> {
  const { EgressOnlyInternetGateway } = await ec2.createEgressOnlyInternetGateway({ VpcId: vpcId });
  return text(EgressOnlyInternetGateway?.EgressOnlyInternetGatewayId);
}

async function privateNat({ ec2, dual }: Ec2Network): Promise<string> {
  const { NatGateway } = await ec2.createNatGateway({ SubnetId: dual, ConnectivityType: 'private' });
  return text(NatGateway?.NatGatewayId);
}

async function routeTable({ ec2, vpcId }: Ec2Network): Promise<string> {
  return text((await ec2.createRouteTable({ VpcId: vpcId })).RouteTable?.RouteTableId);
}

/** Destination to state and target, the VPC's own routes left out. */
async function routes(ec2: EC2, RouteTableId: string): Promise<Record<string, string[]>> {
  const { RouteTables } = await ec2.describeRouteTables({ RouteTableIds: [RouteTableId] });
  const added = RouteTables?.[0]?.Routes?.filter(({ Origin }) => Origin === 'CreateRoute') ?? [];
  return Object.fromEntries(
    added.map((route) => {
      const target =
        route.GatewayId ?? route.EgressOnlyInternetGatewayId ?? route.NatGatewayId ?? route.NetworkInterfaceId;
      return [text(route.DestinationIpv6CidrBlock ?? route.DestinationCidrBlock), [text(route.State), text(target)]];
    }),
  );
}

describe('routes', () => {
  it('lead to gateways of both kinds, and into a black hole when those are gone', async () => {
    const network = await anEc2Network();
    const { ec2, vpcId, clock } = network;
    const RouteTableId = await routeTable(network);
    const igw = await attachedGateway(network);
    const eigw = await egressOnlyGateway(network);
    const nat = await privateNat(network);
    await ec2.createRoute({ RouteTableId, DestinationCidrBlock: '0.0.0.0/0', GatewayId: igw });
    await ec2.createRoute({ RouteTableId, DestinationIpv6CidrBlock: '::/0', EgressOnlyInternetGatewayId: eigw });
    await ec2.createRoute({ RouteTableId, DestinationIpv6CidrBlock: '64:ff9b::/96', NatGatewayId: nat });
    expect(await routes(ec2, RouteTableId)).toEqual({
      '0.0.0.0/0': ['active', igw],
      '::/0': ['active', eigw],
      '64:ff9b::/96': ['active', nat],
    });
    await ec2.detachInternetGateway({ InternetGatewayId: igw, VpcId: vpcId });
    await ec2.deleteEgressOnlyInternetGateway({ EgressOnlyInternetGatewayId: eigw });
    await ec2.deleteNatGateway({ NatGatewayId: nat });
    await clock.advance(SOON);
    expect(Object.values(await routes(ec2, RouteTableId)).map(([state]) => state)).toEqual(Array(3).fill('blackhole'));
  });

  it('of a VPC for itself are there by themselves, for both families', async () => {
    const { ec2, vpcId } = await anEc2Network();
    const { RouteTables } = await ec2.describeRouteTables({
      Filters: [{ Name: 'association.main', Values: ['true'] }],
    });
    expect(RouteTables).toMatchObject([{ VpcId: vpcId, Associations: [{ Main: true }] }]);
    expect(RouteTables?.[0]?.Routes).toMatchObject([
      { DestinationCidrBlock: '10.0.0.0/16', GatewayId: 'local', Origin: 'CreateRouteTable', State: 'active' },
      { GatewayId: 'local', Origin: 'CreateRouteTable', State: 'active' },
    ]);
  });

  it('are replaced and deleted by destination', async () => {
    const network = await anEc2Network();
    const { ec2 } = network;
    const RouteTableId = await routeTable(network);
    const igw = await attachedGateway(network);
    const eigw = await egressOnlyGateway(network);
    const to = { RouteTableId, DestinationIpv6CidrBlock: '::/0' };
    expect(await codeOf(ec2.replaceRoute({ ...to, GatewayId: igw }))).toBe('InvalidRoute.NotFound');
    await ec2.createRoute({ ...to, GatewayId: igw });
    expect(await codeOf(ec2.createRoute({ ...to, GatewayId: igw }))).toBe('RouteAlreadyExists');
    await ec2.replaceRoute({ ...to, EgressOnlyInternetGatewayId: eigw });
    expect(await routes(ec2, RouteTableId)).toEqual({ '::/0': ['active', eigw] });
    await ec2.deleteRoute(to);
    expect(await routes(ec2, RouteTableId)).toEqual({});
  });

  it('are refused without a sound destination and one target', async () => {
    const network = await anEc2Network();
    const { ec2 } = network;
    const RouteTableId = await routeTable(network);
    const eigw = await egressOnlyGateway(network);
    const create = (input: object): Promise<string> => codeOf(ec2.createRoute({ RouteTableId, ...input }));
    const ipv6 = { DestinationIpv6CidrBlock: '::/0' };
    expect(await create({ EgressOnlyInternetGatewayId: eigw })).toBe('MissingParameter');
    expect(await create(ipv6)).toBe('MissingParameter');
    expect(await create({ DestinationIpv6CidrBlock: '0.0.0.0/0', EgressOnlyInternetGatewayId: eigw })).toBe(
      'InvalidParameterValue',
    );
    expect(await create({ DestinationCidrBlock: '0.0.0.0/0', EgressOnlyInternetGatewayId: eigw })).toBe(
      'InvalidParameterValue',
    );
    expect(await create({ ...ipv6, EgressOnlyInternetGatewayId: eigw, NatGatewayId: 'nat-0' })).toBe(
      'InvalidParameterCombination',
    );
    expect(await create({ ...ipv6, NatGatewayId: 'nat-0' })).toBe('NatGatewayNotFound');
    expect(await create({ ...ipv6, GatewayId: 'igw-0' })).toBe('InvalidInternetGatewayID.NotFound');
    expect(await create({ ...ipv6, TransitGatewayId: 'tgw-0' })).toBe('NotImplemented');
    expect(await routes(ec2, RouteTableId)).toEqual({});
  });
});

describe('route tables', () => {
  it('are associated with a subnet until it is taken away from them', async () => {
    const network = await anEc2Network();
    const { ec2, native } = network;
    const RouteTableId = await routeTable(network);
    const { AssociationId } = await ec2.associateRouteTable({ RouteTableId, SubnetId: native });
    const filters = [{ Name: 'association.subnet-id', Values: [native] }];
    expect((await ec2.describeRouteTables({ Filters: filters })).RouteTables).toMatchObject([{ RouteTableId }]);
    expect(await codeOf(ec2.associateRouteTable({ RouteTableId, SubnetId: native }))).toBe(
      'Resource.AlreadyAssociated',
    );
    expect(await codeOf(ec2.deleteRouteTable({ RouteTableId }))).toBe('DependencyViolation');
    await ec2.disassociateRouteTable({ AssociationId });
    expect(await codeOf(ec2.disassociateRouteTable({ AssociationId }))).toBe('InvalidAssociationID.NotFound');
    await ec2.deleteRouteTable({ RouteTableId });
    expect(await codeOf(ec2.describeRouteTables({ RouteTableIds: [RouteTableId] }))).toBe(
      'InvalidRouteTableID.NotFound',
    );
  });

  it('show at most 100 on a page', async () => {
    const { ec2 } = await anEc2Network();
    expect(await codeOf(ec2.describeRouteTables({ MaxResults: 101 }))).toBe('InvalidParameterValue');
    expect((await ec2.describeRouteTables({ MaxResults: 100 })).RouteTables).toHaveLength(1);
  });
});

describe('internet gateways', () => {
  it('belong to one VPC at a time', async () => {
    const network = await anEc2Network();
    const { ec2, vpcId: VpcId } = network;
    const InternetGatewayId = await attachedGateway(network);
    const { InternetGateways } = await ec2.describeInternetGateways({ InternetGatewayIds: [InternetGatewayId] });
    expect(InternetGateways).toMatchObject([{ Attachments: [{ VpcId, State: 'available' }] }]);
    expect(await codeOf(ec2.attachInternetGateway({ InternetGatewayId, VpcId }))).toBe('Resource.AlreadyAssociated');
    expect(await codeOf(ec2.deleteInternetGateway({ InternetGatewayId }))).toBe('DependencyViolation');
    await ec2.detachInternetGateway({ InternetGatewayId, VpcId });
    expect(await codeOf(ec2.detachInternetGateway({ InternetGatewayId, VpcId }))).toBe('Gateway.NotAttached');
    await ec2.deleteInternetGateway({ InternetGatewayId });
    expect((await ec2.describeInternetGateways()).InternetGateways).toEqual([]);
  });
});

describe('NAT gateways', () => {
  it('take a while, and an Elastic IP address unless private', async () => {
    const { ec2, clock, dual } = await anEc2Network();
    const { AllocationId, PublicIp } = await ec2.allocateAddress({});
    const { NatGateway } = await ec2.createNatGateway({ SubnetId: dual, AllocationId });
    expect(NatGateway).toMatchObject({ State: 'pending', ConnectivityType: 'public' });
    await clock.advance(SOON);
    const { NatGateways } = await ec2.describeNatGateways({ Filter: [{ Name: 'state', Values: ['available'] }] });
    expect(NatGateways).toMatchObject([{ NatGatewayAddresses: [{ AllocationId, PublicIp }] }]);
    expect(await codeOf(ec2.releaseAddress({ AllocationId }))).toBe('InvalidIPAddress.InUse');
    const again = ec2.createNatGateway({ SubnetId: dual, AllocationId });
    expect(await codeOf(again)).toBe('Resource.AlreadyAssociated');
    const { NetworkInterfaces } = await ec2.describeNetworkInterfaces();
    expect(NetworkInterfaces).toMatchObject([
      { InterfaceType: 'nat_gateway', RequesterManaged: true, Status: 'in-use' },
    ]);
  });

  it('are refused in an IPv6-only subnet, and without the address that they need', async () => {
    const { ec2, dual, native } = await anEc2Network();
    expect(await codeOf(ec2.createNatGateway({ SubnetId: native, ConnectivityType: 'private' }))).toBe(
      'InvalidParameterValue',
    );
    expect(await codeOf(ec2.createNatGateway({ SubnetId: dual }))).toBe('MissingParameter');
    expect((await ec2.describeNatGateways()).NatGateways).toEqual([]);
  });
});
