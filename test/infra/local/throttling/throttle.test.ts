import { AutoScalingClient, DescribeAutoScalingGroupsCommand } from '@aws-sdk/client-auto-scaling';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { CreateTagsCommand, DescribeInstancesCommand, DescribeVpcsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { DescribeTasksCommand, ECSClient, ListClustersCommand, ListTasksCommand } from '@aws-sdk/client-ecs';
import {
  AddTagsCommand,
  DescribeTargetGroupsCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { EventBridgeClient, ListRulesCommand } from '@aws-sdk/client-eventbridge';
import { LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { ListServicesCommand, ServiceDiscoveryClient } from '@aws-sdk/client-servicediscovery';
import { ListTopicsCommand, SNSClient } from '@aws-sdk/client-sns';
import { ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { GetParameterCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { expect, test } from '@jest/globals';
import { SimulatedClock } from '../../../../infra/local/kernel/clock';
import type { LocalAccount } from '../../../../infra/local/local-account';
import { services } from '../../../../infra/local/services';
import { throttlingError } from '../../../../infra/local/throttling/throttling-error';
import type { ThrottlingMode } from '../../../../infra/local/throttling/throttling-modes';
import { isThrottling } from '../../../../lib/aws/failure';
import { clientSettings, withLocalAccount, type ClientSettings } from '../../../support/local-account';

/** Time stands still: no token comes back unless the test says so. */
async function anAccount(throttling: ThrottlingMode = 'published') {
  const clock = new SimulatedClock({ start: new Date('2026-11-22T10:00:00Z'), running: false });
  return { clock, account: await withLocalAccount({ services, clock, throttling }) };
}

/** How many of `tries` calls were answered before the first was refused for its rate. */
async function admitted(call: () => Promise<unknown>, tries = 250): Promise<number> {
  for (let made = 0; made < tries; made++) {
    try {
      await call();
    } catch (error) {
      if (isThrottling(error)) return made;
    }
  }
  return tries;
}

type Account = LocalAccount;
type Overrides = Partial<ClientSettings>;

const ecs = (account: Account, overrides: Overrides = {}) => new ECSClient(clientSettings(account, overrides));
const ec2 = (account: Account) => new EC2Client(clientSettings(account));
const elb = (account: Account) => new ElasticLoadBalancingV2Client(clientSettings(account));
const ssm = (account: Account) => new SSMClient(clientSettings(account));

const listClusters = (account: Account, overrides?: Overrides) => {
  const client = ecs(account, overrides);
  return () => client.send(new ListClustersCommand({}));
};

/** One client for all the calls of a test. */
function calling<Client>(client: (account: Account) => Client, call: (client: Client) => Promise<unknown>) {
  return (account: Account) => {
    const one = client(account);
    return () => call(one);
  };
}

const cloudMap = (account: Account) => new ServiceDiscoveryClient(clientSettings(account));
const byVpc = [{ Name: 'vpc-id', Values: ['vpc-1'] }];
const someTags = { Resources: ['vpc-11111111'], Tags: [{ Key: 'a', Value: 'b' }] };
const parameter = { Name: '/a', Value: 'b', Type: 'String' } as const;

const FIRST_CALLS: readonly (readonly [string, number, (account: Account) => () => Promise<unknown>])[] = [
  ['ECS cluster reads', 50, (account) => listClusters(account)],
  ['ECS task reads', 100, calling(ecs, (one) => one.send(new ListTasksCommand({ cluster: 'none' })))],
  ['EC2 instances, all at once', 50, calling(ec2, (one) => one.send(new DescribeInstancesCommand({})))],
  ['EC2 instances by no id', 50, calling(ec2, (one) => one.send(new DescribeInstancesCommand({ InstanceIds: [] })))],
  ['EC2 instances by page', 100, calling(ec2, (one) => one.send(new DescribeInstancesCommand({ MaxResults: 5 })))],
  ['EC2 instances by filter', 100, calling(ec2, (one) => one.send(new DescribeInstancesCommand({ Filters: byVpc })))],
  ['EC2 networks, with no small bucket', 100, calling(ec2, (one) => one.send(new DescribeVpcsCommand({})))],
  ['EC2 tags', 100, calling(ec2, (one) => one.send(new CreateTagsCommand(someTags)))],
  ['ELB reads, by the account', 40, calling(elb, (one) => one.send(new DescribeTargetGroupsCommand({})))],
  ['ELB writes', 20, calling(elb, (one) => one.send(new AddTagsCommand({ ResourceArns: ['arn:x'], Tags: [] })))],
  ['SSM reads', 40, calling(ssm, (one) => one.send(new GetParameterCommand({ Name: '/none' })))],
  ['SSM writes', 3, calling(ssm, (one) => one.send(new PutParameterCommand(parameter)))],
  ['Cloud Map, of which nothing is published', 250, calling(cloudMap, (one) => one.send(new ListServicesCommand({})))],
];

test.each(FIRST_CALLS)('%s: %d at once', async (_name, expected, call) => {
  const { account } = await anAccount();
  expect(await admitted(call(account))).toBe(expected);
});

test("tokens come back as the account's time goes on, up to the capacity of the bucket", async () => {
  const { account, clock } = await anAccount();
  const call = listClusters(account);
  expect(await admitted(call)).toBe(50);
  await clock.advance(1_000);
  expect(await admitted(call)).toBe(20);
  await clock.advance(3_600_000);
  expect(await admitted(call)).toBe(50);
});

test('operations of one group share a bucket; other groups, regions and accounts have their own', async () => {
  const { account } = await anAccount();
  expect(await admitted(listClusters(account))).toBe(50);
  const other = { accessKeyId: '444455556666', secretAccessKey: 's' };
  expect(await admitted(listClusters(account, { region: 'eu-west-1' }), 2)).toBe(2);
  expect(await admitted(listClusters(account, { credentials: other }), 2)).toBe(2);
  await expect(ecs(account).send(new DescribeTasksCommand({ cluster: 'none', tasks: ['a'] }))).rejects.toMatchObject({
    name: 'ClusterNotFoundException',
  });
});

test('a refused call takes no token of the buckets that would have let it through', async () => {
  const { account, clock } = await anAccount();
  const client = elb(account);
  const write = () => client.send(new AddTagsCommand({ ResourceArns: ['arn:x'], Tags: [] }));
  const read = () => client.send(new DescribeTargetGroupsCommand({}));
  expect(await admitted(write)).toBe(20);
  for (let again = 0; again < 20; again++) await write().catch(() => undefined);
  expect(await admitted(read)).toBe(20);
  await clock.advance(1_000);
  expect(await admitted(read)).toBe(10);
});

test('is off unless asked for, and full again when it begins', async () => {
  const { account } = await anAccount('off');
  const call = listClusters(account);
  expect(await admitted(call, 60)).toBe(60);
  account.throttle('published');
  expect(await admitted(call, 60)).toBe(50);
  account.throttle('off');
  expect(await admitted(call, 60)).toBe(60);
});

interface Refused {
  readonly service: string;
  readonly name: string;
  readonly status: number;
  readonly call: (settings: ClientSettings) => Promise<unknown>;
}

const usual = { name: 'ThrottlingException', status: 400 };

/** What each service's SDK client makes of the error; every retry strategy takes it for throttling. */
const ERRORS: readonly Refused[] = [
  {
    ...{ service: 'autoscaling', name: 'Throttling', status: 400 },
    call: (settings) => new AutoScalingClient(settings).send(new DescribeAutoScalingGroupsCommand({})),
  },
  { ...usual, service: 'dynamodb', call: (settings) => new DynamoDBClient(settings).send(new ListTablesCommand({})) },
  {
    ...{ service: 'ec2', name: 'RequestLimitExceeded', status: 503 },
    call: (settings) => new EC2Client(settings).send(new DescribeVpcsCommand({})),
  },
  { ...usual, service: 'ecs', call: (settings) => new ECSClient(settings).send(new ListClustersCommand({})) },
  {
    ...{ ...usual, service: 'elasticloadbalancing' },
    call: (settings) => new ElasticLoadBalancingV2Client(settings).send(new DescribeTargetGroupsCommand({})),
  },
  { ...usual, service: 'events', call: (settings) => new EventBridgeClient(settings).send(new ListRulesCommand({})) },
  {
    ...{ service: 'lambda', name: 'TooManyRequestsException', status: 429 },
    call: (settings) => new LambdaClient(settings).send(new ListFunctionsCommand({})),
  },
  {
    ...{ service: 'servicediscovery', name: 'RequestLimitExceeded', status: 429 },
    call: (settings) => new ServiceDiscoveryClient(settings).send(new ListServicesCommand({})),
  },
  {
    ...{ service: 'sns', name: 'Throttling', status: 400 },
    call: (settings) => new SNSClient(settings).send(new ListTopicsCommand({})),
  },
  {
    ...{ service: 'sqs', name: 'RequestThrottled', status: 403 },
    call: (settings) => new SQSClient(settings).send(new ListQueuesCommand({})),
  },
  {
    ...{ ...usual, service: 'ssm' },
    call: (settings) => new SSMClient(settings).send(new GetParameterCommand({ Name: '/a' })),
  },
  {
    ...{ service: 'sts', name: 'Throttling', status: 400 },
    call: (settings) => new STSClient(settings).send(new GetCallerIdentityCommand({})),
  },
];

test.each(ERRORS)('$service says $name with status $status', async ({ service, name, status, call }) => {
  const { account } = await anAccount('off');
  account.interceptors.push(() => {
    throw throttlingError(service);
  });
  const error: unknown = await call(clientSettings(account)).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ name, $metadata: { httpStatusCode: status } });
  expect(isThrottling(error)).toBe(true);
});
