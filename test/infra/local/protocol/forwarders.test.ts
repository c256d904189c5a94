/** A service that another server answers. */
import * as dynamodb from '@aws-sdk/client-dynamodb';
import { DescribeTableCommand, DynamoDBClient, GetItemCommand, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { expect, test } from '@jest/globals';
import { EventEmitter, once } from 'node:events';
import { ApiError } from '../../../../infra/local/kernel/api-error';
import type {
  Authorization,
  ForwardedRequest,
  Principal,
  ServiceDefinition,
} from '../../../../infra/local/kernel/operation';
import { createForwarders } from '../../../../infra/local/protocol/forwarders';
import { clientSettings, withLocalAccount } from '../../../support/local-account';
import { answering } from './echo-service';

interface Behind {
  readonly requests: ForwardedRequest[];
  starts: number;
  stops: number;
}

function tableService(behind: Behind): ServiceDefinition {
  return {
    ...{ signingName: 'dynamodb', iamPrefix: 'dynamodb', schemas: dynamodb },
    client: () => new DynamoDBClient({ region: 'eu-west-2' }),
    operations: { ListTables: answering({ TableNames: ['ours'] }) },
    forwarding: {
      operations: ['GetItem'],
      authorize: (input) => {
        const { TableName } = input as { TableName: string };
        return [{ action: 'dynamodb:GetItem', resource: `table/${TableName}` }];
      },
      start() {
        behind.starts += 1;
        return Promise.resolve({
          send(request) {
            behind.requests.push(request);
            const headers = { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-requestid': 'theirs' };
            return Promise.resolve({ status: 200, headers, body: '{"Item":{"id":{"S":"1"}}}' });
          },
          stop() {
            behind.stops += 1;
            return Promise.resolve();
          },
        });
      },
    },
  };
}

const getItem = new GetItemCommand({ TableName: 'state', Key: { id: { S: '1' } } });

test('requests go through as they came, to a server started once and stopped with the account', async () => {
  const behind: Behind = { requests: [], starts: 0, stops: 0 };
  const account = await withLocalAccount({ services: [tableService(behind)] });
  const client = new DynamoDBClient(clientSettings(account));

  await expect(client.send(new ListTablesCommand({}))).resolves.toMatchObject({ TableNames: ['ours'] });
  expect(behind.starts).toBe(0);
  const answers = await Promise.all([client.send(getItem), client.send(getItem)]);
  expect(answers.map(({ Item }) => Item)).toEqual([{ id: { S: '1' } }, { id: { S: '1' } }]);
  expect(behind).toMatchObject({ starts: 1, stops: 0 });
  const [request] = behind.requests;
  expect(request).toMatchObject({ method: 'POST', path: '/' });
  expect(request?.headers['x-amz-target']).toBe('DynamoDB_20120810.GetItem');
  expect(JSON.parse(String(request?.body))).toEqual({ TableName: 'state', Key: { id: { S: '1' } } });
  expect(account.calls.list().map(({ operation, status }) => [operation, status])).toEqual([
    ['ListTables', 200],
    ['GetItem', 200],
    ['GetItem', 200],
  ]);

  await account.stop();
  expect(behind.stops).toBe(1);
});

test('a server is stopped when it has answered what was asked, and nothing is asked of it afterwards', async () => {
  const happened: string[] = [];
  const signals = new EventEmitter();
  const [begun, free] = [once(signals, 'begun'), once(signals, 'free')];
  const service = tableService({ requests: [], starts: 0, stops: 0 });
  const { forwarding } = service;
  if (!forwarding) throw new Error('nothing is forwarded');
  const forwarders = createForwarders();
  const slow: ServiceDefinition = {
    ...service,
    forwarding: {
      ...forwarding,
      start: () =>
        Promise.resolve({
          async send() {
            signals.emit('begun');
            await free;
            happened.push('answered');
            return { status: 200, headers: {}, body: '{}' };
          },
          stop() {
            happened.push('stopped');
            return Promise.resolve();
          },
        }),
    },
  };
  const logged: string[] = [];
  const account = await withLocalAccount({ services: [slow], log: (line) => logged.push(line) });
  const answer = new DynamoDBClient({ ...clientSettings(account), maxAttempts: 1 }).send(getItem);
  const cutOff = expect(answer).rejects.toThrow();
  await begun;
  const stopped = account.stop();
  await cutOff;
  signals.emit('free');
  await stopped;
  expect(happened).toEqual(['answered', 'stopped']);
  expect(logged).toEqual([]);
  await forwarders.stop();
  await expect(forwarders.get(slow)).rejects.toThrow('no answer: reset');
});

test('what is neither simulated nor forwarded is a 501', async () => {
  const account = await withLocalAccount({ services: [tableService({ requests: [], starts: 0, stops: 0 })] });
  const answer = new DynamoDBClient(clientSettings(account)).send(new DescribeTableCommand({ TableName: 't' }));
  await expect(answer).rejects.toMatchObject({ name: 'NotImplemented', $metadata: { httpStatusCode: 501 } });
});

test('authorisation and interceptors come first', async () => {
  const behind: Behind = { requests: [], starts: 0, stops: 0 };
  const asked: Authorization[] = [];
  const account = await withLocalAccount({
    services: [tableService(behind)],
    authorize: (_: Principal, authorizations) => {
      asked.push(...authorizations);
      if (asked.length > 1) throw new ApiError('AccessDenied', 'no');
    },
  });
  account.interceptors.push((_, input) => {
    throw new ApiError('ProvisionedThroughputExceededException', JSON.stringify(input));
  });
  const client = new DynamoDBClient(clientSettings(account));
  await expect(client.send(getItem)).rejects.toMatchObject({
    name: 'ProvisionedThroughputExceededException',
    message: '{"TableName":"state","Key":{"id":{"S":"1"}}}',
  });
  await expect(client.send(getItem)).rejects.toMatchObject({ name: 'AccessDeniedException' });
  expect(asked[0]).toMatchObject({ action: 'dynamodb:GetItem', resource: 'table/state' });
  expect(behind).toMatchObject({ starts: 0, requests: [] });
});
