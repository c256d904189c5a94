import { RunTaskCommand } from '@aws-sdk/client-ecs';
import {
  AssociateRouteTableCommand,
  AuthorizeSecurityGroupIngressCommand,
  CreateEgressOnlyInternetGatewayCommand,
  CreateFlowLogsCommand,
  CreateManagedPrefixListCommand,
  CreateNetworkAclCommand,
  CreateRouteCommand,
  CreateRouteTableCommand,
  CreateSecurityGroupCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  CreateVpcEndpointCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import { describe, expect, it } from '@jest/globals';
import type { Snapshot } from '../../lib/snapshot/snapshot';
import { aDefinition, aService, aSite, type Site } from '../infra/local/services/ecs/a-site';
import { clientSettings } from '../support/local-account';
import { aCollector, aRequest, deny, everything, judged } from './a-collector';
import { aHostedService, SETTLE_MS } from './a-workload';

const ec2Of = ({ account }: Site): EC2Client => new EC2Client(clientSettings(account));

/** A site whose service has a security group of its own, beside a VPC that ECS does not use. */
async function aFurnishedSite() {
  const site = await aSite();
  const ec2 = ec2Of(site);
  const VpcId = site.vpc.id;
  const { GroupId = '' } = await ec2.send(
    new CreateSecurityGroupCommand({ GroupName: 'web', Description: 'web', VpcId }),
  );
  await ec2.send(new CreateSecurityGroupCommand({ GroupName: 'unused', Description: 'unused', VpcId }));
  const { RouteTable } = await ec2.send(new CreateRouteTableCommand({ VpcId }));
  const RouteTableId = RouteTable?.RouteTableId ?? '';
  await ec2.send(new AssociateRouteTableCommand({ RouteTableId, SubnetId: site.ipv6A.id }));
  await ec2.send(new CreateNetworkAclCommand({ VpcId }));
  await ec2.send(new CreateVpcEndpointCommand({ VpcId, ServiceName: 'com.amazonaws.eu-west-2.s3' }));
  const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: '10.9.0.0/16' }));
  const elsewhere = { VpcId: Vpc?.VpcId ?? '', CidrBlock: '10.9.0.0/24' };
  await ec2.send(new CreateSubnetCommand(elsewhere));
  await ec2.send(new CreateVpcEndpointCommand({ VpcId: Vpc?.VpcId, ServiceName: 'com.amazonaws.eu-west-2.s3' }));
  const where = { LogDestinationType: 's3', LogDestination: 'arn:aws:s3:::logs' } as const;
  const logs = { ResourceType: 'VPC', TrafficType: 'ALL', ...where } as const;
  await ec2.send(new CreateFlowLogsCommand({ ...logs, ResourceIds: [VpcId] }));
  await aDefinition(site);
  const subnets = [site.ipv6A.id, site.ipv6B.id];
  await aService(site, { networkConfiguration: { awsvpcConfiguration: { subnets, securityGroups: [GroupId] } } });
  return { site, ec2, groupId: GroupId, tableId: RouteTableId };
}

const vpcsOf = (parts: ReadonlyMap<string, { readonly vpcId?: string }>) => new Set([...parts.values()].map((part) => part.vpcId)); // prettier-ignore

const networkOf = (snapshot: Snapshot) => {
  const { vpcs, routeTables, securityGroups, networkAcls, vpcEndpoints, flowLogs, accounts } = snapshot;
  return [vpcs, routeTables, securityGroups, networkAcls, vpcEndpoints, flowLogs, accounts];
};

