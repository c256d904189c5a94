import { SendMessageBatchCommand, type BatchResultErrorEntry, type SQSClient } from '@aws-sdk/client-sqs';
import type { Requeue } from '../trigger/requeue';
import { chunk } from './read';

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessageBatch.html */
const SEND_BATCH = 10;

/** Puts requests back on the queue, to be looked at again after their delay; those that are refused do not stop the rest. */
export function requeuePort(client: SQSClient, queueUrl: string): (items: readonly Requeue[]) => Promise<void> {
  return async (items) => {
    const refused: BatchResultErrorEntry[] = [];
    for (const batch of chunk(items, SEND_BATCH)) {
      const Entries = batch.map(({ request, delaySeconds }, index) => ({
        Id: String(index),
        MessageBody: JSON.stringify(request),
        DelaySeconds: delaySeconds,
      }));
      const { Failed = [] } = await client.send(new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries }));
      refused.push(...Failed);
    }
    const [first] = refused;
    if (!first) return;
    const counts = `${String(refused.length)} of ${String(items.length)}`;
    throw new Error(`${counts} requests could not be put back: ${first.Message ?? first.Code ?? ''}`);
  };
}
