/** What a user breaks and mends in the network, and what health checks make of it. */
import { describe, expect, it, test } from '@jest/globals';
import type { CreateNetworkAclEntryRequest, IpPermission } from '@aws-sdk/client-ec2';
import { CreateLoadBalancerCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { closeSockets } from '../../../../../infra/local/services/ec2/listening';
import type { Site } from './an-account';
import {
  anInstance,
  anInterface,
  aSite,
  aTargetGroup,
  forwardTo,
  listen,
  putInUse,
  register,
  states,
} from './an-account';

const INTERVAL_MS = 30_000;
const ROUNDS = 6;

/** A target on port 80 behind an IPv6 group, and what can be done to the network around it. */
interface Scene extends Site {
  /** Of the target's subnet; the load balancer's nodes stand there and in another one. */
  readonly groupArn: string;
  readonly target: ReturnType<typeof anInterface>;
}

async function aScene(): Promise<Scene> {
  const site = await aSite();
  const groupArn = await aTargetGroup(site, { IpAddressType: 'ipv6' });
  await putInUse(site, groupArn);
  const target = anInterface(site, site.dualA);
  await register(site, groupArn, [{ Id: target.v6 }]);
  return { ...site, groupArn, target };
}

/** What DescribeTargetHealth says of the target after enough checks. */
async function verdict(scene: Scene): Promise<string | undefined> {
  await scene.clock.advance(ROUNDS * INTERVAL_MS);
  return (await states(scene, scene.groupArn))[`${scene.target.v6}:80`];
}

const TCP_80: IpPermission = { IpProtocol: 'tcp', FromPort: 80, ToPort: 80 };

/** Gives the target a security group of its own with these inbound rules. */
async function guard({ ec2, vpc, target }: Scene, ...rules: readonly IpPermission[]): Promise<void> {
  const { GroupId } = await ec2.createSecurityGroup({ VpcId: vpc.id, GroupName: 'target', Description: 'target' });
  if (rules.length > 0) await ec2.authorizeSecurityGroupIngress({ GroupId, IpPermissions: [...rules] });
  await ec2.modifyNetworkInterfaceAttribute({ NetworkInterfaceId: target.id, Groups: [GroupId ?? ''] });
}

async function defaultGroupId({ ec2, vpc }: Site): Promise<string> {
  const Filters = [
    { Name: 'vpc-id', Values: [vpc.id] },
    { Name: 'group-name', Values: ['default'] },
  ];
  return (await ec2.describeSecurityGroups({ Filters })).SecurityGroups?.[0]?.GroupId ?? '';
}

/** Adds rules to the one ACL of the VPC. */
async function filter({ ec2 }: Scene, ...rules: readonly Partial<CreateNetworkAclEntryRequest>[]): Promise<void> {
  const { NetworkAcls } = await ec2.describeNetworkAcls();
  const NetworkAclId = NetworkAcls?.[0]?.NetworkAclId;
  const usual = { Egress: false, RuleAction: 'deny', Protocol: '6', Ipv6CidrBlock: '::/0' } as const;
  for (const [index, rule] of rules.entries()) {
    await ec2.createNetworkAclEntry({ NetworkAclId, RuleNumber: 10 + index, ...usual, ...rule });
  }
}

const HEALTHY = 'healthy';
const TIMEOUT = 'unhealthy Target.Timeout';
const REFUSED = 'unhealthy Target.FailedHealthChecks';

const ports = (From: number, To = From) => ({ PortRange: { From, To } });

describe('security groups', () => {
  test.each<[string, (scene: Scene) => Promise<void>, string]>([
    ['let nothing in', (scene) => guard(scene), TIMEOUT],
    ['let IPv4 in only', (scene) => guard(scene, { ...TCP_80, IpRanges: [{ CidrIp: '0.0.0.0/0' }] }), TIMEOUT],
    ['let IPv6 in', (scene) => guard(scene, { ...TCP_80, Ipv6Ranges: [{ CidrIpv6: '::/0' }] }), HEALTHY],
    [
      'let another port in',
      (scene) => guard(scene, { ...TCP_80, FromPort: 81, ToPort: 90, Ipv6Ranges: [{ CidrIpv6: '::/0' }] }),
      TIMEOUT,
    ],
    [
      'let another protocol in',
      (scene) => guard(scene, { ...TCP_80, IpProtocol: 'udp', Ipv6Ranges: [{ CidrIpv6: '::/0' }] }),
      TIMEOUT,
    ],
    [
      'let the load balancer in, by its own group',
      async (scene) => guard(scene, { ...TCP_80, UserIdGroupPairs: [{ GroupId: await defaultGroupId(scene) }] }),
      HEALTHY,
    ],
    [
      'let just one of its nodes in',
      (scene) => guard(scene, { ...TCP_80, Ipv6Ranges: [{ CidrIpv6: scene.dualB.ipv6[0]?.cidr.text }] }),
      TIMEOUT,
    ],
  ])('of the target %s', async (_, arrange, expected) => {
    const scene = await aScene();
    await arrange(scene);
    expect(await verdict(scene)).toBe(expected);
  });

  it('of the load balancer have to let it out over IPv6', async () => {
    const scene = await aScene();
    const everything = { IpProtocol: '-1', Ipv6Ranges: [{ CidrIpv6: '::/0' }] };
    const rule = { GroupId: await defaultGroupId(scene), IpPermissions: [everything] };
    await scene.ec2.revokeSecurityGroupEgress(rule);
    expect(await verdict(scene)).toBe(TIMEOUT);
    await scene.ec2.authorizeSecurityGroupEgress(rule);
    expect(await verdict(scene)).toBe(HEALTHY);
  });
});

describe('network ACLs', () => {
  test.each<[string, readonly Partial<CreateNetworkAclEntryRequest>[], string]>([
    ['deny the port', [ports(80)], TIMEOUT],
    ['deny all of IPv6', [{ Protocol: '-1' }], TIMEOUT],
    ['deny other ports', [ports(81, 90), ports(0, 79)], HEALTHY],
    ['deny IPv4', [{ Ipv6CidrBlock: undefined, CidrBlock: '0.0.0.0/0', Protocol: '-1' }], HEALTHY],
    ['deny UDP', [{ Protocol: '17', ...ports(0, 65_535) }], HEALTHY],
    ['deny what an earlier rule allows', [{ ...ports(80), RuleAction: 'allow' }, ports(0, 90)], HEALTHY],
    ['deny the way out to the port', [{ ...ports(80), Egress: true }], TIMEOUT],
    ['deny answers on their way out', [{ ...ports(1024, 65_535), Egress: true }], TIMEOUT],
    ['deny answers to some of the ephemeral ports', [ports(50_000)], TIMEOUT],
    [
      'allow ephemeral ports in two parts before denying them all',
      [
        { ...ports(1024, 30_000), RuleAction: 'allow' },
        { ...ports(30_001, 65_535), RuleAction: 'allow' },
        ports(1024, 65_535),
      ],
      HEALTHY,
    ],
    ['deny an address that has no part in it', [{ Protocol: '-1', Ipv6CidrBlock: '2600:9999::/32' }], HEALTHY],
  ])('%s', async (_, rules, expected) => {
    const scene = await aScene();
    await filter(scene, ...rules);
    expect(await verdict(scene)).toBe(expected);
  });

  it('have no say within a subnet', async () => {
    const site = await aSite();
    const groupArn = await aTargetGroup(site, { IpAddressType: 'ipv6', Protocol: 'TCP' });
    const { LoadBalancers } = await site.client.send(
      new CreateLoadBalancerCommand({
        ...{ Name: 'net', Type: 'network', Subnets: [site.dualA.id], IpAddressType: 'dualstack' },
      }),
    );
    const LoadBalancerArn = LoadBalancers?.[0]?.LoadBalancerArn;
    await listen(site, { LoadBalancerArn, Protocol: 'TCP', DefaultActions: forwardTo(groupArn) });
    const scene = { ...site, groupArn, target: anInterface(site, site.dualA) };
    await register(site, groupArn, [{ Id: scene.target.v6 }]);
    await filter(scene, { Protocol: '-1' });
    expect(await verdict(scene)).toBe(HEALTHY);
    await guard(scene);
    expect(await verdict(scene)).toBe(REFUSED);
  });
});

test('a closer route leads answers astray', async () => {
  const scene = await aScene();
  const { ec2, vpc, dualB } = scene;
  const { RouteTables } = await ec2.describeRouteTables({ Filters: [{ Name: 'vpc-id', Values: [vpc.id] }] });
  const route = {
    RouteTableId: RouteTables?.[0]?.RouteTableId,
    DestinationIpv6CidrBlock: dualB.ipv6[0]?.cidr.text,
  };
  await ec2.createRoute({ ...route, NetworkInterfaceId: anInterface(scene, dualB).id });
  expect(await verdict(scene)).toBe(TIMEOUT);
  await ec2.deleteRoute(route);
  expect(await verdict(scene)).toBe(HEALTHY);
});

describe('whoever listens', () => {
  it('has to do so on the port of the check', async () => {
    const scene = await aScene();
    closeSockets(scene.scope, scene.target.id);
    expect(await verdict(scene)).toBe(REFUSED);
  });

  it.each(['80', '22 80', '*'])('can be told by a tag: %s', async (Value) => {
    const scene = await aScene();
    closeSockets(scene.scope, scene.target.id);
    await scene.ec2.createTags({ Resources: [scene.target.id], Tags: [{ Key: 'local-account:listens', Value }] });
    expect(await verdict(scene)).toBe(HEALTHY);
  });

  it('on an instance is reached at its primary IPv6 address', async () => {
    const site = await aSite();
    const groupArn = await aTargetGroup(site, { IpAddressType: 'ipv6', TargetType: 'instance' });
    await putInUse(site, groupArn);
    const { id } = await anInstance(site, { primaryIpv6: true });
    await register(site, groupArn, [{ Id: id }, { Id: id, Port: 81 }]);
    await site.clock.advance(ROUNDS * INTERVAL_MS);
    expect(await states(site, groupArn)).toEqual({ [`${id}:80`]: HEALTHY, [`${id}:81`]: REFUSED });
  });
});
