import { describe, expect, it } from '@jest/globals';
import type { SetSubnetsCommandInput } from '@aws-sdk/client-elastic-load-balancing-v2';
import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  DeleteListenerCommand,
  DeleteLoadBalancerCommand,
  DescribeListenersCommand,
  DescribeLoadBalancerAttributesCommand,
  DescribeLoadBalancersCommand,
  ModifyLoadBalancerAttributesCommand,
  SetIpAddressTypeCommand,
  SetSecurityGroupsCommand,
  SetSubnetsCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { createSubnet } from '../../../../../infra/local/services/ec2/subnet';
import { slice } from '../ec2/a-network';
import { codeOf } from '../ec2/an-ec2-account';
import type { Site } from './an-account';
import { aLoadBalancer, anInterface, aSite, aTargetGroup, forwardTo, listen, register, states } from './an-account';

const ROUNDS_MS = 300_000;

async function aNetworkBalancer(site: Site, settings: object = {}): Promise<string> {
  const { LoadBalancers } = await site.client.send(
    new CreateLoadBalancerCommand({ Name: 'net', Type: 'network', Subnets: [site.dualA.id], ...settings }),
  );
  return LoadBalancers?.[0]?.LoadBalancerArn ?? '';
}

async function zonesOf({ client }: Site, arn: string): Promise<(string | undefined)[]> {
  const { LoadBalancers } = await client.send(new DescribeLoadBalancersCommand({ LoadBalancerArns: [arn] }));
  return LoadBalancers?.[0]?.AvailabilityZones?.map(({ ZoneName }) => ZoneName) ?? [];
}

describe('SetSubnets', () => {
  it('takes and gives back prefixes for source NAT, which UDP over IPv6 needs', async () => {
    const site = await aSite();
    const { client, dualA, dualB } = site;
    const LoadBalancerArn = await aNetworkBalancer(site);
    const set = (input: Partial<SetSubnetsCommandInput>) =>
      client.send(new SetSubnetsCommand({ LoadBalancerArn, Subnets: [dualA.id], ...input }));
    const on = { EnablePrefixForIpv6SourceNat: 'on', IpAddressType: 'dualstack' } as const;
    const off = { EnablePrefixForIpv6SourceNat: 'off' } as const;
    expect(await codeOf(set({ ...on, IpAddressType: undefined }))).toBe('ValidationError');
    const first = await set(on);
    expect(first).toMatchObject({
      ...{ EnablePrefixForIpv6SourceNat: 'on', IpAddressType: 'dualstack' },
      AvailabilityZones: [{ SourceNatIpv6Prefixes: [expect.stringMatching(/^2600:.*\/80$/)] }],
    });
    const group = await aTargetGroup(site, { Protocol: 'UDP', IpAddressType: 'ipv6', HealthCheckPort: '80' });
    await listen(site, { LoadBalancerArn, Protocol: 'UDP', Port: 53, DefaultActions: forwardTo(group) });
    expect(await codeOf(set(off))).toBe('InvalidConfigurationRequestException');
    const both = await set({ Subnets: [dualA.id, dualB.id] });
    expect(both.AvailabilityZones?.map(({ SourceNatIpv6Prefixes = [] }) => SourceNatIpv6Prefixes.length)).toEqual([
      1, 1,
    ]);
    expect(both.AvailabilityZones?.[0]).toEqual(first.AvailabilityZones?.[0]);
    const { Listeners: [udp] = [] } = await client.send(new DescribeListenersCommand({ LoadBalancerArn }));
    await client.send(new DeleteListenerCommand({ ListenerArn: udp?.ListenerArn }));
    const last = await set(off);
    expect(last.AvailabilityZones?.map(({ SourceNatIpv6Prefixes }) => SourceNatIpv6Prefixes)).toEqual([undefined]);
  });

  it('has no prefixes for source NAT for Application Load Balancers', async () => {
    const site = await aSite();
    const LoadBalancerArn = await aLoadBalancer(site, 'ipv4');
    const Subnets = [site.dualA.id, site.dualB.id];
    const set = new SetSubnetsCommand({ LoadBalancerArn, Subnets, EnablePrefixForIpv6SourceNat: 'on' });
    expect(await codeOf(site.client.send(set))).toBe('ValidationError');
  });

  it('moves the load balancer, and what it does not leave keeps its interface', async () => {
    const site = await aSite();
    const LoadBalancerArn = await aLoadBalancer(site, 'ipv4');
    const interfaces = async (): Promise<Map<string | undefined, string | undefined>> => {
      const { NetworkInterfaces = [] } = await site.ec2.describeNetworkInterfaces();
      return new Map(NetworkInterfaces.map((each) => [each.SubnetId, each.NetworkInterfaceId]));
    };
    const before = await interfaces();
    const { dualA, dualB, ipv4C } = site;
    await site.client.send(new SetSubnetsCommand({ LoadBalancerArn, Subnets: [dualB.id, ipv4C.id] }));
    expect(await zonesOf(site, LoadBalancerArn)).toEqual(['eu-west-2b', 'eu-west-2c']);
    const after = await interfaces();
    expect(new Set(after.keys())).toEqual(new Set([dualB.id, ipv4C.id]));
    expect(after.get(dualB.id)).toBe(before.get(dualB.id));
    await site.ec2.deleteSubnet({ SubnetId: dualA.id });
  });

  it('takes a zone out of use for its targets', async () => {
    const site = await aSite();
    const arn = await aTargetGroup(site);
    const LoadBalancerArn = await aLoadBalancer(site, 'ipv4');
    await listen(site, { LoadBalancerArn, DefaultActions: forwardTo(arn) });
    const { v4 } = anInterface(site, site.dualA);
    await register(site, arn, [{ Id: v4 }]);
    await site.client.send(new SetSubnetsCommand({ LoadBalancerArn, Subnets: [site.dualB.id, site.ipv4C.id] }));
    expect(await states(site, arn)).toEqual({ [`${v4}:80`]: 'unused Target.NotInUse' });
  });

  it.each([
    ['one zone', (site: Site) => [site.dualA.id], 'ValidationError'],
    ['a subnet without IPv6', (site: Site) => [site.dualA.id, site.ipv4C.id], 'ValidationError'],
    ['an unknown subnet', (site: Site) => [site.dualA.id, 'subnet-0'], 'SubnetNotFoundException'],
  ])('is refused with %s, and changes nothing', async (_, subnets, code) => {
    const site = await aSite();
    const LoadBalancerArn = await aLoadBalancer(site);
    const call = site.client.send(new SetSubnetsCommand({ LoadBalancerArn, Subnets: subnets(site) }));
    expect(await codeOf(call)).toBe(code);
    expect(await zonesOf(site, LoadBalancerArn)).toEqual(['eu-west-2a', 'eu-west-2b']);
  });

  it('can bring IPv6 with it, but not take it from an IPv6 group', async () => {
    const site = await aSite();
    const LoadBalancerArn = await aLoadBalancer(site, 'ipv4');
    const Subnets = [site.dualA.id, site.dualB.id];
    const set = (IpAddressType: 'ipv4' | 'dualstack') =>
      site.client.send(new SetSubnetsCommand({ LoadBalancerArn, Subnets, IpAddressType }));
    expect(await set('dualstack')).toMatchObject({ IpAddressType: 'dualstack' });
    const DefaultActions = forwardTo(await aTargetGroup(site, { IpAddressType: 'ipv6' }));
    await listen(site, { LoadBalancerArn, DefaultActions });
    expect(await codeOf(set('ipv4'))).toBe('InvalidConfigurationRequestException');
  });
});

