import { expect, test } from '@jest/globals';
import type { CreateLoadBalancerCommandInput } from '@aws-sdk/client-elastic-load-balancing-v2';
import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  DeleteLoadBalancerCommand,
  DescribeListenersCommand,
  DescribeLoadBalancersCommand,
  paginateDescribeLoadBalancers,
  SetIpAddressTypeCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { allNetworkInterfaces } from '../../../../../infra/local/services/ec2/network-interface';
import { createNetwork } from '../../../../../infra/local/services/ec2/network';
import { createSubnet } from '../../../../../infra/local/services/ec2/subnet';
import type { Site } from './an-account';
import { aLoadBalancer, aSite, aTargetGroup } from './an-account';

function create({ client }: Site, overrides: Partial<CreateLoadBalancerCommandInput>) {
  return client.send(new CreateLoadBalancerCommand({ Name: 'front', ...overrides }));
}

test('a dual-stack load balancer is provisioned first, and active when it has been set up', async () => {
  const site = await aSite();
  const { dualA, dualB, vpc, client, clock } = site;
  const { LoadBalancers } = await create(site, { Subnets: [dualA.id, dualB.id], IpAddressType: 'dualstack' });
  expect(LoadBalancers).toMatchObject([
    {
      LoadBalancerArn: expect.stringMatching(
        /^arn:aws:elasticloadbalancing:eu-west-2:111122223333:loadbalancer\/app\/front\/[0-9a-f]{16}$/,
      ),
      DNSName: expect.stringMatching(/^front-\d+\.eu-west-2\.elb\.amazonaws\.com$/),
      CreatedTime: new Date('2026-11-22T10:00:00Z'),
      Scheme: 'internet-facing',
      VpcId: vpc.id,
      State: { Code: 'provisioning' },
      Type: 'application',
      IpAddressType: 'dualstack',
      SecurityGroups: [expect.stringMatching(/^sg-/)],
      AvailabilityZones: [
        { ZoneName: 'eu-west-2a', SubnetId: dualA.id },
        { ZoneName: 'eu-west-2b', SubnetId: dualB.id },
      ],
    },
  ]);
  await clock.advance(60_000);
  const described = await client.send(new DescribeLoadBalancersCommand({ Names: ['front'] }));
  expect(described.LoadBalancers).toMatchObject([{ State: { Code: 'active' } }]);
});

test('it holds addresses of both families in each of its subnets, until it is deleted', async () => {
  const site = await aSite();
  const LoadBalancerArn = await aLoadBalancer(site);
  const held = allNetworkInterfaces(site.scope).map(({ requesterId, ipv4, ipv6 }) => [
    requesterId,
    ipv4.length,
    ipv6.length,
  ]);
  expect(held).toEqual([
    ['amazon-elb', 1, 1],
    ['amazon-elb', 1, 1],
  ]);
  await site.client.send(new DeleteLoadBalancerCommand({ LoadBalancerArn }));
  expect(allNetworkInterfaces(site.scope)).toEqual([]);
});

test('deleting takes the listeners along, and can be repeated', async () => {
  const site = await aSite();
  const LoadBalancerArn = await aLoadBalancer(site);
  const DefaultActions = [{ Type: 'forward', TargetGroupArn: await aTargetGroup(site) } as const];
  const listener = await site.client.send(
    new CreateListenerCommand({ LoadBalancerArn, Protocol: 'HTTP', Port: 80, DefaultActions }),
  );
  await site.client.send(new DeleteLoadBalancerCommand({ LoadBalancerArn }));
  await site.client.send(new DeleteLoadBalancerCommand({ LoadBalancerArn }));
  const ofNothing = new DeleteLoadBalancerCommand({ LoadBalancerArn: 'nonsense' });
  await expect(site.client.send(ofNothing)).rejects.toMatchObject({ name: 'ValidationError' });
  const ListenerArns = [listener.Listeners?.[0]?.ListenerArn ?? ''];
  await expect(site.client.send(new DescribeListenersCommand({ ListenerArns }))).rejects.toMatchObject({
    name: 'ListenerNotFoundException',
  });
});

test('creating it twice with the same settings is creating it once', async () => {
  const site = await aSite();
  const Subnets = [site.dualA.id, site.dualB.id];
  const first = await create(site, { Subnets });
  const second = await create(site, { Subnets });
  expect(second.LoadBalancers).toEqual(first.LoadBalancers);
  await expect(create(site, { Subnets, IpAddressType: 'dualstack' })).rejects.toMatchObject({
    name: 'DuplicateLoadBalancerNameException',
    message: "A load balancer with the same name 'front' exists, but with different settings",
  });
});

