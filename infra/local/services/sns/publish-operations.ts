import type {
  BatchResultErrorEntry,
  PublishBatchInput,
  PublishBatchRequestEntry,
  PublishBatchResponse,
  PublishInput,
  PublishResponse,
} from '@aws-sdk/client-sns';
import { ApiError } from '../../kernel/api-error';
import { operation } from '../../kernel/operation';
import { invalidParameter } from './errors';
import { readMessageAttributes } from './message-attributes';
import type { Publication } from './publish';
import { DEFAULT_MESSAGE_SIZE, publicationSize, publish } from './publish';
import { authorizeTopic, topicOf } from './topic-arn';

/** https://docs.aws.amazon.com/sns/latest/api/API_PublishBatch.html */
const MAX_ENTRIES = 10;
const ENTRY_ID = /^[a-zA-Z0-9_-]{1,80}$/;

function publicationOf(input: PublishInput | PublishBatchRequestEntry): Publication {
  if (input.MessageStructure !== undefined && input.MessageStructure !== 'json') {
    throw invalidParameter('MessageStructure');
  }
  return {
    message: input.Message ?? '',
    subject: input.Subject,
    attributes: readMessageAttributes(input.MessageAttributes),
    isStructured: input.MessageStructure === 'json',
  };
}

const publishOperation = operation<PublishInput, PublishResponse>({
  accepts: ['TopicArn', 'TargetArn', 'Message', 'Subject', 'MessageAttributes', 'MessageStructure'],
  authorize: ({ TopicArn: topicArn, TargetArn: targetArn }) => [
    { action: 'sns:Publish', resource: topicArn ?? targetArn ?? '*' },
  ],
  run(input, call) {
    const { TopicArn: topicArn, TargetArn: targetArn } = input;
    if (topicArn !== undefined && targetArn !== undefined) {
      throw invalidParameter('TopicArn and TargetArn exclude each other');
    }
    return { MessageId: publish(call.scope, topicOf(call, topicArn ?? targetArn), publicationOf(input)) };
  },
});

/** Throws `EmptyBatchRequest`, `TooManyEntriesInBatchRequest`, `InvalidBatchEntryId`, `BatchEntryIdsNotDistinct`. */
function checkEntries(entries: readonly PublishBatchRequestEntry[] | undefined): readonly PublishBatchRequestEntry[] {
  if (!entries || entries.length === 0) {
    throw new ApiError('EmptyBatchRequest', 'The batch request does not contain any entries.');
  }
  if (entries.length > MAX_ENTRIES) {
    throw new ApiError('TooManyEntriesInBatchRequest', 'The batch request contains more entries than permissible.');
  }
  const ids = entries.map(({ Id: id = '' }) => id);
  const invalid = ids.find((id) => !ENTRY_ID.test(id));
  if (invalid !== undefined)
    throw new ApiError('InvalidBatchEntryId', `The Id ${invalid} of a batch entry is invalid.`);
  if (new Set(ids).size < ids.length) {
    throw new ApiError('BatchEntryIdsNotDistinct', 'Two or more batch entries in the request have the same Id.');
  }
  return entries;
}

function checkTotal(entries: readonly PublishBatchRequestEntry[], limit: number): void {
  const sizes = entries.map(({ Message: message = '' }) => publicationSize({ message }));
  if (sizes.reduce((sum, size) => sum + size, 0) <= limit) return;
  throw new ApiError(
    'BatchRequestTooLong',
    'The length of all the batch messages put together is more than the limit.',
  );
}

const publishBatch = operation<PublishBatchInput, PublishBatchResponse>({
  accepts: [
    'TopicArn',
    ...['Id', 'Message', 'Subject', 'MessageAttributes', 'MessageStructure'].map(
      (name) => `PublishBatchRequestEntries.${name}`,
    ),
  ],
  authorize: authorizeTopic('Publish'),
  run({ TopicArn: topicArn, PublishBatchRequestEntries: given }, call) {
    const topic = topicOf(call, topicArn);
    const entries = checkEntries(given);
    checkTotal(entries, topic.settings.maximumMessageSize ?? DEFAULT_MESSAGE_SIZE);
    const successful: { Id: string | undefined; MessageId: string }[] = [];
    const failed: BatchResultErrorEntry[] = [];
    for (const entry of entries) {
      try {
        successful.push({ Id: entry.Id, MessageId: publish(call.scope, topic, publicationOf(entry)) });
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        failed.push({ Id: entry.Id, Code: error.code, Message: error.message, SenderFault: true });
      }
    }
    return { Successful: successful, Failed: failed };
  },
});

export const publishOperations = { Publish: publishOperation, PublishBatch: publishBatch };