describe('networks of what is judged', () => {
  it('are read as far as it uses them', async () => {
    const { site, groupId, tableId } = await aFurnishedSite();
    const snapshot = await aCollector(site).collect([everything]);
    const { id } = site.vpc;
    expect(judged(snapshot, 'vpc')).toEqual([id]);
    expect(judged(snapshot, 'subnet')).toEqual([site.ipv6A.id, site.ipv6B.id].sort());
    expect(judged(snapshot, 'account')).toEqual(['111122223333']);
    expect([...snapshot.securityGroups.keys()]).toEqual([groupId]);
    expect(judged(snapshot, 'security-group')).toEqual([groupId]);
    const tables = [...snapshot.routeTables.values()];
    expect(tables.map(({ isMain, subnetIds }) => [isMain, subnetIds])).toEqual(
      expect.arrayContaining([
        [true, []],
        [false, [site.ipv6A.id]],
      ]),
    );
    expect(snapshot.routeTables.get(tableId)?.vpcId).toBe(id);
    // the default ACL serves them; the other one nobody
    expect([...snapshot.networkAcls.values()].map(({ isDefault }) => isDefault)).toEqual([true]);
    expect(judged(snapshot, 'network-acl')).toEqual([...snapshot.networkAcls.keys()]);
    expect(judged(snapshot, 'vpc-endpoint')).toEqual([...snapshot.vpcEndpoints.keys()]);
    for (const parts of [snapshot.routeTables, snapshot.networkAcls, snapshot.vpcEndpoints]) {
      expect(vpcsOf(parts)).toEqual(new Set([id]));
    }
    expect([...snapshot.flowLogs.values()]).toMatchObject([{ resourceId: id, isActive: true, isDelivered: true }]);
  });

  it('have what prefix lists hold in the place of the lists', async () => {
    const { site, ec2, groupId, tableId } = await aFurnishedSite();
    const of = { AddressFamily: 'IPv6', MaxEntries: 2, Entries: [{ Cidr: '2001:db8:a::/48' }] };
    const { PrefixList } = await ec2.send(new CreateManagedPrefixListCommand({ ...of, PrefixListName: 'corp' }));
    const PrefixListId = PrefixList?.PrefixListId ?? '';
    const IpPermissions = [{ IpProtocol: '-1', PrefixListIds: [{ PrefixListId }] }];
    await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId: groupId, IpPermissions }));
    const gateway = new CreateEgressOnlyInternetGatewayCommand({ VpcId: site.vpc.id });
    const EgressOnlyInternetGatewayId = (await ec2.send(gateway)).EgressOnlyInternetGateway
      ?.EgressOnlyInternetGatewayId;
    const route = { RouteTableId: tableId, DestinationPrefixListId: PrefixListId, EgressOnlyInternetGatewayId };
    await ec2.send(new CreateRouteCommand(route));
    const collector = aCollector(site);
    const snapshot = await collector.collect([everything]);
    expect(collector.calls()).toMatchObject({ 'ec2:GetManagedPrefixListEntries': 1 });
    const block = '2001:db8:a::/48';
    expect(snapshot.securityGroups.get(groupId)?.ingress).toMatchObject([{ ipv6Cidrs: [block], prefixListIds: [] }]);
    const routes = snapshot.routeTables.get(tableId)?.routes;
    expect(routes).toContainEqual(expect.objectContaining({ destination: block, prefixListId: PrefixListId }));

    deny(site, 'ec2:GetManagedPrefixListEntries');
    const denied = await collector.collect([everything]);
    const gap = { call: 'ec2:GetManagedPrefixListEntries', collection: 'prefixLists', resources: [PrefixListId] };
    expect(denied.gaps).toMatchObject([gap]);
    expect(denied.securityGroups.get(groupId)?.ingress).toMatchObject([
      { ipv6Cidrs: [], prefixListIds: [PrefixListId] },
    ]);
    expect(denied.covered.has('111122223333')).toBe(true);
  });

  it('of a host and of a task of no service are among them', async () => {
    const site = await aSite();
    await aHostedService(site);
    await aDefinition(site);
    const network = { awsvpcConfiguration: { subnets: [site.ipv6B.id] } };
    const task = { cluster: 'prod', taskDefinition: 'web', launchType: 'FARGATE' } as const;
    await site.ecs.send(new RunTaskCommand({ ...task, networkConfiguration: network }));
    await site.clock.advance(SETTLE_MS);
    const snapshot = await aCollector(site).collect([everything]);
    expect(judged(snapshot, 'subnet')).toEqual([site.dualA.id, site.ipv6B.id].sort());
    const [host] = snapshot.instances.values();
    expect(judged(snapshot, 'security-group')).toEqual(host?.interfaces[0]?.securityGroupIds);
    expect(judged(snapshot, 'security-group')).toHaveLength(1);
  });

  it('are left alone by events, unless a person asks', async () => {
    const { site } = await aFurnishedSite();
    const collector = aCollector(site);
    const web = [aRequest('service', 'web', { cluster: 'prod' })];
    const lean = await collector.collect(web);
    expect(networkOf(lean).map(({ size }) => size)).toEqual([0, 0, 0, 0, 0, 0, 0]);
    expect(judged(lean, 'subnet')).toEqual([]);
    const whole = await collector.collect(web, {}, { withSurroundings: true });
    expect(networkOf(whole).map(({ size }) => size > 0)).toEqual([true, true, true, true, true, true, true]);
  });

  it('are not read where nothing is judged', async () => {
    const collector = aCollector(await aSite());
    const snapshot = await collector.collect([everything]);
    expect(networkOf(snapshot).map(({ size }) => size)).toEqual([0, 0, 0, 0, 0, 0, 0]);
    expect(Object.keys(collector.calls()).filter((call) => call.startsWith('ec2:'))).toEqual([]);
  });

  it.each([
    ['ec2:DescribeVpcs', 'vpcs', false],
    ['ec2:DescribeSecurityGroups', 'securityGroups', false],
    ['ec2:DescribeNetworkAcls', 'networkAcls', false],
    ['ec2:DescribeVpcEndpoints', 'vpcEndpoints', false],
    // nothing of these is judged by itself
    ['ec2:DescribeRouteTables', 'routeTables', true],
    ['ec2:DescribeFlowLogs', 'flowLogs', true],
  ])('that cannot be read leave a gap: %s', async (action, collection, isCovered) => {
    const { site } = await aFurnishedSite();
    deny(site, action);
    const snapshot = await aCollector(site).collect([everything]);
    expect(snapshot.gaps.map((gap) => [gap.call, gap.collection])).toEqual([[action, collection]]);
    expect(snapshot.covered.has('111122223333')).toBe(isCovered);
    expect(judged(snapshot, 'subnet')).toHaveLength(2);
  });
});