test('a network load balancer gets its source NAT prefixes from its subnets', async () => {
  const site = await aSite();
  const { LoadBalancers } = await create(site, {
    Type: 'network',
    IpAddressType: 'dualstack',
    EnablePrefixForIpv6SourceNat: 'on',
    SubnetMappings: [{ SubnetId: site.dualA.id }],
  });
  expect(LoadBalancers).toMatchObject([
    {
      LoadBalancerArn: expect.stringContaining(':loadbalancer/net/front/'),
      EnablePrefixForIpv6SourceNat: 'on',
      AvailabilityZones: [{ SourceNatIpv6Prefixes: [expect.stringMatching(/^2600:.*\/80$/)] }],
    },
  ]);
});

interface Refusal {
  readonly what: string;
  readonly request: (site: Site) => Partial<CreateLoadBalancerCommandInput>;
  readonly error: { readonly name: string; readonly message?: string };
}

const REFUSALS: readonly Refusal[] = [
  {
    what: 'dualstack in a subnet without IPv6',
    request: ({ dualA, ipv4C }) => ({ Subnets: [dualA.id, ipv4C.id], IpAddressType: 'dualstack' }),
    error: { name: 'ValidationError', message: 'You must specify subnets with an associated IPv6 CIDR block.' },
  },
  {
    what: 'dualstack-without-public-ipv4 in a subnet without IPv6',
    request: ({ dualA, ipv4C }) => ({ Subnets: [dualA.id, ipv4C.id], IpAddressType: 'dualstack-without-public-ipv4' }),
    error: { name: 'ValidationError', message: 'You must specify subnets with an associated IPv6 CIDR block.' },
  },
  {
    what: 'an Application Load Balancer in one zone',
    request: ({ dualA }) => ({ Subnets: [dualA.id] }),
    error: {
      name: 'ValidationError',
      message: 'At least two subnets in two different Availability Zones must be specified',
    },
  },
  {
    what: 'a subnet that does not exist',
    request: ({ dualA }) => ({ Subnets: [dualA.id, 'subnet-0123456789abcdef0'] }),
    error: { name: 'SubnetNotFoundException' },
  },
  {
    what: 'subnets of two VPCs',
    request({ scope, dualA }) {
      const { id: vpcId } = createNetwork(scope, { cidrBlock: '10.1.0.0/16' });
      const other = createSubnet(scope, { vpcId, cidrBlock: '10.1.1.0/24', zoneName: 'eu-west-2b' });
      return { Subnets: [dualA.id, other.id] };
    },
    error: { name: 'InvalidConfigurationRequestException' },
  },
  {
    what: 'dualstack-without-public-ipv4 for a network load balancer',
    request: ({ dualA }) => ({
      Type: 'network',
      Subnets: [dualA.id],
      IpAddressType: 'dualstack-without-public-ipv4',
    }),
    error: { name: 'ValidationError' },
  },
  {
    what: 'a prefix for source NAT without dualstack',
    request: ({ dualA }) => ({ Type: 'network', Subnets: [dualA.id], EnablePrefixForIpv6SourceNat: 'on' }),
    error: { name: 'ValidationError' },
  },
  {
    what: 'a name that begins with internal-',
    request: ({ dualA, dualB }) => ({ Name: 'internal-x', Subnets: [dualA.id, dualB.id] }),
    error: { name: 'ValidationError', message: "The load balancer name 'internal-x' cannot begin with 'internal-'" },
  },
  {
    what: 'a name of 33 characters',
    request: ({ dualA, dualB }) => ({ Name: 'x'.repeat(33), Subnets: [dualA.id, dualB.id] }),
    error: {
      name: 'ValidationError',
      message: `The load balancer name '${'x'.repeat(33)}' cannot be longer than '32' characters`,
    },
  },
  {
    what: 'a security group of nowhere',
    request: ({ dualA, dualB }) => ({ Subnets: [dualA.id, dualB.id], SecurityGroups: ['sg-0123456789abcdef0'] }),
    error: { name: 'InvalidSecurityGroupException' },
  },
  {
    what: 'a scheme that does not exist',
    request: ({ dualA, dualB }) => ({ Subnets: [dualA.id, dualB.id], Scheme: 'public' as 'internal' }),
    error: { name: 'InvalidSchemeException' },
  },
];

test.each(REFUSALS)('refuses $what', async ({ request, error }) => {
  const site = await aSite();
  await expect(create(site, request(site))).rejects.toMatchObject(error);
  expect((await site.client.send(new DescribeLoadBalancersCommand())).LoadBalancers).toEqual([]);
});

