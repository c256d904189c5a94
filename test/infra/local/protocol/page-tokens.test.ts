/** Paging tokens of every service, over a small account: what they are good for, and for how long. */
import { CreateVpcCommand, DescribeInstanceTypesCommand, EC2Client } from '@aws-sdk/client-ec2';
import {
  ECSClient,
  ListTaskDefinitionFamiliesCommand,
  ListTaskDefinitionsCommand,
  RegisterTaskDefinitionCommand,
} from '@aws-sdk/client-ecs';
import {
  CreateTargetGroupCommand,
  DescribeLoadBalancersCommand,
  DescribeTargetGroupsCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { EventBridgeClient, ListRulesCommand, PutRuleCommand } from '@aws-sdk/client-eventbridge';
import {
  CreateHttpNamespaceCommand,
  ListNamespacesCommand,
  ServiceDiscoveryClient,
} from '@aws-sdk/client-servicediscovery';
import { CreateQueueCommand, ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { GetParametersByPathCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { expect, test } from '@jest/globals';
import { SimulatedClock } from '../../../../infra/local/kernel/clock';
import type { LocalAccount } from '../../../../infra/local/local-account';
import { services } from '../../../../infra/local/services';
import { clientSettings, withLocalAccount, type ClientSettings } from '../../../support/local-account';

const DAY_MS = 24 * 3_600_000;

interface Listed {
  readonly token: string | undefined;
  readonly items: number;
}

interface Listing {
  readonly name: string;
  /** Code for a token that does not belong here. */
  readonly refused: string;
  /** Code for one that is too old; as for any wrong one if absent. */
  readonly expired?: string;
  /** One page; `other` changes a parameter that decides what is listed. */
  readonly page: (settings: ClientSettings, token?: string, other?: boolean) => Promise<Listed>;
}

const listed = (items: readonly unknown[] | undefined, token: string | undefined): Listed => ({
  items: items?.length ?? 0,
  token,
});

const LISTINGS: readonly Listing[] = [
  {
    ...{ name: 'ecs', refused: 'InvalidParameterException' },
    async page(settings, nextToken, other) {
      const status = other === true ? 'INACTIVE' : 'ACTIVE';
      const command = new ListTaskDefinitionsCommand({ maxResults: 1, nextToken, status });
      const answer = await new ECSClient(settings).send(command);
      return listed(answer.taskDefinitionArns, answer.nextToken);
    },
  },
  {
    ...{ name: 'ec2', refused: 'InvalidNextToken' },
    async page(settings, NextToken, other) {
      const Filters = [{ Name: 'hypervisor', Values: other === true ? ['nitro', 'xen'] : ['nitro'] }];
      const command = new DescribeInstanceTypesCommand({ MaxResults: 5, NextToken, Filters });
      const answer = await new EC2Client(settings).send(command);
      return listed(answer.InstanceTypes, answer.NextToken);
    },
  },
  {
    ...{ name: 'elasticloadbalancing', refused: 'ValidationError' },
    async page(settings, Marker, other) {
      const client = new ElasticLoadBalancingV2Client(settings);
      if (other === true) {
        const balancers = await client.send(new DescribeLoadBalancersCommand({ PageSize: 1, Marker }));
        return listed(balancers.LoadBalancers, balancers.NextMarker);
      }
      const answer = await client.send(new DescribeTargetGroupsCommand({ PageSize: 1, Marker }));
      return listed(answer.TargetGroups, answer.NextMarker);
    },
  },
  {
    ...{ name: 'events', refused: 'ValidationException', expired: 'InvalidToken' },
    async page(settings, NextToken, other) {
      const NamePrefix = other === true ? 'fir' : undefined;
      const answer = await new EventBridgeClient(settings).send(
        new ListRulesCommand({ Limit: 1, NextToken, NamePrefix }),
      );
      return listed(answer.Rules, answer.NextToken);
    },
  },
  {
    ...{ name: 'servicediscovery', refused: 'InvalidInput' },
    async page(settings, NextToken, other) {
      const Filters = [{ Name: 'TYPE' as const, Values: [other === true ? 'DNS_PRIVATE' : 'HTTP'] }];
      const command = new ListNamespacesCommand({ MaxResults: 1, NextToken, Filters });
      const answer = await new ServiceDiscoveryClient(settings).send(command);
      return listed(answer.Namespaces, answer.NextToken);
    },
  },
  {
    ...{ name: 'sqs', refused: 'InvalidParameterValue' },
    async page(settings, NextToken, other) {
      const QueueNamePrefix = other === true ? 'fir' : undefined;
      const answer = await new SQSClient(settings).send(
        new ListQueuesCommand({ MaxResults: 1, NextToken, QueueNamePrefix }),
      );
      return listed(answer.QueueUrls, answer.NextToken);
    },
  },
  {
    ...{ name: 'ssm', refused: 'InvalidNextToken' },
    async page(settings, NextToken, other) {
      const command = new GetParametersByPathCommand({ Path: '/', MaxResults: 1, NextToken, Recursive: other });
      const answer = await new SSMClient(settings).send(command);
      return listed(answer.Parameters, answer.NextToken);
    },
  },
];

/** Two of everything. */
async function aFilledAccount(): Promise<LocalAccount> {
  const clock = new SimulatedClock({ start: new Date('2026-11-22T10:00:00Z'), running: false });
  const account = await withLocalAccount({ services, clock });
  const settings = clientSettings(account);
  const { Vpc } = await new EC2Client(settings).send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }));
  for (const name of ['first', 'second']) {
    const group = { Name: name, Protocol: 'HTTP', Port: 80, VpcId: Vpc?.VpcId } as const;
    await new ElasticLoadBalancingV2Client(settings).send(new CreateTargetGroupCommand(group));
    const containerDefinitions = [{ name, image: 'public.ecr.aws/a/b:1', memory: 128 }];
    await new ECSClient(settings).send(new RegisterTaskDefinitionCommand({ family: name, containerDefinitions }));
    await new EventBridgeClient(settings).send(new PutRuleCommand({ Name: name, EventPattern: '{"source":["a"]}' }));
    await new SQSClient(settings).send(new CreateQueueCommand({ QueueName: name }));
    await new SSMClient(settings).send(new PutParameterCommand({ Name: `/${name}`, Value: 'x', Type: 'String' }));
    await new ServiceDiscoveryClient(settings).send(new CreateHttpNamespaceCommand({ Name: name }));
  }
  await clock.advance(60_000);
  return account;
}

