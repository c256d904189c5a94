/** Requests as they come over the wire, without an SDK to put them right. */
import { connect } from 'node:net';
import { expect, test } from '@jest/globals';
import { operation } from '../../../../infra/local/kernel/operation';
import type { LocalAccount } from '../../../../infra/local/local-account';
import { sts } from '../../../../infra/local/services/sts/sts';
import { withLocalAccount } from '../../../support/local-account';
import { answering, ec2Service, ecsService, elbv2Service, lambdaService, snsService } from './echo-service';

const describeVpcs = operation<{ VpcIds?: readonly string[] }, object>({
  accepts: ['VpcIds', 'Filters'],
  run: ({ VpcIds }) => ({ Vpcs: VpcIds?.includes('a') ? [{ VpcId: VpcIds.join() }] : [] }),
});

const services = [
  ec2Service({ DescribeVpcs: describeVpcs, DeleteVpc: answering(undefined, ['VpcId']) }),
  ecsService({ DescribeTasks: answering({ tasks: [] }, ['tasks']) }),
  elbv2Service({ DescribeTargetHealth: answering({}, ['TargetGroupArn']) }),
  lambdaService({
    GetFunction: answering({}, ['FunctionName']),
    TagResource: answering(undefined, ['Resource', 'Tags']),
  }),
  snsService({ Unsubscribe: answering(undefined, ['SubscriptionArn']) }),
  sts,
];

const signedFor = (service: string) => ({
  authorization: `AWS4-HMAC-SHA256 Credential=AKID/20261121/eu-west-2/${service}/aws4_request, SignedHeaders=host, Signature=0`,
});

