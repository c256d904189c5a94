/** Random values of real operations survive client -> server -> client in every protocol. */
import * as dynamodb from '@aws-sdk/client-dynamodb';
import * as ec2 from '@aws-sdk/client-ec2';
import * as ecs from '@aws-sdk/client-ecs';
import * as elbv2 from '@aws-sdk/client-elastic-load-balancing-v2';
import * as eventbridge from '@aws-sdk/client-eventbridge';
import * as lambda from '@aws-sdk/client-lambda';
import * as sns from '@aws-sdk/client-sns';
import * as sqs from '@aws-sdk/client-sqs';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { ServiceDefinition } from '../../../../infra/local/kernel/operation';
import { operation } from '../../../../infra/local/kernel/operation';
import { modelOf } from '../../../../infra/local/protocol/service-model';
import { clientSettings, withLocalAccount } from '../../../support/local-account';
import type { ClientSettings } from '../../../support/local-account';
import { anyText, comparable, valueOf, xmlText } from './arbitrary-value';

interface Client {
  send(command: unknown): Promise<object>;
}

interface Case {
  readonly signingName: string;
  readonly module: Readonly<Record<string, unknown>>;
  readonly client: new (settings: Partial<ClientSettings>) => { readonly config: object };
  readonly operations: readonly string[];
}

const cases: readonly Case[] = [
  {
    signingName: 'ecs',
    module: ecs,
    client: ecs.ECSClient,
    operations: ['DescribeTasks', 'CreateService', 'DescribeServices', 'RegisterTaskDefinition', 'DescribeClusters'],
  },
  { signingName: 'sqs', module: sqs, client: sqs.SQSClient, operations: ['CreateQueue', 'ListQueues'] },
  { signingName: 'events', module: eventbridge, client: eventbridge.EventBridgeClient, operations: ['PutTargets'] },
  { signingName: 'dynamodb', module: dynamodb, client: dynamodb.DynamoDBClient, operations: ['UpdateTimeToLive'] },
  {
    signingName: 'elasticloadbalancing',
    module: elbv2,
    client: elbv2.ElasticLoadBalancingV2Client,
    operations: ['RegisterTargets', 'DescribeTargetHealth', 'DescribeTargetGroups', 'CreateRule', 'DescribeTags'],
  },
  {
    signingName: 'sns',
    module: sns,
    client: sns.SNSClient,
    operations: ['Publish', 'GetTopicAttributes', 'CreateTopic', 'PublishBatch'],
  },
  {
    signingName: 'ec2',
    module: ec2,
    client: ec2.EC2Client,
    operations: [
      'RunInstances',
      'DescribeInstances',
      'DescribeNetworkInterfaces',
      'CreateTags',
      'AuthorizeSecurityGroupEgress',
    ],
  },
  {
    signingName: 'lambda',
    module: lambda,
    client: lambda.LambdaClient,
    operations: [
      'CreateFunction',
      'ListFunctions',
      'GetFunction',
      'Invoke',
      'TagResource',
      'UntagResource',
      'ListLayers',
    ],
  },
];

interface Exchange {
  received: unknown;
  answer: object;
}

function serviceOf(tested: Case, exchange: Exchange): ServiceDefinition {
  const definition = {
    ...{ signingName: tested.signingName, iamPrefix: tested.signingName, schemas: tested.module, operations: {} },
    client: () => new tested.client({ region: 'eu-west-2' }),
  };
  const operations = tested.operations.map((name) => {
    const members = modelOf(definition).operation(name)?.input.members ?? [];
    const behaviour = operation<object, object>({
      accepts: members.map((member) => member.name),
      run(input) {
        exchange.received = input;
        return exchange.answer;
      },
    });
    return [name, behaviour] as const;
  });
  return { ...definition, operations: Object.fromEntries(operations) };
}

/** Tokens of pages are the account's own affair: what an operation gives is sealed, what a client made up is refused. */
const TOKENS = new Set(['NextToken', 'nextToken', 'NextMarker', 'Marker']);
const withoutTokens = (value: object): object =>
  Object.fromEntries(Object.entries(value).filter(([name]) => !TOKENS.has(name)));

const QUERY = ['awsQuery', 'ec2Query'];
const RUNS = 20;

for (const tested of cases) {
  test.each(tested.operations)(`${tested.signingName} %s`, async (name) => {
    const exchange: Exchange = { received: undefined, answer: {} };
    const service = serviceOf(tested, exchange);
    const account = await withLocalAccount({ services: [service] });
    const client = new tested.client(clientSettings(account)) as unknown as Client;
    const Command = tested.module[`${name}Command`] as new (input: object) => unknown;
    const model = modelOf(service).operation(name);
    if (!model) throw new Error(`${name} is no operation.`);
    const isQuery = QUERY.includes(modelOf(service).protocol);
    const text = isQuery ? xmlText : anyText;

    const inputs = valueOf(model.input, { text, allowEmpty: !isQuery }) as fc.Arbitrary<object>;
    const outputs = valueOf(model.output, { text, allowEmpty: true }) as fc.Arbitrary<object>;
    await fc.assert(
      fc.asyncProperty(inputs, outputs, async (input, output) => {
        // A dry run never reaches the operation.
        const wanted = withoutTokens({ ...input, ...('DryRun' in input && { DryRun: false }) });
        exchange.answer = withoutTokens(output);
        const answered = await client.send(new Command(wanted));
        expect(comparable(exchange.received, !isQuery)).toEqual(comparable(wanted, !isQuery));
        expect(comparable(answered, true)).toEqual(comparable(withoutTokens(output), true));
      }),
      { numRuns: RUNS },
    );
  });
}