async function firstToken({ page }: Listing, account: LocalAccount): Promise<string> {
  const { token } = await page(clientSettings(account));
  if (token === undefined) throw new Error('the listing has one page only');
  return token;
}

test.each(LISTINGS)('$name: a token is opaque, and good for its own listing while it is fresh', async (listing) => {
  const account = await aFilledAccount();
  const token = await firstToken(listing, account);
  expect(token.length).toBeLessThanOrEqual(128);
  expect(Buffer.from(token, 'base64url').toString('latin1')).not.toMatch(/page/);
  expect(Buffer.from(token, 'base64').toString('latin1')).not.toMatch(/page/);
  const again = await Promise.all([1, 2].map(() => listing.page(clientSettings(account), token)));
  expect(again[0]?.items).toBe(again[1]?.items);

  const refused = { name: listing.refused };
  const elsewhere = clientSettings(account, { region: 'eu-west-1' });
  const others = clientSettings(account, { credentials: { accessKeyId: '444455556666', secretAccessKey: 's' } });
  await expect(listing.page(clientSettings(account), token, true)).rejects.toMatchObject(refused);
  await expect(listing.page(elsewhere, token)).rejects.toMatchObject(refused);
  await expect(listing.page(others, token)).rejects.toMatchObject(refused);
  await expect(listing.page(clientSettings(account), token.slice(0, -4))).rejects.toMatchObject(refused);

  await account.world.clock.advance(DAY_MS);
  await expect(listing.page(clientSettings(account), token)).resolves.toBeDefined();
  await account.world.clock.advance(1_000);
  const old = { name: listing.expired ?? listing.refused };
  await expect(listing.page(clientSettings(account), token)).rejects.toMatchObject(old);
});

test('pages may change their size, not their operation', async () => {
  const account = await aFilledAccount();
  const ecs = new ECSClient(clientSettings(account));
  const { nextToken } = await ecs.send(new ListTaskDefinitionsCommand({ maxResults: 1 }));
  const rest = await ecs.send(new ListTaskDefinitionsCommand({ maxResults: 100, nextToken }));
  const all = await ecs.send(new ListTaskDefinitionsCommand({}));
  expect(rest.taskDefinitionArns).toEqual(all.taskDefinitionArns?.slice(1));
  await expect(ecs.send(new ListTaskDefinitionFamiliesCommand({ nextToken }))).rejects.toMatchObject({
    name: 'InvalidParameterException',
  });
});
