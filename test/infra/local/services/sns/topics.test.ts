import { describe, expect, it } from '@jest/globals';
import {
  ConfirmSubscriptionCommand,
  CreateTopicCommand,
  DeleteTopicCommand,
  GetSubscriptionAttributesCommand,
  GetTopicAttributesCommand,
  ListSubscriptionsByTopicCommand,
  ListSubscriptionsCommand,
  ListTagsForResourceCommand,
  ListTopicsCommand,
  paginateListTopics,
  PublishBatchCommand,
  PublishCommand,
  SetSubscriptionAttributesCommand,
  SetTopicAttributesCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-sns';
import type { PublishCommandInput } from '@aws-sdk/client-sns';
import { aTopic } from './a-topic';

const queueArn = 'arn:aws:sqs:eu-west-2:111122223333:q';

describe('topics', () => {
  it('have attributes', async () => {
    const { client, TopicArn, subscribe } = await aTopic();
    expect(TopicArn).toBe('arn:aws:sns:eu-west-2:111122223333:alerts');
    await subscribe(queueArn);
    const set = (AttributeName: string, AttributeValue: string) =>
      client.send(new SetTopicAttributesCommand({ TopicArn, AttributeName, AttributeValue }));
    await set('DisplayName', 'Alerts');
    await set('KmsMasterKeyId', 'alias/alerts');
    const { Attributes } = await client.send(new GetTopicAttributesCommand({ TopicArn }));
    expect(Attributes).toMatchObject({
      ...{ TopicArn, Owner: '111122223333', DisplayName: 'Alerts', KmsMasterKeyId: 'alias/alerts' },
      ...{ SubscriptionsConfirmed: '1', SubscriptionsPending: '0', SubscriptionsDeleted: '0' },
    });
    expect(JSON.parse(Attributes?.['Policy'] ?? '')).toMatchObject({ Id: '__default_policy_ID' });
  });

  it('are made once', async () => {
    const { client, TopicArn } = await aTopic();
    expect((await client.send(new CreateTopicCommand({ Name: 'alerts' }))).TopicArn).toBe(TopicArn);
    const different = new CreateTopicCommand({ Name: 'alerts', Attributes: { DisplayName: 'x' } });
    await expect(client.send(different)).rejects.toMatchObject({ name: 'InvalidParameterException' });
  });

  it('are listed by the hundred', async () => {
    const { client } = await aTopic();
    for (let index = 0; index < 120; index++) await client.send(new CreateTopicCommand({ Name: `t${String(index)}` }));
    const pages = [];
    for await (const page of paginateListTopics({ client }, {})) pages.push(page.Topics?.length);
    expect(pages).toEqual([100, 21]);
    await expect(client.send(new ListTopicsCommand({ NextToken: 'x' }))).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
  });

  it('carry tags', async () => {
    const { client, TopicArn } = await aTopic();
    await client.send(
      new TagResourceCommand({
        ResourceArn: TopicArn,
        Tags: [
          { Key: 'a', Value: '1' },
          { Key: 'b', Value: '2' },
        ],
      }),
    );
    await client.send(new UntagResourceCommand({ ResourceArn: TopicArn, TagKeys: ['a'] }));
    const { Tags } = await client.send(new ListTagsForResourceCommand({ ResourceArn: TopicArn }));
    expect(Tags).toEqual([{ Key: 'b', Value: '2' }]);
    const ofNone = new ListTagsForResourceCommand({ ResourceArn: `${TopicArn}-none` });
    await expect(client.send(ofNone)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  it.each([
    { Key: 'k'.repeat(129), Value: '' },
    { Key: 'k', Value: 'v'.repeat(257) },
    { Key: 'k', Value: 'a,b' },
    { Key: 'aws:k', Value: '' },
  ])('carry no tag $Key = $Value', async (tag) => {
    const { client, TopicArn } = await aTopic();
    const put = new TagResourceCommand({ ResourceArn: TopicArn, Tags: [tag] });
    await expect(client.send(put)).rejects.toMatchObject({ name: 'InvalidParameterException' });
    expect((await client.send(new ListTagsForResourceCommand({ ResourceArn: TopicArn }))).Tags).toEqual([]);
  });

  it('are gone with their subscriptions', async () => {
    const { client, TopicArn, subscribe } = await aTopic();
    const SubscriptionArn = await subscribe(queueArn);
    await client.send(new DeleteTopicCommand({ TopicArn }));
    await client.send(new DeleteTopicCommand({ TopicArn }));
    await expect(client.send(new DeleteTopicCommand({ TopicArn: 'nonsense' }))).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
    await expect(client.send(new PublishCommand({ TopicArn, Message: 'x' }))).rejects.toMatchObject({
      name: 'NotFoundException',
      message: 'Topic does not exist',
    });
    const command = new GetSubscriptionAttributesCommand({ SubscriptionArn });
    await expect(client.send(command)).rejects.toMatchObject({ name: 'NotFoundException' });
  });
});

describe('subscriptions', () => {
  it('are made once, and listed', async () => {
    const { client, TopicArn, subscribe } = await aTopic();
    const SubscriptionArn = await subscribe(queueArn, { RawMessageDelivery: 'true' });
    expect(await subscribe(queueArn, { RawMessageDelivery: 'true' })).toBe(SubscriptionArn);
    await expect(subscribe(queueArn, { RawMessageDelivery: 'false' })).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
    const listed = [{ SubscriptionArn, TopicArn, Protocol: 'sqs', Endpoint: queueArn, Owner: '111122223333' }];
    const byTopic = await client.send(new ListSubscriptionsByTopicCommand({ TopicArn }));
    expect(byTopic.Subscriptions).toEqual(listed);
    expect((await client.send(new ListSubscriptionsCommand({}))).Subscriptions).toEqual(listed);
  });

  it('have attributes', async () => {
    const { client, subscribe } = await aTopic();
    const SubscriptionArn = await subscribe(queueArn);
    const set = (AttributeName: string, AttributeValue: string) =>
      client.send(new SetSubscriptionAttributesCommand({ SubscriptionArn, AttributeName, AttributeValue }));
    await set('FilterPolicyScope', 'MessageBody');
    await set('FilterPolicy', '{"a":{"b":["c"]}}');
    const { Attributes } = await client.send(new GetSubscriptionAttributesCommand({ SubscriptionArn }));
    expect(Attributes).toMatchObject({
      ...{ FilterPolicy: '{"a":{"b":["c"]}}', FilterPolicyScope: 'MessageBody', RawMessageDelivery: 'false' },
      ...{ PendingConfirmation: 'false', Protocol: 'sqs', Endpoint: queueArn },
    });
    await expect(set('FilterPolicyScope', 'MessageAttributes')).rejects.toMatchObject({
      message: expect.stringContaining('nested'),
    });
  });

  const six = Object.fromEntries(['a', 'b', 'c', 'd', 'e', 'f'].map((name) => [name, ['1']]));
  const many = Object.fromEntries(['a', 'b'].map((name) => [name, Array.from({ length: 13 }, (_, index) => index)]));
  it.each([
    ['an endpoint that is no queue', 'arn:aws:s3:::bucket', {}, 'InvalidParameterException'],
    ['a filter that is not JSON', queueArn, { FilterPolicy: '{' }, 'InvalidParameterException'],
    ['a filter with an unknown operator', queueArn, { FilterPolicy: '{"a":[{"x":1}]}' }, 'InvalidParameterException'],
    ['a filter on six attributes', queueArn, { FilterPolicy: JSON.stringify(six) }, 'InvalidParameterException'],
    ['a filter of 169 combinations', queueArn, { FilterPolicy: JSON.stringify(many) }, 'InvalidParameterException'],
    ['a filter below attributes', queueArn, { FilterPolicy: '{"a":{"b":["c"]}}' }, 'InvalidParameterException'],
    ['an unknown attribute', queueArn, { Colour: 'red' }, 'InvalidParameterException'],
    ['a redrive policy without a queue', queueArn, { RedrivePolicy: '{}' }, 'InvalidParameterException'],
    ['an attribute that is not simulated', queueArn, { DeliveryPolicy: '{}' }, 'NotImplemented'],
  ])('are refused with %s', async (...[, endpoint, attributes, code]) => {
    const { client, TopicArn, subscribe } = await aTopic();
    await expect(subscribe(endpoint, attributes)).rejects.toMatchObject({ name: code });
    expect((await client.send(new ListSubscriptionsByTopicCommand({ TopicArn }))).Subscriptions).toEqual([]);
  });

  it.each([
    ['a host elsewhere', 'http', 'http://example.com/hook', 'InvalidParameterException'],
    ['another protocol than the URL has', 'http', 'https://127.0.0.1/hook', 'InvalidParameterException'],
    ['a protocol that is not simulated', 'email', 'someone@example.com', 'NotImplemented'],
  ])('are refused with %s', async (...[, protocol, endpoint, code]) => {
    const { subscribe } = await aTopic();
    await expect(subscribe(endpoint, {}, protocol)).rejects.toMatchObject({ name: code });
  });

  it('are not confirmed by a token that nobody gave', async () => {
    const { client, TopicArn } = await aTopic();
    await expect(client.send(new ConfirmSubscriptionCommand({ TopicArn, Token: 'x' }))).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
  });
});

describe('refused publications', () => {
  it.each<[string, Partial<PublishCommandInput>]>([
    ['an empty message', { Message: '' }],
    ['more than 256 KiB', { Message: 'x'.repeat(262_145) }],
    ['a subject of 100 characters', { Subject: 's'.repeat(100) }],
    ['a subject of two lines', { Subject: 'a\nb' }],
    ['a structured message without a default', { MessageStructure: 'json', Message: '{"sqs":"x"}' }],
    ['an attribute of an unknown type', { MessageAttributes: { a: { DataType: 'Text', StringValue: 'x' } } }],
    ['an attribute without a value', { MessageAttributes: { a: { DataType: 'String' } } }],
    ['no topic', { TopicArn: 'alerts' }],
  ])('%s', async (_, more) => {
    const { client, TopicArn } = await aTopic();
    const command = new PublishCommand({ TopicArn, Message: 'x', ...more });
    await expect(client.send(command)).rejects.toMatchObject({ name: 'InvalidParameterException' });
  });

  const entries = (count: number, Message = 'x') =>
    Array.from({ length: count }, (_, index) => ({ Id: String(index), Message }));
  it.each([
    ['none', [], 'EmptyBatchRequestException'],
    ['eleven', entries(11), 'TooManyEntriesInBatchRequestException'],
    ['the same id twice', [...entries(1), ...entries(1)], 'BatchEntryIdsNotDistinctException'],
    ['an id with a blank', [{ Id: 'a b', Message: 'x' }], 'InvalidBatchEntryIdException'],
    ['300 KB in all', entries(3, 'x'.repeat(100_000)), 'BatchRequestTooLongException'],
  ])('batches with %s', async (_, PublishBatchRequestEntries, code) => {
    const { client, TopicArn } = await aTopic();
    const command = new PublishBatchCommand({ TopicArn, PublishBatchRequestEntries });
    await expect(client.send(command)).rejects.toMatchObject({ name: code });
  });
});
