import { NotFoundException } from '@aws-sdk/client-sns';
import { expect, it } from '@jest/globals';
import { topicChannel } from '../../lib/aws/alert-topic';
import { groupAlerts, idsOf } from '../../lib/report/alert';
import type { FindingStateChange } from '../../lib/report/events';
import { aTopic } from '../infra/local/services/sns/a-topic';
import { aChange } from '../report/a-change';
import { SERVICE_ARN } from '../support/builders';

type Topic = Awaited<ReturnType<typeof aTopic>>;

/** Sends all that the changes make, in order. */
async function tell({ client, TopicArn, clock }: Topic, changes: readonly FindingStateChange[]): Promise<void> {
  const format = () => ({ subject: 'New: 2 findings', body: 'Two targets belong to no task.' });
  const channel = topicChannel({ client, topicArn: TopicArn, name: 'topic', idsOf, format });
  for (const parcel of channel.pack(groupAlerts(changes))) await parcel.send();
  await clock.advance(0);
}

const BILLING = SERVICE_ARN.replace('/prod/', '/billing/');

it('publishes an alert with the attributes that subscribers filter on', async () => {
  const topic = await aTopic();
  const queue = await topic.queue('wanted');
  await topic.subscribe(queue.arn, { RawMessageDelivery: 'true' });
  await tell(topic, [
    aChange({ related: [SERVICE_ARN] }, { id: 'b' }),
    aChange({ related: [SERVICE_ARN] }, { id: 'a' }),
  ]);
  const [message, ...more] = await queue.receive();
  expect(more).toEqual([]);
  expect(message?.Body).toBe('Two targets belong to no task.');
  const values = Object.entries(message?.MessageAttributes ?? {}).map(([name, one]) => [
    name,
    `${one.DataType ?? ''} ${one.StringValue ?? ''}`,
  ]);
  expect(Object.fromEntries(values)).toEqual({
    severity: 'String high',
    rule: 'String.Array ["target-orphaned"]',
    cluster: 'String.Array ["prod"]',
    scope: 'String all',
    state: 'String new',
    id: 'String a',
  });
});

it.each<[string, Readonly<Record<string, readonly unknown[]>>, boolean]>([
  ['a severity', { severity: ['critical', 'high'] }, true],
  ['another severity', { severity: ['critical'] }, false],
  ['the rule', { rule: ['target-orphaned'] }, true],
  ['the beginning of the rule', { rule: [{ prefix: 'target-' }] }, true],
  ['another rule', { rule: ['task-without-ipv6'] }, false],
  ['one of its clusters', { cluster: ['billing'] }, true],
  ['the other of its clusters', { cluster: ['prod'] }, true],
  ['another cluster', { cluster: ['staging'] }, false],
  ['the scope', { scope: ['all'] }, true],
  ['anything but the end', { state: [{ 'anything-but': 'resolved' }] }, true],
  ['the end', { state: ['resolved'] }, false],
  ['severity and cluster', { severity: ['high'], cluster: ['prod'] }, true],
  ['severity and another cluster', { severity: ['high'], cluster: ['staging'] }, false],
])('reaches who filters on %s as it should', async (_, filter, isWanted) => {
  const topic = await aTopic();
  const queue = await topic.queue('mine');
  await topic.subscribe(queue.arn, { FilterPolicy: JSON.stringify(filter) });
  await tell(topic, [aChange({ related: [SERVICE_ARN, BILLING] })]);
  expect(await queue.receive()).toHaveLength(Number(isWanted));
});

it('fails when there is no such topic', async () => {
  const topic = await aTopic();
  const gone = { ...topic, TopicArn: `${topic.TopicArn}-gone` };
  await expect(tell(gone, [aChange()])).rejects.toBeInstanceOf(NotFoundException);
});
