/** Each error as the unmodified client of each protocol sees it. */
import { DescribeVpcsCommand, EC2Client, RunInstancesCommand } from '@aws-sdk/client-ec2';
import { DescribeTasksCommand, ECSClient, ListClustersCommand } from '@aws-sdk/client-ecs';
import {
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
  TargetGroupNotFoundException,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { GetFunctionCommand, LambdaClient, ResourceNotFoundException } from '@aws-sdk/client-lambda';
import { GetQueueUrlCommand, QueueDoesNotExist, SQSClient } from '@aws-sdk/client-sqs';
import { ResourceNotFoundException as EcsResourceNotFoundException } from '@aws-sdk/client-ecs';
import { expect, test } from '@jest/globals';
import { ApiError } from '../../../../infra/local/kernel/api-error';
import type { Operation } from '../../../../infra/local/kernel/operation';
import type { LocalAccountOptions } from '../../../../infra/local/local-account';
import { clientSettings, withLocalAccount } from '../../../support/local-account';
import { answering, ec2Service, ecsService, elbv2Service, failing, lambdaService, sqsService } from './echo-service';

interface Seen {
  readonly name?: string;
  readonly message?: string;
  readonly $metadata?: { readonly httpStatusCode?: number; readonly requestId?: string };
}

type Ask = (operation: Operation, options?: Partial<LocalAccountOptions>) => Promise<unknown>;

const ecs: Ask = async (operation, options) => {
  const services = [ecsService({ DescribeTasks: operation })];
  const account = await withLocalAccount({ services, ...options });
  return new ECSClient(clientSettings(account)).send(new DescribeTasksCommand({ tasks: ['a'] }));
};
const ec2: Ask = async (operation, options) => {
  const account = await withLocalAccount({ services: [ec2Service({ DescribeVpcs: operation })], ...options });
  return new EC2Client(clientSettings(account)).send(new DescribeVpcsCommand({}));
};
const elbv2: Ask = async (operation, options) => {
  const services = [elbv2Service({ DescribeTargetHealth: operation })];
  const account = await withLocalAccount({ services, ...options });
  const command = new DescribeTargetHealthCommand({ TargetGroupArn: 'arn' });
  return new ElasticLoadBalancingV2Client(clientSettings(account)).send(command);
};
const sqs: Ask = async (operation, options) => {
  const account = await withLocalAccount({ services: [sqsService({ GetQueueUrl: operation })], ...options });
  return new SQSClient(clientSettings(account)).send(new GetQueueUrlCommand({ QueueName: 'q' }));
};
const lambda: Ask = async (operation, options) => {
  const account = await withLocalAccount({ services: [lambdaService({ GetFunction: operation })], ...options });
  return new LambdaClient(clientSettings(account)).send(new GetFunctionCommand({ FunctionName: 'f' }));
};

const all = [
  ['awsJson1_1', ecs, ['tasks']],
  ['awsJson1_0', sqs, ['QueueName']],
  ['awsQuery', elbv2, ['TargetGroupArn']],
  ['ec2Query', ec2, []],
  ['restJson1', lambda, ['FunctionName']],
] as const;

async function errorOf(answer: Promise<unknown>): Promise<Seen> {
  return answer.then(
    () => {
      throw new Error('The call succeeded.');
    },
    (error: unknown) => error as Seen,
  );
}

test.each(all)('%s: code, message, status and request id of an ApiError', async (_, ask, accepts) => {
  const error = await errorOf(ask(failing(new ApiError('SomethingWrong', 'a <bad> "thing" & more', 409), accepts)));
  expect(error).toMatchObject({ name: 'SomethingWrong', message: 'a <bad> "thing" & more' });
  expect(error.$metadata?.httpStatusCode).toBe(409);
  expect(error.$metadata?.requestId).toMatch(/^[0-9a-f-]{36}$/);
});

test('modelled errors become the exceptions of the SDK', async () => {
  const ecsError = new ApiError('ResourceNotFoundException', 'gone');
  await expect(ecs(failing(ecsError, ['tasks']))).rejects.toBeInstanceOf(EcsResourceNotFoundException);
  const lambdaError = new ApiError('ResourceNotFoundException', 'gone', 400, { Type: 'User' });
  const seen = await errorOf(lambda(failing(lambdaError, ['FunctionName'])));
  expect(seen).toBeInstanceOf(ResourceNotFoundException);
  // 404 comes from the model, as the behaviour says nothing else
  expect(seen).toMatchObject({ Type: 'User', message: 'gone', $metadata: { httpStatusCode: 404 } });
});

test.each(['TargetGroupNotFoundException', 'TargetGroupNotFound'])(
  'awsQuery: the code on the wire for %s',
  async (code) => {
    const seen = await errorOf(elbv2(failing(new ApiError(code, 'gone'), ['TargetGroupArn'])));
    expect(seen).toBeInstanceOf(TargetGroupNotFoundException);
    expect(seen).toMatchObject({ Code: 'TargetGroupNotFound', Type: 'Sender', message: 'gone' });
  },
);

test.each(['QueueDoesNotExist', 'AWS.SimpleQueueService.NonExistentQueue'])(
  'a service that once spoke awsQuery keeps its codes: %s',
  async (code) => {
    const seen = await errorOf(sqs(failing(new ApiError(code, 'gone'), ['QueueName'])));
    expect(seen).toBeInstanceOf(QueueDoesNotExist);
    expect(seen).toMatchObject({ Code: 'AWS.SimpleQueueService.NonExistentQueue', Type: 'Sender', message: 'gone' });
  },
);

test.each(all)('%s: a fault of a behaviour is a 500 with its trace in the log', async (_, ask, accepts) => {
  const log: string[] = [];
  const options = { log: (message: string) => void log.push(message) };
  const seen = await errorOf(ask(failing(new Error('null pointer'), accepts), options));
  expect(seen.name).toMatch(/^Internal(Failure|Error)$/);
  expect(seen).toMatchObject({ message: 'null pointer', $metadata: { httpStatusCode: 500 } });
  expect(log.join()).toMatch(/failed \(request [0-9a-f-]{36}\): Error: null pointer\n +at /);
});

interface BadOutput {
  readonly ask: Ask;
  readonly accepts: readonly string[];
  readonly output: object;
  readonly complaint: string;
}

const badEcs = (output: object, complaint: string): BadOutput => ({ ask: ecs, accepts: ['tasks'], output, complaint });
const badEc2 = (output: object, complaint: string): BadOutput => ({ ask: ec2, accepts: [], output, complaint });

test.each<BadOutput>([
  badEcs({ tasks: [{ taskArm: 'typo' }] }, 'tasks.0.taskArm is no member of Task'),
  badEcs({ tasks: [{ taskArn: 7 }] }, 'tasks.0.taskArn must be a string, is number'),
  badEcs({ tasks: [{ createdAt: 'today' }] }, 'tasks.0.createdAt must be a valid Date'),
  badEcs({ tasks: {} }, 'tasks must be a list, is object'),
  badEc2({ Vpcs: [{ vpcId: 'typo' }] }, 'Vpcs.0.vpcId is no member of Vpc'),
  badEc2({ Vpcs: [{ IsDefault: 'yes' }] }, 'Vpcs.0.IsDefault must be a boolean, is string'),
  badEc2({ Vpcs: [null] }, 'Vpcs.0 must be an object, is null'),
  badEc2({ Vpcs: [new Map()] }, 'Vpcs.0 must be a plain object'),
  { ask: sqs, accepts: ['QueueName'], output: { Url: 'typo' }, complaint: 'Url is no member' },
  { ask: elbv2, accepts: ['TargetGroupArn'], output: { Health: [] }, complaint: 'Health is no member' },
  {
    ask: lambda,
    accepts: ['FunctionName'],
    output: { Config: 1 },
    complaint: 'Config is no member',
  },
])('output that the schema does not know is a 500 naming it: $complaint', async (row) => {
  const seen = await errorOf(row.ask(answering(row.output, row.accepts), { log: () => undefined }));
  expect(seen.$metadata?.httpStatusCode).toBe(500);
  expect(seen.message).toContain(row.complaint);
});

test.each(all)('%s: fields of an error that its model does not know are a fault as well', async (_, ask, accepts) => {
  const codes = ['InvalidParameterException', 'TargetGroupNotFound', 'ResourceNotFoundException', 'QueueDoesNotExist'];
  for (const code of codes) {
    const options = { log: () => undefined };
    const seen = await errorOf(ask(failing(new ApiError(code, 'm', 400, { nonsense: 1 }), accepts), options));
    // An error that a JSON service does not model at all may say what it likes.
    if (seen.$metadata?.httpStatusCode === 500) expect(seen.message).toMatch(/nonsense/);
    else expect(seen).toMatchObject({ name: code, nonsense: 1 });
  }
});

test.each(all)('%s: AccessDenied in the words of the protocol', async (protocol, ask, accepts) => {
  const authorize = () => {
    throw new ApiError('AccessDenied', 'no policy allows it', 403);
  };
  const seen = await errorOf(ask(answering({}, accepts), { authorize }));
  const code = new Map<string, string>([
    ['ec2Query', 'UnauthorizedOperation'],
    ['awsQuery', 'AccessDenied'],
  ]).get(protocol);
  expect(seen).toMatchObject({ name: code ?? 'AccessDeniedException', message: 'no policy allows it' });
});

test('dry run of EC2: after authorisation, before the operation', async () => {
  let ran = 0;
  const run = () => {
    ran += 1;
    return {};
  };
  const services = [ec2Service({ RunInstances: { accepts: ['MinCount', 'MaxCount', 'ClientToken'], run } })];
  const command = (DryRun: boolean) => new RunInstancesCommand({ MinCount: 1, MaxCount: 1, DryRun });
  const open = new EC2Client(clientSettings(await withLocalAccount({ services })));
  await expect(open.send(command(true))).rejects.toMatchObject({
    name: 'DryRunOperation',
    message: 'Request would have succeeded, but DryRun flag is set.',
    $metadata: { httpStatusCode: 412 },
  });
  expect(ran).toBe(0);
  await open.send(command(false));
  expect(ran).toBe(1);

  const authorize = () => {
    throw new ApiError('AccessDenied', 'no');
  };
  const closed = new EC2Client(clientSettings(await withLocalAccount({ services, authorize })));
  await expect(closed.send(command(true))).rejects.toMatchObject({ name: 'UnauthorizedOperation' });
});

test('an operation that the service does not simulate is a 501 naming both', async () => {
  const account = await withLocalAccount({ services: [ecsService({})] });
  const answer = new ECSClient(clientSettings(account)).send(new ListClustersCommand({}));
  await expect(answer).rejects.toMatchObject({
    name: 'NotImplemented',
    message: 'ecs:ListClusters is not simulated by the local account.',
    $metadata: { httpStatusCode: 501 },
  });
});

test('a name that every object has is no operation', async () => {
  const account = await withLocalAccount({ services: [ecsService({})] });
  const response = await fetch(account.endpoint, {
    method: 'POST',
    headers: { 'x-amz-target': 'AmazonEC2ContainerServiceV20141113.constructor' },
  });
  expect(response.status).toBe(400);
});

test('a parameter that AWS knows and the operation does not honour is a 501 naming its path', async () => {
  const services = [ec2Service({ RunInstances: answering({}, ['MinCount', 'MaxCount', 'ClientToken']) })];
  const account = await withLocalAccount({ services });
  const input = { MinCount: 1, MaxCount: 1, NetworkInterfaces: [{ PrimaryIpv6: true }] };
  await expect(new EC2Client(clientSettings(account)).send(new RunInstancesCommand(input))).rejects.toMatchObject({
    name: 'NotImplemented',
    message: 'Parameter NetworkInterfaces of ec2:RunInstances is not simulated by the local account.',
    $metadata: { httpStatusCode: 501 },
  });
});

test.each([
  ['ValidationException', undefined],
  ['InvalidParameterException', 'InvalidParameterException'],
])('awsJson: a missing parameter is a %s', async (name, missingParameterCode) => {
  const service = ecsService({ DescribeTasks: answering({}) }, { missingParameterCode });
  const account = await withLocalAccount({ services: [service] });
  const command = new DescribeTasksCommand({ tasks: undefined });
  await expect(new ECSClient(clientSettings(account)).send(command)).rejects.toMatchObject({
    name,
    message: "1 validation error detected: Value null at 'tasks' failed to satisfy constraint: Member must not be null",
    $metadata: { httpStatusCode: 400 },
  });
});

test('awsQuery and ec2Query: a missing parameter is named', async () => {
  const services = [elbv2Service({ DescribeTargetHealth: answering({}) }), ec2Service({ RunInstances: answering({}) })];
  const account = await withLocalAccount({ services });
  const health = new DescribeTargetHealthCommand({ TargetGroupArn: undefined });
  await expect(new ElasticLoadBalancingV2Client(clientSettings(account)).send(health)).rejects.toMatchObject({
    name: 'ValidationError',
    message:
      "1 validation error detected: Value null at 'TargetGroupArn' failed to satisfy constraint: Member must not be null",
  });
  const run = new RunInstancesCommand({ MaxCount: 1, MinCount: undefined });
  await expect(new EC2Client(clientSettings(account)).send(run)).rejects.toMatchObject({
    name: 'MissingParameter',
    message: 'The request must contain the parameter MinCount',
  });
});
