import { describe, expect, it } from '@jest/globals';
import {
  CreateQueueCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListDeadLetterSourceQueuesCommand,
  ListQueuesCommand,
  ListQueueTagsCommand,
  paginateListQueues,
  SendMessageCommand,
  SetQueueAttributesCommand,
  SQSClient,
  TagQueueCommand,
  UntagQueueCommand,
} from '@aws-sdk/client-sqs';
import { SimulatedClock } from '../../../../../infra/local/kernel/clock';
import { sqs } from '../../../../../infra/local/services/sqs/sqs';
import { clientSettings, withLocalAccount } from '../../../../support/local-account';

async function start() {
  const clock = new SimulatedClock({ start: new Date('2026-11-22T10:00:00Z'), running: false });
  const account = await withLocalAccount({ services: [sqs], clock });
  return { account, clock, client: new SQSClient(clientSettings(account)) };
}

async function create(client: SQSClient, name: string, attributes?: Record<string, string>): Promise<string> {
  const { QueueUrl: url } = await client.send(new CreateQueueCommand({ QueueName: name, Attributes: attributes }));
  return url ?? '';
}

async function attributesOf(client: SQSClient, url: string) {
  const command = new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['All'] });
  return (await client.send(command)).Attributes;
}

const policy = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: '*', Action: 'sqs:*', Resource: '*' }],
});

describe('queues', () => {
  it('are made with defaults and found by name', async () => {
    const { account, client } = await start();
    const url = await create(client, 'tasks');
    expect(url).toBe(`${account.endpoint}/111122223333/tasks`);
    expect(await client.send(new GetQueueUrlCommand({ QueueName: 'tasks' }))).toMatchObject({ QueueUrl: url });
    expect(await attributesOf(client, url)).toEqual({
      QueueArn: 'arn:aws:sqs:eu-west-2:111122223333:tasks',
      ApproximateNumberOfMessages: '0',
      ApproximateNumberOfMessagesDelayed: '0',
      ApproximateNumberOfMessagesNotVisible: '0',
      CreatedTimestamp: '1795341600',
      LastModifiedTimestamp: '1795341600',
      DelaySeconds: '0',
      MaximumMessageSize: '1048576',
      MessageRetentionPeriod: '345600',
      ReceiveMessageWaitTimeSeconds: '0',
      VisibilityTimeout: '30',
      SqsManagedSseEnabled: 'true',
    });
  });

  it('keep what is set and answer what is asked for', async () => {
    const { client, clock } = await start();
    const url = await create(client, 'tasks', { VisibilityTimeout: '360', Policy: policy });
    await clock.advance(5_000);
    const settings = { KmsMasterKeyId: 'alias/events', RedriveAllowPolicy: '{"redrivePermission":"denyAll"}' };
    await client.send(new SetQueueAttributesCommand({ QueueUrl: url, Attributes: settings }));
    expect(await attributesOf(client, url)).toMatchObject({
      ...{ VisibilityTimeout: '360', Policy: policy, ...settings },
      ...{ SqsManagedSseEnabled: 'false', KmsDataKeyReusePeriodSeconds: '300', LastModifiedTimestamp: '1795341605' },
    });
    const asked = new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['VisibilityTimeout', 'QueueArn'] });
    expect((await client.send(asked)).Attributes).toEqual({
      VisibilityTimeout: '360',
      QueueArn: 'arn:aws:sqs:eu-west-2:111122223333:tasks',
    });
    expect((await client.send(new GetQueueAttributesCommand({ QueueUrl: url }))).Attributes).toBeUndefined();
  });

  it('are made once: the same attributes give the same queue, others are refused', async () => {
    const { client } = await start();
    const url = await create(client, 'tasks', { VisibilityTimeout: '60' });
    expect(await create(client, 'tasks', { VisibilityTimeout: '60' })).toBe(url);
    expect(await create(client, 'tasks')).toBe(url);
    await expect(create(client, 'tasks', { VisibilityTimeout: '61' })).rejects.toMatchObject({
      name: 'QueueNameExists',
      message: expect.stringContaining('VisibilityTimeout'),
    });
  });

  it('leave their name free a minute after they are deleted', async () => {
    const { client, clock } = await start();
    const url = await create(client, 'tasks');
    await client.send(new DeleteQueueCommand({ QueueUrl: url }));
    await expect(client.send(new SendMessageCommand({ QueueUrl: url, MessageBody: 'x' }))).rejects.toMatchObject({
      name: 'QueueDoesNotExist',
    });
    await clock.advance(59_000);
    await expect(create(client, 'tasks')).rejects.toMatchObject({ name: 'QueueDeletedRecently' });
    await clock.advance(1_000);
    expect(await create(client, 'tasks')).toBe(url);
  });

  it('are listed by prefix, page by page', async () => {
    const { client } = await start();
    const urls = [];
    for (const name of ['b-1', 'a-2', 'a-1', 'a-3']) urls.push(await create(client, name));
    const all = await client.send(new ListQueuesCommand({}));
    expect(all.QueueUrls).toEqual([...urls].sort());
    expect(all.NextToken).toBeUndefined();
    const pages = [];
    for await (const page of paginateListQueues({ client, pageSize: 2 }, { QueueNamePrefix: 'a-' })) {
      pages.push(page.QueueUrls?.map((url) => url.split('/').at(-1)));
    }
    expect(pages).toEqual([['a-1', 'a-2'], ['a-3']]);
    expect((await client.send(new ListQueuesCommand({ QueueNamePrefix: 'c' }))).QueueUrls).toBeUndefined();
  });

  it('carry tags', async () => {
    const { client } = await start();
    const { QueueUrl } = await client.send(new CreateQueueCommand({ QueueName: 'tasks', tags: { team: 'payments' } }));
    await client.send(new TagQueueCommand({ QueueUrl, Tags: { env: 'prod', team: 'orders' } }));
    await client.send(new UntagQueueCommand({ QueueUrl, TagKeys: ['env', 'absent'] }));
    expect((await client.send(new ListQueueTagsCommand({ QueueUrl }))).Tags).toEqual({ team: 'orders' });
  });

  it('name their dead-letter queue, which must exist and agree', async () => {
    const { client } = await start();
    const dead = 'arn:aws:sqs:eu-west-2:111122223333:dead';
    const redrive = { RedrivePolicy: JSON.stringify({ deadLetterTargetArn: dead, maxReceiveCount: 3 }) };
    await expect(create(client, 'tasks', redrive)).rejects.toMatchObject({
      name: 'InvalidParameterValue',
      message: expect.stringContaining('Dead letter target does not exist'),
    });
    const allow = { redrivePermission: 'byQueue', sourceQueueArns: ['arn:aws:sqs:eu-west-2:111122223333:tasks'] };
    const deadUrl = await create(client, 'dead', { RedriveAllowPolicy: JSON.stringify(allow) });
    await expect(create(client, 'others', redrive)).rejects.toMatchObject({ name: 'InvalidParameterValue' });
    const url = await create(client, 'tasks', redrive);
    expect(await attributesOf(client, url)).toMatchObject(redrive);
    const sources = await client.send(new ListDeadLetterSourceQueuesCommand({ QueueUrl: deadUrl }));
    expect(sources.queueUrls).toEqual([url]);
  });
});

