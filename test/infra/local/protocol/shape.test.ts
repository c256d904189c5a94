/** Notices when an upgrade of the SDK changes its runtime schemas: each client in use is read as a whole. */
import * as dynamodb from '@aws-sdk/client-dynamodb';
import * as ec2 from '@aws-sdk/client-ec2';
import * as ecs from '@aws-sdk/client-ecs';
import * as elbv2 from '@aws-sdk/client-elastic-load-balancing-v2';
import * as eventbridge from '@aws-sdk/client-eventbridge';
import * as lambda from '@aws-sdk/client-lambda';
import * as servicediscovery from '@aws-sdk/client-servicediscovery';
import * as sns from '@aws-sdk/client-sns';
import * as sqs from '@aws-sdk/client-sqs';
import * as ssm from '@aws-sdk/client-ssm';
import * as sts from '@aws-sdk/client-sts';
import { expect, test } from '@jest/globals';
import type { ServiceDefinition } from '../../../../infra/local/kernel/operation';
import type { ServiceModel } from '../../../../infra/local/protocol/service-model';
import { modelOf } from '../../../../infra/local/protocol/service-model';
import type { Member, Shape } from '../../../../infra/local/protocol/shape';
import { isUnit, readShape, readStructureShape } from '../../../../infra/local/protocol/shape';

interface Row {
  readonly name: string;
  readonly schemas: Readonly<Record<string, unknown>>;
  readonly client: new (settings: { region: string }) => { readonly config: object };
  readonly protocol: string;
  readonly target: string;
  readonly version: string;
}

const rows: readonly Row[] = [
  {
    ...{ name: 'dynamodb', schemas: dynamodb, client: dynamodb.DynamoDBClient },
    ...{ protocol: 'awsJson1_0', target: 'DynamoDB_20120810', version: '2012-08-10' },
  },
  {
    ...{ name: 'ec2', schemas: ec2, client: ec2.EC2Client },
    ...{ protocol: 'ec2Query', target: 'AmazonEC2', version: '2016-11-15' },
  },
  {
    ...{ name: 'ecs', schemas: ecs, client: ecs.ECSClient },
    ...{ protocol: 'awsJson1_1', target: 'AmazonEC2ContainerServiceV20141113', version: '2014-11-13' },
  },
  {
    ...{ name: 'elasticloadbalancing', schemas: elbv2, client: elbv2.ElasticLoadBalancingV2Client },
    ...{ protocol: 'awsQuery', target: 'ElasticLoadBalancing_v10', version: '2015-12-01' },
  },
  {
    ...{ name: 'events', schemas: eventbridge, client: eventbridge.EventBridgeClient },
    ...{ protocol: 'awsJson1_1', target: 'AWSEvents', version: '2015-10-07' },
  },
  {
    ...{ name: 'lambda', schemas: lambda, client: lambda.LambdaClient },
    ...{ protocol: 'restJson1', target: 'AWSGirApiService', version: '2015-03-31' },
  },
  {
    ...{ name: 'servicediscovery', schemas: servicediscovery, client: servicediscovery.ServiceDiscoveryClient },
    ...{ protocol: 'awsJson1_1', target: 'Route53AutoNaming_v20170314', version: '2017-03-14' },
  },
  {
    ...{ name: 'sns', schemas: sns, client: sns.SNSClient },
    ...{ protocol: 'awsQuery', target: 'AmazonSimpleNotificationService', version: '2010-03-31' },
  },
  {
    ...{ name: 'sqs', schemas: sqs, client: sqs.SQSClient },
    ...{ protocol: 'awsJson1_0', target: 'AmazonSQS', version: '2012-11-05' },
  },
  {
    ...{ name: 'ssm', schemas: ssm, client: ssm.SSMClient },
    ...{ protocol: 'awsJson1_1', target: 'AmazonSSM', version: '2014-11-06' },
  },
  {
    ...{ name: 'sts', schemas: sts, client: sts.STSClient },
    ...{ protocol: 'awsQuery', target: 'AWSSecurityTokenServiceV20110615', version: '2011-06-15' },
  },
];

function definitionOf({ name, schemas, client: Client }: Row): ServiceDefinition {
  const client = () => new Client({ region: 'eu-west-2' });
  return { signingName: name, iamPrefix: name, schemas, client, operations: {} };
}

/** Traits that the codecs honour, and those that change nothing on the wire of a protocol spoken here. */
const KNOWN_TRAITS = [
  ...[
    'httpLabel',
    'httpQuery',
    'httpQueryParams',
    'httpHeader',
    'httpPrefixHeaders',
    'httpPayload',
    'httpResponseCode',
  ],
  ...['xmlName', 'xmlFlattened', 'ec2QueryName', 'idempotencyToken', 'sparse'],
  ...['idempotent', 'sensitive', 'error', 'httpError', 'awsQueryError'],
  // Event streams: of operations that no service here has
  ...['streaming', 'eventPayload'],
];

