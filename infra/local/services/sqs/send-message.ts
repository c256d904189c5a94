import { ApiError } from '../../kernel/api-error';
import type { Scope } from '../../kernel/scope';
import { invalidParameterValue, invalidValue, missingParameter } from './errors';
import { attributesSize } from './message-attributes';
import type { Message, MessageAttributes, Queue } from './state';

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html */
const MAX_DELAY_SECONDS = 900;
/** What the API reference of SendMessage does not list: control characters, lone surrogates, U+FFFE and U+FFFF. */
const FORBIDDEN_IN_BODY = /(?![\t\n\r])\p{Cc}|\p{Cs}|[\uFFFE\uFFFF]/u;
/** Controls beyond ASCII are allowed all the same. */
const ALLOWED_CONTROLS = /[\u007F-\u009F]/gu;

export interface OutgoingMessage {
  readonly body: string;
  readonly attributes?: MessageAttributes;
  /** The queue's own delay if absent. */
  readonly delaySeconds?: number;
  readonly senderId: string;
}

/** Size as the limits of a message and of a batch count it. */
export function messageSize({ body, attributes = {} }: OutgoingMessage): number {
  return Buffer.byteLength(body) + attributesSize(attributes);
}

/** Throws `MissingParameter`, `InvalidParameterValue`, `InvalidMessageContents`. */
export function sendMessage(scope: Scope, queue: Queue, outgoing: OutgoingMessage): Message {
  checkMessage(queue, outgoing);
  const now = scope.clock.now();
  const delaySeconds = outgoing.delaySeconds ?? queue.settings.delaySeconds;
  const message: Message = {
    id: scope.ids.uuid(),
    body: outgoing.body,
    attributes: outgoing.attributes ?? {},
    senderId: outgoing.senderId,
    sentAt: now,
    firstReceivedAt: undefined,
    receiveCount: 0,
    receivesHere: 0,
    visibleAt: new Date(now.getTime() + delaySeconds * 1_000),
    inFlightSince: undefined,
    deadLetterSource: undefined,
  };
  addMessage(queue, message);
  return message;
}

/** Puts a message in a queue and wakes who waits for one. */
export function addMessage(queue: Queue, message: Message): void {
  queue.messages.set(message.id, message);
  for (const wake of [...queue.waiters]) wake();
}

function checkMessage(queue: Queue, outgoing: OutgoingMessage): void {
  const { body, delaySeconds = 0 } = outgoing;
  if (body === '') throw missingParameter('MessageBody');
  if (FORBIDDEN_IN_BODY.test(body.replace(ALLOWED_CONTROLS, ''))) {
    throw new ApiError('InvalidMessageContents', 'Invalid characters found in the message body.');
  }
  if (!Number.isInteger(delaySeconds) || delaySeconds < 0 || delaySeconds > MAX_DELAY_SECONDS) {
    throw invalidValue('DelaySeconds', delaySeconds, `DelaySeconds must be >= 0 and <= ${MAX_DELAY_SECONDS}.`);
  }
  const limit = queue.settings.maximumMessageSize;
  if (messageSize(outgoing) > limit) {
    throw invalidParameterValue(
      `One or more parameters are invalid. Reason: Message must be shorter than ${limit} bytes.`,
    );
  }
}