interface Sent {
  readonly path?: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

interface Received {
  readonly status: number;
  readonly body: string;
  readonly headers: Headers;
}

async function send(account: LocalAccount, { path = '/', method = 'POST', ...init }: Sent): Promise<Received> {
  const response = await fetch(`${account.endpoint}${path}`, { method, ...init });
  return { status: response.status, body: await response.text(), headers: response.headers };
}

const target = (name: string) => ({ 'x-amz-target': `AmazonEC2ContainerServiceV20141113.${name}` });
const form = { 'content-type': 'application/x-www-form-urlencoded' };

interface Row extends Sent {
  readonly name: string;
  readonly status: number;
  readonly says: string;
}

const rows: readonly Row[] = [
  {
    name: 'unsigned awsJson, by its target',
    headers: target('DescribeTasks'),
    body: '{"tasks":[]}',
    ...{ status: 200, says: '{"tasks":[]}' },
  },
  {
    name: 'unsigned query, by its version',
    headers: form,
    body: 'Action=GetCallerIdentity&Version=2011-06-15',
    ...{ status: 200, says: '<Account>111122223333</Account>' },
  },
  {
    name: 'query in the address of a GET',
    ...{ method: 'GET', path: '/?Action=DescribeVpcs&Version=2016-11-15&VpcId.1=vpc-1' },
    ...{ status: 200, says: '<vpcSet/>' },
  },
  {
    name: 'indices of a list in order of number, holes allowed',
    ...{ headers: form, body: 'Action=DescribeVpcs&Version=2016-11-15&VpcId.10=c&VpcId.2=b&VpcId.1=a' },
    ...{ status: 200, says: '<vpcId>a,b,c</vpcId>' },
  },
  {
    name: 'an operation of EC2 without output',
    ...{ headers: form, body: 'Action=DeleteVpc&Version=2016-11-15&VpcId=v' },
    ...{ status: 200, says: '</requestId><return>true</return></DeleteVpcResponse>' },
  },
  {
    name: 'an operation of awsQuery without output',
    ...{ headers: form, body: 'Action=Unsubscribe&Version=2010-03-31&SubscriptionArn=a' },
    ...{
      status: 200,
      says: '<UnsubscribeResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><ResponseMetadata>',
    },
  },
  {
    name: 'unsigned restJson1, by its path',
    ...{ method: 'GET', path: '/2015-03-31/functions/f' },
    ...{ status: 200, says: '{}' },
  },
  {
    name: 'an operation without output',
    ...{ path: '/2017-03-31/tags/arn', body: '{"Tags":{}}' },
    ...{ status: 204, says: '' },
  },
  {
    name: 'an unsigned request for nothing we know',
    headers: { 'x-amz-target': 'Nothing.At_all' },
    ...{ status: 501, says: 'cannot tell the service that an unsigned request for At_all is meant for' },
  },
  {
    name: 'a service that is not there, in JSON',
    headers: { ...signedFor('glue'), 'x-amz-target': 'AWSGlue.GetJobs' },
    ...{
      status: 501,
      says: '"__type":"UnknownService","message":"The local account has no service that signs as glue."',
    },
  },
  {
    name: 'a service that is not there, in XML',
    headers: { ...signedFor('iam'), ...form },
    body: 'Action=ListRoles&Version=2010-05-08',
    ...{ status: 501, says: '<Code>UnknownService</Code><Message>The local account has no service that signs as iam.' },
  },
  {
    name: 'a service that is not there, by GET',
    ...{ headers: signedFor('iam'), method: 'GET', path: '/?Action=ListRoles&Version=2010-05-08' },
    ...{ status: 501, says: '<ErrorResponse><Error><Code>UnknownService</Code>' },
  },
  {
    name: 'an operation that AWS does not know, awsJson',
    headers: { ...signedFor('ecs'), ...target('DescribeTusks') },
    ...{ status: 400, says: '"__type":"UnknownOperationException","message":"Unknown operation DescribeTusks."' },
  },
  {
    name: 'an operation that AWS does not know, query',
    headers: { ...signedFor('ec2'), ...form },
    body: 'Action=DescribeVcps&Version=2016-11-15',
    ...{ status: 400, says: '<Code>InvalidAction</Code><Message>The action DescribeVcps is not valid' },
  },
  {
    name: 'an operation that AWS does not know, restJson1',
    headers: signedFor('lambda'),
    ...{ method: 'GET', path: '/2015-03-31/functionz' },
    ...{ status: 404, says: 'Unknown operation GET /2015-03-31/functionz.' },
  },
  {
    name: 'a body that is not JSON',
    ...{ headers: target('DescribeTasks'), body: '{"tasks"' },
    ...{ status: 400, says: '"SerializationException","message":"The request body must be JSON."' },
  },
  {
    name: 'a body that is not an object',
    ...{ headers: target('DescribeTasks'), body: '["tasks"]' },
    ...{ status: 400, says: 'The request body must be an object.' },
  },
  {
    name: 'a parameter that AWS does not know, awsJson',
    ...{ headers: target('DescribeTasks'), body: '{"tasks":[],"taks":1}' },
    ...{ status: 400, says: '"UnknownParameter","message":"The parameter taks is not recognized."' },
  },
  {
    name: 'null counts as absent',
    ...{ headers: target('DescribeTasks'), body: '{"tasks":null}' },
    ...{ status: 400, says: "Value null at 'tasks'" },
  },
  {
    name: 'null in a list',
    ...{ headers: target('DescribeTasks'), body: '{"tasks":[null]}' },
    ...{ status: 400, says: 'tasks[0] must be something other than null' },
  },
  {
    name: 'a parameter that AWS does not know, ec2Query',
    ...{ headers: form, body: 'Action=DescribeVpcs&Version=2016-11-15&Filter.1.Vale=x' },
    ...{ status: 400, says: '<Code>UnknownParameter</Code><Message>The parameter Filter.1.Vale is not recognized.' },
  },
  {
    name: 'a list without indices',
    ...{ headers: form, body: 'Action=DescribeVpcs&Version=2016-11-15&VpcId.first=x' },
    ...{ status: 400, says: 'The parameter VpcId.first is not recognized.' },
  },
  {
    name: 'something below a scalar',
    ...{ headers: form, body: 'Action=DescribeVpcs&Version=2016-11-15&VpcId.1.Name=x' },
    ...{ status: 400, says: 'The parameter VpcId.1.Name is not recognized.' },
  },
  {
    name: 'a word where a number belongs',
    ...{ headers: form, body: 'Action=DescribeVpcs&Version=2016-11-15&MaxResults=many' },
    ...{ status: 400, says: '<Code>SerializationException</Code><Message>MaxResults must be a number.' },
  },
  {
    name: 'a word where true or false belongs',
    ...{ headers: form, body: 'Action=DescribeVpcs&Version=2016-11-15&DryRun=maybe' },
    ...{ status: 400, says: 'DryRun must be true or false.' },
  },
  {
    name: 'a list of awsQuery by the rules of ec2Query',
    ...{ headers: form, body: 'Action=DescribeTargetHealth&Version=2015-12-01&TargetGroupArn=a&Targets.1.Id=i' },
    ...{ status: 400, says: 'The parameter Targets.1 is not recognized.' },
  },
];

test.each(rows)('$name', async ({ status, says, name: _, ...sent }) => {
  const account = await withLocalAccount({ services });
  const received = await send(account, sent);
  expect(received.body).toContain(says);
  expect(received.status).toBe(status);
  expect(received.headers.get('x-amzn-requestid')).toMatch(/^[0-9a-f-]{36}$/);
});

test('an answer that HTTP cannot carry ends the connection and is logged, and the server goes on', async () => {
  const log: string[] = [];
  const invoke = answering({ LogResult: 'line\nend' }, ['FunctionName', 'Payload']);
  const lambda = lambdaService({ Invoke: invoke, GetFunction: answering({}, ['FunctionName']) });
  const account = await withLocalAccount({ services: [lambda], log: (message) => void log.push(message) });
  await expect(send(account, { path: '/2015-03-31/functions/f/invocations' })).rejects.toThrow();
  expect(log.join()).toContain('POST /2015-03-31/functions/f/invocations was not answered');
  await expect(send(account, { method: 'GET', path: '/2015-03-31/functions/f' })).resolves.toMatchObject({
    status: 200,
  });
});

test('a client that goes away in the middle of its request is not logged', async () => {
  const log: string[] = [];
  const account = await withLocalAccount({ services, log: (message) => void log.push(message) });
  const { port } = new URL(account.endpoint);
  const socket = connect(Number(port), '127.0.0.1');
  socket.write('POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 10\r\n\r\nhalf');
  await new Promise<void>((resolve) => socket.once('connect', resolve));
  socket.destroy();
  await expect(send(account, { method: 'GET', path: '/2015-03-31/functions/f' })).resolves.toMatchObject({
    status: 200,
  });
  await account.stop();
  expect(log).toEqual([]);
});

test('two services may sign by one name', async () => {
  const second = { ...sts, signingName: 'elasticloadbalancing' };
  const account = await withLocalAccount({ services: [elbv2Service({}), second] });
  const body = 'Action=GetCallerIdentity&Version=2011-06-15';
  const received = await send(account, { headers: { ...signedFor('elasticloadbalancing'), ...form }, body });
  expect(received.status).toBe(200);
});

test('the account listens on the loopback interface alone', async () => {
  const account = await withLocalAccount({ services });
  expect(account.endpoint).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
});
