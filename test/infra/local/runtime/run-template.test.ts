import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { authorizeRoles } from '../../../../infra/local/iam/authorize';
import { SimulatedClock } from '../../../../infra/local/kernel/clock';
import { runTemplate, type RunningStack } from '../../../../infra/local/runtime/run-template';
import { services } from '../../../../infra/local/services';
import { queueNamed } from '../../../../infra/local/services/sqs/queues';
import { clientSettings, withLocalAccount } from '../../../support/local-account';

/** Writes what woke it into the table. */
const BUNDLE = `
const { DynamoDBClient, PutItemCommand } = require(${JSON.stringify(path.resolve('node_modules/@aws-sdk/client-dynamodb'))});
const client = new DynamoDBClient({});
exports.handler = async (event, context) => {
  const seen = event.Records ? event.Records.map(({ body }) => JSON.parse(body).detail.order) : event['detail-type'];
  const Item = { pk: { S: context.awsRequestId }, seen: { S: JSON.stringify(seen) } };
  await client.send(new PutItemCommand({ TableName: process.env.TABLE, Item }));
  return { batchItemFailures: [] };
};
`;

const TEMPLATE = `
Transform: AWS::Serverless-2016-10-31
Parameters:
  Invoke: { Type: String, Default: lambda:InvokeFunction }
  Write: { Type: String, Default: dynamodb:PutItem }
Resources:
  Rule:
    Type: AWS::Events::Rule
    Properties:
      EventPattern: { source: [shop] }
      Targets: [{ Id: queue, Arn: !GetAtt Queue.Arn }]
  Queue: { Type: AWS::SQS::Queue, Properties: { VisibilityTimeout: 60 } }
  Dead: { Type: AWS::SQS::Queue }
  Failed: { Type: AWS::SQS::Queue }
  QueuePolicy:
    Type: AWS::SQS::QueuePolicy
    Properties:
      Queues: [!Ref Queue]
      PolicyDocument:
        Statement: [{ Effect: Allow, Principal: { Service: events.amazonaws.com }, Action: sqs:SendMessage, Resource: '*' }]
  Mapping:
    Type: AWS::Lambda::EventSourceMapping
    Properties:
      EventSourceArn: !GetAtt Queue.Arn
      FunctionName: !Ref Worker.Alias
      MaximumBatchingWindowInSeconds: 5
      FunctionResponseTypes: [ReportBatchItemFailures]
  Worker:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: nodejs24.x
      Handler: index.handler
      CodeUri: worker
      Timeout: 20
      Role: !GetAtt WorkerRole.Arn
      AutoPublishAlias: live
      EventInvokeConfig:
        MaximumRetryAttempts: 2
        DestinationConfig: { OnFailure: { Type: SQS, Destination: !GetAtt Failed.Arn } }
      Environment: { Variables: { TABLE: !Ref Table } }
  WorkerRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {}
      Policies:
        - PolicyName: work
          PolicyDocument:
            Statement: [{ Effect: Allow, Action: ['sqs:*', !Ref Write], Resource: '*' }]
  Timer:
    Type: AWS::Scheduler::Schedule
    Properties:
      ScheduleExpression: rate(30 minutes)
      FlexibleTimeWindow: { Mode: 'OFF' }
      Target:
        Arn: !Ref Worker.Alias
        RoleArn: !GetAtt TimerRole.Arn
        DeadLetterConfig: { Arn: !GetAtt Dead.Arn }
  TimerRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {}
      Policies:
        - PolicyName: invoke
          PolicyDocument:
            Statement:
              - { Effect: Allow, Action: !Ref Invoke, Resource: !Ref Worker.Alias }
              - { Effect: Allow, Action: sqs:SendMessage, Resource: !GetAtt Dead.Arn }
  Table:
    Type: AWS::DynamoDB::Table
    Properties:
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{ AttributeName: pk, AttributeType: S }]
      KeySchema: [{ AttributeName: pk, KeyType: HASH }]
Outputs:
  Table: { Value: !Ref Table }
`;

let folder: string;
let stack: RunningStack | undefined;

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'stack-'));
  await mkdir(path.join(folder, 'worker'));
  await writeFile(path.join(folder, 'worker', 'index.js'), BUNDLE);
  await writeFile(path.join(folder, 'template.yaml'), TEMPLATE);
});
afterEach(async () => {
  stack?.stop();
  await rm(folder, { recursive: true });
});

