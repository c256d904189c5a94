/** Batches of which AWS answers that some entries failed: what it takes out of the request and puts into the answer. */
import type { Fields } from '../protocol/wire';

interface Failed {
  /** Place in the batch. */
  readonly index: number;
  readonly entry: unknown;
}

interface Batch {
  /** Member of the input that holds the entries. */
  readonly entries: string;
  /** Reason or code if the rule names none. */
  readonly reason: string;
  /** The answer for a batch of which no entry is left. */
  readonly empty: Fields;
  readonly answer: (output: Fields, failed: readonly Failed[], reason: string) => Fields;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function memberOf(entry: unknown, name: string): unknown {
  return typeof entry === 'object' && entry !== null
    ? Object.entries(entry).find(([key]) => key === name)?.[1]
    : undefined;
}

const MESSAGE = 'An internal error occurred.';

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/api_failures_messages.html */
function ecs(entries: string): Batch {
  return {
    ...{ entries, reason: 'MISSING', empty: { [entries]: [], failures: [] } },
    answer: (output, failed, reason) => ({
      ...output,
      failures: [...listOf(output['failures']), ...failed.map(({ entry }) => ({ arn: entry, reason }))],
    }),
  };
}

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_BatchResultErrorEntry.html, and SNS alike */
function messages(entries: string): Batch {
  return {
    ...{ entries, reason: 'InternalError', empty: { Successful: [], Failed: [] } },
    answer: (output, failed, Code) => ({
      ...output,
      Failed: [
        ...listOf(output['Failed']),
        ...failed.map(({ entry }) => ({ Id: memberOf(entry, 'Id'), SenderFault: false, Code, Message: MESSAGE })),
      ],
    }),
  };
}

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutTargetsResultEntry.html */
function targets(entries: string, idOf: (entry: unknown) => unknown): Batch {
  return {
    ...{ entries, reason: 'ConcurrentModificationException', empty: { FailedEntryCount: 0, FailedEntries: [] } },
    answer(output, failed, ErrorCode) {
      const added = failed.map(({ entry }) => ({ TargetId: idOf(entry), ErrorCode, ErrorMessage: MESSAGE }));
      const FailedEntries = [...listOf(output['FailedEntries']), ...added];
      return { ...output, FailedEntries, FailedEntryCount: FailedEntries.length };
    },
  };
}

/** Answers stand in the order of the request: https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html */
const putEvents: Batch = {
  ...{ entries: 'Entries', reason: 'InternalFailure', empty: { FailedEntryCount: 0, Entries: [] } },
  answer(output, failed, ErrorCode) {
    const answers = [...listOf(output['Entries'])];
    for (const { index } of failed) answers.splice(index, 0, { ErrorCode, ErrorMessage: MESSAGE });
    const before = output['FailedEntryCount'];
    return { ...output, Entries: answers, FailedEntryCount: (typeof before === 'number' ? before : 0) + failed.length };
  },
};

/** By IAM action. */
const BATCHES: Readonly<Record<string, Batch>> = {
  'ecs:DescribeClusters': ecs('clusters'),
  'ecs:DescribeContainerInstances': ecs('containerInstances'),
  'ecs:DescribeServices': ecs('services'),
  'ecs:DescribeTasks': ecs('tasks'),
  'ecs:UpdateContainerInstancesState': ecs('containerInstances'),
  'events:PutEvents': putEvents,
  'events:PutTargets': targets('Targets', (entry) => memberOf(entry, 'Id')),
  'events:RemoveTargets': targets('Ids', (entry) => entry),
  'sns:PublishBatch': messages('PublishBatchRequestEntries'),
  'sqs:ChangeMessageVisibilityBatch': messages('Entries'),
  'sqs:DeleteMessageBatch': messages('Entries'),
  'sqs:SendMessageBatch': messages('Entries'),
};

/** Actions whose answers can say that a part failed. */
export const partialActions: readonly string[] = Object.keys(BATCHES);

export interface PartialFailure {
  /** How many entries fail, from the first of the batch. */
  readonly items: number;
  readonly reason?: string | undefined;
}

/** Runs what is left of the batch, and answers for all of it. */
export async function failInPart(
  action: string,
  input: Fields,
  { items, reason, run }: PartialFailure & { readonly run: (input: Fields) => Promise<Fields> },
): Promise<Fields> {
  const batch = BATCHES[action];
  const entries = listOf(batch && input[batch.entries]);
  if (!batch || entries.length === 0) return run(input);
  const failed = entries.slice(0, items).map((entry, index) => ({ index, entry }));
  const left = entries.slice(items);
  const output = left.length === 0 ? batch.empty : await run({ ...input, [batch.entries]: left });
  return batch.answer(output, failed, reason ?? batch.reason);
}
