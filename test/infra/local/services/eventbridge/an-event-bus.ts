import type { PutEventsRequestEntry, Target } from '@aws-sdk/client-eventbridge';
import { EventBridgeClient, PutEventsCommand, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { SimulatedClock } from '../../../../../infra/local/kernel/clock';
import { eventbridge } from '../../../../../infra/local/services/eventbridge/eventbridge';
import { sns } from '../../../../../infra/local/services/sns/sns';
import { sqs } from '../../../../../infra/local/services/sqs/sqs';
import { clientSettings, withLocalAccount } from '../../../../support/local-account';

const start = new Date('2026-11-22T10:00:00.500Z');

/** A policy that lets EventBridge in. */
export function openToEvents(action: string): string {
  const statement = { Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Action: action, Resource: '*' };
  return JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
}

/** An account's default bus, with queues as they are asked for. */
export async function anEventBus() {
  const clock = new SimulatedClock({ start, running: false });
  const account = await withLocalAccount({ services: [eventbridge, sns, sqs], clock });
  const client = new EventBridgeClient(clientSettings(account));
  const queues = new SQSClient(clientSettings(account));

  const queue = async (
    name: string,
    attributes: Record<string, string> = { Policy: openToEvents('sqs:SendMessage') },
  ) => {
    const { QueueUrl } = await queues.send(new CreateQueueCommand({ QueueName: name, Attributes: attributes }));
    const messages = async () => {
      const command = new ReceiveMessageCommand({
        ...{ QueueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 0 },
        MessageAttributeNames: ['All'],
      });
      return (await queues.send(command)).Messages ?? [];
    };
    const bodies = async () => (await messages()).map(({ Body = '' }) => JSON.parse(Body) as unknown);
    return { arn: `arn:aws:sqs:eu-west-2:111122223333:${name}`, messages, bodies };
  };
  /** A rule on the default bus for `source: app`, with one target. */
  const rule = async (target: Omit<Target, 'Id'>, EventPattern = '{"source":["app"]}') => {
    const { RuleArn = '' } = await client.send(new PutRuleCommand({ Name: 'rule', EventPattern }));
    await client.send(new PutTargetsCommand({ Rule: 'rule', Targets: [{ Id: 'target', ...target }] }));
    return RuleArn;
  };
  /** Puts an event of `source: app` and lets the deliveries start. */
  const put = async (detail: object = {}, more: Partial<PutEventsRequestEntry> = {}) => {
    const entry = { Source: 'app', DetailType: 'Thing', Detail: JSON.stringify(detail), ...more };
    const answer = await client.send(new PutEventsCommand({ Entries: [entry] }));
    await clock.advance(0);
    return answer;
  };
  return { account, clock, client, queue, rule, put };
}
