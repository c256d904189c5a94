import { expect, test } from '@jest/globals';
import type { Action, CreateListenerCommandInput } from '@aws-sdk/client-elastic-load-balancing-v2';
import {
  CreateLoadBalancerCommand,
  DeleteListenerCommand,
  DescribeListenersCommand,
  DescribeRulesCommand,
  DescribeTargetGroupsCommand,
  ModifyListenerCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { createNetwork } from '../../../../../infra/local/services/ec2/network';
import type { Site } from './an-account';
import { aLoadBalancer, aSite, aTargetGroup, forwardTo, listen } from './an-account';

function weighted(weights: Readonly<Record<string, number>>): Action[] {
  const TargetGroups = Object.entries(weights).map(([TargetGroupArn, Weight]) => ({ TargetGroupArn, Weight }));
  return [{ Type: 'forward', ForwardConfig: { TargetGroups } }];
}

async function aNetworkLoadBalancer({ client, dualA }: Site, sourceNat: 'on' | 'off' = 'off'): Promise<string> {
  const { LoadBalancers } = await client.send(
    new CreateLoadBalancerCommand({
      ...{ Name: 'net', Type: 'network', IpAddressType: 'dualstack', Subnets: [dualA.id] },
      EnablePrefixForIpv6SourceNat: sourceNat,
    }),
  );
  return LoadBalancers?.[0]?.LoadBalancerArn ?? '';
}

test('a listener forwards to its group, and puts it into use', async () => {
  const site = await aSite();
  const LoadBalancerArn = await aLoadBalancer(site);
  const TargetGroupArn = await aTargetGroup(site, { IpAddressType: 'ipv6' });
  const ListenerArn = await listen(site, { LoadBalancerArn, DefaultActions: forwardTo(TargetGroupArn) });
  const { Listeners } = await site.client.send(new DescribeListenersCommand({ LoadBalancerArn }));
  expect(Listeners).toEqual([
    {
      ListenerArn,
      LoadBalancerArn,
      Port: 80,
      Protocol: 'HTTP',
      DefaultActions: [
        {
          Type: 'forward',
          TargetGroupArn,
          ForwardConfig: {
            TargetGroups: [{ TargetGroupArn, Weight: 1 }],
            TargetGroupStickinessConfig: { Enabled: false },
          },
        },
      ],
    },
  ]);
  expect(ListenerArn).toMatch(/:listener\/app\/front\/[0-9a-f]{16}\/[0-9a-f]{16}$/);
  const groups = async () =>
    (await site.client.send(new DescribeTargetGroupsCommand())).TargetGroups?.map((each) => each.LoadBalancerArns);
  expect(await groups()).toEqual([[LoadBalancerArn]]);
  await site.client.send(new DeleteListenerCommand({ ListenerArn }));
  expect(await groups()).toEqual([[]]);
});

test('an IPv6 group cannot stand behind an ipv4 load balancer', async () => {
  const site = await aSite();
  const LoadBalancerArn = await aLoadBalancer(site, 'ipv4');
  const DefaultActions = forwardTo(await aTargetGroup(site, { IpAddressType: 'ipv6' }));
  await expect(listen(site, { LoadBalancerArn, DefaultActions })).rejects.toMatchObject({
    name: 'ValidationError',
    message: "You cannot associate an IPv6 target group with a load balancer that has an 'ipv4' IP address type",
  });
});

test('an Application Load Balancer weighs groups of both families, a Network Load Balancer does not', async () => {
  const site = await aSite();
  const http = {
    [await aTargetGroup(site, { Name: 'http4' })]: 90,
    [await aTargetGroup(site, { Name: 'http6', IpAddressType: 'ipv6' })]: 10,
  };
  const tcp = {
    [await aTargetGroup(site, { Name: 'tcp4', Protocol: 'TCP' })]: 90,
    [await aTargetGroup(site, { Name: 'tcp6', Protocol: 'TCP', IpAddressType: 'ipv6' })]: 10,
  };
  const LoadBalancerArn = await aLoadBalancer(site);
  const ListenerArn = await listen(site, { LoadBalancerArn, DefaultActions: weighted(http) });
  const { Listeners } = await site.client.send(new DescribeListenersCommand({ ListenerArns: [ListenerArn] }));
  expect(Listeners?.[0]?.DefaultActions?.[0]?.ForwardConfig?.TargetGroups?.map(({ Weight }) => Weight)).toEqual([
    90, 10,
  ]);
  const network = await aNetworkLoadBalancer(site);
  await expect(
    listen(site, { LoadBalancerArn: network, Protocol: 'TCP', DefaultActions: weighted(tcp) }),
  ).rejects.toMatchObject({
    name: 'ValidationError',
    message: "You can't add both IPv4 target groups and IPv6 target groups to the same action",
  });
});

test('a UDP listener on dualstack needs prefixes for source NAT', async () => {
  const site = await aSite();
  const request = {
    Protocol: 'UDP',
    Port: 53,
    DefaultActions: forwardTo(await aTargetGroup(site, { Protocol: 'UDP', IpAddressType: 'ipv6' })),
  } as const;
  const LoadBalancerArn = await aNetworkLoadBalancer(site);
  await expect(listen(site, { ...request, LoadBalancerArn })).rejects.toMatchObject({
    name: 'InvalidConfigurationRequestException',
  });
});

test('with prefixes for source NAT it works', async () => {
  const site = await aSite();
  const LoadBalancerArn = await aNetworkLoadBalancer(site, 'on');
  const DefaultActions = forwardTo(await aTargetGroup(site, { Protocol: 'UDP', IpAddressType: 'ipv6' }));
  await expect(listen(site, { LoadBalancerArn, Protocol: 'UDP', Port: 53, DefaultActions })).resolves.toContain(
    '/net/',
  );
  const ipv4 = forwardTo(await aTargetGroup(site, { Name: 'ipv4', Protocol: 'UDP' }));
  await expect(
    listen(site, { LoadBalancerArn, Protocol: 'UDP', Port: 54, DefaultActions: ipv4 }),
  ).rejects.toMatchObject({ name: 'InvalidConfigurationRequestException', message: expect.stringContaining('IPv4') });
});

interface Refusal {
  readonly what: string;
  readonly request: (site: Site) => Promise<Partial<CreateListenerCommandInput>>;
  readonly name: string;
}

const REFUSALS: readonly Refusal[] = [
  {
    what: 'a protocol of the other kind of load balancer',
    request: async (site) => ({ Protocol: 'TCP', DefaultActions: forwardTo(await aTargetGroup(site)) }),
    name: 'UnsupportedProtocolException',
  },
  {
    what: 'a target group of the other kind of load balancer',
    request: async (site) => ({ DefaultActions: forwardTo(await aTargetGroup(site, { Protocol: 'TCP' })) }),
    name: 'IncompatibleProtocolsException',
  },
  {
    what: 'HTTPS without a certificate',
    request: async (site) => ({ Protocol: 'HTTPS', DefaultActions: forwardTo(await aTargetGroup(site)) }),
    name: 'ValidationError',
  },
  {
    what: 'a target group of another VPC',
    async request(site) {
      const { id: VpcId } = createNetwork(site.scope, { cidrBlock: '10.9.0.0/16' });
      return { DefaultActions: forwardTo(await aTargetGroup(site, { VpcId })) };
    },
    name: 'InvalidConfigurationRequestException',
  },
  {
    what: 'a target group that does not exist',
    request: () => Promise.resolve({ DefaultActions: forwardTo('arn:aws:none') }),
    name: 'TargetGroupNotFoundException',
  },
  { what: 'no action', request: () => Promise.resolve({ DefaultActions: [] }), name: 'ValidationError' },
  {
    what: 'a weight of 1000',
    request: async (site) => ({ DefaultActions: weighted({ [await aTargetGroup(site)]: 1_000 }) }),
    name: 'ValidationError',
  },
  {
    what: 'an action that is not simulated',
    request: () => Promise.resolve({ DefaultActions: [{ Type: 'redirect' }] }),
    name: 'NotImplemented',
  },
];

test.each(REFUSALS)('refuses $what', async ({ request, name }) => {
  const site = await aSite();
  const LoadBalancerArn = await aLoadBalancer(site);
  await expect(listen(site, { LoadBalancerArn, ...(await request(site)) })).rejects.toMatchObject({ name });
  const { Listeners } = await site.client.send(new DescribeListenersCommand({ LoadBalancerArn }));
  expect(Listeners).toEqual([]);
});

test('one listener for each port, one load balancer for each target group', async () => {
  const site = await aSite();
  const LoadBalancerArn = await aLoadBalancer(site);
  const DefaultActions = forwardTo(await aTargetGroup(site));
  await listen(site, { LoadBalancerArn, DefaultActions });
  await expect(listen(site, { LoadBalancerArn, DefaultActions })).rejects.toMatchObject({
    name: 'DuplicateListenerException',
  });
  const Subnets = [site.dualA.id, site.dualB.id];
  const other = await site.client.send(new CreateLoadBalancerCommand({ Name: 'other', Subnets }));
  await expect(
    listen(site, { LoadBalancerArn: other.LoadBalancers?.[0]?.LoadBalancerArn, DefaultActions }),
  ).rejects.toMatchObject({ name: 'TargetGroupAssociationLimitException' });
});

test('changing the default action changes which group is in use', async () => {
  const site = await aSite();
  const LoadBalancerArn = await aLoadBalancer(site);
  const [blue, green] = [await aTargetGroup(site, { Name: 'blue' }), await aTargetGroup(site, { Name: 'green' })];
  const ListenerArn = await listen(site, { LoadBalancerArn, DefaultActions: forwardTo(blue) });
  await site.client.send(new ModifyListenerCommand({ ListenerArn, DefaultActions: forwardTo(green) }));
  const { TargetGroups } = await site.client.send(new DescribeTargetGroupsCommand({ LoadBalancerArn }));
  expect(TargetGroups?.map(({ TargetGroupArn }) => TargetGroupArn)).toEqual([green]);
});

test('listeners and rules are asked for in one way at a time, and only those that exist', async () => {
  const { client } = await aSite();
  const none = 'arn:aws:elasticloadbalancing:eu-west-2:111122223333:listener-rule/app/none/1/2/3';
  await expect(client.send(new DescribeRulesCommand({}))).rejects.toMatchObject({ name: 'ValidationError' });
  await expect(client.send(new DescribeListenersCommand({}))).rejects.toMatchObject({ name: 'ValidationError' });
  await expect(client.send(new DescribeRulesCommand({ RuleArns: [none] }))).rejects.toMatchObject({
    name: 'RuleNotFoundException',
  });
  await expect(client.send(new DescribeListenersCommand({ LoadBalancerArn: none }))).rejects.toMatchObject({
    name: 'LoadBalancerNotFoundException',
  });
});
