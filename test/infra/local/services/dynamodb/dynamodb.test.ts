import {
  CreateTableCommand,
  DeleteTableCommand,
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  ListTablesCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { ApiError } from '../../../../../infra/local/kernel/api-error';
import type { Authorization } from '../../../../../infra/local/kernel/operation';
import type { LocalAccount } from '../../../../../infra/local/local-account';
import { dynamodb } from '../../../../../infra/local/services/dynamodb/dynamodb';
import { clientSettings, withLocalAccount } from '../../../../support/local-account';
import { ownQuestions } from '../../../../support/own-questions';

let account: LocalAccount;
let client: DynamoDBClient;
let asked: Authorization[];
let deny: boolean;

const createTable = new CreateTableCommand({
  TableName: 'state',
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
  KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
});

beforeEach(async () => {
  asked = [];
  deny = false;
  account = await withLocalAccount({
    services: [dynamodb],
    authorize: (_principal, authorizations) => {
      asked.push(...ownQuestions(authorizations));
      if (deny) throw new ApiError('AccessDeniedException', 'no', 400);
    },
  });
  client = new DynamoDBClient(clientSettings(account));
  await client.send(createTable);
});

const item = { pk: { S: 'a' }, count: { N: '1' } };

describe('DynamoDB in the local account', () => {
  it('stores items and refuses a conditional write that does not hold', async () => {
    const put = new PutItemCommand({ TableName: 'state', Item: item, ConditionExpression: 'attribute_not_exists(pk)' });
    await client.send(put);
    await expect(client.send(put)).rejects.toMatchObject({ name: 'ConditionalCheckFailedException' });
    const { Item } = await client.send(new GetItemCommand({ TableName: 'state', Key: { pk: { S: 'a' } } }));
    expect(Item).toEqual(item);
  });

  it('lets exactly as many racing writers through as the condition allows', async () => {
    const races = Array.from({ length: 20 }, () =>
      client.send(
        new PutItemCommand({ TableName: 'state', Item: item, ConditionExpression: 'attribute_not_exists(pk)' }),
      ),
    );
    const won = (await Promise.allSettled(races)).filter(({ status }) => status === 'fulfilled');
    expect(won).toHaveLength(1);
  });

  it('describes tables as DynamoDB does', async () => {
    const { Table } = await client.send(new DescribeTableCommand({ TableName: 'state' }));
    expect(Table?.TableId).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect(Table).not.toHaveProperty('TableThroughputModeSummary');
    await expect(client.send(createTable)).rejects.toMatchObject({
      name: 'ResourceInUseException',
      message: 'Table already exists',
    });
  });

  it('keeps regions apart', async () => {
    const elsewhere = new DynamoDBClient({ ...clientSettings(account), region: 'eu-central-1' });
    expect((await elsewhere.send(new ListTablesCommand({}))).TableNames).toEqual([]);
    expect((await client.send(new ListTablesCommand({}))).TableNames).toEqual(['state']);
  });

  it('asks IAM for the table before anything reaches it', async () => {
    deny = true;
    await expect(client.send(new PutItemCommand({ TableName: 'state', Item: item }))).rejects.toMatchObject({
      name: 'AccessDeniedException',
    });
    deny = false;
    const { Item } = await client.send(new GetItemCommand({ TableName: 'state', Key: { pk: { S: 'a' } } }));
    expect(Item).toBeUndefined();
    const resource = 'arn:aws:dynamodb:eu-west-2:111122223333:table/state';
    expect(asked.slice(-2)).toEqual([
      { action: 'dynamodb:PutItem', resource },
      { action: 'dynamodb:GetItem', resource },
    ]);
  });

  it('knows the time to live of a table', async () => {
    const specification = { AttributeName: 'expiresAt', Enabled: true };
    const update = new UpdateTimeToLiveCommand({ TableName: 'state', TimeToLiveSpecification: specification });
    await client.send(update);
    const { TimeToLiveDescription } = await client.send(new DescribeTimeToLiveCommand({ TableName: 'state' }));
    expect(TimeToLiveDescription).toEqual({ TimeToLiveStatus: 'ENABLED', AttributeName: 'expiresAt' });
    await expect(client.send(update)).rejects.toMatchObject({ name: 'ValidationException' });
  });

  it('forgets what it kept beside a table with the table', async () => {
    const specification = { AttributeName: 'expiresAt', Enabled: true };
    const update = new UpdateTimeToLiveCommand({ TableName: 'state', TimeToLiveSpecification: specification });
    await client.send(update);
    await client.send(new DeleteTableCommand({ TableName: 'state' }));
    await expect(client.send(update)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    const backups = new DescribeContinuousBackupsCommand({ TableName: 'state' });
    await expect(client.send(backups)).rejects.toMatchObject({ name: 'TableNotFoundException' });
    await client.send(createTable);
    const { TimeToLiveDescription } = await client.send(new DescribeTimeToLiveCommand({ TableName: 'state' }));
    expect(TimeToLiveDescription).toEqual({ TimeToLiveStatus: 'DISABLED' });
  });
});
