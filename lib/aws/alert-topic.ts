import { PublishCommand, type MessageAttributeValue, type SNSClient } from '@aws-sdk/client-sns';
import type { Alert } from '../report/alert';

/** Publishes alerts with the attributes that subscribers filter on. */
export function alertPublisher(client: SNSClient, topicArn: string): (alert: Alert) => Promise<void> {
  return async ({ ids, subject, body, attributes }) => {
    const values = { ...attributes, id: ids[0] ?? '' };
    const entries = Object.entries(values).map(([name, value]): [string, MessageAttributeValue] => [
      name,
      { DataType: 'String', StringValue: value },
    ]);
    await client.send(
      new PublishCommand({
        TopicArn: topicArn,
        Subject: subject,
        Message: body,
        MessageAttributes: Object.fromEntries(entries),
      }),
    );
  };
}