describe('SetIpAddressType', () => {
  it('keeps a Network Load Balancer with a UDP listener on IPv4', async () => {
    const site = await aSite();
    const LoadBalancerArn = await aNetworkBalancer(site);
    const DefaultActions = forwardTo(await aTargetGroup(site, { Protocol: 'UDP' }));
    await site.client.send(new CreateListenerCommand({ LoadBalancerArn, Protocol: 'UDP', Port: 53, DefaultActions }));
    const call = site.client.send(new SetIpAddressTypeCommand({ LoadBalancerArn, IpAddressType: 'dualstack' }));
    expect(await codeOf(call)).toBe('InvalidConfigurationRequestException');
  });
});

describe('SetSecurityGroups', () => {
  async function aGroup({ ec2, vpc }: Site): Promise<string> {
    const group = await ec2.createSecurityGroup({ VpcId: vpc.id, GroupName: 'front', Description: 'front' });
    return group.GroupId ?? '';
  }

  it('puts the nodes into the groups, and health checks feel it', async () => {
    const site = await aSite();
    const arn = await aTargetGroup(site, { IpAddressType: 'ipv6' });
    const LoadBalancerArn = await aLoadBalancer(site);
    await listen(site, { LoadBalancerArn, DefaultActions: forwardTo(arn) });
    const { v6 } = anInterface(site, site.dualA);
    await register(site, arn, [{ Id: v6 }]);
    const GroupId = await aGroup(site);
    const everything = { IpProtocol: '-1', Ipv6Ranges: [{ CidrIpv6: '::/0' }] };
    await site.ec2.revokeSecurityGroupEgress({ GroupId, IpPermissions: [everything] });
    const command = new SetSecurityGroupsCommand({ LoadBalancerArn, SecurityGroups: [GroupId] });
    expect(await site.client.send(command)).toMatchObject({ SecurityGroupIds: [GroupId] });
    await site.clock.advance(ROUNDS_MS);
    expect(await states(site, arn)).toEqual({ [`${v6}:80`]: 'unhealthy Target.Timeout' });
  });

  it('is refused without groups, with unknown ones, and where there were none from the start', async () => {
    const site = await aSite();
    const set = async (LoadBalancerArn: string, SecurityGroups: string[]): Promise<string> =>
      codeOf(site.client.send(new SetSecurityGroupsCommand({ LoadBalancerArn, SecurityGroups })));
    const front = await aLoadBalancer(site);
    expect(await set(front, [])).toBe('ValidationError');
    expect(await set(front, ['sg-0'])).toBe('InvalidSecurityGroupException');
    expect(await set(await aNetworkBalancer(site), [await aGroup(site)])).toBe('InvalidConfigurationRequestException');
  });
});

