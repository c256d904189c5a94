import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import type { ReceiveMessageCommandInput, SendMessageCommandInput } from '@aws-sdk/client-sqs';
import { SimulatedClock } from '../../../../../infra/local/kernel/clock';
import { sqs } from '../../../../../infra/local/services/sqs/sqs';
import { sqsState } from '../../../../../infra/local/services/sqs/state';
import { clientSettings, withLocalAccount } from '../../../../support/local-account';

export const SECOND = 1_000;
export const start = new Date('2026-11-22T10:00:00Z');

/** A queue with what a test does to it. */
export async function aQueue(attributes: Record<string, string> = {}) {
  const clock = new SimulatedClock({ start, running: false });
  const account = await withLocalAccount({ services: [sqs], clock });
  const client = new SQSClient(clientSettings(account));
  const { QueueUrl } = await client.send(new CreateQueueCommand({ QueueName: 'tasks', Attributes: attributes }));
  const send = (MessageBody: string, more: Partial<SendMessageCommandInput> = {}) =>
    client.send(new SendMessageCommand({ QueueUrl, MessageBody, ...more }));
  const receive = async (more: Partial<ReceiveMessageCommandInput> = {}) => {
    const command = new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, ...more });
    return (await client.send(command)).Messages ?? [];
  };
  /** Messages that are visible, in flight and delayed. */
  const counts = async () => {
    const command = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] });
    const { Attributes: found } = await client.send(command);
    return [
      Number(found?.ApproximateNumberOfMessages),
      Number(found?.ApproximateNumberOfMessagesNotVisible),
      Number(found?.ApproximateNumberOfMessagesDelayed),
    ];
  };
  /** Resolves when this many receives wait in the queue. */
  const waiting = async (receivers = 1) => {
    const queue = sqsState(account.scope).queues.get('tasks');
    while ((queue?.waiters.size ?? 0) < receivers) await new Promise(setImmediate);
  };
  return { account, client, clock, QueueUrl, send, receive, counts, waiting };
}

export const bodies = (messages: readonly { readonly Body?: string | undefined }[]) => messages.map(({ Body }) => Body);
