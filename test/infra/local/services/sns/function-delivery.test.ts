import { describe, expect, it } from '@jest/globals';
import { functionArn, registerFunction } from '../../../../../infra/local/services/lambda/functions';
import { aTopic, start, text } from './a-topic';

describe('delivery to a function', () => {
  it('invokes it with one record', async () => {
    const { account, subscribe, publish, TopicArn } = await aTopic();
    const arn = functionArn(account.scope, 'notify');
    const invocations: unknown[] = [];
    registerFunction(account.scope, {
      ...{ name: 'notify', arn, roleArn: '', handler: 'index.handler', runtime: 'nodejs24.x', description: '' },
      ...{ timeoutSeconds: 3, memoryMiB: 128, variables: {} },
      invoke: (payload) => {
        invocations.push(JSON.parse(payload));
        return Promise.resolve({ payload: 'null' });
      },
    });
    const EventSubscriptionArn = await subscribe(arn, {}, 'lambda');
    const MessageId = await publish('hello', { MessageAttributes: { severity: text('high') } });
    expect(invocations).toEqual([
      {
        Records: [
          {
            ...{ EventSource: 'aws:sns', EventVersion: '1.0', EventSubscriptionArn },
            Sns: {
              ...{ Type: 'Notification', MessageId, TopicArn, Subject: null, Message: 'hello' },
              ...{ Timestamp: start.toISOString(), SignatureVersion: '1', Signature: expect.any(String) },
              ...{ SigningCertUrl: expect.any(String), UnsubscribeUrl: expect.any(String) },
              MessageAttributes: { severity: { Type: 'String', Value: 'high' } },
            },
          },
        ],
      },
    ]);
  });

  it('leaves the message to the dead-letter queue when there is no such function', async () => {
    const { account, queue, subscribe, publish } = await aTopic();
    const dead = await queue('dead');
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: dead.arn });
    await subscribe(functionArn(account.scope, 'gone'), { RedrivePolicy }, 'lambda');
    await publish('hello');
    expect(await dead.receive()).toMatchObject([
      { MessageAttributes: { ErrorCode: { StringValue: 'ResourceNotFoundException' } } },
    ]);
  });
});
