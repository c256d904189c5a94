import { ApiError } from '../../kernel/api-error';
import type { Scope } from '../../kernel/scope';
import { receiptHandle } from './receipt';
import { addMessage } from './send-message';
import type { Message, Queue } from './state';
import { queueByArn } from './state';

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html */
const MAX_IN_FLIGHT = 120_000;

export interface ReceiveRequest {
  readonly maxMessages: number;
  /** The queue's own if absent. */
  readonly visibilityTimeoutSeconds?: number;
  /** How long to wait for a first message; the queue's own if absent. */
  readonly waitSeconds?: number;
  /** Ends the waiting without a message. */
  readonly signal?: AbortSignal;
}

/** A message as it was when it was received. */
export interface ReceivedMessage {
  readonly message: Readonly<Message>;
  readonly receiptHandle: string;
}

/** Takes what is visible, or waits until something is. Throws `OverLimit`. */
export function receiveMessages(
  scope: Scope,
  queue: Queue,
  request: ReceiveRequest,
): Promise<readonly ReceivedMessage[]> {
  const { waitSeconds = queue.settings.receiveMessageWaitTimeSeconds, signal } = request;
  const take = (): readonly ReceivedMessage[] => takeVisible(scope, queue, request);
  return new Promise((resolve, reject) => {
    const received = take();
    if (received.length > 0 || waitSeconds === 0 || signal?.aborted) resolve(received);
    else startWaiting(scope, queue, { take, waitSeconds, signal, resolve, reject });
  });
}

interface Waiting {
  readonly take: () => readonly ReceivedMessage[];
  readonly waitSeconds: number;
  readonly signal: AbortSignal | undefined;
  readonly resolve: (received: readonly ReceivedMessage[]) => void;
  readonly reject: (reason: unknown) => void;
}

/** Tries again when a message arrives, when one becomes visible, and a last time when the wait is over. */
function startWaiting(scope: Scope, queue: Queue, { take, waitSeconds, signal, resolve, reject }: Waiting): void {
  const deadline = scope.clock.now().getTime() + waitSeconds * 1_000;
  let cancelTimer = (): void => undefined;

  const leave = (): void => {
    cancelTimer();
    queue.waiters.delete(attempt);
    signal?.removeEventListener('abort', abort);
  };
  const abort = (): void => {
    leave();
    resolve([]);
  };
  const arm = (): void => {
    cancelTimer();
    const now = scope.clock.now().getTime();
    cancelTimer = scope.clock.after(Math.min(deadline, nextVisible(queue, now)) - now, attempt);
  };
  const attempt = (): void => {
    try {
      const received = take();
      if (received.length === 0 && scope.clock.now().getTime() < deadline) {
        arm();
        return;
      }
      leave();
      resolve(received);
    } catch (error) {
      leave();
      reject(error);
    }
  };
  queue.waiters.add(attempt);
  signal?.addEventListener('abort', abort);
  arm();
}

function nextVisible(queue: Queue, now: number): number {
  let next = Infinity;
  for (const { visibleAt } of queue.messages.values()) {
    const time = visibleAt.getTime();
    if (time > now && time < next) next = time;
  }
  return next;
}

function takeVisible(scope: Scope, queue: Queue, request: ReceiveRequest): readonly ReceivedMessage[] {
  const received: ReceivedMessage[] = [];
  dropExpired(scope, queue);
  for (const message of visibleMessages(scope, queue)) {
    if (received.length === request.maxMessages) break;
    if (moveIfDead(scope, queue, message)) continue;
    received.push(take(scope, queue, { message, timeoutSeconds: request.visibilityTimeoutSeconds }));
  }
  return received;
}

function visibleMessages(scope: Scope, queue: Queue): readonly Message[] {
  const now = scope.clock.now();
  const messages = [...queue.messages.values()];
  const visible = messages.filter((message) => message.visibleAt <= now);
  const inFlight = messages.filter((message) => message.visibleAt > now && message.inFlightSince);
  if (visible.length > 0 && inFlight.length >= MAX_IN_FLIGHT) {
    throw new ApiError('OverLimit', `The queue has ${MAX_IN_FLIGHT} messages in flight.`);
  }
  return visible;
}

interface Taking {
  readonly message: Message;
  readonly timeoutSeconds: number | undefined;
}

function take(scope: Scope, queue: Queue, { message, timeoutSeconds }: Taking): ReceivedMessage {
  const now = scope.clock.now();
  message.receiveCount += 1;
  message.receivesHere += 1;
  message.firstReceivedAt ??= now;
  message.inFlightSince = now;
  message.visibleAt = new Date(now.getTime() + (timeoutSeconds ?? queue.settings.visibilityTimeout) * 1_000);
  return { message: { ...message }, receiptHandle: receiptHandle(queue, message) };
}

/** A message that has been received too often goes to the dead-letter queue in the attempt to receive it once more. */
function moveIfDead(scope: Scope, queue: Queue, message: Message): boolean {
  const { redrivePolicy } = queue.settings;
  if (!redrivePolicy || message.receivesHere < redrivePolicy.maxReceiveCount) return false;
  const target = queueByArn(scope, redrivePolicy.deadLetterTargetArn);
  if (!target) return false;
  queue.messages.delete(message.id);
  // Its age goes on counting from when it was first sent.
  addMessage(target, { ...message, receivesHere: 0, inFlightSince: undefined, deadLetterSource: queue.arn });
  return true;
}

/** Forgets what is older than the retention period; nobody can see it any more. */
function dropExpired(scope: Scope, queue: Queue): void {
  const oldest = scope.clock.now().getTime() - queue.settings.messageRetentionPeriod * 1_000;
  for (const { id, sentAt } of queue.messages.values()) if (sentAt.getTime() < oldest) queue.messages.delete(id);
}

export interface MessageCounts {
  readonly visible: number;
  readonly inFlight: number;
  readonly delayed: number;
}

/** What the attributes ApproximateNumberOfMessages, ...NotVisible and ...Delayed say; exact here. */
export function countMessages(scope: Scope, queue: Queue): MessageCounts {
  dropExpired(scope, queue);
  const now = scope.clock.now();
  const hidden = [...queue.messages.values()].filter(({ visibleAt }) => visibleAt > now);
  const inFlight = hidden.filter(({ inFlightSince }) => inFlightSince).length;
  return { visible: queue.messages.size - hidden.length, inFlight, delayed: hidden.length - inFlight };
}
