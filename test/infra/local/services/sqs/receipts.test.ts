import { describe, expect, it } from '@jest/globals';
import {
  ChangeMessageVisibilityBatchCommand,
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SetQueueAttributesCommand,
} from '@aws-sdk/client-sqs';
import { aQueue, bodies, SECOND, start } from './a-queue';

describe('receipts', () => {
  it('delete their message', async () => {
    const { client, QueueUrl, send, receive, counts } = await aQueue();
    await send('a');
    const [message] = await receive();
    const command = new DeleteMessageCommand({ QueueUrl, ReceiptHandle: message?.ReceiptHandle });
    await client.send(command);
    expect(await counts()).toEqual([0, 0, 0]);
    // Once more does no harm.
    await client.send(command);
  });

  it('set how long a message stays hidden', async () => {
    const { client, QueueUrl, send, receive, clock } = await aQueue({ VisibilityTimeout: '30' });
    await send('a');
    const [message] = await receive();
    const { ReceiptHandle } = message ?? {};
    const change = (VisibilityTimeout: number) =>
      client.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout }));
    await change(60);
    await clock.advance(59 * SECOND);
    expect(await receive()).toEqual([]);
    await change(0);
    const [again] = await receive();
    expect(again?.MessageId).toBe(message?.MessageId);
    // The first receipt has lost the message to the second.
    await expect(change(10)).rejects.toMatchObject({ name: 'MessageNotInflight' });
  });

  it.each(['x', Buffer.from('arn:aws:sqs:eu-west-2:111122223333:other a 1').toString('base64')])(
    'are refused when nobody gave them: %s',
    async (ReceiptHandle) => {
      const { client, QueueUrl } = await aQueue();
      await expect(client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }))).rejects.toMatchObject({
        name: 'ReceiptHandleIsInvalid',
        $metadata: { httpStatusCode: 400 },
      });
    },
  );

  it.each([43_201, 43_200])('cannot hide a message for more than twelve hours in all: %i', async (timeout) => {
    const { client, QueueUrl, send, receive, clock } = await aQueue();
    await send('a');
    const [message] = await receive();
    await clock.advance(20 * SECOND);
    const { ReceiptHandle } = message ?? {};
    const command = new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: timeout });
    await expect(client.send(command)).rejects.toMatchObject({ name: 'InvalidParameterValue' });
  });
});

describe('redrive', () => {
  it('moves a message that was received too often, with its age and count', async () => {
    const { client, QueueUrl, send, receive, clock, counts } = await aQueue({ VisibilityTimeout: '10' });
    const dead = await client.send(new CreateQueueCommand({ QueueName: 'dead' }));
    const deadLetterTargetArn = 'arn:aws:sqs:eu-west-2:111122223333:dead';
    const Attributes = { RedrivePolicy: JSON.stringify({ deadLetterTargetArn, maxReceiveCount: 2 }) };
    await client.send(new SetQueueAttributesCommand({ QueueUrl, Attributes }));
    const { MessageId } = await send('a');
    for (let count = 1; count <= 2; count++) {
      expect(bodies(await receive())).toEqual(['a']);
      await clock.advance(10 * SECOND);
    }
    expect(await receive()).toEqual([]);
    expect(await counts()).toEqual([0, 0, 0]);
    const { Messages } = await client.send(
      new ReceiveMessageCommand({ QueueUrl: dead.QueueUrl, MessageSystemAttributeNames: ['All'] }),
    );
    expect(Messages).toMatchObject([
      {
        ...{ MessageId, Body: 'a' },
        Attributes: {
          ApproximateReceiveCount: '3',
          SentTimestamp: String(start.getTime()),
          DeadLetterQueueSourceArn: 'arn:aws:sqs:eu-west-2:111122223333:tasks',
        },
      },
    ]);
  });
});

describe('batches', () => {
  it('send, hide and delete entry by entry', async () => {
    const { client, QueueUrl, receive, counts } = await aQueue();
    const sent = await client.send(
      new SendMessageBatchCommand({
        QueueUrl,
        Entries: [
          { Id: 'one', MessageBody: '1' },
          { Id: 'two', MessageBody: 'bad \u0000' },
          { Id: 'three', MessageBody: '3', DelaySeconds: 901 },
          { Id: 'four', MessageBody: '4', MessageAttributes: { a: { DataType: 'String', StringValue: 'b' } } },
        ],
      }),
    );
    expect(sent.Successful?.map(({ Id }) => Id)).toEqual(['one', 'four']);
    expect(sent.Failed).toMatchObject([
      { Id: 'two', SenderFault: true, Code: 'InvalidMessageContents' },
      { Id: 'three', SenderFault: true, Code: 'InvalidParameterValue' },
    ]);
    const messages = await receive();
    expect(bodies(messages)).toEqual(['1', '4']);
    const Entries = messages.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
    const shown = await client.send(
      new ChangeMessageVisibilityBatchCommand({
        QueueUrl,
        Entries: [...Entries, { Id: 'x', ReceiptHandle: 'x' }].map((entry) => ({ ...entry, VisibilityTimeout: 0 })),
      }),
    );
    expect(shown.Successful?.map(({ Id }) => Id)).toEqual(['0', '1']);
    expect(shown.Failed).toMatchObject([{ Id: 'x', Code: 'ReceiptHandleIsInvalid' }]);
    expect(await counts()).toEqual([2, 0, 0]);
    const deleted = await client.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));
    expect(deleted.Successful?.map(({ Id }) => Id)).toEqual(['0', '1']);
    expect(await counts()).toEqual([0, 0, 0]);
  });

  const entry = (Id: string) => ({ Id, MessageBody: 'x' });
  it.each([
    ['none', [], 'EmptyBatchRequest'],
    ['eleven', Array.from({ length: 11 }, (_, index) => entry(`e${String(index)}`)), 'TooManyEntriesInBatchRequest'],
    ['the same id twice', [entry('a'), entry('a')], 'BatchEntryIdsNotDistinct'],
    ['an id with a blank', [entry('a b')], 'InvalidBatchEntryId'],
    ['1.2 MB in all', ['a', 'b', 'c'].map((Id) => ({ Id, MessageBody: 'x'.repeat(400_000) })), 'BatchRequestTooLong'],
  ])('are refused with %s', async (_, Entries, code) => {
    const { client, QueueUrl, counts } = await aQueue();
    const command = new SendMessageBatchCommand({ QueueUrl, Entries });
    await expect(client.send(command)).rejects.toMatchObject({ name: code });
    expect(await counts()).toEqual([0, 0, 0]);
  });
});
