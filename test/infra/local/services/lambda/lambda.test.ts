import { setImmediate as turn } from 'node:timers/promises';
import {
  GetFunctionConfigurationCommand,
  InvokeCommand,
  LambdaClient,
  ListFunctionsCommand,
  paginateListFunctions,
} from '@aws-sdk/client-lambda';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { SimulatedClock } from '../../../../../infra/local/kernel/clock';
import type { LocalAccount } from '../../../../../infra/local/local-account';
import {
  addQualifier,
  functionArn,
  registerFunction,
  removeQualifier,
  type InvocationResult,
} from '../../../../../infra/local/services/lambda/functions';
import {
  invokeAsynchronously,
  putEventInvokeConfig,
} from '../../../../../infra/local/services/lambda/invoke-asynchronously';
import { lambda } from '../../../../../infra/local/services/lambda/lambda';
import { clientSettings, withLocalAccount } from '../../../../support/local-account';

let account: LocalAccount;
let client: LambdaClient;
let payloads: string[];

beforeEach(async () => {
  payloads = [];
  account = await withLocalAccount({ services: [lambda], clock: new SimulatedClock({ running: false }) });
  client = new LambdaClient(clientSettings(account));
});

function deploy(name: string, answer: (payload: string) => InvocationResult): void {
  registerFunction(account.scope, {
    name,
    arn: functionArn(account.scope, name),
    roleArn: 'arn:aws:iam::111122223333:role/r',
    handler: 'index.handler',
    runtime: 'nodejs24.x',
    description: '',
    timeoutSeconds: 3,
    memoryMiB: 128,
    variables: {},
    invoke: (payload) => {
      payloads.push(payload);
      return Promise.resolve(answer(payload));
    },
  });
}

describe('the Lambda API', () => {
  it('hands the payload over and the answer back', async () => {
    deploy('echo', (payload) => ({ payload: JSON.stringify({ got: JSON.parse(payload) as unknown }) }));
    const answer = await client.send(new InvokeCommand({ FunctionName: 'echo', Payload: Buffer.from('{"a":"ä"}') }));
    expect(answer.StatusCode).toBe(200);
    expect(answer.FunctionError).toBeUndefined();
    expect(answer.Payload?.transformToString()).toBe('{"got":{"a":"ä"}}');
  });

  it('tells a failed function from a failed call', async () => {
    deploy('fails', () => ({ payload: '{"errorType":"E"}', functionError: 'Unhandled' }));
    const answer = await client.send(new InvokeCommand({ FunctionName: functionArn(account.scope, 'fails') }));
    expect(answer).toMatchObject({ StatusCode: 200, FunctionError: 'Unhandled' });
    await expect(client.send(new InvokeCommand({ FunctionName: 'none' }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
    const notJson = new InvokeCommand({ FunctionName: 'fails', Payload: Buffer.from('{') });
    await expect(client.send(notJson)).rejects.toMatchObject({ name: 'InvalidRequestContentException' });
  });

  it('tries an asynchronous invocation three times', async () => {
    deploy('fails', () => ({ payload: '{}', functionError: 'Unhandled' }));
    const event = new InvokeCommand({
      FunctionName: 'fails',
      InvocationType: 'Event',
      Payload: Buffer.from('{"n":1}'),
    });
    expect((await client.send(event)).StatusCode).toBe(202);
    await account.world.clock.advance(60_000);
    await account.world.clock.advance(120_000);
    await account.world.clock.advance(3_600_000);
    expect(payloads).toEqual(['{"n":1}', '{"n":1}', '{"n":1}']);
  });

  it('delivers an asynchronous invocation that succeeds once', async () => {
    deploy('works', () => ({ payload: 'null' }));
    invokeAsynchronously(account.scope, 'works', '{}');
    await account.world.clock.advance(3_600_000);
    expect(payloads).toEqual(['{}']);
  });

  it('knows aliases: by name, by ARN and as a parameter of the call, and none that is not there', async () => {
    deploy('works', () => ({ payload: '1' }));
    addQualifier(account.scope, 'works', 'live');
    const arn = functionArn(account.scope, 'works');
    for (const call of [
      { FunctionName: 'works:live' },
      { FunctionName: `${arn}:live` },
      { FunctionName: arn, Qualifier: 'live' },
    ]) {
      expect(await client.send(new InvokeCommand(call))).toMatchObject({ StatusCode: 200 });
    }
    await expect(client.send(new InvokeCommand({ FunctionName: 'works:next' }))).rejects.toMatchObject({
      ...{ name: 'ResourceNotFoundException', message: `Function not found: ${arn}:next` },
    });
    removeQualifier(account.scope, 'works', 'live');
    await expect(client.send(new InvokeCommand({ FunctionName: 'works:live' }))).rejects.toThrow('works:live');
  });

  it('gives an asynchronous invocation up as its configuration says', async () => {
    deploy('fails', () => ({ payload: '{}', functionError: 'Unhandled' }));
    const arn = functionArn(account.scope, 'fails');
    putEventInvokeConfig(account.scope, arn, { maximumRetryAttempts: 1 });
    invokeAsynchronously(account.scope, 'fails', '{}');
    await turn();
    await account.world.clock.advance(60_000);
    await account.world.clock.advance(3_600_000);
    expect(payloads).toHaveLength(2);
    putEventInvokeConfig(account.scope, arn, { maximumEventAgeSeconds: 100 });
    invokeAsynchronously(account.scope, 'fails', '{}');
    await turn();
    await account.world.clock.advance(60_000);
    await account.world.clock.advance(3_600_000);
    expect(payloads).toHaveLength(4);
  });

  it('shows the state of a function, but not in a listing', async () => {
    deploy('works', () => ({ payload: 'null' }));
    const shown = await client.send(new GetFunctionConfigurationCommand({ FunctionName: 'works' }));
    expect(shown).toMatchObject({ State: 'Active', LastUpdateStatus: 'Successful' });
    const { Functions: [listed] = [] } = await client.send(new ListFunctionsCommand({}));
    expect(listed).toMatchObject({ FunctionName: 'works', Version: '$LATEST' });
    expect(listed).not.toHaveProperty('State');
  });

  it('lists functions page by page', async () => {
    for (let index = 0; index < 60; index++) deploy(`f${String(index).padStart(2, '0')}`, () => ({ payload: 'null' }));
    const names: (string | undefined)[] = [];
    for await (const { Functions = [] } of paginateListFunctions({ client }, {})) {
      names.push(...Functions.map(({ FunctionName }) => FunctionName));
    }
    expect(names).toHaveLength(60);
  });
});
