/** Queues themselves: for the API of SQS and for whoever sets an account up. */
import { ApiError } from '../../kernel/api-error';
import type { Scope } from '../../kernel/scope';
import { arn } from '../../kernel/scope';
import { invalidParameterValue, queueDoesNotExist } from './errors';
import type { AttributeTexts } from './queue-attributes';
import { changeSettings, DEFAULT_SETTINGS, settingTexts } from './queue-attributes';
import { checkDeadLetterTarget } from './redrive-policy';
import type { Queue } from './state';
import { sqsState } from './state';

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html */
const QUEUE_NAME = /^[a-zA-Z0-9_-]{1,80}$/;
/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_DeleteQueue.html */
const NAME_FREE_AGAIN_SECONDS = 60;
/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_PurgeQueue.html */
const PURGE_SECONDS = 60;
/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-queue-tags.html */
const MAX_TAGS = 50;

export interface NewQueue {
  readonly name: string;
  /** As CreateQueue takes them: `{ VisibilityTimeout: '60' }`. */
  readonly attributes?: AttributeTexts;
  readonly tags?: Readonly<Record<string, string>>;
}

/**
 * Makes a queue, or answers with the one of this name if the attributes given agree with it.
 * Throws `InvalidParameterValue`, `InvalidAttributeName`, `InvalidAttributeValue`, `QueueNameExists`,
 * `QueueDeletedRecently`.
 */
export function createQueue(scope: Scope, { name, attributes = {}, tags = {} }: NewQueue): Queue {
  if (!QUEUE_NAME.test(name)) {
    throw invalidParameterValue('Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length');
  }
  const known = sqsState(scope).queues.get(name);
  if (known) return sameQueue(known, attributes);
  refuseRecentlyDeleted(scope, name);
  const now = scope.clock.now();
  const queue: Queue = {
    name,
    arn: arn(scope, 'sqs', name),
    createdAt: now,
    modifiedAt: now,
    purgedAt: undefined,
    settings: changeSettings(DEFAULT_SETTINGS, attributes),
    tags: new Map(),
    messages: new Map(),
    waiters: new Set(),
  };
  checkDeadLetterTarget(scope, queue.arn, queue.settings);
  tagQueue(queue, tags);
  sqsState(scope).queues.set(name, queue);
  return queue;
}

function sameQueue(queue: Queue, attributes: AttributeTexts): Queue {
  const present = settingTexts(queue);
  const wanted = settingTexts({ ...queue, settings: changeSettings(queue.settings, attributes) });
  const different = Object.keys(attributes).find((name) => present[name] !== wanted[name]);
  if (different === undefined) return queue;
  throw new ApiError(
    'QueueNameExists',
    `A queue already exists with the same name and a different value for attribute ${different}`,
  );
}

function refuseRecentlyDeleted(scope: Scope, name: string): void {
  const deletedAt = sqsState(scope).deletedAt.get(name);
  if (!deletedAt || ageSeconds(scope, deletedAt) >= NAME_FREE_AGAIN_SECONDS) return;
  throw new ApiError(
    'QueueDeletedRecently',
    `You must wait ${NAME_FREE_AGAIN_SECONDS} seconds after deleting a queue before you can create another with the same name.`,
  );
}

function ageSeconds(scope: Scope, since: Date): number {
  return (scope.clock.now().getTime() - since.getTime()) / 1_000;
}

/** Throws `QueueDoesNotExist`. */
export function queueNamed(scope: Scope, name: string): Queue {
  const queue = sqsState(scope).queues.get(name);
  if (!queue) throw queueDoesNotExist();
  return queue;
}

/** Sets some attributes and leaves the others. Throws as `createQueue` does. */
export function setQueueAttributes(scope: Scope, queue: Queue, attributes: AttributeTexts): void {
  const settings = changeSettings(queue.settings, attributes);
  checkDeadLetterTarget(scope, queue.arn, settings);
  queue.settings = settings;
  queue.modifiedAt = scope.clock.now();
}

/** Throws `InvalidParameterValue` when there would be more than 50 tags. */
export function tagQueue(queue: Queue, tags: Readonly<Record<string, string>>): void {
  const after = new Map([...queue.tags, ...Object.entries(tags)]);
  if (after.size > MAX_TAGS) throw invalidParameterValue(`A queue can have up to ${MAX_TAGS} tags.`);
  for (const [key, value] of after) queue.tags.set(key, value);
}

/** Deletes the queue with its messages; who waits for one gets none. */
export function deleteQueue(scope: Scope, queue: Queue): void {
  sqsState(scope).queues.delete(queue.name);
  sqsState(scope).deletedAt.set(queue.name, scope.clock.now());
  queue.messages.clear();
}

/** Throws `PurgeQueueInProgress` within a minute of the last time. */
export function purgeQueue(scope: Scope, queue: Queue): void {
  if (queue.purgedAt && ageSeconds(scope, queue.purgedAt) < PURGE_SECONDS) {
    throw new ApiError(
      'PurgeQueueInProgress',
      `Only one PurgeQueue operation on ${queue.name} is allowed every ${PURGE_SECONDS} seconds.`,
    );
  }
  queue.purgedAt = scope.clock.now();
  queue.messages.clear();
}
