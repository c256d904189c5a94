import { NotFoundException } from '@aws-sdk/client-sns';
import { expect, it } from '@jest/globals';
import { alertPublisher } from '../../lib/aws/alert-topic';
import type { Alert } from '../../lib/report/alert';
import { aTopic } from '../infra/local/services/sns/a-topic';

const alert = (over: Partial<Alert> = {}): Alert => ({
  ids: ['first', 'second'],
  subject: 'New: 2 findings',
  body: 'Two targets belong to no task.',
  attributes: { severity: 'high', rule: 'target-orphaned', cluster: 'prod', scope: 'all', state: 'new' },
  ...over,
});

it('publishes an alert with the attributes that subscribers filter on', async () => {
  const { client, clock, TopicArn, queue, subscribe } = await aTopic();
  const [wanted, other] = [await queue('wanted'), await queue('other')];
  await subscribe(wanted.arn, { FilterPolicy: '{"severity":["high"],"cluster":["prod"]}', RawMessageDelivery: 'true' });
  await subscribe(other.arn, { FilterPolicy: '{"state":["resolved"]}' });
  await alertPublisher(client, TopicArn)(alert());
  await clock.advance(0);
  expect(await other.receive()).toEqual([]);
  const [message, ...more] = await wanted.receive();
  expect(more).toEqual([]);
  expect(message?.Body).toBe('Two targets belong to no task.');
  const values = Object.entries(message?.MessageAttributes ?? {}).map(([name, one]) => [name, one.StringValue]);
  expect(Object.fromEntries(values)).toEqual({ ...alert().attributes, id: 'first' });
});

it('fails when there is no such topic', async () => {
  const { client, TopicArn } = await aTopic();
  await expect(alertPublisher(client, `${TopicArn}-gone`)(alert())).rejects.toBeInstanceOf(NotFoundException);
});