test('two subnets of one zone are refused, and a subnet with fewer than eight free addresses', async () => {
  const site = await aSite();
  const { scope, vpc, dualA, dualB } = site;
  const twin = createSubnet(scope, { vpcId: vpc.id, cidrBlock: '10.0.8.0/24', zoneName: 'eu-west-2a' });
  await expect(create(site, { Subnets: [dualA.id, dualB.id, twin.id] })).rejects.toMatchObject({
    name: 'InvalidConfigurationRequestException',
    message: 'A load balancer cannot be attached to multiple subnets in the same Availability Zone',
  });
  const small = createSubnet(scope, { vpcId: vpc.id, cidrBlock: '10.0.9.0/28', zoneName: 'eu-west-2c' });
  for (const Name of ['one', 'two', 'three']) await create(site, { Name, Subnets: [dualA.id, small.id] });
  await create(site, { Name: 'four', Subnets: [dualA.id, small.id] });
  await expect(create(site, { Name: 'five', Subnets: [dualA.id, small.id] })).rejects.toMatchObject({
    name: 'InvalidSubnetException',
    message: `Not enough IP space available in ${small.id}. ELB requires at least 8 free IP addresses in each subnet.`,
  });
});

test('the address type changes with what the subnets allow, and takes the addresses along', async () => {
  const site = await aSite();
  const LoadBalancerArn = await aLoadBalancer(site, 'ipv4');
  const held = () => allNetworkInterfaces(site.scope).flatMap(({ ipv6 }) => ipv6);
  expect(held()).toEqual([]);
  const set = (IpAddressType: 'ipv4' | 'dualstack') =>
    site.client.send(new SetIpAddressTypeCommand({ LoadBalancerArn, IpAddressType }));
  expect(await set('dualstack')).toMatchObject({ IpAddressType: 'dualstack' });
  expect(held()).toHaveLength(2);
  const TargetGroupArn = await aTargetGroup(site, { IpAddressType: 'ipv6' });
  const DefaultActions = [{ Type: 'forward', TargetGroupArn } as const];
  await site.client.send(new CreateListenerCommand({ LoadBalancerArn, Protocol: 'HTTP', Port: 80, DefaultActions }));
  await expect(set('ipv4')).rejects.toMatchObject({ name: 'InvalidConfigurationRequestException' });
});

test('dualstack cannot be set where a subnet has no IPv6', async () => {
  const site = await aSite();
  const { LoadBalancers } = await create(site, { Subnets: [site.dualA.id, site.ipv4C.id] });
  const LoadBalancerArn = LoadBalancers?.[0]?.LoadBalancerArn;
  await expect(
    site.client.send(new SetIpAddressTypeCommand({ LoadBalancerArn, IpAddressType: 'dualstack' })),
  ).rejects.toMatchObject({ message: 'You must specify subnets with an associated IPv6 CIDR block.' });
});

test('21 ARNs are too many, an unknown name or ARN is an error', async () => {
  const { client } = await aSite();
  const arn = 'arn:aws:elasticloadbalancing:eu-west-2:111122223333:loadbalancer/app/none/0123456789abcdef';
  const many = new DescribeLoadBalancersCommand({ LoadBalancerArns: Array.from({ length: 21 }, () => arn) });
  await expect(client.send(many)).rejects.toMatchObject({ name: 'ValidationError' });
  for (const request of [{ Names: ['none'] }, { LoadBalancerArns: [arn] }]) {
    await expect(client.send(new DescribeLoadBalancersCommand(request))).rejects.toMatchObject({
      name: 'LoadBalancerNotFoundException',
    });
  }
});

test('pages hold as many as asked for, 400 at most', async () => {
  const site = await aSite();
  for (const Name of ['a', 'b', 'c']) await create(site, { Name, Subnets: [site.dualA.id, site.dualB.id] });
  const pages: string[][] = [];
  for await (const page of paginateDescribeLoadBalancers({ client: site.client }, { PageSize: 2 })) {
    pages.push((page.LoadBalancers ?? []).map(({ LoadBalancerName = '' }) => LoadBalancerName));
  }
  expect(pages).toEqual([['a', 'b'], ['c']]);
  await expect(site.client.send(new DescribeLoadBalancersCommand({ PageSize: 401 }))).rejects.toMatchObject({
    name: 'ValidationError',
  });
  await expect(site.client.send(new DescribeLoadBalancersCommand({ Marker: 'nonsense' }))).rejects.toMatchObject({
    name: 'ValidationError',
  });
});
