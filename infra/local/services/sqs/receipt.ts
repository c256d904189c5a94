/** Receipt handles: what a receiver shows to delete a message or to keep it longer. */
import { ApiError } from '../../kernel/api-error';
import type { Scope } from '../../kernel/scope';
import { invalidValue } from './errors';
import type { Message, Queue } from './state';

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ChangeMessageVisibility.html */
export const MAX_VISIBILITY_SECONDS = 43_200;

/** Names the queue, the message and which time of receiving it was; opaque to clients. */
export function receiptHandle(queue: Queue, { id, receiveCount }: Message): string {
  return Buffer.from(`${queue.arn} ${id} ${receiveCount}`).toString('base64');
}

interface Receipt {
  readonly messageId: string;
  readonly receiveCount: number;
}

function parseReceipt(queue: Queue, handle: string): Receipt {
  const [queueArn, messageId = '', count = '', ...rest] = Buffer.from(handle, 'base64').toString().split(' ');
  if (queueArn !== queue.arn || !/^\d+$/.test(count) || rest.length > 0) {
    throw new ApiError('ReceiptHandleIsInvalid', `The input receipt handle "${handle}" is not a valid receipt handle.`);
  }
  return { messageId, receiveCount: Number(count) };
}

/**
 * Deletes the message of this receipt, also one that has become visible again since; nothing happens if it is gone.
 * Throws `ReceiptHandleIsInvalid`.
 */
export function deleteMessage(queue: Queue, handle: string): void {
  queue.messages.delete(parseReceipt(queue, handle).messageId);
}

export interface VisibilityChange {
  readonly receiptHandle: string;
  /** From now on; 0 makes the message visible at once. */
  readonly visibilityTimeoutSeconds: number;
}

/** Throws `ReceiptHandleIsInvalid`, `InvalidParameterValue`, `MessageNotInflight`. */
export function changeVisibility(scope: Scope, queue: Queue, change: VisibilityChange): void {
  const { receiptHandle: handle, visibilityTimeoutSeconds: timeout } = change;
  if (!Number.isInteger(timeout) || timeout < 0 || timeout > MAX_VISIBILITY_SECONDS) {
    throw invalidValue(
      'VisibilityTimeout',
      timeout,
      `VisibilityTimeout must be between 0 and ${MAX_VISIBILITY_SECONDS}, if provided.`,
    );
  }
  const { messageId, receiveCount } = parseReceipt(queue, handle);
  const message = queue.messages.get(messageId);
  if (!message) {
    const reason = 'Message does not exist or is not available for visibility timeout change.';
    throw invalidValue('ReceiptHandle', handle, reason);
  }
  const now = scope.clock.now().getTime();
  if (!message.inFlightSince || message.visibleAt.getTime() <= now || message.receiveCount !== receiveCount) {
    throw new ApiError('MessageNotInflight', 'The message referred to is not in flight.');
  }
  const visibleAt = now + timeout * 1_000;
  if (visibleAt - message.inFlightSince.getTime() > MAX_VISIBILITY_SECONDS * 1_000) {
    const reason = `Total VisibilityTimeout for the message is beyond the limit [${MAX_VISIBILITY_SECONDS} seconds].`;
    throw invalidValue('VisibilityTimeout', timeout, reason);
  }
  message.visibleAt = new Date(visibleAt);
  for (const wake of [...queue.waiters]) wake();
}
