import { PublishCommand, type MessageAttributeValue, type SNSClient } from '@aws-sdk/client-sns';
import type { Alert } from '../report/alert';
import type { Channel } from '../report/channel';
import type { ChannelName } from '../state/memory';

export interface TopicOptions {
  readonly client: SNSClient;
  readonly topicArn: string;
  readonly name: ChannelName;
  /** Ids of the changes that an alert tells of. */
  readonly idsOf: (alert: Alert) => readonly string[];
  readonly format: (alert: Alert) => TopicMessage;
}

export interface TopicMessage {
  /** For e-mail; absent where nobody reads it. */
  readonly subject?: string;
  readonly body: string;
}

/** Publishes alerts, one message each, with the attributes that subscribers filter on. */
export function topicChannel({ client, topicArn, name, idsOf, format }: TopicOptions): Channel {
  const send = async (alert: Alert): Promise<void> => {
    const { subject, body } = format(alert);
    const MessageAttributes = attributesOf(alert, idsOf(alert)[0] ?? '');
    await client.send(new PublishCommand({ TopicArn: topicArn, Subject: subject, Message: body, MessageAttributes }));
  };
  return { name, pack: (alerts) => alerts.map((alert) => ({ ids: idsOf(alert), send: () => send(alert) })) };
}

/**
 * Six: raw delivery to a queue drops what has more than ten. What may have several values is always a list, for which
 * filters are written in the same way: https://docs.aws.amazon.com/sns/latest/dg/sns-message-attributes.html
 */
function attributesOf({ attributes }: Alert, id: string): Record<string, MessageAttributeValue> {
  const { rule, cluster, ...single } = attributes;
  const lists = Object.entries({ rule, cluster }).map(([name, values]): [string, MessageAttributeValue] => [
    name,
    { DataType: 'String.Array', StringValue: JSON.stringify(values) },
  ]);
  const texts = Object.entries({ ...single, id }).map(([name, value]): [string, MessageAttributeValue] => [
    name,
    { DataType: 'String', StringValue: value },
  ]);
  return Object.fromEntries([...texts, ...lists]);
}