describe('refused attributes', () => {
  it.each([
    ['a number out of range', { VisibilityTimeout: '43201' }, 'InvalidAttributeValue'],
    ['a number that is none', { DelaySeconds: 'soon' }, 'InvalidAttributeValue'],
    ['an empty number', { DelaySeconds: '' }, 'InvalidAttributeValue'],
    ['a policy that is not JSON', { Policy: '{' }, 'InvalidAttributeValue'],
    ['a policy with an unknown element', { Policy: '{"Statements":[]}' }, 'InvalidAttributeValue'],
    ['a redrive policy without target', { RedrivePolicy: '{"maxReceiveCount":"1"}' }, 'InvalidParameterValue'],
    ['a redrive policy that is not JSON', { RedrivePolicy: 'x' }, 'InvalidParameterValue'],
    ['byQueue without queues', { RedriveAllowPolicy: '{"redrivePermission":"byQueue"}' }, 'InvalidAttributeValue'],
    ['an unknown name', { Colour: 'red' }, 'InvalidAttributeName'],
    ['FIFO, which is not simulated', { FifoQueue: 'true' }, 'NotImplemented'],
  ])('%s', async (_, attributes, code) => {
    const { client } = await start();
    await expect(create(client, 'tasks', attributes)).rejects.toMatchObject({ name: code });
    expect((await client.send(new ListQueuesCommand({}))).QueueUrls).toBeUndefined();
  });

  it.each([
    ['a blank in the name', 'my queue', 'InvalidParameterValue'],
    ['a name of 81 characters', 'q'.repeat(81), 'InvalidParameterValue'],
  ])('%s', async (_, name, code) => {
    const { client } = await start();
    await expect(create(client, name)).rejects.toMatchObject({ name: code });
  });

  it('an unknown attribute asked for', async () => {
    const { client } = await start();
    const url = await create(client, 'tasks');
    const command = new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['Colour' as 'All'] });
    await expect(client.send(command)).rejects.toMatchObject({ name: 'InvalidAttributeName' });
  });
});
