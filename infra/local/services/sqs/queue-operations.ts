import type {
  CreateQueueRequest,
  CreateQueueResult,
  DeleteQueueRequest,
  GetQueueAttributesRequest,
  GetQueueAttributesResult,
  GetQueueUrlRequest,
  GetQueueUrlResult,
  ListDeadLetterSourceQueuesRequest,
  ListDeadLetterSourceQueuesResult,
  ListQueuesRequest,
  ListQueuesResult,
  ListQueueTagsRequest,
  ListQueueTagsResult,
  PurgeQueueRequest,
  SetQueueAttributesRequest,
  TagQueueRequest,
  UntagQueueRequest,
} from '@aws-sdk/client-sqs';
import { QueueAttributeName } from '@aws-sdk/client-sqs';
import { ApiError } from '../../kernel/api-error';
import type { Call } from '../../kernel/operation';
import { operation } from '../../kernel/operation';
import type { Page } from '../../kernel/page';
import { page } from '../../kernel/page';
import { arn } from '../../kernel/scope';
import { invalidParameterValue, invalidValue, queueDoesNotExist } from './errors';
import { settingTexts } from './queue-attributes';
import { authorizeQueue, queueOf, queueUrl } from './queue-url';
import { createQueue, deleteQueue, purgeQueue, queueNamed, setQueueAttributes, tagQueue } from './queues';
import { countMessages } from './receive-messages';
import type { Queue } from './state';
import { sqsState } from './state';

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ListQueues.html */
const MAX_PAGE = 1_000;

const createQueueOperation = operation<CreateQueueRequest, CreateQueueResult>({
  accepts: ['QueueName', 'Attributes', 'tags'],
  authorize: ({ QueueName: name = '' }, { scope }) => [
    { action: 'sqs:CreateQueue', resource: arn(scope, 'sqs', name) },
  ],
  run({ QueueName: name = '', Attributes: attributes, tags }, call) {
    createQueue(call.scope, { name, attributes: attributes ?? {}, tags });
    return { QueueUrl: queueUrl(call, name) };
  },
});

const getQueueUrl = operation<GetQueueUrlRequest, GetQueueUrlResult>({
  accepts: ['QueueName', 'QueueOwnerAWSAccountId'],
  authorize: ({ QueueName: name = '' }, { scope }) => [
    { action: 'sqs:GetQueueUrl', resource: arn(scope, 'sqs', name) },
  ],
  run({ QueueName: name = '', QueueOwnerAWSAccountId: owner }, call) {
    if (owner !== undefined && owner !== call.scope.account) throw queueDoesNotExist();
    return { QueueUrl: queueUrl(call, queueNamed(call.scope, name).name) };
  },
});

interface UrlPageRequest {
  readonly MaxResults?: number | undefined;
  readonly NextToken?: string | undefined;
}

/** Without MaxResults the first thousand come, and no token. */
function pageOfUrls(
  call: Call,
  queues: readonly Queue[],
  { MaxResults: size, NextToken: token }: UrlPageRequest,
): Page<string> {
  if (size !== undefined && (size < 1 || size > MAX_PAGE)) {
    throw invalidValue('MaxResults', size, `MaxResults must be an integer between 1 and ${MAX_PAGE}.`);
  }
  const urls = queues.map(({ name }) => queueUrl(call, name)).sort();
  const invalidToken = invalidParameterValue('Invalid or expired next token.');
  const found = page(urls, { token, size: size ?? MAX_PAGE, invalidToken });
  return { items: found.items, token: size === undefined ? undefined : found.token };
}

const listQueues = operation<ListQueuesRequest, ListQueuesResult>({
  accepts: ['QueueNamePrefix', 'MaxResults', 'NextToken'],
  run(input, call) {
    const all = [...sqsState(call.scope).queues.values()];
    const queues = all.filter(({ name }) => name.startsWith(input.QueueNamePrefix ?? ''));
    const { items, token } = pageOfUrls(call, queues, input);
    return { QueueUrls: items.length === 0 ? undefined : items, NextToken: token };
  },
});