async function deploy(parameters: Readonly<Record<string, string>> = {}) {
  const clock = new SimulatedClock({ running: false, start: new Date('2026-11-22T10:00:00Z') });
  const account = await withLocalAccount({ services, clock, authorize: authorizeRoles });
  const lines: string[] = [];
  const templateFile = path.join(folder, 'template.yaml');
  const log = (_name: string, line: string) => lines.push(line);
  const deployed = await runTemplate({ account, templateFile, stackName: 'tiny', parameters, log });
  stack = deployed;
  const table = new DynamoDBClient(clientSettings(account));
  const bus = new EventBridgeClient(clientSettings(account));
  return {
    ...{ account, deployed, lines },
    order: async (...orders: string[]) => {
      const entries = orders.map((order) => ({
        Source: 'shop',
        DetailType: 'Order',
        Detail: JSON.stringify({ order }),
      }));
      await bus.send(new PutEventsCommand({ Entries: entries }));
    },
    letPass: async (seconds: number) => {
      for (let passed = 0; passed < seconds; passed += 5) {
        await clock.advance(5_000);
        for (let round = 0; round < 20; round++) await turn();
        await deployed.quiet();
      }
    },
    seen: async () => {
      const { Items = [] } = await table.send(new ScanCommand({ TableName: deployed.outputs()['Table'] }));
      return Items.map((item) => JSON.parse(item['seen']?.S ?? 'null') as unknown);
    },
    queued: (name: string) => [...queueNamed(account.scope, `tiny-${name}`).messages.values()].length,
  };
}

it('carries events by rule, queue and function into the table, a batch at once', async () => {
  const { order, letPass, seen, queued } = await deploy();
  await order('bread', 'milk');
  await letPass(15);
  expect(await seen()).toEqual([['bread', 'milk']]);
  expect(queued('Queue')).toBe(0);
});

it('refuses what the role of the function may not do, until an update allows it', async () => {
  const { deployed, order, letPass, seen, queued, lines } = await deploy({ Write: 'dynamodb:GetItem' });
  await order('bread');
  await letPass(15);
  expect(await seen()).toEqual([]);
  expect(queued('Queue')).toBe(1);
  expect(lines.join('\n')).toContain('is not authorized to perform: dynamodb:PutItem');
  await deployed.update({ parameters: { Write: 'dynamodb:PutItem' } });
  await letPass(90);
  expect(await seen()).toEqual([['bread']]);
});

it('starts a function by its schedule', async () => {
  const { letPass, seen } = await deploy();
  await letPass(29 * 60);
  expect(await seen()).toEqual([]);
  await letPass(31 * 60 + 10);
  expect(await seen()).toEqual(['Scheduled Event', 'Scheduled Event']);
});

it('starts a function that was killed again after one minute, and once more after another two', async () => {
  const { account, letPass, seen } = await deploy();
  const kill = account.weather.calls({ match: 'dynamodb:PutItem', fault: 'kill', times: 2 });
  await letPass(30 * 60 + 5);
  expect(kill.struck()).toBe(1);
  await letPass(65);
  expect(kill.struck()).toBe(2);
  expect(await seen()).toEqual([]);
  await letPass(125);
  expect(await seen()).toEqual(['Scheduled Event']);
});

it('keeps what a function failed at three times', async () => {
  const { account, letPass, seen, queued } = await deploy();
  account.weather.calls({ match: 'dynamodb:PutItem', fault: 'kill', times: 3 });
  await letPass(35 * 60);
  expect({ seen: await seen(), kept: queued('Failed') }).toEqual({ seen: [], kept: 1 });
  const [message] = queueNamed(account.scope, 'tiny-Failed').messages.values();
  expect(JSON.parse(message?.body ?? '')).toMatchObject({
    requestContext: {
      condition: 'RetriesExhausted',
      approximateInvokeCount: 3,
      functionArn: expect.stringMatching(/:function:tiny-Worker:live$/),
    },
    requestPayload: { 'detail-type': 'Scheduled Event' },
    responseContext: { functionError: 'Unhandled' },
  });
});

it('keeps what a schedule may not deliver', async () => {
  const { letPass, seen, queued } = await deploy({ Invoke: 'lambda:GetFunction' });
  await letPass(31 * 60);
  expect({ seen: await seen(), kept: queued('Dead') }).toEqual({ seen: [], kept: 1 });
});

it.each([
  ['before', 1],
  ['after', 2],
] as const)('a function killed %s the effect of its call gets its messages again', async (when, writes) => {
  const { account, order, letPass, seen, queued, lines } = await deploy();
  const kill = account.weather.calls({ match: 'dynamodb:PutItem', fault: 'kill', when, nth: 1 });
  await order('bread');
  await letPass(15);
  expect(kill.struck()).toBe(1);
  expect(lines.join('\n')).toContain('Runtime exited with signal: SIGKILL');
  expect(queued('Queue')).toBe(1);
  await letPass(90);
  expect(await seen()).toEqual(Array.from({ length: writes }, () => ['bread']));
  expect(queued('Queue')).toBe(0);
});
