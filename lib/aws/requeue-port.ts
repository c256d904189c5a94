import { SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { Requeue } from '../trigger/requeue';
import { chunk } from './read';

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessageBatch.html */
const SEND_BATCH = 10;

/** Puts requests back on the queue, to be looked at again after their delay. */
export function requeuePort(client: SQSClient, queueUrl: string): (items: readonly Requeue[]) => Promise<void> {
  return async (items) => {
    for (const batch of chunk(items, SEND_BATCH)) {
      const Entries = batch.map(({ request, delaySeconds }, index) => ({
        Id: String(index),
        MessageBody: JSON.stringify(request),
        DelaySeconds: delaySeconds,
      }));
      const { Failed = [] } = await client.send(new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries }));
      const [first] = Failed;
      if (first)
        throw new Error(
          `${String(Failed.length)} requests could not be put back: ${first.Message ?? first.Code ?? ''}`,
        );
    }
  };
}