const listDeadLetterSourceQueues = operation<ListDeadLetterSourceQueuesRequest, ListDeadLetterSourceQueuesResult>({
  accepts: ['QueueUrl', 'MaxResults', 'NextToken'],
  authorize: authorizeQueue('ListDeadLetterSourceQueues'),
  run(input, call) {
    const target = queueOf(call, input.QueueUrl);
    const all = [...sqsState(call.scope).queues.values()];
    const sources = all.filter(({ settings }) => settings.redrivePolicy?.deadLetterTargetArn === target.arn);
    const { items, token } = pageOfUrls(call, sources, input);
    return { queueUrls: items, NextToken: token };
  },
});

const KNOWN_ATTRIBUTES: ReadonlySet<string> = new Set(Object.values(QueueAttributeName));

const getQueueAttributes = operation<GetQueueAttributesRequest, GetQueueAttributesResult>({
  accepts: ['QueueUrl', 'AttributeNames'],
  authorize: authorizeQueue('GetQueueAttributes'),
  run({ QueueUrl: url, AttributeNames: names = [] }, call) {
    const queue = queueOf(call, url);
    const unknown = names.find((name) => !KNOWN_ATTRIBUTES.has(name));
    if (unknown !== undefined) throw new ApiError('InvalidAttributeName', `Unknown Attribute ${unknown}.`);
    const { visible, inFlight, delayed } = countMessages(call.scope, queue);
    const texts: Readonly<Record<string, string>> = {
      ...settingTexts(queue),
      ApproximateNumberOfMessages: String(visible),
      ApproximateNumberOfMessagesNotVisible: String(inFlight),
      ApproximateNumberOfMessagesDelayed: String(delayed),
    };
    const wanted: ReadonlySet<string> = new Set(names);
    const entries = Object.entries(texts).filter(([name]) => wanted.has('All') || wanted.has(name));
    return { Attributes: entries.length === 0 ? undefined : Object.fromEntries(entries) };
  },
});

const setQueueAttributesOperation = operation<SetQueueAttributesRequest, undefined>({
  accepts: ['QueueUrl', 'Attributes'],
  authorize: authorizeQueue('SetQueueAttributes'),
  run({ QueueUrl: url, Attributes: attributes }, call) {
    setQueueAttributes(call.scope, queueOf(call, url), attributes ?? {});
    return undefined;
  },
});

const deleteQueueOperation = operation<DeleteQueueRequest, undefined>({
  accepts: ['QueueUrl'],
  authorize: authorizeQueue('DeleteQueue'),
  run({ QueueUrl: url }, call) {
    deleteQueue(call.scope, queueOf(call, url));
    return undefined;
  },
});

const purgeQueueOperation = operation<PurgeQueueRequest, undefined>({
  accepts: ['QueueUrl'],
  authorize: authorizeQueue('PurgeQueue'),
  run({ QueueUrl: url }, call) {
    purgeQueue(call.scope, queueOf(call, url));
    return undefined;
  },
});

const tagQueueOperation = operation<TagQueueRequest, undefined>({
  accepts: ['QueueUrl', 'Tags'],
  authorize: authorizeQueue('TagQueue'),
  run({ QueueUrl: url, Tags: tags }, call) {
    tagQueue(queueOf(call, url), tags ?? {});
    return undefined;
  },
});

const untagQueue = operation<UntagQueueRequest, undefined>({
  accepts: ['QueueUrl', 'TagKeys'],
  authorize: authorizeQueue('UntagQueue'),
  run({ QueueUrl: url, TagKeys: keys }, call) {
    const queue = queueOf(call, url);
    for (const key of keys ?? []) queue.tags.delete(key);
    return undefined;
  },
});

const listQueueTags = operation<ListQueueTagsRequest, ListQueueTagsResult>({
  accepts: ['QueueUrl'],
  authorize: authorizeQueue('ListQueueTags'),
  run: ({ QueueUrl: url }, call) => ({ Tags: Object.fromEntries(queueOf(call, url).tags) }),
});

export const queueOperations = {
  CreateQueue: createQueueOperation,
  DeleteQueue: deleteQueueOperation,
  GetQueueAttributes: getQueueAttributes,
  GetQueueUrl: getQueueUrl,
  ListDeadLetterSourceQueues: listDeadLetterSourceQueues,
  ListQueueTags: listQueueTags,
  ListQueues: listQueues,
  PurgeQueue: purgeQueueOperation,
  SetQueueAttributes: setQueueAttributesOperation,
  TagQueue: tagQueueOperation,
  UntagQueue: untagQueue,
};
