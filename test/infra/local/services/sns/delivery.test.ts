import { describe, expect, it } from '@jest/globals';
import { PublishBatchCommand, UnsubscribeCommand } from '@aws-sdk/client-sns';
import type { MessageAttributeValue } from '@aws-sdk/client-sns';
import { queueNamed, setQueueAttributes } from '../../../../../infra/local/services/sqs/queues';
import { aTopic, openToSns, start, text } from './a-topic';

describe('delivery to a queue', () => {
  it('wraps the message', async () => {
    const { queue, subscribe, publish, TopicArn } = await aTopic();
    const alerts = await queue('alerts');
    await subscribe(alerts.arn);
    const MessageId = await publish('hello', { Subject: 'Greeting', MessageAttributes: { severity: text('high') } });
    const [message, ...others] = await alerts.receive();
    expect(others).toEqual([]);
    expect(message).not.toHaveProperty('MessageAttributes');
    expect(JSON.parse(message?.Body ?? '')).toEqual({
      Type: 'Notification',
      ...{ MessageId, TopicArn, Subject: 'Greeting', Message: 'hello' },
      Timestamp: start.toISOString(),
      SignatureVersion: '1',
      Signature: expect.any(String),
      SigningCertURL: expect.any(String),
      UnsubscribeURL: expect.stringContaining('Action=Unsubscribe'),
      MessageAttributes: { severity: { Type: 'String', Value: 'high' } },
    });
  });

  it('is raw where that is wanted, attributes included', async () => {
    const { queue, subscribe, publish } = await aTopic();
    const alerts = await queue('alerts');
    await subscribe(alerts.arn, { RawMessageDelivery: 'true' });
    await publish('hello', { MessageAttributes: { severity: text('high') } });
    expect(await alerts.receive()).toMatchObject([
      { Body: 'hello', MessageAttributes: { severity: { DataType: 'String', StringValue: 'high' } } },
    ]);
  });

  it('reaches every subscription, in its own words where the message has them', async () => {
    const { queue, subscribe, publish } = await aTopic();
    const [first, second] = [await queue('first'), await queue('second')];
    for (const { arn } of [first, second]) await subscribe(arn, { RawMessageDelivery: 'true' });
    await publish(JSON.stringify({ default: 'for all', sqs: 'for queues' }), { MessageStructure: 'json' });
    for (const { receive } of [first, second]) expect(await receive()).toMatchObject([{ Body: 'for queues' }]);
  });

  it.each([
    ['no policy', ''],
    [
      'a policy for another topic',
      openToSns.replace(
        '"Resource":"*"',
        '"Resource":"*","Condition":{"ArnEquals":{"aws:SourceArn":"arn:aws:sns:eu-west-2:111122223333:other"}}',
      ),
    ],
    ['a policy for another service', openToSns.replace('sns.amazonaws.com', 'events.amazonaws.com')],
  ])('does not happen to a queue with %s, and the dead-letter queue gets the message', async (_, policy) => {
    const { queue, subscribe, publish } = await aTopic();
    const [closed, dead] = [await queue('closed', policy), await queue('dead')];
    await subscribe(closed.arn, {
      RawMessageDelivery: 'true',
      RedrivePolicy: JSON.stringify({ deadLetterTargetArn: dead.arn }),
    });
    await publish('hello');
    expect(await closed.receive()).toEqual([]);
    expect(await dead.receive()).toMatchObject([
      { Body: 'hello', MessageAttributes: { ErrorCode: { StringValue: 'NO_PERMISSIONS' } } },
    ]);
  });

  it('is lost where the queue is encrypted with the key that only the account may use', async () => {
    const { queue, subscribe, publish, account } = await aTopic();
    const alerts = await queue('alerts');
    await subscribe(alerts.arn);
    setQueueAttributes(account.scope, queueNamed(account.scope, 'alerts'), { KmsMasterKeyId: 'alias/aws/sqs' });
    await publish('hello');
    expect(await alerts.receive()).toEqual([]);
  });

  it('ends with the subscription', async () => {
    const { client, queue, subscribe, publish } = await aTopic();
    const alerts = await queue('alerts');
    const SubscriptionArn = await subscribe(alerts.arn);
    await client.send(new UnsubscribeCommand({ SubscriptionArn }));
    await publish('hello');
    expect(await alerts.receive()).toEqual([]);
  });

  it('takes batches, entry by entry', async () => {
    const { client, clock, TopicArn, queue, subscribe } = await aTopic();
    const alerts = await queue('alerts');
    await subscribe(alerts.arn, { RawMessageDelivery: 'true' });
    const answer = await client.send(
      new PublishBatchCommand({
        TopicArn,
        PublishBatchRequestEntries: [
          { Id: 'a', Message: '1' },
          { Id: 'b', Message: '2', Subject: 'line\nbreak' },
          { Id: 'c', Message: '3', MessageAttributes: { severity: text('low') } },
        ],
      }),
    );
    await clock.advance(0);
    expect(answer.Successful?.map(({ Id }) => Id)).toEqual(['a', 'c']);
    expect(answer.Failed).toMatchObject([{ Id: 'b', Code: 'InvalidParameter', SenderFault: true }]);
    expect((await alerts.receive()).map(({ Body }) => Body)).toEqual(['1', '3']);
  });
});