describe('attributes of a load balancer', () => {
  const modify = async ({ client }: Site, LoadBalancerArn: string, setting: string): Promise<string> => {
    const [Key, Value] = setting.split('=');
    return codeOf(
      client.send(new ModifyLoadBalancerAttributesCommand({ LoadBalancerArn, Attributes: [{ Key, Value }] })),
    );
  };

  it('have a default, a range, and a name that is known', async () => {
    const site = await aSite();
    const arn = await aLoadBalancer(site);
    expect(await modify(site, arn, 'idle_timeout.timeout_seconds=120')).toBe('no error');
    expect(await modify(site, arn, 'idle_timeout.timeout_seconds=0')).toBe('ValidationError');
    expect(await modify(site, arn, 'load_balancing.cross_zone.enabled=false')).toBe('ValidationError');
    expect(await modify(site, arn, 'colour=green')).toBe('ValidationError');
    const { Attributes } = await site.client.send(new DescribeLoadBalancerAttributesCommand({ LoadBalancerArn: arn }));
    expect(Attributes).toEqual(
      expect.arrayContaining([
        { Key: 'idle_timeout.timeout_seconds', Value: '120' },
        { Key: 'load_balancing.cross_zone.enabled', Value: 'true' },
        { Key: 'deletion_protection.enabled', Value: 'false' },
      ]),
    );
  });

  it('can keep it from being deleted', async () => {
    const site = await aSite();
    const LoadBalancerArn = await aLoadBalancer(site);
    await modify(site, LoadBalancerArn, 'deletion_protection.enabled=true');
    const remove = () => codeOf(site.client.send(new DeleteLoadBalancerCommand({ LoadBalancerArn })));
    expect(await remove()).toBe('OperationNotPermittedException');
    await modify(site, LoadBalancerArn, 'deletion_protection.enabled=false');
    expect(await remove()).toBe('no error');
  });

  it('decide which nodes of a Network Load Balancer check a target', async () => {
    const site = await aSite();
    const { dualA, dualB, vpc } = site;
    const arn = await aTargetGroup(site, { Protocol: 'TCP' });
    const LoadBalancerArn = await aNetworkBalancer(site, { Subnets: [dualA.id, dualB.id] });
    await listen(site, { LoadBalancerArn, Protocol: 'TCP', DefaultActions: forwardTo(arn) });
    // A second subnet in zone a, reached from there alone
    const far = createSubnet(site.scope, {
      vpcId: vpc.id,
      cidrBlock: '10.0.9.0/24',
      ipv6CidrBlock: slice(vpc, 9),
      zoneName: 'eu-west-2a',
    });
    const { NetworkAcl: acl } = await site.ec2.createNetworkAcl({ VpcId: vpc.id });
    const NetworkAclId = acl?.NetworkAclId;
    for (const Egress of [true, false]) {
      const rule = { NetworkAclId, Egress, RuleNumber: 1, RuleAction: 'allow', Protocol: '-1' } as const;
      await site.ec2.createNetworkAclEntry({ ...rule, CidrBlock: '10.0.1.0/24' });
    }
    const { NetworkAcls } = await site.ec2.describeNetworkAcls({
      Filters: [{ Name: 'association.subnet-id', Values: [far.id] }],
    });
    const association = NetworkAcls?.[0]?.Associations?.find(({ SubnetId }) => SubnetId === far.id);
    await site.ec2.replaceNetworkAclAssociation({
      AssociationId: association?.NetworkAclAssociationId,
      NetworkAclId,
    });
    const { v4 } = anInterface(site, far);
    await register(site, arn, [{ Id: v4 }]);
    await site.clock.advance(ROUNDS_MS);
    expect(await states(site, arn)).toEqual({ [`${v4}:80`]: 'healthy' });
    await modify(site, LoadBalancerArn, 'load_balancing.cross_zone.enabled=true');
    await site.clock.advance(ROUNDS_MS);
    expect(await states(site, arn)).toEqual({ [`${v4}:80`]: 'unhealthy Target.FailedHealthChecks' });
  });
});
