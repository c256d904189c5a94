import type { PublishCommandInput } from '@aws-sdk/client-sns';
import { CreateTopicCommand, PublishCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import type { Message } from '@aws-sdk/client-sqs';
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { SimulatedClock } from '../../../../../infra/local/kernel/clock';
import { sns } from '../../../../../infra/local/services/sns/sns';
import { sqs } from '../../../../../infra/local/services/sqs/sqs';
import { clientSettings, withLocalAccount } from '../../../../support/local-account';

export const start = new Date('2026-11-22T10:00:00Z');

/** A queue policy that lets SNS send. */
export const openToSns = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Principal: { Service: 'sns.amazonaws.com' }, Action: 'sqs:SendMessage', Resource: '*' },
  ],
});

/** A topic, and queues as they are asked for. */
export async function aTopic() {
  const clock = new SimulatedClock({ start, running: false });
  const account = await withLocalAccount({ services: [sns, sqs], clock });
  const client = new SNSClient(clientSettings(account));
  const queues = new SQSClient(clientSettings(account));
  const { TopicArn = '' } = await client.send(new CreateTopicCommand({ Name: 'alerts' }));

  const queue = async (name: string, Policy: string | undefined = openToSns) => {
    const { QueueUrl } = await queues.send(
      new CreateQueueCommand({ QueueName: name, Attributes: Policy === '' ? {} : { Policy } }),
    );
    const receive = async (): Promise<readonly Message[]> => {
      const command = new ReceiveMessageCommand({
        ...{ QueueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 0 },
        MessageAttributeNames: ['All'],
      });
      return (await queues.send(command)).Messages ?? [];
    };
    return { arn: `arn:aws:sqs:eu-west-2:111122223333:${name}`, receive };
  };
  const subscribe = async (Endpoint: string, Attributes: Record<string, string> = {}, Protocol = 'sqs') => {
    const command = new SubscribeCommand({
      ...{ TopicArn, Protocol, Endpoint, Attributes },
      ReturnSubscriptionArn: true,
    });
    return (await client.send(command)).SubscriptionArn ?? '';
  };
  /** Publishes and lets the deliveries start. */
  const publish = async (Message: string, more: Partial<PublishCommandInput> = {}) => {
    const { MessageId } = await client.send(new PublishCommand({ TopicArn, Message, ...more }));
    await clock.advance(0);
    return MessageId;
  };
  return { account, clock, client, TopicArn, queue, subscribe, publish };
}

export const text = (StringValue: string) => ({ DataType: 'String', StringValue });
