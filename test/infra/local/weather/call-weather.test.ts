/** Faults of calls as the unmodified SDK meets them, and what they leave behind. */
import { CreateTagsCommand, CreateVpcCommand, DescribeVpcsCommand, EC2Client } from '@aws-sdk/client-ec2';
import {
  CreateClusterCommand,
  DescribeClustersCommand,
  DescribeTasksCommand,
  ECSClient,
  ListClustersCommand,
} from '@aws-sdk/client-ecs';
import { CreateTableCommand, DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, ListRulesCommand, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { CreateTopicCommand, PublishBatchCommand, SNSClient } from '@aws-sdk/client-sns';
import {
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { describe, expect, it, test } from '@jest/globals';
import { services } from '../../../../infra/local/services';
import { anEventBus } from '../services/eventbridge/an-event-bus';
import { clientSettings, withLocalAccount } from '../../../support/local-account';

const anAccount = () => withLocalAccount({ services });

/** Names of the clusters that are there, and how the call that made one ended. */
async function creating(fault: Parameters<Awaited<ReturnType<typeof anAccount>>['weather']['calls']>[0]) {
  const account = await anAccount();
  account.weather.calls(fault);
  const requestHandler = { requestTimeout: 200, throwOnRequestTimeout: true };
  const client = new ECSClient({ ...clientSettings(account), requestHandler });
  const error: unknown = await client
    .send(new CreateClusterCommand({ clusterName: 'a' }))
    .catch((thrown: unknown) => thrown);
  account.weather.clear();
  const { clusterArns = [] } = await client.send(new ListClustersCommand({}));
  client.destroy();
  return { error, made: clusterArns.length, calls: account.calls.list() };
}

const match = 'ecs:CreateCluster';

test.each([
  [{ match, fault: 'throttle' }, { name: 'ThrottlingException' }, 0],
  [{ match, fault: 'error' }, { name: 'ServerException', $metadata: { httpStatusCode: 500 } }, 0],
  [{ match, fault: 'error', when: 'after' }, { name: 'ServerException' }, 1],
  [{ match, fault: 'error', status: 503 }, { name: 'ServiceUnavailable', $metadata: { httpStatusCode: 503 } }, 0],
  [{ match, fault: 'timeout' }, { name: 'TimeoutError' }, 0],
  [{ match, fault: 'timeout', when: 'after' }, { name: 'TimeoutError' }, 1],
  [{ match, fault: 'reset' }, { code: 'ECONNRESET' }, 0],
  [{ match, fault: 'reset', when: 'after' }, { code: 'ECONNRESET' }, 1],
] as const)('%j', async (fault, error, made) => {
  const seen = await creating(fault);
  expect(seen.error).toMatchObject(error);
  expect(seen.made).toBe(made);
  expect(seen.calls[0]).toMatchObject({ operation: 'CreateCluster', errorCode: expect.any(String) as unknown });
});

test('a call without an answer is in the log, with no status', async () => {
  const { calls } = await creating({ match, fault: 'reset', when: 'after' });
  expect(calls[0]).toMatchObject({ operation: 'CreateCluster', status: 0, errorCode: 'NoAnswer' });
});

test.each([
  ['ec2:DescribeVpcs', 500, 'InternalError'],
  ['ec2:DescribeVpcs', 503, 'Unavailable'],
  ['events:ListRules', 500, 'InternalException'],
  ['ssm:GetParameter', 500, 'InternalServerError'],
  ['dynamodb:ListTables', 500, 'InternalServerError'],
  ['dynamodb:ListTables', 503, 'ServiceUnavailable'],
] as const)('%s with status %d says %s', async (action, status, name) => {
  const account = await anAccount();
  account.weather.calls({ match: '*', fault: 'error', status });
  const settings = clientSettings(account);
  const calls = {
    'ec2:DescribeVpcs': () => new EC2Client(settings).send(new DescribeVpcsCommand({})),
    'events:ListRules': () => new EventBridgeClient(settings).send(new ListRulesCommand({})),
    'ssm:GetParameter': () => new SSMClient(settings).send(new GetParameterCommand({ Name: '/a' })),
    'dynamodb:ListTables': () => new DynamoDBClient(settings).send(new ListTablesCommand({})),
  };
  await expect(calls[action]()).rejects.toMatchObject({ name, $metadata: { httpStatusCode: status } });
});

test('a table that another server keeps is made before the answer is lost', async () => {
  const account = await anAccount();
  account.weather.calls({ match: 'dynamodb:CreateTable', fault: 'reset', when: 'after' });
  const client = new DynamoDBClient(clientSettings(account));
  const table = new CreateTableCommand({
    ...{ TableName: 'state', BillingMode: 'PAY_PER_REQUEST' },
    AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
  });
  await expect(client.send(table)).rejects.toMatchObject({ code: 'ECONNRESET' });
  expect((await client.send(new ListTablesCommand({}))).TableNames).toEqual(['state']);
});

test('the retries of the SDK get over faults that end', async () => {
  const account = await anAccount();
  const throttle = account.weather.calls({ match: 'ec2:*', fault: 'throttle', times: 1 });
  const reset = account.weather.calls({ match: 'ec2:*', fault: 'reset', nth: 2 });
  const client = new EC2Client({ ...clientSettings(account), maxAttempts: 3 });
  await expect(client.send(new DescribeVpcsCommand({}))).resolves.toMatchObject({
    Vpcs: expect.any(Array) as unknown,
  });
  expect([throttle.struck(), reset.struck()]).toEqual([1, 1]);
});

describe('who and when', () => {
  async function pattern(rule: object, calls = 6) {
    const account = await anAccount();
    account.weather.calls({ match: 'ecs:List*', fault: 'throttle', ...rule });
    const client = new ECSClient(clientSettings(account));
    let seen = '';
    for (let made = 0; made < calls; made++) {
      seen += await client.send(new ListClustersCommand({})).then(
        () => '.',
        () => 'x',
      );
    }
    return seen;
  }

  it.each([
    [{}, 'xxxxxx'],
    [{ nth: 2 }, '.x....'],
    [{ nth: [1, 4] }, 'x..x..'],
    [{ times: 3 }, 'xxx...'],
    [{ probability: 0 }, '......'],
    [{ probability: 1, times: 2 }, 'xx....'],
    [{ match: 'ecs:Describe*' }, '......'],
    [{ match: '*:ListClusters' }, 'xxxxxx'],
    [{ caller: '*:root' }, 'xxxxxx'],
    [{ caller: '*:assumed-role/*' }, '......'],
    [{ fault: 'kill' }, '......'],
  ])('%j: %s', async (rule, seen) => {
    expect(await pattern(rule)).toBe(seen);
  });

  it('chance is the same for the same seed', async () => {
    const first = await pattern({ probability: 0.5 }, 20);
    expect(await pattern({ probability: 0.5 }, 20)).toBe(first);
    expect(first).toMatch(/x/);
    expect(first).toMatch(/\./);
  });

  it('a rule ends when it is told to', async () => {
    const account = await anAccount();
    const spell = account.weather.calls({ match: 'ecs:*', fault: 'throttle' });
    const client = new ECSClient(clientSettings(account));
    await expect(client.send(new ListClustersCommand({}))).rejects.toThrow();
    spell.clear();
    await expect(client.send(new ListClustersCommand({}))).resolves.toBeDefined();
  });

  it('a call that IAM or its own input refuses is not counted', async () => {
    const account = await anAccount();
    const spell = account.weather.calls({ match: 'ec2:*', fault: 'throttle' });
    const client = new EC2Client(clientSettings(account));
    await client.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16', DryRun: true })).catch(() => undefined);
    await client.send(new CreateTagsCommand({ Resources: undefined, Tags: [] })).catch(() => undefined);
    expect(spell.struck()).toBe(0);
  });
});

describe('partial failure', () => {
  it('of a batch that is described: what is left is answered', async () => {
    const account = await anAccount();
    const client = new ECSClient(clientSettings(account));
    for (const clusterName of ['a', 'b', 'c']) await client.send(new CreateClusterCommand({ clusterName }));
    account.weather.calls({ match: 'ecs:Describe*', fault: 'partial', items: 2 });
    const { clusters, failures } = await client.send(new DescribeClustersCommand({ clusters: ['a', 'b', 'c', 'd'] }));
    expect(clusters?.map(({ clusterName }) => clusterName)).toEqual(['c']);
    expect(failures?.map(({ arn, reason }) => [arn?.split('/').at(-1), reason])).toEqual([
      ['d', 'MISSING'],
      ['a', 'MISSING'],
      ['b', 'MISSING'],
    ]);
    const tasks = await client.send(new DescribeTasksCommand({ cluster: 'a', tasks: ['x'] }));
    expect(tasks).toMatchObject({ tasks: [], failures: [{ arn: 'x', reason: 'MISSING' }] });
  });

  it('of events: those that fail are not delivered, and answers keep their places', async () => {
    const { account, queue, rule } = await anEventBus();
    const tasks = await queue('tasks');
    await rule({ Arn: tasks.arn });
    account.weather.calls({ match: 'events:PutEvents', fault: 'partial', nth: 1 });
    const entry = (n: number) => ({ Source: 'app', DetailType: 'Order', Detail: JSON.stringify({ n }) });
    const client = new EventBridgeClient(clientSettings(account));
    const answer = await client.send(new PutEventsCommand({ Entries: [entry(1), entry(2)] }));
    expect(answer.FailedEntryCount).toBe(1);
    expect(answer.Entries).toEqual([
      { ErrorCode: 'InternalFailure', ErrorMessage: expect.any(String) as unknown },
      { EventId: expect.any(String) as unknown },
    ]);
    await account.world.clock.advance(1_000);
    expect(await tasks.bodies()).toMatchObject([{ detail: { n: 2 } }]);
  });

  it('of messages: those that fail are not sent, or not deleted', async () => {
    const account = await anAccount();
    const client = new SQSClient(clientSettings(account));
    const { QueueUrl } = await client.send(new CreateQueueCommand({ QueueName: 'q' }));
    const Entries = ['1', '2'].map((Id) => ({ Id, MessageBody: `body ${Id}` }));
    const sending = account.weather.calls({ match: 'sqs:SendMessageBatch', fault: 'partial' });
    const sent = await client.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
    expect(sent).toMatchObject({
      Successful: [{ Id: '2' }],
      Failed: [{ Id: '1', SenderFault: false, Code: 'InternalError' }],
    });
    sending.clear();
    const { Messages = [] } = await client.send(new ReceiveMessageCommand({ QueueUrl, VisibilityTimeout: 0 }));
    expect(Messages.map(({ Body }) => Body)).toEqual(['body 2']);

    account.weather.calls({ match: 'sqs:DeleteMessageBatch', fault: 'partial', reason: 'Busy' });
    const ReceiptHandle = Messages[0]?.ReceiptHandle ?? '';
    const deleted = await client.send(
      new DeleteMessageBatchCommand({ QueueUrl, Entries: [{ Id: 'x', ReceiptHandle }] }),
    );
    expect(deleted.Failed).toMatchObject([{ Id: 'x', Code: 'Busy' }]);
    const again = await client.send(new ReceiveMessageCommand({ QueueUrl }));
    expect(again.Messages?.map(({ Body }) => Body)).toEqual(['body 2']);
  });

  it('of notifications', async () => {
    const account = await anAccount();
    const client = new SNSClient(clientSettings(account));
    const { TopicArn } = await client.send(new CreateTopicCommand({ Name: 't' }));
    account.weather.calls({ match: 'sns:*', fault: 'partial' });
    const PublishBatchRequestEntries = ['1', '2'].map((Id) => ({ Id, Message: Id }));
    const answer = await client.send(new PublishBatchCommand({ TopicArn, PublishBatchRequestEntries }));
    expect(answer.Successful?.map(({ Id }) => Id)).toEqual(['2']);
    expect(answer.Failed?.map(({ Id }) => Id)).toEqual(['1']);
  });
});
