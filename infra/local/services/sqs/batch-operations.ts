/** The batch forms: each entry succeeds or fails for itself. */
import type {
  BatchResultErrorEntry,
  ChangeMessageVisibilityBatchRequest,
  ChangeMessageVisibilityBatchResult,
  DeleteMessageBatchRequest,
  DeleteMessageBatchResult,
  SendMessageBatchRequest,
  SendMessageBatchRequestEntry,
  SendMessageBatchResult,
} from '@aws-sdk/client-sqs';
import { ApiError } from '../../kernel/api-error';
import type { Principal } from '../../kernel/operation';
import { operation } from '../../kernel/operation';
import { md5OfAttributes, md5OfBody, readMessageAttributes } from './message-attributes';
import { authorizeQueue, queueOf } from './queue-url';
import { changeVisibility, deleteMessage } from './receipt';
import type { OutgoingMessage } from './send-message';
import { messageSize, sendMessage } from './send-message';
import { senderIdOf } from './sender-id';

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html */
const MAX_ENTRIES = 10;
const MAX_BATCH_BYTES = 1_048_576;
const ENTRY_ID = /^[a-zA-Z0-9_-]{1,80}$/;

interface Entry {
  readonly Id: string | undefined;
}

/** Throws `EmptyBatchRequest`, `TooManyEntriesInBatchRequest`, `InvalidBatchEntryId`, `BatchEntryIdsNotDistinct`. */
function checkEntries<Item extends Entry>(entries: readonly Item[] | undefined): readonly Item[] {
  if (!entries || entries.length === 0) {
    throw new ApiError('EmptyBatchRequest', 'There should be at least one entry in the request.');
  }
  if (entries.length > MAX_ENTRIES) {
    const message = `Maximum number of entries per request are ${MAX_ENTRIES}. You have sent ${entries.length}.`;
    throw new ApiError('TooManyEntriesInBatchRequest', message);
  }
  const ids = new Set<string>();
  for (const { Id: id = '' } of entries) {
    if (!ENTRY_ID.test(id)) {
      const allowed = 'A batch entry id can only contain alphanumeric characters, hyphens and underscores.';
      throw new ApiError('InvalidBatchEntryId', `${allowed} It can be at most 80 letters long.`);
    }
    if (ids.has(id)) throw new ApiError('BatchEntryIdsNotDistinct', `Id ${id} repeated.`);
    ids.add(id);
  }
  return entries;
}

interface Outcome<Success> {
  readonly Successful: Success[];
  readonly Failed: BatchResultErrorEntry[];
}

/** Runs every entry; what one refuses is its own failure. */
function runEach<Item extends Entry, Success>(
  entries: readonly Item[],
  run: (entry: Item) => Success,
): Outcome<Success> {
  const outcome: Outcome<Success> = { Successful: [], Failed: [] };
  for (const entry of entries) {
    try {
      outcome.Successful.push(run(entry));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const { code, message } = error;
      outcome.Failed.push({ Id: entry.Id, SenderFault: true, Code: code, Message: message });
    }
  }
  return outcome;
}

/** Throws `BatchRequestTooLong`. */
function checkTotal(messages: readonly OutgoingMessage[]): void {
  const bytes = messages.reduce((sum, message) => sum + messageSize(message), 0);
  if (bytes <= MAX_BATCH_BYTES) return;
  const message = `Batch requests cannot be longer than ${MAX_BATCH_BYTES} bytes. You have sent ${bytes} bytes.`;
  throw new ApiError('BatchRequestTooLong', message);
}

function outgoing(entry: SendMessageBatchRequestEntry, principal: Principal): OutgoingMessage {
  return {
    body: entry.MessageBody ?? '',
    attributes: readMessageAttributes(entry.MessageAttributes),
    delaySeconds: entry.DelaySeconds,
    senderId: senderIdOf(principal),
  };
}

const sendMessageBatch = operation<SendMessageBatchRequest, SendMessageBatchResult>({
  accepts: ['QueueUrl', ...['Id', 'MessageBody', 'DelaySeconds', 'MessageAttributes'].map((name) => `Entries.${name}`)],
  authorize: authorizeQueue('SendMessage'),
  run({ QueueUrl: url, Entries: given }, call) {
    const queue = queueOf(call, url);
    const entries = checkEntries(given);
    const read = runEach(entries, (entry) => ({ Id: entry.Id, message: outgoing(entry, call.principal) }));
    checkTotal(read.Successful.map(({ message }) => message));
    const sent = runEach(read.Successful, ({ Id, message: wanted }) => {
      const message = sendMessage(call.scope, queue, wanted);
      return {
        Id,
        MessageId: message.id,
        MD5OfMessageBody: md5OfBody(message.body),
        MD5OfMessageAttributes: md5OfAttributes(message.attributes),
      };
    });
    return { Successful: sent.Successful, Failed: [...read.Failed, ...sent.Failed] };
  },
});

const deleteMessageBatch = operation<DeleteMessageBatchRequest, DeleteMessageBatchResult>({
  accepts: ['QueueUrl', 'Entries'],
  authorize: authorizeQueue('DeleteMessage'),
  run({ QueueUrl: url, Entries: given }, call) {
    const queue = queueOf(call, url);
    return runEach(checkEntries(given), ({ Id, ReceiptHandle: handle = '' }) => {
      deleteMessage(queue, handle);
      return { Id };
    });
  },
});

const changeMessageVisibilityBatch = operation<ChangeMessageVisibilityBatchRequest, ChangeMessageVisibilityBatchResult>(
  {
    accepts: ['QueueUrl', 'Entries'],
    authorize: authorizeQueue('ChangeMessageVisibility'),
    run({ QueueUrl: url, Entries: given }, call) {
      const queue = queueOf(call, url);
      return runEach(checkEntries(given), ({ Id, ReceiptHandle: handle = '', VisibilityTimeout: timeout = 0 }) => {
        changeVisibility(call.scope, queue, { receiptHandle: handle, visibilityTimeoutSeconds: timeout });
        return { Id };
      });
    },
  },
);

export const batchOperations = {
  ChangeMessageVisibilityBatch: changeMessageVisibilityBatch,
  DeleteMessageBatch: deleteMessageBatch,
  SendMessageBatch: sendMessageBatch,
};
