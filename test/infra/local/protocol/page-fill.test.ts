/** How full pages are: of which services fewer items come than asked for, and of which none at all. */
import { AutoScalingClient, DescribeAutoScalingGroupsCommand } from '@aws-sdk/client-auto-scaling';
import { DescribeInstanceTypesCommand, DescribeVpcsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { CreateClusterCommand, ECSClient, ListClustersCommand } from '@aws-sdk/client-ecs';
import { CreateHttpNamespaceCommand, ListNamespacesCommand } from '@aws-sdk/client-servicediscovery';
import { ServiceDiscoveryClient } from '@aws-sdk/client-servicediscovery';
import { DescribeParametersCommand, GetParametersByPathCommand } from '@aws-sdk/client-ssm';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { expect, it } from '@jest/globals';
import { SimulatedClock } from '../../../../infra/local/kernel/clock';
import type { LocalAccount } from '../../../../infra/local/local-account';
import { services } from '../../../../infra/local/services';
import { clientSettings, withLocalAccount, type ClientSettings } from '../../../support/local-account';

interface Page {
  readonly items: readonly unknown[] | undefined;
  readonly token: string | undefined;
}

type List = (settings: ClientSettings, token: string | undefined) => Promise<Page>;

const clusters: List = async (settings, nextToken) => {
  const answer = await new ECSClient(settings).send(new ListClustersCommand({ maxResults: 100, nextToken }));
  return { items: answer.clusterArns, token: answer.nextToken };
};
const instanceTypes: List = async (settings, NextToken) => {
  const answer = await new EC2Client(settings).send(new DescribeInstanceTypesCommand({ MaxResults: 100, NextToken }));
  return { items: answer.InstanceTypes, token: answer.NextToken };
};
const unpagedVpcs: List = async (settings) => {
  const answer = await new EC2Client(settings).send(new DescribeVpcsCommand({}));
  return { items: answer.Vpcs, token: answer.NextToken };
};
const parametersUnder: List = async (settings, NextToken) => {
  const answer = await new SSMClient(settings).send(new GetParametersByPathCommand({ Path: '/many', NextToken }));
  return { items: answer.Parameters, token: answer.NextToken };
};
const parameters: List = async (settings, NextToken) => {
  const answer = await new SSMClient(settings).send(new DescribeParametersCommand({ NextToken }));
  return { items: answer.Parameters, token: answer.NextToken };
};
const namespaces: List = async (settings, NextToken) => {
  const answer = await new ServiceDiscoveryClient(settings).send(new ListNamespacesCommand({ NextToken }));
  return { items: answer.Namespaces, token: answer.NextToken };
};
const scalingGroups: List = async (settings, NextToken) => {
  const answer = await new AutoScalingClient(settings).send(new DescribeAutoScalingGroupsCommand({ NextToken }));
  return { items: answer.AutoScalingGroups, token: answer.NextToken };
};

const MANY = 8;

async function anAccount(): Promise<LocalAccount> {
  const clock = new SimulatedClock({ start: new Date('2026-11-22T10:00:00Z'), running: false });
  const account = await withLocalAccount({ services, clock });
  const settings = clientSettings(account);
  for (let index = 0; index < MANY; index++) {
    const name = `n${String(index)}`;
    await new ECSClient(settings).send(new CreateClusterCommand({ clusterName: name }));
    await new SSMClient(settings).send(new PutParameterCommand({ Name: `/many/${name}`, Value: 'x', Type: 'String' }));
    await new ServiceDiscoveryClient(settings).send(new CreateHttpNamespaceCommand({ Name: name }));
  }
  await clock.advance(60_000);
  return account;
}

/** Far more pages than any list here has, empty ones included. */
const MAX_PAGES = 1_000;

async function walk(account: LocalAccount, list: List): Promise<readonly (readonly unknown[])[]> {
  const settings = clientSettings(account);
  const pages: (readonly unknown[])[] = [];
  let token: string | undefined;
  do {
    const { items = [], token: next } = await list(settings, token);
    pages.push(items);
    token = next;
  } while (token !== undefined && pages.length < MAX_PAGES);
  return pages;
}

/** Enough walks for anything that happens by chance to happen. */
const WALKS = 10;

it.each<[string, List, { readonly short: boolean; readonly empty: boolean }]>([
  ['ECS', clusters, { short: true, empty: false }],
  ['EC2', instanceTypes, { short: true, empty: true }],
  ['EC2, unpaged', unpagedVpcs, { short: false, empty: false }],
  ['Parameter Store, by path', parametersUnder, { short: true, empty: true }],
  ['Parameter Store', parameters, { short: true, empty: true }],
  ['Cloud Map, without filters', namespaces, { short: false, empty: false }],
  ['Auto Scaling, without groups', scalingGroups, { short: false, empty: false }],
])('pages of %s', async (_, list, can) => {
  const account = await anAccount();
  const fair = (await walk(account, list)).flat();
  account.weather.pages({ short: true, empty: true });
  const walks: (readonly (readonly unknown[])[])[] = [];
  for (let index = 0; index < WALKS; index++) walks.push(await walk(account, list));
  for (const pages of walks) expect(pages.flat()).toEqual(fair);
  expect(walks.some((pages) => pages.some((page) => page.length > 0 && page.length < fair.length))).toBe(can.short);
  expect(walks.some((pages) => pages.length > 1 && pages.some((page) => page.length === 0))).toBe(can.empty);

  account.weather.clear();
  expect((await walk(account, list)).flat()).toEqual(fair);
});

it('neither comes without the other being asked for', async () => {
  const account = await anAccount();
  account.weather.pages({ empty: true });
  const sizes = (await walk(account, parametersUnder)).map((page) => page.length);
  expect(sizes.filter((size) => size > 0)).toEqual([MANY]);
  account.weather.pages({ short: true });
  for (let index = 0; index < WALKS; index++) {
    expect((await walk(account, parametersUnder)).every((page) => page.length > 0)).toBe(true);
  }
});

it('an empty page has a token that runs out like any other', async () => {
  const account = await anAccount();
  account.weather.pages({ empty: true, lifetimeSeconds: 60 });
  const settings = clientSettings(account);
  let token: string | undefined;
  for (let index = 0; index < MAX_PAGES && token === undefined; index++) {
    ({ token } = await parametersUnder(settings, undefined));
  }
  await account.world.clock.advance(61_000);
  await expect(parametersUnder(settings, token)).rejects.toMatchObject({ name: 'InvalidNextToken' });
});
