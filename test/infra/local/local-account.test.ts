import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { DescribeTasksCommand, ECSClient, paginateListClusters } from '@aws-sdk/client-ecs';
import { DescribeVpcsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { expect, test } from '@jest/globals';
import { ApiError } from '../../../infra/local/kernel/api-error';
import { SimulatedClock } from '../../../infra/local/kernel/clock';
import type { Authorization, Principal } from '../../../infra/local/kernel/operation';
import { operation } from '../../../infra/local/kernel/operation';
import { page } from '../../../infra/local/kernel/page';
import { defineStore } from '../../../infra/local/kernel/scope';
import { startLocalAccount } from '../../../infra/local/local-account';
import type { CallRecord } from '../../../infra/local/protocol/call-log';
import { sts } from '../../../infra/local/services/sts/sts';
import { clientSettings, withLocalAccount } from '../../support/local-account';
import { answering, ec2Service, ecsService, failing } from './protocol/echo-service';

const tasks = ecsService({ DescribeTasks: answering({ tasks: [] }, ['tasks']) });
const describeTasks = new DescribeTasksCommand({ tasks: ['a'] });

test('every call is recorded and told to subscribers', async () => {
  const clock = new SimulatedClock({ start: new Date('2026-11-21T08:00:00Z'), running: false });
  const vpcs = ec2Service({ DescribeVpcs: failing(new ApiError('Nope', 'no')) });
  const account = await withLocalAccount({ services: [vpcs, tasks], clock });
  const heard: CallRecord[] = [];
  const unsubscribe = account.calls.subscribe((record) => heard.push(record));
  const arn = 'arn:aws:sts::111122223333:assumed-role/sweep/1';
  const roleArn = 'arn:aws:iam::111122223333:role/sweep';
  const credentials = account.registerCredentials({ account: '111122223333', arn, roleArn });

  await new ECSClient(clientSettings(account, { credentials, region: 'us-east-1' })).send(describeTasks);
  await clock.advance(60_000);
  await new EC2Client(clientSettings(account)).send(new DescribeVpcsCommand({})).catch(() => undefined);
  unsubscribe();
  await fetch(account.endpoint);

  const both = { account: '111122223333', readOnly: true };
  expect(heard).toEqual([
    {
      ...{ ...both, at: new Date('2026-11-21T08:00:00Z'), region: 'us-east-1', service: 'ecs' },
      ...{ operation: 'DescribeTasks', principalArn: arn, roleArn, status: 200 },
    },
    {
      ...{ ...both, at: new Date('2026-11-21T08:01:00Z'), region: 'eu-west-2', service: 'ec2' },
      ...{ operation: 'DescribeVpcs', principalArn: 'arn:aws:iam::111122223333:root', status: 400, errorCode: 'Nope' },
    },
  ]);
  expect(account.calls.list().slice(0, 2)).toEqual(heard);
  expect(account.calls.list()[2]).toMatchObject({ service: '', status: 501, errorCode: 'UnknownService' });
});

test('IAM is asked what the operation says, or for the operation itself on everything', async () => {
  const questions: (readonly [Principal, readonly Authorization[]])[] = [];
  const stop = operation<{ tasks: string[] }, object>({
    accepts: ['tasks'],
    authorize: ({ tasks: [id = ''] }) => [{ action: 'ecs:StopTask', resource: `arn:${id}`, context: { a: ['b'] } }],
    run: () => ({ tasks: [] }),
  });
  const authorize = (principal: Principal, asked: readonly Authorization[]) => {
    questions.push([principal, asked]);
  };
  const root = { account: '111122223333', arn: 'arn:aws:iam::111122223333:root' };
  const plain = await withLocalAccount({ services: [tasks], authorize });
  await new ECSClient(clientSettings(plain)).send(describeTasks);
  const precise = await withLocalAccount({ services: [ecsService({ DescribeTasks: stop })], authorize });
  await new ECSClient(clientSettings(precise)).send(describeTasks);
  expect(questions).toMatchObject([
    [root, [{ action: 'ecs:DescribeTasks', resource: '*', context: { 'aws:requestedregion': ['eu-west-2'] } }]],
    [root, [{ action: 'ecs:StopTask', resource: 'arn:a', context: { a: ['b'], 'aws:principalarn': [root.arn] } }]],
  ]);
});

test('interceptors run in order, after authorisation, and may answer with an error', async () => {
  const order: string[] = [];
  const run = () => {
    order.push('run');
    return { tasks: [] };
  };
  const account = await withLocalAccount({
    services: [ecsService({ DescribeTasks: { accepts: ['tasks'], run } })],
    authorize: () => void order.push('authorize'),
  });
  account.interceptors.push(
    (call, input) => void order.push(`${call.operation} ${JSON.stringify(input)}`),
    async () => {
      await Promise.resolve();
      order.push('second');
    },
  );
  const client = new ECSClient(clientSettings(account));
  await client.send(describeTasks);
  expect(order).toEqual(['authorize', 'DescribeTasks {"tasks":["a"]}', 'second', 'run']);

  account.interceptors.push(() => {
    throw new ApiError('ThrottlingException', 'Rate exceeded');
  });
  await expect(client.send(describeTasks)).rejects.toMatchObject({ name: 'ThrottlingException' });
  expect(order.filter((step) => step === 'run')).toHaveLength(1);
});

test('the paginators of the SDK see every page once', async () => {
  const arns = Array.from({ length: 25 }, (_, index) => `arn:${String(index)}`);
  const listClusters = operation<{ maxResults?: number; nextToken?: string }, object>({
    accepts: ['maxResults', 'nextToken'],
    run({ maxResults = 100, nextToken }) {
      const invalidToken = new ApiError('InvalidParameterException', 'Invalid token');
      const { items, token } = page(arns, { token: nextToken, size: maxResults, invalidToken });
      return { clusterArns: items, nextToken: token };
    },
  });
  const account = await withLocalAccount({ services: [ecsService({ ListClusters: listClusters })] });
  const client = new ECSClient(clientSettings(account));
  const found: string[][] = [];
  for await (const { clusterArns } of paginateListClusters({ client, pageSize: 10 }, {})) found.push(clusterArns ?? []);
  expect(found.map(({ length }) => length)).toEqual([10, 10, 5]);
  expect(found.flat()).toEqual(arns);
});

test('the seed fills the account before the first request; regions and accounts are apart', async () => {
  const names = defineStore(() => new Set<string>());
  const describe = operation<object, object>({
    accepts: ['tasks'],
    run: (_, { scope }) => ({ tasks: [...names(scope)].map((taskArn) => ({ taskArn })) }),
  });
  const account = await withLocalAccount({
    services: [ecsService({ DescribeTasks: describe })],
    seed: async (scope) => {
      await Promise.resolve();
      names(scope).add('seeded');
    },
  });
  names(account.world.scope('444455556666', 'eu-west-2')).add('elsewhere');
  const seen = async (overrides: object) => {
    const { tasks: found } = await new ECSClient(clientSettings(account, overrides)).send(describeTasks);
    return found?.map(({ taskArn }) => taskArn);
  };
  await expect(seen({})).resolves.toEqual(['seeded']);
  await expect(seen({ region: 'eu-west-1' })).resolves.toEqual([]);
  await expect(seen({ credentials: { accessKeyId: '444455556666', secretAccessKey: 's' } })).resolves.toEqual([
    'elsewhere',
  ]);
});

test('the same seed gives the same request ids and credentials', async () => {
  const principal = { account: '111122223333', arn: 'arn:aws:iam::111122223333:user/a' };
  const seen = async (idSeed: string) => {
    const account = await withLocalAccount({ services: [sts], idSeed });
    const credentials = account.registerCredentials(principal);
    const { $metadata } = await new STSClient(clientSettings(account)).send(new GetCallerIdentityCommand());
    return { credentials, requestId: $metadata.requestId };
  };
  const first = await seen('a');
  await expect(seen('a')).resolves.toEqual(first);
  const other = await seen('b');
  expect(other.requestId).not.toBe(first.requestId);
  expect(other.credentials).not.toEqual(first.credentials);
});

test('stopping closes connections and the clock, and may be repeated', async () => {
  const account = await startLocalAccount({ services: [tasks] });
  const client = new ECSClient(clientSettings(account));
  await client.send(describeTasks);
  let rang = false;
  account.world.clock.after(0, () => {
    rang = true;
  });
  await Promise.all([account.stop(), account.stop()]);
  await expect(client.send(describeTasks)).rejects.toMatchObject({ code: expect.stringMatching(/^ECONN/) as unknown });
  await account.world.clock.advance(1000);
  expect(rang).toBe(false);
  client.destroy();
});

test('stopping does not wait for an operation that hangs', async () => {
  let arrived: () => void = () => undefined;
  const started = new Promise<void>((resolve) => {
    arrived = resolve;
  });
  const run = () => {
    arrived();
    return new Promise<object>(() => undefined);
  };
  const account = await startLocalAccount({ services: [ecsService({ DescribeTasks: { accepts: ['tasks'], run } })] });
  const answer = new ECSClient(clientSettings(account)).send(describeTasks);
  const refused = expect(answer).rejects.toThrow();
  await started;
  await account.stop();
  await refused;
});

test('a seed that fails leaves nothing running', async () => {
  const clock = new SimulatedClock({ running: true });
  let rang = false;
  const seed = () => {
    clock.after(0, () => {
      rang = true;
    });
    throw new Error('no such seed');
  };
  await expect(startLocalAccount({ services: [], clock, seed })).rejects.toThrow('no such seed');
  await clock.advance(1000);
  expect(rang).toBe(false);
});

test('a port that is taken is named', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const { port } = other.address() as AddressInfo;
  await expect(startLocalAccount({ services: [], port })).rejects.toThrow(
    `The local account cannot listen on port ${String(port)} (`,
  );
  await new Promise((resolve) => other.close(resolve));
});
