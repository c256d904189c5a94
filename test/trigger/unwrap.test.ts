import { describe, expect, it } from '@jest/globals';
import { unwrap } from '../../lib/trigger/unwrap';

const event = { source: 'aws.ecs', 'detail-type': 'x', detail: {} };
const body = JSON.stringify(event);
const notification = { Type: 'Notification', MessageId: 'm', TopicArn: 't', Message: body };
const found = [{ message: event }];

describe('unwrap', () => {
  it.each<[string, unknown, unknown]>([
    ['an event', event, found],
    ['its text', body, found],
    ['a message of SQS', { messageId: 'm', body }, found],
    ['a batch of SQS', { Records: [{ body }, { body }] }, [...found, ...found]],
    ['a notification of SNS', notification, found],
    ['a notification of SNS to Lambda', { Records: [{ EventSource: 'aws:sns', Sns: notification }] }, found],
    ['a notification inside a queue', { Records: [{ body: JSON.stringify(notification) }] }, found],
    ['a list', [event, event], [...found, ...found]],
    ['an empty batch', { Records: [] }, []],
    [
      'what is no carrier',
      { Records: 'none', body: 7, Sns: null, Type: 'SubscriptionConfirmation' },
      [{ message: { Records: 'none', body: 7, Sns: null, Type: 'SubscriptionConfirmation' } }],
    ],
    ['a body that is no JSON', { body: '<xml/>' }, [{ problem: expect.stringContaining('not JSON') }]],
    ['an empty body', { body: '' }, [{ problem: expect.stringContaining('not JSON') }]],
    ['one bad body of two', { Records: [{ body: '{' }, { body }] }, [{ problem: expect.any(String) }, ...found]],
  ])('%s', (_name, message, wanted) => expect(unwrap(message)).toEqual(wanted));

  it('does not follow endless wrapping', () => {
    let message: unknown = event;
    for (let depth = 0; depth < 50; depth += 1) message = [message];
    expect(unwrap(message)).toEqual([{ problem: 'wrapped more than 5 times' }]);
  });
});