describe('filter policies', () => {
  type Attributes = Record<string, MessageAttributeValue>;
  it.each<[string, object, Attributes, boolean]>([
    ['one of the values', { severity: ['high', 'critical'] }, { severity: text('critical') }, true],
    ['none of the values', { severity: ['high', 'critical'] }, { severity: text('low') }, false],
    ['no such attribute', { severity: ['high'] }, {}, false],
    ['prefix', { cluster: [{ prefix: 'prod-' }] }, { cluster: text('prod-1') }, true],
    ['anything-but', { cluster: [{ 'anything-but': ['test'] }] }, { cluster: text('prod-1') }, true],
    ['anything-but, no such attribute', { cluster: [{ 'anything-but': ['test'] }] }, {}, false],
    ['exists', { cluster: [{ exists: true }] }, { cluster: text('x') }, true],
    ['exists not', { cluster: [{ exists: false }] }, { cluster: text('x') }, false],
    ['numeric', { count: [{ numeric: ['>', 5] }] }, { count: { DataType: 'Number', StringValue: '6' } }, true],
    ['numeric of a string', { count: [{ numeric: ['>', 5] }] }, { count: text('6') }, false],
    ['an element of a list', { tags: ['b'] }, { tags: { DataType: 'String.Array', StringValue: '["a","b"]' } }, true],
    ['all attributes must fit', { a: ['1'], b: ['2'] }, { a: text('1'), b: text('3') }, false],
    ['$or', { $or: [{ a: ['1'] }, { b: ['2'] }] }, { b: text('2') }, true],
    ['an empty policy', {}, {}, true],
  ])('on attributes: %s', async (...[, filter, MessageAttributes, isDelivered]) => {
    const { queue, subscribe, publish } = await aTopic();
    const alerts = await queue('alerts');
    await subscribe(alerts.arn, { FilterPolicy: JSON.stringify(filter) });
    await publish('{}', { MessageAttributes });
    expect(await alerts.receive()).toHaveLength(isDelivered ? 1 : 0);
  });

  it.each([
    ['a field below', '{"finding":{"severity":"high"}}', true],
    ['another value', '{"finding":{"severity":"low"}}', false],
    ['no JSON', 'high', false],
  ])('on the body: %s', async (_, body, isDelivered) => {
    const { queue, subscribe, publish } = await aTopic();
    const alerts = await queue('alerts');
    const FilterPolicy = JSON.stringify({ finding: { severity: ['high'] } });
    await subscribe(alerts.arn, { FilterPolicy, FilterPolicyScope: 'MessageBody' });
    await publish(body);
    expect(await alerts.receive()).toHaveLength(isDelivered ? 1 : 0);
  });
});
