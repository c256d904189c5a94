import { describe, expect, it } from '@jest/globals';
import type { SendMessageCommandInput } from '@aws-sdk/client-sqs';
import { PurgeQueueCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { aQueue, bodies, SECOND, start } from './a-queue';

describe('sending and receiving', () => {
  it('delivers body, digests and attributes', async () => {
    const { send, receive } = await aQueue();
    const sent = await send('hello', {
      MessageAttributes: {
        severity: { DataType: 'String', StringValue: 'high' },
        count: { DataType: 'Number.int', StringValue: '3' },
        raw: { DataType: 'Binary', BinaryValue: Buffer.from([1, 2, 3]) },
      },
    });
    expect(sent.MD5OfMessageBody).toBe('5d41402abc4b2a76b9719d911017c592');
    const [message] = await receive({ MessageAttributeNames: ['All'], MessageSystemAttributeNames: ['All'] });
    expect(message).toMatchObject({
      MessageId: sent.MessageId,
      Body: 'hello',
      MD5OfBody: sent.MD5OfMessageBody,
      MD5OfMessageAttributes: sent.MD5OfMessageAttributes,
      MessageAttributes: {
        severity: { DataType: 'String', StringValue: 'high' },
        count: { DataType: 'Number.int', StringValue: '3' },
      },
      Attributes: {
        SenderId: '111122223333',
        SentTimestamp: String(start.getTime()),
        ApproximateReceiveCount: '1',
        ApproximateFirstReceiveTimestamp: String(start.getTime()),
      },
    });
    expect(message?.MessageAttributes?.['raw']?.BinaryValue).toEqual(Uint8Array.of(1, 2, 3));
  });

  // The figure was made by another program from AWS's description of the algorithm.
  it('digests attributes as AWS does', async () => {
    const { send } = await aQueue();
    const sent = await send('x', { MessageAttributes: { a: { DataType: 'String', StringValue: 'b' } } });
    expect(sent.MD5OfMessageAttributes).toBe('bef8bf215374a0a228d67533b1a488be');
  });

  it('answers the attributes that are asked for', async () => {
    const { send, receive } = await aQueue();
    await send('x', {
      MessageAttributes: {
        'ecs.rule': { DataType: 'String', StringValue: 'r' },
        scope: { DataType: 'String', StringValue: 's' },
      },
    });
    const [none] = await receive({ VisibilityTimeout: 0 });
    expect(none).not.toHaveProperty('MessageAttributes');
    expect(none).not.toHaveProperty('Attributes');
    const [some] = await receive({
      MessageAttributeNames: ['ecs.*'],
      MessageSystemAttributeNames: ['ApproximateReceiveCount'],
    });
    expect(Object.keys(some?.MessageAttributes ?? {})).toEqual(['ecs.rule']);
    expect(some?.Attributes).toEqual({ ApproximateReceiveCount: '2' });
  });

  it('hides a received message for the visibility timeout', async () => {
    const { send, receive, clock, counts } = await aQueue({ VisibilityTimeout: '30' });
    await send('a');
    expect(await counts()).toEqual([1, 0, 0]);
    expect(bodies(await receive())).toEqual(['a']);
    expect(await counts()).toEqual([0, 1, 0]);
    await clock.advance(29 * SECOND);
    expect(await receive()).toEqual([]);
    await clock.advance(1 * SECOND);
    expect(bodies(await receive())).toEqual(['a']);
  });

  it('delays', async () => {
    const { send, receive, clock, counts } = await aQueue({ DelaySeconds: '10' });
    await send('queue delay');
    await send('own delay', { DelaySeconds: 20 });
    await send('none', { DelaySeconds: 0 });
    expect(await counts()).toEqual([1, 0, 2]);
    expect(bodies(await receive())).toEqual(['none']);
    await clock.advance(10 * SECOND);
    expect(bodies(await receive())).toEqual(['queue delay']);
    await clock.advance(10 * SECOND);
    expect(bodies(await receive())).toEqual(['own delay']);
  });

  it('takes as many as are asked for', async () => {
    const { send, receive } = await aQueue();
    for (const body of ['1', '2', '3']) await send(body);
    expect(bodies(await receive({ MaxNumberOfMessages: 2 }))).toEqual(['1', '2']);
    expect(bodies(await receive({ MaxNumberOfMessages: 2 }))).toEqual(['3']);
  });

  it('forgets what is older than the retention period', async () => {
    const { send, receive, clock, counts } = await aQueue({ MessageRetentionPeriod: '60' });
    await send('a');
    await clock.advance(61 * SECOND);
    expect(await counts()).toEqual([0, 0, 0]);
    expect(await receive()).toEqual([]);
  });

  it('purges, at most once a minute', async () => {
    const { client, QueueUrl, send, counts, clock } = await aQueue();
    await send('a');
    const purge = () => client.send(new PurgeQueueCommand({ QueueUrl }));
    await purge();
    expect(await counts()).toEqual([0, 0, 0]);
    await expect(purge()).rejects.toMatchObject({ name: 'PurgeQueueInProgress' });
    await clock.advance(60 * SECOND);
    await send('b');
    await purge();
    expect(await counts()).toEqual([0, 0, 0]);
  });
});

describe('long polling', () => {
  it('returns as soon as a message arrives', async () => {
    const { send, receive, waiting } = await aQueue();
    const received = receive({ WaitTimeSeconds: 20 });
    await waiting();
    await send('a');
    expect(bodies(await received)).toEqual(['a']);
  });

  it('gives up when its time is over', async () => {
    const { receive, waiting, clock } = await aQueue({ ReceiveMessageWaitTimeSeconds: '5' });
    const received = receive();
    await waiting();
    await clock.advance(5 * SECOND);
    expect(await received).toEqual([]);
  });

  it('wakes for a delayed message and for one that becomes visible again', async () => {
    const { send, receive, waiting, clock } = await aQueue({ VisibilityTimeout: '10' });
    await send('a', { DelaySeconds: 3 });
    const first = receive({ WaitTimeSeconds: 20 });
    await waiting();
    await clock.advance(3 * SECOND);
    expect(bodies(await first)).toEqual(['a']);
    const second = receive({ WaitTimeSeconds: 20 });
    await waiting();
    await clock.advance(10 * SECOND);
    expect(bodies(await second)).toEqual(['a']);
  });

  it('gives one message to one receiver', async () => {
    const { send, receive, waiting, clock } = await aQueue();
    const received = [receive({ WaitTimeSeconds: 5 }), receive({ WaitTimeSeconds: 5 })];
    await waiting(2);
    await send('a');
    await clock.advance(5 * SECOND);
    expect(bodies((await Promise.all(received)).flat())).toEqual(['a']);
  });
});

describe('refused messages', () => {
  const attribute = (DataType: string, StringValue = 'x', name = 'a') => ({
    MessageAttributes: { [name]: { DataType, StringValue } },
  });
  it.each<[string, string, Partial<SendMessageCommandInput>, string]>([
    ['an empty body', '', {}, 'MissingParameter'],
    ['a control character', 'a\u0001', {}, 'InvalidMessageContents'],
    ['more than 1 MiB', 'x'.repeat(1_048_577), {}, 'InvalidParameterValue'],
    ['a delay of more than 15 minutes', 'x', { DelaySeconds: 901 }, 'InvalidParameterValue'],
    ['an attribute of an unknown type', 'x', attribute('Text'), 'InvalidParameterValue'],
    ['an attribute without a value', 'x', attribute('String', ''), 'InvalidParameterValue'],
    ['a number that is none', 'x', attribute('Number', 'many'), 'InvalidParameterValue'],
    ['a reserved attribute name', 'x', attribute('String', 'x', 'AWS.x'), 'InvalidParameterValue'],
    ['a parameter that is not simulated', 'x', { MessageGroupId: 'g' }, 'NotImplemented'],
  ])('%s', async (...[, body, more, code]) => {
    const { send, counts } = await aQueue();
    await expect(send(body, more)).rejects.toMatchObject({ name: code });
    expect(await counts()).toEqual([0, 0, 0]);
  });

  it.each([
    ['eleven messages', { MaxNumberOfMessages: 11 }, 'InvalidParameterValue'],
    ['21 seconds', { WaitTimeSeconds: 21 }, 'InvalidParameterValue'],
    ['an unknown attribute', { MessageSystemAttributeNames: ['Colour' as 'All'] }, 'InvalidAttributeName'],
  ])('a receive that asks for %s', async (_, more, code) => {
    const { receive } = await aQueue();
    await expect(receive(more)).rejects.toMatchObject({ name: code });
  });

  it('give older clients the code they know', async () => {
    const { client, account } = await aQueue();
    const unknown = `${account.endpoint}/111122223333/other`;
    const error: unknown = await client
      .send(new SendMessageCommand({ QueueUrl: unknown, MessageBody: 'x' }))
      .catch((reason: unknown) => reason);
    expect(error).toMatchObject({ name: 'QueueDoesNotExist', Code: 'AWS.SimpleQueueService.NonExistentQueue' });
  });
});