function childrenOf(shape: Shape): readonly Member[] {
  if (shape.kind === 'structure') return shape.members;
  if (shape.kind === 'list') return [shape.element];
  return shape.kind === 'map' ? [shape.key, shape.value] : [];
}

function collectTraits(shape: Shape, seen: Set<Shape>, traits: Set<string>): void {
  if (seen.has(shape)) return;
  seen.add(shape);
  for (const member of childrenOf(shape)) {
    for (const trait of Object.keys(member.traits)) traits.add(trait);
    collectTraits(member.shape, seen, traits);
  }
}

function traitsOf(model: ServiceModel): string[] {
  const traits = new Set<string>();
  const seen = new Set<Shape>();
  for (const name of model.operationNames) {
    const operation = model.operation(name);
    if (!operation) throw new Error(`${name} cannot be read.`);
    collectTraits(operation.input, seen, traits);
    collectTraits(operation.output, seen, traits);
  }
  return [...traits];
}

test.each(rows)('every operation of $name is understood', (row) => {
  const model = modelOf(definitionOf(row));
  expect(model).toMatchObject({ protocol: row.protocol, target: row.target, version: row.version });
  const commands = Object.keys(row.schemas).filter((name) => name.endsWith('Command') && name !== '$Command');
  expect(model.operationNames.map((name) => `${name}Command`).sort()).toEqual(commands.sort());
  expect(traitsOf(model).filter((trait) => !KNOWN_TRAITS.includes(trait))).toEqual([]);
});

test('required members, names on the wire and lists are read as AWS documents them', () => {
  const run = readStructureShape(ec2.RunInstancesRequest$);
  expect(run.members.filter(({ required }) => required).map(({ name }) => name)).toEqual(['MaxCount', 'MinCount']);
  expect(run.byName.get('NetworkInterfaces')?.traits['ec2QueryName']).toBe('NetworkInterface');
  expect(run.byName.get('ClientToken')?.traits).toHaveProperty('idempotencyToken');
  const task = readStructureShape(ecs.Task$);
  expect(task.byName.get('startedAt')?.shape).toEqual({ kind: 'timestamp', format: undefined });
  expect(task.byName.get('containers')?.shape).toMatchObject({
    kind: 'list',
    element: { shape: { name: 'Container' } },
  });
  expect(task.members.some(({ required }) => required)).toBe(false);
});

test('modelled errors are found by shape and by code', () => {
  const definition = { signingName: 'sqs', iamPrefix: 'sqs', schemas: sqs, operations: {} };
  const model = modelOf({ ...definition, client: () => new sqs.SQSClient({ region: 'eu-west-2' }) });
  const byName = model.error('QueueDoesNotExist');
  expect(byName).toMatchObject({ status: 400, queryCode: 'AWS.SimpleQueueService.NonExistentQueue' });
  expect(model.error('AWS.SimpleQueueService.NonExistentQueue')).toBe(byName);
  expect(model.error('toString')).toBeUndefined();
});

test('an element is named by its member, not by the type of that', () => {
  const inner = [3, 'test', 'Inner', { xmlName: 'InnerType' }, [], []];
  const shape = readStructureShape([
    3,
    'test',
    'Outer',
    0,
    ['a', 'b'],
    [() => inner, [() => inner, { xmlName: 'bee' }]],
  ]);
  expect(shape.members.map(({ xmlName }) => xmlName)).toEqual(['a', 'bee']);
});

test('a shape may hold itself', () => {
  const node: unknown[] = [3, 'test', 'Node', 0, ['children'], []];
  (node[5] as unknown[]).push(() => [1, 'test', 'Nodes', 0, () => node]);
  const shape = readStructureShape(node);
  expect(shape.byName.get('children')?.shape).toMatchObject({ kind: 'list', element: { shape } });
});

test('no input or output is a structure without members', () => {
  expect(isUnit(readStructureShape('unit'))).toBe(true);
  expect(isUnit(readStructureShape(ec2.DescribeVpcsRequest$))).toBe(false);
});

test.each([
  ['an unknown simple schema', 33],
  ['an unknown name', 'none'],
  ['an unknown kind of schema', [12, 'test', 'X', 0, []]],
  ['a structure with members but no schemas', [3, 'test', 'X', 0, ['a'], []]],
  ['more required members than there are', [3, 'test', 'X', 0, ['a'], [0], 2]],
  ['traits of another form', [3, 'test', 'X', 0, ['a'], [[0, 'trait']]]],
  ['nothing', undefined],
])('%s is not guessed at', (_, schema) => {
  expect(() => readShape(schema)).toThrow(/The SDK's schema format has changed/);
});
